"""Who is the wrong reader at each route of realtime.channels: who is no member, and who does not lead."""

from tests.architecture.denial import Denial, bearer, fixed
from tests.invariants.plants.channels import CHANNELS

_NONE = "00000000-0000-4000-8000-000000000000"
_FORM = "application/x-www-form-urlencoded"
_PAGE, _API = f"/straat/{CHANNELS['MW-3']}/", f"/api/v1/channels/{CHANNELS['MW-3']}"
_TERM = '{"ends_at": "2030-01-01T10:00:00Z"}'
_PLAN = '{"case": "MW-3", "title": "x", "scope": "area", "under": "HAV-GEBIED", "ends_at": "2030-01-01T10:00:00Z"}'
_SAY = f'{{"client": "{_NONE}", "pieces": [{{"field": "street_message", "text": "x"}}]}}'

_PAGES = {"channel_log": ("GET", "logboek/"), "channel_ticket": ("POST", "kaartje/")}
_OF_THE_LEADER = {
    "channel_members": ("GET", "leden/"),
    "channel_invite": ("POST", "leden/erbij/"),
    "channel_put_out": ("POST", f"leden/{_NONE}/eruit/"),
    "channel_prolong": ("POST", "verleng/"),
    "channel_close": ("POST", "sluit/"),
}
_READ = {
    "channel_detail": ("GET", "", ""),
    "channel_events": ("GET", "/events", ""),
    "channel_say": ("POST", "/events", _SAY),
    "channel_ticket": ("POST", "/ticket", "{}"),
    "channel_leave": ("DELETE", "/me", ""),
}
_LEAD = {
    "channel_prolong": ("PATCH", "", _TERM),
    "channel_close": ("DELETE", "", ""),
    "channel_invite": ("POST", "/members", '{"membership": 1}'),
    "channel_put_out": ("DELETE", f"/members/{_NONE}", ""),
}


def _pages() -> list[Denial]:
    # A school that takes part in no case of the street; a privacy officer.
    found = [Denial(route="channel_list", url=fixed("/straat/"))]
    for name, (method, path) in {**_PAGES, **_OF_THE_LEADER}.items():
        # A member on the street does not lead.
        wrong = (None, "hanneke", "ineke", "esra") if name in _OF_THE_LEADER else (None, "hanneke", "ineke")
        url = fixed(_PAGE + path)
        found += [Denial(route=name, url=url, method=method, wrong=who, content_type=_FORM) for who in wrong]
    for who in (None, "hanneke", "esra"):
        url = fixed("/casus/MW-3/kanaal/")
        found.append(Denial(route="channel_open", url=url, wrong=who))
        found.append(Denial(route="channel_open", url=url, method="POST", wrong=who, content_type=_FORM))
    return found


def _operations() -> list[Denial]:
    stranger, member = bearer("hanneke", "youth_school"), bearer("esra", "area_safety")
    found = [Denial(route="api:channel_list", url=fixed("/api/v1/channels"))]
    for headers in (None, stranger, member):
        url = fixed("/api/v1/channels")
        found.append(Denial(route="api:channel_open", url=url, method="POST", body=_PLAN, headers=headers))
        for name, (method, path, body) in {**_READ, **_LEAD}.items():
            if headers is member and name in _READ:
                continue
            url_of = fixed(_API + path)
            found.append(Denial(route=f"api:{name}", url=url_of, method=method, body=body, headers=headers))
    return found


DENIALS: list[Denial] = [*_pages(), *_operations()]
PUBLIC: dict[str, str] = {}
