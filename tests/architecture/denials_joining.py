"""Who is the wrong reader at each route of parties and terms of covenants."""

from tests.architecture.denial import Denial, bearer, fixed

_FORM = "application/x-www-form-urlencoded"
_UID = "00000000-0000-4000-8000-000000000000"
_PAGE = "/convenanten/JS-MD/partijen/"
_MOTION = f"{_PAGE}vraag/{_UID}/"
_API = "/api/v1/covenants/JS-MD"

# A landlord is no party to the youth covenant; a police officer is, and signs nothing.
_STEPS = {
    "joining_withdraw": f"{_PAGE}opzeggen/",
    "joining_revoke": f"{_PAGE}opzegging-intrekken/",
    "joining_suspend": f"{_PAGE}opschorten/",
    "joining_resume": f"{_PAGE}hervatten/",
    "joining_end": f"{_PAGE}beeindigen/",
    "joining_accede": "/convenanten/JS-MD/toetreden/",
}
_ONE_BUTTON = {
    "joining_take_back": f"{_MOTION}intrekken/",
    "joining_carry_out": f"{_MOTION}uitvoeren/",
    "joining_remind_motion": f"{_MOTION}herinner/",
    "joining_remind_version": "/convenanten/JS-MD/versie/1/herinner/",
}
_READ = {
    "api:covenant_parties": f"{_API}/parties",
    "api:motion_list": f"{_API}/motions",
    "api:motion_detail": f"{_API}/motions/{_UID}",
    "api:accession_statement": f"{_API}/accession",
}
_REASON = '{"reason": "x"}'
_DO = {
    "api:motion_answer": (f"{_API}/motions/{_UID}/answers", '{"agrees": true}'),
    "api:motion_take_back": (f"{_API}/motions/{_UID}/withdrawal", _REASON),
    "api:motion_carry_out": (f"{_API}/motions/{_UID}/execution", "{}"),
    "api:accession_ask": (f"{_API}/accession", '{"mandate": "x", "reason": "x"}'),
    "api:ending_propose": (f"{_API}/ending", _REASON),
    "api:withdrawal_give": (f"{_API}/withdrawal", _REASON),
    "api:withdrawal_revoke": (f"{_API}/withdrawal/revocation", _REASON),
    "api:suspension_begin": (f"{_API}/suspensions", _REASON),
    "api:suspension_end": (f"{_API}/suspensions/end", _REASON),
}


def _pages() -> list[Denial]:
    found = [Denial(route="joining", url=fixed(_PAGE), wrong=wrong) for wrong in (None, "joost")]
    found += [Denial(route="joining_motion", url=fixed(_MOTION), wrong=wrong) for wrong in (None, "joost")]
    for name, path in _STEPS.items():
        for wrong in (None, "joost", "ruben"):
            found.append(Denial(route=name, url=fixed(path), wrong=wrong))
            body = "reason=x&bevestigd=ja"
            found.append(Denial(route=name, url=fixed(path), wrong=wrong, method="POST", body=body, content_type=_FORM))
    for name, path in _ONE_BUTTON.items():
        for wrong in (None, "joost", "ruben"):
            found.append(Denial(route=name, url=fixed(path), wrong=wrong, method="POST", content_type=_FORM))
    return found


def _api() -> list[Denial]:
    landlord, police = bearer("joost", "prevent_eviction"), bearer("ruben", "pga_youth")
    found = []
    for name, path in _READ.items():
        found += [Denial(route=name, url=fixed(path)), Denial(route=name, url=fixed(path), headers=landlord)]
    for name, (path, body) in _DO.items():
        for headers in (None, landlord, police):
            found.append(Denial(route=name, url=fixed(path), method="POST", body=body, headers=headers))
    return found


DENIALS: list[Denial] = [*_pages(), *_api()]
PUBLIC: dict[str, str] = {}
