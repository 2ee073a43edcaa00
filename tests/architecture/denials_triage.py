"""Who is the wrong reader at each route of cases.triage."""

from uuid import uuid4

from tests.architecture.denial import Denial, bearer, fixed

_STRANGER = "hanneke"  # a school that takes part in none of the cases
_NOBODY = str(uuid4())
_CASE = "/casus/MW-4"
_API = "/api/v1/cases/MW-4"
_CHECK = f"/api/v1/known-checks/{_NOBODY}"
_TYPED = '{"bsn": "999993653"}'
_OPENING = (
    '{"purpose": "pga_youth", "covenants": ["PGA-MD"], "legal_basis": "x", "proportionality": "x", '
    '"subsidiarity": "x", "participants": {}, "lead": "ZVH-MD", "director": "x"}'
)
_POSTPONE = '{"ground": "UAVG-41", "review_on": "2026-12-01", "reason": "wacht"}'

_PAGES = {
    "case_triage": f"{_CASE}/triage/",
    "case_open": f"{_CASE}/openen/",
    "case_informing": f"{_CASE}/informeren/",
}
_OF_A_CASE = {
    "api:triage_read": ("GET", f"{_API}/triage", ""),
    "api:triage_begin": ("POST", f"{_API}/triage", ""),
    "api:triage_pass_filter": ("POST", f"{_API}/triage/filter", '{"to": 2}'),
    "api:triage_judge": ("PUT", f"{_API}/triage/criteria/a", '{"fulfilled": true, "text": "Omdat het zo is."}'),
    "api:triage_propose": ("POST", f"{_API}/triage/proposal", '{"outcome": "reject", "text": "Omdat het zo is."}'),
    "api:triage_respond": ("POST", f"{_API}/triage/position", '{"agrees": true}'),
    "api:triage_fits": ("POST", f"{_API}/triage/fits", "{}"),
    "api:triage_invite": ("POST", f"{_API}/triage/weighing", '{"agency": "OM-MD"}'),
    "api:known_check_ask": ("POST", f"{_API}/triage/known-checks", '{"agencies": ["OM-MD"]}'),
    "api:opening_read": ("GET", f"{_API}/opening", ""),
    "api:opening_make": ("POST", f"{_API}/opening", _OPENING),
    "api:informing_read": ("GET", f"{_API}/informing", ""),
    "api:informing_done": ("POST", f"{_API}/informing/{_NOBODY}/done", '{"on": "2026-11-01"}'),
    "api:informing_postpone": ("PUT", f"{_API}/informing/{_NOBODY}/embargo", _POSTPONE),
    "api:informing_lift": ("DELETE", f"{_API}/informing/{_NOBODY}/embargo", ""),
    "api:triage_take_signal": ("POST", "/api/v1/signals/S-1/triage", ""),
    "api:known_check_read": ("GET", _CHECK, ""),
    "api:known_check_identify": ("POST", f"{_CHECK}/identity", _TYPED),
    "api:known_check_compare": ("POST", f"{_CHECK}/comparison", _TYPED),
    "api:known_check_answer": ("PUT", f"{_CHECK}/answer", '{"answer": "known"}'),
}


def _denials() -> list[Denial]:
    found = []
    for name, path in _PAGES.items():
        found += [Denial(route=name, url=fixed(path), wrong=who) for who in (None, _STRANGER, "ineke", "margot")]
        found += [Denial(route=name, url=fixed(path), method="POST", wrong=who) for who in (None, _STRANGER)]
    # The police take part in triage, but only the director opens.
    found.append(Denial(route="case_open", url=fixed(f"{_CASE}/openen/"), wrong="ruben"))
    for wrong in (None, _STRANGER, "ruben"):
        found.append(Denial(route="triage_start", url=fixed("/signalen/S-1/triage/"), method="POST", wrong=wrong))
    found.append(Denial(route="known_checks", url=fixed("/bekendheid/")))
    for wrong in (None, "ruben", "nadia", "bas"):
        found.append(Denial(route="known_check", url=fixed(f"/bekendheid/{_NOBODY}/"), wrong=wrong))
    stranger = bearer(_STRANGER, "pga_youth")
    for name, (method, path, body) in _OF_A_CASE.items():
        found.append(Denial(route=name, url=fixed(path), method=method, body=body))
        found.append(Denial(route=name, url=fixed(path), method=method, body=body, headers=stranger))
    found.append(Denial(route="api:known_check_list", url=fixed("/api/v1/known-checks")))
    # A participant is no director: taking part is not enough to run triage.
    police = bearer("ruben", "pga_youth")
    for name in ("api:triage_begin", "api:triage_pass_filter", "api:triage_judge", "api:triage_propose",
                 "api:triage_invite", "api:known_check_ask", "api:opening_make"):  # fmt: skip
        method, path, body = _OF_A_CASE[name]
        found.append(Denial(route=name, url=fixed(path), method=method, body=body, headers=police))
    return found


DENIALS: list[Denial] = _denials()
PUBLIC: dict[str, str] = {}
