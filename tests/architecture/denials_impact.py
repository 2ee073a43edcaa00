"""Who is the wrong reader at each route of what a draft would change in the caseload."""

from tests.architecture.denial import Denial, bearer, fixed

_PAGE = "/convenanten/bekijk/versie-{}/gevolgen/"
_API = "/api/v1/covenants/subjects/versie-{}/impact"
_YOUTH, _ADULT = "JS-MD-1", "PGA-MD-2"

DENIALS: list[Denial] = [
    Denial(route="impact", url=fixed(_PAGE.format(_ADULT))),
    # The landlord is no party to the youth covenant; an administrator works neither in covenants nor in cases.
    Denial(route="impact", url=fixed(_PAGE.format(_YOUTH)), wrong="joost"),
    Denial(route="impact", url=fixed(_PAGE.format(_ADULT)), wrong="bas"),
    Denial(route="impact_start", url=fixed(_PAGE.format(_ADULT) + "tellen/"), method="POST"),
    Denial(route="impact_start", url=fixed(_PAGE.format(_YOUTH) + "tellen/"), method="POST", wrong="joost"),
    Denial(route="impact_start", url=fixed(_PAGE.format(_ADULT) + "tellen/"), method="POST", wrong="bas"),
    Denial(route="api:impact_read", url=fixed(_API.format(_ADULT))),
    Denial(route="api:impact_read", url=fixed(_API.format(_YOUTH)), headers=bearer("joost", "prevent_eviction")),
    Denial(route="api:impact_start", url=fixed(_API.format(_ADULT)), method="POST"),
    Denial(
        route="api:impact_start",
        url=fixed(_API.format(_YOUTH)),
        method="POST",
        headers=bearer("joost", "prevent_eviction"),
    ),
]
PUBLIC: dict[str, str] = {}
