"""Who is the wrong reader at each route of cases.subject_requests."""

from tests.architecture.denial import Denial, bearer, fixed

_UID = "5b1f0e2c-0000-4000-8000-000000000001"
_ONE = f"/verzoeken/{_UID}/"
_SHEET = f"{_ONE}beslisblad/"
_PAGES = [
    ("subject_requests", "/verzoeken/", "GET"),
    ("subject_receive", "/verzoeken/nieuw/", "GET"),
    ("subject_register", "/verzoeken/register/", "GET"),
    ("subject_request", _ONE, "GET"),
    ("subject_identify", f"{_ONE}identiteit/", "GET"),
    ("subject_extend", f"{_ONE}verlengen/", "GET"),
    ("subject_refuse", f"{_ONE}weigeren/", "GET"),
    ("subject_pack", f"{_ONE}pakket/", "GET"),
    ("subject_pack_order", f"{_ONE}pakket/maken/", "POST"),
    ("subject_pack_fetch", f"{_ONE}pakket/pdf/", "GET"),
    ("subject_hand_out", f"{_ONE}uitgereikt/", "POST"),
    ("subject_sheet", _SHEET, "GET"),
    ("subject_place", f"{_SHEET}persoon/{_UID}/{_UID}/", "POST"),
    ("subject_decide", f"{_SHEET}bijdrage/{_UID}/", "GET"),
    ("subject_give_rest", f"{_SHEET}rest/", "POST"),
    ("subject_lookups", f"{_SHEET}inzagen/", "GET"),
    ("subject_hold", f"{_SHEET}vastzetten/{_UID}/", "POST"),
    ("subject_lift", f"{_SHEET}vrijgeven/{_UID}/", "GET"),
    ("subject_close", f"{_SHEET}afronden/", "POST"),
    ("subject_reopen", f"{_SHEET}heropenen/", "POST"),
    ("subject_erasure_propose", f"{_SHEET}wissen/", "POST"),
    ("subject_erasure_stop", f"{_SHEET}wissen/stop/", "POST"),
    # Of no sheet that waits for them: neither a professional nor an officer says the second word.
    ("subject_erasure", f"/verzoeken/wissen/{_UID}/", "GET"),
]
_API = f"/api/v1/subject-requests/{_UID}"
_TAKEN = (
    '{"kind": "access", "received_on": "2026-01-01", "name": "Bo Roos", "born_on": "1990-01-01", "contact": "Kade 9"}'
)
_REASON, _DECISION = '{"reason": "x"}', '{"decision": "give"}'
_OPERATIONS = [
    ("subject_requests", "/api/v1/subject-requests", "GET", ""),
    ("subject_receive", "/api/v1/subject-requests", "POST", _TAKEN),
    ("subject_register", "/api/v1/subject-requests/register", "GET", ""),
    ("subject_request", _API, "GET", ""),
    ("subject_identify", f"{_API}/identity", "POST", '{"how": "desk"}'),
    ("subject_extend", f"{_API}/extension", "POST", _REASON),
    ("subject_refuse", f"{_API}/refusal", "POST", _REASON),
    ("subject_pack", f"{_API}/pack", "GET", ""),
    ("subject_pack_order", f"{_API}/pack", "POST", ""),
    ("subject_pack_fetch", f"{_API}/pack/pdf", "GET", ""),
    ("subject_hand_out", f"{_API}/handed-out", "POST", ""),
    ("subject_sheet", f"{_API}/sheet", "GET", ""),
    ("subject_place", f"{_API}/sheet/persons", "POST", f'{{"case": "{_UID}", "subject": "{_UID}", "is_them": true}}'),
    ("subject_decide", f"{_API}/sheet/contributions/{_UID}", "PUT", _DECISION),
    ("subject_give_rest", f"{_API}/sheet/rest", "POST", ""),
    ("subject_lookups", f"{_API}/sheet/lookups", "PUT", _DECISION),
    ("subject_hold", f"{_API}/sheet/contributions/{_UID}/hold", "POST", ""),
    ("subject_lift", f"{_API}/sheet/holds/{_UID}/lift", "POST", _REASON),
    ("subject_close", f"{_API}/sheet/close", "POST", "{}"),
    ("subject_reopen", f"{_API}/sheet/reopen", "POST", ""),
    ("subject_erasure_propose", f"{_API}/sheet/erasure", "POST", ""),
    ("subject_erasure_stop", f"{_API}/sheet/erasure", "DELETE", ""),
    ("subject_erasure", f"/api/v1/subject-erasures/{_UID}", "GET", ""),
    ("subject_erasure_approve", f"/api/v1/subject-erasures/{_UID}/approval", "POST", ""),
]
_ANYBODYS = {"subject_requests", "subject_receive", "subject_register"}
"""For every officer; the rest is of one agency, so that another's officer is the wrong reader too."""

DENIALS: list[Denial] = [
    *(Denial(route=name, url=fixed(url), method=method) for name, url, method in _PAGES),
    # A professional answers no requests.
    *(Denial(route=name, url=fixed(url), method=method, wrong="sanne") for name, url, method in _PAGES),
    *(
        Denial(route=name, url=fixed(url), method=method, wrong="dirk")
        for name, url, method in _PAGES
        if name not in _ANYBODYS
    ),
    *(
        Denial(route=f"api:{name}", url=fixed(url), method=method, body=body, headers=headers)
        for name, url, method, body in _OPERATIONS
        for headers in (None, bearer("sanne", "pga_adult"))
    ),
]
PUBLIC: dict[str, str] = {}
