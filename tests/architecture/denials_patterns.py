"""Who is the wrong reader at each route of signal patterns: whom no covenant gives the number of reports."""

from tests.architecture.denial import Denial, bearer, fixed

_NOBODY = "00000000-0000-4000-8000-000000000000"
_PAGES = {
    "patterns": "/signaalpatronen/",
    "patterns_csv": "/signaalpatronen/aantallen.csv",
    "pattern_area": "/signaalpatronen/wijk/bu99990004/",
    "pattern_decide": f"/signaalpatronen/cluster/{_NOBODY}/",
}
_API = fixed("/api/v1/signal-patterns")
_DECIDE = fixed(f"/api/v1/signal-patterns/clusters/{_NOBODY}")
_BODY = '{"to": "aside", "reason": "Bekend"}'
# That a party to the covenant reads, and that a role on the street decides nothing: tests/programmes/test_patterns.py.
DENIALS: list[Denial] = [
    *(
        Denial(route=name, url=fixed(path), wrong=who)
        for name, path in _PAGES.items()
        for who in (None, "hanneke", "carla", "ineke")
    ),
    Denial(route="api:signal_patterns", url=_API),
    Denial(route="api:signal_patterns", url=_API, headers=bearer("ruben", "pga_youth")),
    Denial(route="api:signal_cluster_decide", url=_DECIDE, method="POST", body=_BODY),
    Denial(
        route="api:signal_cluster_decide", url=_DECIDE, method="POST", body=_BODY, headers=bearer("ruben", "pga_youth")
    ),
]
PUBLIC: dict[str, str] = {}
