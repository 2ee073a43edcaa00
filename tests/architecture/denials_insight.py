"""Who is the wrong reader at each route of looking into covenants and drafts."""

from tests.architecture.denial import Denial, bearer, fixed

# The landlord is no party to the youth covenant. Who reads a draft is in tests/agreements/insight.
_KEY = "versie-JS-MD-1"
_PAGES = {
    "insight_matrix": f"/convenanten/bekijk/{_KEY}/matrix/?cel=education.OND-BAKEN.GEM-MD",
    "insight_try": f"/convenanten/bekijk/{_KEY}/wie-ziet-wat/",
    "insight_diff": f"/convenanten/bekijk/{_KEY}/verschil/",
}
_OF_THE_API = {
    "api:insight_matrix": f"/api/v1/covenants/subjects/{_KEY}/matrix",
    "api:insight_rights": f"/api/v1/covenants/subjects/{_KEY}/rights",
    "api:insight_difference": f"/api/v1/covenants/subjects/{_KEY}/difference",
}


def _all() -> list[Denial]:
    found = [Denial(route=name, url=fixed(url), wrong=who) for name, url in _PAGES.items() for who in (None, "joost")]
    for name, url in _OF_THE_API.items():
        found.append(Denial(route=name, url=fixed(url)))
        found.append(Denial(route=name, url=fixed(url), headers=bearer("joost", "prevent_eviction")))
    return found


DENIALS: list[Denial] = _all()
PUBLIC: dict[str, str] = {}
