"""Who is the wrong reader at each route of cases.notices."""

from tests.architecture.denial import Denial, bearer, fixed

_UID = "00000000-0000-4000-8000-000000000000"
_PAGE, _API = f"/berichten/{_UID}/", "/api/v1/notices"
_OPERATIONS = (
    ("fact_notice", f"{_API}/{_UID}", "GET"),
    ("fact_notice_done", f"{_API}/{_UID}/done", "POST"),
)

DENIALS: list[Denial] = [
    # A notice of somebody else: tests/cases/notices has one that exists.
    *(
        Denial(route="fact_notice", url=fixed(_PAGE), method=method, wrong=who)
        for method in ("GET", "POST")
        for who in (None, "ruben", "dirk")
    ),
    Denial(route="api:fact_notices", url=fixed(_API)),
    *(
        Denial(route=f"api:{name}", url=fixed(url), method=method, headers=headers)
        for name, url, method in _OPERATIONS
        for headers in (None, bearer("ruben", "pga_adult"))
    ),
]
PUBLIC: dict[str, str] = {}
