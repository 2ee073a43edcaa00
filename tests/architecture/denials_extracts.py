"""Who is the wrong reader at each route of cases.extracts."""

from tests.architecture.denial import Denial, bearer, fixed

_UID = "5b1f0e2c-0000-4000-8000-000000000001"
_CASE, _API = "/casus/MW-1/verstrekkingen/", "/api/v1/cases/MW-1/extracts"
_PAGES = [
    ("case_extracts", _CASE, "GET"),
    ("extract_propose", f"{_CASE}nieuw/", "GET"),
    ("extract_decide", f"{_CASE}{_UID}/besluit/", "POST"),
    ("extract_withdraw", f"{_CASE}{_UID}/terug/", "POST"),
    ("extract_revoke", f"{_CASE}{_UID}/intrekken/", "POST"),
]
_OPERATIONS = [
    ("extract_list", _API, "GET", ""),
    ("extract_options", f"{_API}/options", "GET", ""),
    ("extract_propose", _API, "POST", '{"option": "x", "fields": ["full_name"], "reason": "omdat"}'),
    ("extract_position", f"{_API}/{_UID}/position", "POST", '{"agrees": true}'),
    ("extract_withdraw", f"{_API}/{_UID}/withdrawal", "POST", ""),
    ("extract_revoke", f"{_API}/{_UID}/revocation", "POST", ""),
]
_SECRECY = "/verstrekkingen/MW-1/geheimhouding/"

DENIALS: list[Denial] = [
    *(Denial(route=name, url=fixed(url), method=method) for name, url, method in _PAGES),
    # A third party does not read the joint case; an officer of another agency takes no part in it.
    *(Denial(route=name, url=fixed(url), method=method, wrong="joost") for name, url, method in _PAGES),
    *(
        Denial(route=f"api:{name}", url=fixed(url), method=method, body=body, headers=headers)
        for name, url, method, body in _OPERATIONS
        for headers in (None, bearer("joost", "prevent_eviction"))
    ),
    # A participant is no third party: there is nothing for it to sign.
    Denial(route="extract_secrecy", url=fixed(_SECRECY)),
    Denial(route="extract_secrecy", url=fixed(_SECRECY), wrong="sanne"),
    Denial(
        route="api:extract_secrecy", url=fixed("/api/v1/extracts/MW-1/secrecy"), method="POST", body='{"version": ""}'
    ),
    Denial(
        route="api:extract_secrecy",
        url=fixed("/api/v1/extracts/MW-1/secrecy"),
        method="POST",
        body='{"version": "2026-11"}',
        headers=bearer("sanne", "pga_youth"),
    ),
]
PUBLIC: dict[str, str] = {}
