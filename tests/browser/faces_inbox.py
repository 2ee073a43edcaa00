"""The pages of cases.inbox, as people meet them."""

from tests.browser.face import Face

FACES: list[Face] = [
    Face("nadia", "/inbox/"),
    Face("sanne", "/inbox/"),
    Face("marloes", "/inbox/"),
    Face("joost", "/inbox/"),
    Face("anouk", "/inbox/"),
    Face("anouk", "/inbox/", follow=".vb-wacht a"),
    Face("sanne", "/casus/MD-2026-0418/opschalen/"),
]
