"""The pages of cases.relations, as people meet them."""

from tests.browser.face import Face

_JAYDEN = "/casus/MD-2026-0418/mensen-en-plaats/"

FACES: list[Face] = [
    Face("sanne", _JAYDEN),
    Face("nadia", _JAYDEN),
    Face("peter", _JAYDEN),
    Face("sanne", f"{_JAYDEN}relatie/"),
    Face("sanne", _JAYDEN, follow=".vb-band__s > a.vb-linkbtn"),
    Face("fenna", "/casus/MD-2026-0440/mensen-en-plaats/"),
    Face("sanne", "/casus/MD-2026-0402/mensen-en-plaats/?kaart=600,750,300"),
    Face("nadia", "/casus/MD-2026-0425/mensen-en-plaats/"),
    Face("wouter", "/casus/MD-2026-0361/mensen-en-plaats/"),
]
