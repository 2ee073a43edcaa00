"""The pages of what a draft would change in the caseload, as people meet them."""

from tests.browser.face import Face

_COMING, _RULING = "/convenanten/bekijk/versie-JS-MD-2/gevolgen/", "/convenanten/bekijk/versie-PGA-MD-2/gevolgen/"

FACES: list[Face] = [
    Face("ruben", _COMING),
    Face("ruben", _RULING),
    Face("carla", _COMING),
    Face("nadia", _COMING),
]
