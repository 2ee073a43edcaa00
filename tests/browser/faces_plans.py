"""The pages of cases.plans, as people meet them."""

from tests.browser.face import Face

_PLAN = "/casus/MD-2026-0418/plan/"

FACES: list[Face] = [
    Face("nadia", _PLAN),
    Face("sanne", _PLAN, press=".vb-actie .vb-anders > summary", shown=".vb-anders[open] .vb-anders__f"),
    Face("peter", _PLAN),
    Face("nadia", _PLAN, press="#effect .vb-toen > summary", shown="#effect .ams-table"),
    Face("sanne", "/acties/"),
    Face("peter", "/acties/"),
    Face("nadia", f"{_PLAN}doel/"),
    Face("nadia", f"{_PLAN}doel/", press="main form [type=submit]", shown=".vb-fouten"),
    Face("sanne", f"{_PLAN}meting/"),
    Face("nadia", "/casus/MD-2026-0377/plan/"),
    Face("nadia", "/casus/MD-2026-0377/plan/fase/"),
    Face("sanne", "/casus/MD-2026-0377/plan/afsluiten/"),
    Face("nadia", "/casussen/gesloten/"),
    Face("hanneke", _PLAN, status=404),
]
