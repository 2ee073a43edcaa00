"""The pages of audit.oversight, as people meet them."""

from tests.browser.face import Face

FACES: list[Face] = [
    Face("ineke", "/privacy/toezicht/"),
    Face("dirk", "/privacy/toezicht/"),
    Face("ruben", "/mijn-inzages/"),
    Face("ruben", "/privacy/toezicht/", status=403),
]
