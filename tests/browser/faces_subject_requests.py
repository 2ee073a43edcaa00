"""The pages of cases.subject_requests, as people meet them."""

from tests.browser.face import Face

FACES: list[Face] = [
    Face("dirk", "/verzoeken/"),
    Face("dirk", "/verzoeken/nieuw/"),
    Face("dirk", "/verzoeken/register/"),
    Face("sanne", "/verzoeken/", status=403),
]
