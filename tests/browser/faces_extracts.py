"""The pages of cases.extracts, as people meet them."""

from tests.browser.face import Face

_CASE = "/casus/MD-2026-0402/verstrekkingen/"
FACES: list[Face] = [
    Face("sanne", _CASE),
    Face("sanne", f"{_CASE}nieuw/"),
    Face("nadia", _CASE),
    Face("joost", "/verstrekkingen/MD-2026-0402/geheimhouding/"),
]
