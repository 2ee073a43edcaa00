"""Who is the wrong reader at each route of cases.search."""

from tests.architecture.denial import Denial, bearer, fixed

_FORM = "application/x-www-form-urlencoded"
_PAGE, _API = fixed("/zoeken/"), fixed("/api/v1/search")
_ASKED = '{"q": "zqx"}'

DENIALS: list[Denial] = [
    Denial(route="search", url=_PAGE),
    Denial(route="search", url=_PAGE, method="POST", body="q=zqx&doel=pga_adult", content_type=_FORM),
    # A privacy officer and an administrator read no cases, and search in none.
    Denial(route="search", url=_PAGE, wrong="ineke"),
    Denial(route="search", url=_PAGE, wrong="bas"),
    Denial(route="search", url=fixed("/zoeken/?uitkomst=1"), wrong="ineke"),
    Denial(route="api:search", url=_API, method="POST", body=_ASKED),
    Denial(route="api:search", url=_API, method="POST", body=_ASKED, headers=bearer("ineke", "pga_adult")),
]
PUBLIC: dict[str, str] = {}
