"""Who is the wrong reader at each route of realtime.alarms and realtime.push."""

from realtime.channels.models import Channel
from tests.architecture.denial import Denial, Url, bearer, fixed
from tests.invariants.world import World

_NONE = "00000000-0000-4000-8000-000000000000"
_PAGES = {
    "alarm_raise": ("POST", "alarm/", f'{{"client": "{_NONE}"}}'),
    "alarm_list": ("GET", "alarmen/", ""),
    "alarm_report": ("GET", f"alarmen/{_NONE}/", ""),
    "alarm_desk": ("POST", "meldkamer/", ""),
}
_API = {
    "api:alarm_raise": ("POST", "", f'{{"client": "{_NONE}"}}'),
    "api:alarm_ack": ("POST", f"/{_NONE}/answers", '{"minutes": 5}'),
    "api:alarm_end": ("POST", f"/{_NONE}/end", '{"how": "stood_down"}'),
    "api:alarm_report": ("GET", f"/{_NONE}", ""),
}


def _url(path: str) -> Url:
    def url(world: World) -> str:
        channel = Channel.objects.filter(case__number="MW-3").order_by("id").first()
        return path.format(uid=channel.uid)

    return url


# Nobody; a school that takes part in no case of the street; a privacy officer.
DENIALS = [
    Denial(route=name, url=_url(f"/straat/{{uid}}/{path}"), method=method, wrong=who, body=body)
    for name, (method, path, body) in _PAGES.items()
    for who in (None, "hanneke", "ineke")
]
DENIALS += [
    Denial(route=name, url=_url(f"/api/v1/channels/{{uid}}/alarms{path}"), method=method, body=body, headers=headers)
    for name, (method, path, body) in _API.items()
    for headers in (None, bearer("hanneke", "area_safety"))
]
DENIALS += [
    Denial(route="push_key", url=fixed("/straat/push/")),
    Denial(route="push_on", url=fixed("/straat/push/aan/"), method="POST", body="{}"),
    # A privacy officer works in no channel.
    Denial(route="push_on", url=fixed("/straat/push/aan/"), method="POST", body="{}", wrong="ineke"),
    Denial(route="push_off", url=fixed("/straat/push/uit/"), method="POST", body="{}"),
]
PUBLIC: dict[str, str] = {}
