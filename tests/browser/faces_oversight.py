"""The pages of audit.oversight and audit.integrity, as people meet them."""

from tests.browser.face import Face

FACES: list[Face] = [
    Face("ineke", "/privacy/toezicht/"),
    Face("dirk", "/privacy/toezicht/"),
    Face("ineke", "/privacy/integriteit/"),
    Face("ineke", "/privacy/integriteit/", press="main summary.vb-linkbtn", shown="[name=root]"),
    Face("ruben", "/mijn-inzages/"),
    Face("ruben", "/privacy/toezicht/", status=403),
]
