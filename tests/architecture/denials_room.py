"""Who is the wrong reader at each route of the running meeting. Entered by denials_meetings.py."""

from tests.architecture.denial import Denial, bearer, fixed
from tests.invariants.plants.room import ITEM, RUNNING

_FORM = "application/x-www-form-urlencoded"
_NOBODY = "00000000-0000-4000-8000-000000000000"
_MEETING, _ITEM = f"/overleg/{RUNNING['MW-2']}/", f"/overleg/punt/{ITEM}/"
_API = f"/api/v1/meetings/{RUNNING['MW-2']}"
_API_ITEM = f"/api/v1/meetings/items/{ITEM}"
# A school that is not invited; a police officer who is, and does not lead; one who is not marked present.
_STRANGER, _GUEST, _ABSENT = "hanneke", "ruben", "wouter"

_READ = {"meeting_along": f"{_MEETING}mee/", "meeting_state": f"{_MEETING}stand/", "meeting_views": f"{_ITEM}beeld/"}
_READ_LEAD = {"meeting_screen": f"{_MEETING}scherm/", "meeting_room": f"{_MEETING}voorzitter/"}
_LEAD = {
    "meeting_run": (f"{_MEETING}loop/", "act=pause"),
    "meeting_attendance": (f"{_ITEM}aanwezig/", "act=step_out&agency=POL-MD"),
    "meeting_line": (f"{_ITEM}regel/", "line=!+besluit"),
    "meeting_line_read": (f"{_ITEM}regel/lees/", "line=!+besluit"),
    "meeting_joint_view": (f"{_ITEM}gezamenlijk/", "domain=work&text=x"),
}
_PRESENT = {
    "meeting_position": (f"{_ITEM}standpunt/", f"stance=agrees&decision={_NOBODY}"),
    "meeting_park": (f"{_ITEM}parkeer/", "text=later"),
    "meeting_views": (f"{_ITEM}beeld/", "domain=work&text=x"),
}
_API_READ = {"api:meeting_current": f"{_API}/current", "api:meeting_attendance": f"{_API_ITEM}/attendance"}
_API_LEAD = {
    "api:meeting_running": ("POST", f"{_API}/running", '{"act": "pause"}'),
    "api:meeting_arrive": ("POST", f"{_API_ITEM}/attendance", '{"agency": "POL-MD", "guest": "x"}'),
    "api:meeting_release": ("POST", f"{_API_ITEM}/attendance/release", '{"agency": "POL-MD"}'),
    "api:meeting_step_out": ("POST", f"{_API_ITEM}/attendance/step-out", '{"agency": "POL-MD"}'),
    "api:meeting_leave": ("DELETE", f"{_API_ITEM}/attendance/999999", ""),
    "api:meeting_joint_view": ("PUT", f"{_API_ITEM}/joint-views/work", f'{{"text": "x", "client": "{_NOBODY}"}}'),
    "api:meeting_decide": ("POST", f"{_API_ITEM}/decisions", '{"text": "x"}'),
    "api:meeting_line": ("POST", f"{_API_ITEM}/lines", '{"line": "! x"}'),
    "api:meeting_resolve": ("DELETE", f"{_API_ITEM}/parked/{_NOBODY}", ""),
}
_API_PRESENT = {
    "api:meeting_view": ("PUT", f"{_API_ITEM}/views/work", '{"text": "x"}'),
    "api:meeting_position": ("PUT", f"{_API_ITEM}/positions", f'{{"stance": "agrees", "decision": "{_NOBODY}"}}'),
    "api:meeting_park": ("POST", f"{_API_ITEM}/parked", '{"text": "x"}'),
}


def _pages() -> list[Denial]:
    found = []
    for wrong in (None, _STRANGER):
        found += [Denial(route=name, url=fixed(path), wrong=wrong) for name, path in _READ.items()]
    for wrong in (None, _STRANGER, _GUEST):
        found += [Denial(route=name, url=fixed(path), wrong=wrong) for name, path in _READ_LEAD.items()]
        found += [_post(name, path, body, wrong) for name, (path, body) in _LEAD.items()]
    for wrong in (None, _STRANGER, _ABSENT):
        found += [_post(name, path, body, wrong) for name, (path, body) in _PRESENT.items()]
    return found


def _api() -> list[Denial]:
    stranger, guest = bearer(_STRANGER, "youth_school"), bearer(_GUEST, "pga_adult")
    absent = bearer(_ABSENT, "pga_adult")
    found = []
    for headers in (None, stranger):
        found += [Denial(route=name, url=fixed(path), headers=headers) for name, path in _API_READ.items()]
    for headers in (None, stranger, guest):
        for name, (method, path, body) in _API_LEAD.items():
            found.append(Denial(route=name, url=fixed(path), method=method, body=body, headers=headers))
    for headers in (None, stranger, absent):
        for name, (method, path, body) in _API_PRESENT.items():
            found.append(Denial(route=name, url=fixed(path), method=method, body=body, headers=headers))
    return found


def _post(name: str, path: str, body: str, wrong: str | None) -> Denial:
    return Denial(route=name, url=fixed(path), wrong=wrong, method="POST", body=body, content_type=_FORM)


ROOM: list[Denial] = [*_pages(), *_api()]
