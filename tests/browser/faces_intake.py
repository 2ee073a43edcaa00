"""The pages of cases.intake, as people meet them."""

from tests.browser.face import Face

FACES: list[Face] = [
    Face("nadia", "/signalen/"),
    Face("nadia", "/signalen/?toon=all", follow="a[href*='/signalen/S-']"),
    Face("nadia", "/signalen/?toon=done"),
    Face("nadia", "/signalen/S-2026-0001/stap/forward/"),
    Face("nadia", "/signalen/S-2026-0001/stap/dismiss/"),
    Face("nadia", "/signalen/S-2026-0001/stap/link/"),
    Face("sanne", "/signalen/", follow="a[href*='/signalen/S-']"),
    Face("esra", "/signalen/nieuw/", press=".vb-wieleest summary", shown=".vb-wieleest[open]"),
    Face("joost", "/signalen/nieuw/"),
    Face("ruben", "/casus/MD-2026-0425/signalen/"),
    Face("", "/melden/"),
    Face("", "/melden/volgen/"),
    Face("hanneke", "/signalen/S-2026-0001/", status=404),
]
