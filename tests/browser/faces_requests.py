"""The pages of cases.requests, as people meet them."""

from tests.browser.face import Face

_PAGE = "/casus/MD-2026-0418/vragen/"

FACES: list[Face] = [
    Face("sanne", _PAGE),
    Face("nadia", _PAGE),
    Face("marloes", _PAGE, follow=".vb-vraag a.ams-button"),
    Face("sanne", f"{_PAGE}nieuw/"),
    Face("sanne", f"{_PAGE}nieuw/?aan=JB-MD"),
]
