"""The pages of audit.oversight and audit.integrity, as people meet them."""

from tests.browser.face import Face

FACES: list[Face] = [
    Face("ineke", "/privacy/toezicht/"),
    Face("dirk", "/privacy/toezicht/"),
    Face("dirk", "/privacy/toezicht/tijdlijn/"),
    Face("dirk", "/privacy/toezicht/tijdlijn/?sort=case&text=MD-2026-0451"),
    Face("dirk", "/privacy/toezicht/tijdlijn/?sort=case&text=MD-2026-0451", follow="a[href*='/waarom/']"),
    Face("dirk", "/privacy/toezicht/", follow=".vb-cases a"),
    Face("ineke", "/privacy/toezicht/verloop/"),
    Face("ineke", "/privacy/integriteit/"),
    Face("ineke", "/privacy/integriteit/", press="main summary.vb-linkbtn", shown="[name=root]"),
    Face("ruben", "/mijn-inzages/"),
    Face("ruben", "/privacy/toezicht/", status=403),
]
