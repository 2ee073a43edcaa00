"""Who is the wrong reader at each route of cases.numbers."""

from tests.architecture.denial import Denial, bearer, fixed

DENIALS: list[Denial] = [
    Denial(route="numbers", url=fixed("/cijfers/")),
    # A professional manages no work, a privacy officer reads no cases.
    Denial(route="numbers", url=fixed("/cijfers/"), wrong="sanne"),
    Denial(route="numbers", url=fixed("/cijfers/"), wrong="ineke"),
    Denial(route="api:numbers", url=fixed("/api/v1/numbers")),
    Denial(route="api:numbers", url=fixed("/api/v1/numbers"), headers=bearer("sanne", "pga_youth")),
]
PUBLIC: dict[str, str] = {}
