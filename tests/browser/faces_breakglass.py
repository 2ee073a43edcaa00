"""The pages of break-glass, as people meet them."""

from tests.browser.face import Face

FACES: list[Face] = [
    Face("ruben", "/casus/MD-2026-0418/noodtoegang/"),
    Face("nadia", "/casus/MD-2026-0418/noodtoegang/"),
    Face("dirk", "/privacy/noodtoegang/"),
]
