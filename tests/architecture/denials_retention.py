"""Who is the wrong reader at each route of cases.retention."""

from tests.architecture.denial import Denial, bearer, fixed

_UID = "5b1f0e2c-0000-4000-8000-000000000001"
_PAGES = [
    ("retention_calendar", "/bewaren/", "GET"),
    ("destruction_certificate", f"/bewaren/verklaring/{_UID}/", "GET"),
    ("destruction_propose", "/bewaren/MW-1/voorstel/", "POST"),
    ("retention_hold", "/bewaren/MW-1/uitstel/", "GET"),
    ("retention_lift", "/bewaren/MW-1/uitstel/op/", "POST"),
    ("renewal_ask", "/bewaren/MW-1/verlengen/", "POST"),
    ("renewal_answer", f"/bewaren/verlenging/{_UID}/antwoord/", "POST"),
    ("destruction_approve", f"/bewaren/vernietiging/{_UID}/akkoord/", "POST"),
    ("destruction_stop", f"/bewaren/vernietiging/{_UID}/stop/", "POST"),
]
_API = "/api/v1/retention"
_OPERATIONS = [
    ("retention_calendar", _API, "GET", ""),
    ("destruction_propose", f"{_API}/MW-1/destructions", "POST", "{}"),
    ("destruction_approve", f"{_API}/destructions/{_UID}/approval", "POST", ""),
    ("destruction_stop", f"{_API}/destructions/{_UID}/stop", "POST", ""),
    ("destruction_certificate", f"{_API}/destructions/{_UID}", "GET", ""),
    ("retention_hold", f"{_API}/MW-1/holds", "POST", '{"reason": "claim", "review_on": "2030-01-01"}'),
    ("retention_lift", f"{_API}/MW-1/holds", "DELETE", ""),
    ("renewal_ask", f"{_API}/MW-1/renewals", "POST", f'{{"subject": "{_UID}"}}'),
    ("renewal_answer", f"{_API}/renewals/{_UID}/answer", "POST", '{"agrees": true}'),
]

DENIALS: list[Denial] = [
    *(Denial(route=name, url=fixed(url), method=method) for name, url, method in _PAGES),
    # A professional keeps no terms, even of a case they take part in; a renewal was not asked of them either.
    *(
        Denial(
            route=name, url=fixed(url), method=method, wrong="hanneke", body=f"subject={_UID}",
            content_type="application/x-www-form-urlencoded",
        )
        for name, url, method in _PAGES
    ),
    *(
        Denial(route=f"api:{name}", url=fixed(url), method=method, body=body, headers=headers)
        for name, url, method, body in _OPERATIONS
        for headers in (None, bearer("hanneke", "pga_youth"))
    ),
]  # fmt: skip
PUBLIC: dict[str, str] = {}
