"""The pages of registers that follow from covenants, as people meet them."""

from tests.browser.face import Face

FACES: list[Face] = [
    Face("carla", "/verwerkingsregister/"),
    Face("dirk", "/verwerkingsregister/?op=2026-01-01"),
    Face("peter", "/verwerkingsregister/", status=403),
    Face("", "/openbaar/convenanten/"),
    Face("", "/openbaar/convenanten/PGA-MD/"),
    Face("", "/openbaar/convenanten/PGA-MD/?taal=en"),
    Face("", "/openbaar/convenanten/BESTAAT-NIET/", status=404),
]
