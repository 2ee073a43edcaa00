"""Who is the wrong reader at each route of cases.meetings."""

from cases.meetings.models import AgendaItem
from tests.architecture.denial import Denial, Url, bearer, fixed
from tests.architecture.denials_room import ROOM
from tests.invariants.plants.meetings_agenda import MEETING
from tests.invariants.world import World

_FORM = "application/x-www-form-urlencoded"
_PAGE = f"/overleg/{MEETING}/"
_API = f"/api/v1/meetings/{MEETING}"
_NOBODY = "00000000-0000-4000-8000-000000000000"
_SITTING = '{"title": "x", "starts_at": "2030-01-01T10:00:00Z"}'

# A school that is not invited: for it the meeting is not there.
_STRANGER = "hanneke"
# A police officer who is invited, but does not lead it.
_GUEST = "ruben"

_READ = {
    "meeting": _PAGE,
    "meeting_calendar": f"{_PAGE}agenda.ics",
    "meeting_secrecy": f"{_PAGE}geheimhouding/",
}
_DO = {
    "meeting_answer": (f"{_PAGE}antwoord/", "coming=room"),
    "meeting_hand_over": (f"{_PAGE}vervanger/", f"professional={_NOBODY}"),
    "meeting_secrecy": (f"{_PAGE}geheimhouding/", "version=2026-1"),
}
_LEAD = {
    "meeting_change": (f"{_PAGE}wijzigen/", "title=x"),
    "meeting_cancel": (f"{_PAGE}afzeggen/", ""),
    "meeting_agenda": (f"{_PAGE}agenda/", ""),
    "meeting_invitations": (f"{_PAGE}uitnodigingen/", "remind=1"),
}
_LEAD_POSTS = {
    "meeting_add": (f"{_PAGE}agenda/casussen/", "cases=MW-2"),
    "meeting_point": (f"{_PAGE}agenda/punt/", "title=x&minutes=5"),
    "meeting_ask": (f"{_PAGE}agenda/voorbereiden/", "stop=1"),
    "meeting_secrecy_guest": (f"{_PAGE}geheimhouding/gast/", "agency=POL-MD&guest=x&version=2026-1"),
}
_API_READ = {
    "api:meeting_detail": _API,
    "api:meeting_secrecy": f"{_API}/secrecy",
    "api:meeting_calendar": f"{_API}/calendar",
}
_API_DO = {
    "api:meeting_answer": ("PUT", f"{_API}/answer", '{"coming": "room"}'),
    "api:meeting_hand_over": ("PUT", f"{_API}/substitute", f'{{"professional": "{_NOBODY}"}}'),
    "api:meeting_secrecy_accept": ("POST", f"{_API}/secrecy", '{"version": "2026-1"}'),
}
_API_LEAD = {
    "api:meeting_change": ("PUT", _API, _SITTING),
    "api:meeting_cancel": ("DELETE", _API, ""),
    "api:meeting_items_add": ("POST", f"{_API}/items", '{"cases": ["MW-2"]}'),
    "api:meeting_ask": ("PUT", f"{_API}/preparation", "{}"),
    "api:meeting_invite": ("POST", f"{_API}/invitations", '{"invitees": [{"agency": "POL-MD"}]}'),
    "api:meeting_uninvite": ("DELETE", f"{_API}/invitations/1", ""),
}
_API_LEAD_ITEM = {
    "api:meeting_item_change": ("PUT", '{"minutes": 5}'),
    "api:meeting_item_remove": ("DELETE", ""),
}


def _item(world: World) -> str:
    uid = AgendaItem.objects.filter(meeting__uid=MEETING, case__number="MW-2").values_list("uid", flat=True).get()
    return f"{_API}/items/{uid}"


def _post(name: str, path: str, body: str, wrong: str | None) -> Denial:
    return Denial(route=name, url=fixed(path), wrong=wrong, method="POST", body=body, content_type=_FORM)


def _pages() -> list[Denial]:
    found = [Denial(route="meeting_list", url=fixed("/overleggen/"))]
    for wrong in (None, _GUEST):
        found.append(Denial(route="meeting_plan", url=fixed("/overleggen/nieuw/"), wrong=wrong))
        found.append(_post("meeting_plan", "/overleggen/nieuw/", "title=x", wrong))
    for wrong in (None, _STRANGER):
        found += [Denial(route=name, url=fixed(path), wrong=wrong) for name, path in _READ.items()]
        found += [_post(name, path, body, wrong) for name, (path, body) in _DO.items()]
    for wrong in (None, _STRANGER, _GUEST):
        found += [Denial(route=name, url=fixed(path), wrong=wrong) for name, (path, _body) in _LEAD.items()]
        found += [_post(name, path, body, wrong) for name, (path, body) in {**_LEAD, **_LEAD_POSTS}.items()]
    return found


def _api() -> list[Denial]:
    stranger, guest = bearer(_STRANGER, "youth_school"), bearer(_GUEST, "pga_adult")
    found = [
        Denial(route="api:meeting_list", url=fixed("/api/v1/meetings")),
        Denial(route="api:meeting_plan", url=fixed("/api/v1/meetings"), method="POST", body=_SITTING),
        Denial(route="api:meeting_plan", url=fixed("/api/v1/meetings"), method="POST", body=_SITTING, headers=guest),
    ]
    for headers in (None, stranger):
        found += [Denial(route=name, url=fixed(path), headers=headers) for name, path in _API_READ.items()]
        for name, (method, path, body) in _API_DO.items():
            found.append(Denial(route=name, url=fixed(path), method=method, body=body, headers=headers))
    item: Url = _item
    for headers in (None, stranger, guest):
        for name, (method, path, body) in _API_LEAD.items():
            found.append(Denial(route=name, url=fixed(path), method=method, body=body, headers=headers))
        for name, (method, body) in _API_LEAD_ITEM.items():
            found.append(Denial(route=name, url=item, method=method, body=body, headers=headers))
    return found


DENIALS: list[Denial] = [*_pages(), *_api(), *ROOM]
PUBLIC: dict[str, str] = {}
