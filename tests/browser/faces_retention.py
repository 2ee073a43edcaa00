"""The pages of cases.retention, as people meet them."""

from tests.browser.face import Face

FACES: list[Face] = [
    Face("carla", "/bewaren/"),
    Face("nadia", "/bewaren/"),
    Face("nadia", "/bewaren/MD-2021-0077/uitstel/"),
]
