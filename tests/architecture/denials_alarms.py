"""Who is the wrong reader at each route of realtime.alarms and realtime.push."""

from realtime.alarms.models import Alarm
from realtime.channels.models import Channel
from tests.architecture.denial import Denial, Url, bearer, fixed
from tests.invariants.world import World

_NONE = "00000000-0000-4000-8000-000000000000"
_PAGES = {
    "alarm_raise": ("POST", "alarm/", f'{{"client": "{_NONE}"}}'),
    "alarm_list": ("GET", "alarmen/", ""),
    "alarm_report": ("GET", f"alarmen/{_NONE}/", ""),
    "alarm_desk": ("POST", "meldkamer/", ""),
    "alarm_call": ("GET", f"alarm/{_NONE}/", ""),
    "alarm_call_now": ("GET", f"alarm/{_NONE}/nu/", ""),
    "alarm_call_answer": ("POST", f"alarm/{_NONE}/antwoord/", "minutes=5"),
    "alarm_call_end": ("POST", f"alarm/{_NONE}/einde/", "how=stood_down"),
}
_CALLED = ("alarm_call", "alarm_call_now", "alarm_call_answer", "alarm_call_end")
_FORM = "application/x-www-form-urlencoded"
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


def _real(path: str) -> Url:
    def url(world: World) -> str:
        alarm = Alarm.objects.filter(channel__case__number="MW-3").order_by("id").first()
        return f"/straat/{alarm.channel.uid}/{path.replace(_NONE, str(alarm.event.uid))}"

    return url


# Nobody; a school that takes part in no case of the street; a privacy officer.
DENIALS = [
    Denial(
        route=name,
        url=_url(f"/straat/{{uid}}/{path}"),
        method=method,
        wrong=who,
        body=body,
        content_type=_FORM if name in _CALLED else "application/json",
    )
    for name, (method, path, body) in _PAGES.items()
    for who in (None, "hanneke", "ineke")
]
DENIALS += [
    Denial(route=name, url=_url(f"/api/v1/channels/{{uid}}/alarms{path}"), method=method, body=body, headers=headers)
    for name, (method, path, body) in _API.items()
    for headers in (None, bearer("hanneke", "area_safety"))
]
# A real alarm, asked for by a member, who has the channel for it, and by who was not called.
DENIALS += [
    Denial(route=name, url=_real(_PAGES[name][1]), method=_PAGES[name][0], wrong=who, body=_PAGES[name][2],
           content_type=_FORM)
    for name in _CALLED
    for who in ("esra", "joost", "hanneke")
]  # fmt: skip
_CALL_API = {
    "api:alarm_call": ("GET", "", ""),
    "api:alarm_call_answer": ("POST", "/answers", '{"minutes": 5}'),
    "api:alarm_call_end": ("POST", "/end", '{"how": "stood_down"}'),
}


def _real_call(path: str) -> Url:
    def url(world: World) -> str:
        alarm = Alarm.objects.filter(channel__case__number="MW-3").order_by("id").first()
        return f"/api/v1/channels/{alarm.channel.uid}/calls/{alarm.event.uid}{path}"

    return url


DENIALS += [
    Denial(route=name, url=_real_call(path), method=method, body=body, headers=headers)
    for name, (method, path, body) in _CALL_API.items()
    for headers in (None, bearer("esra", "area_safety"), bearer("hanneke", "area_safety"))
]
DENIALS += [Denial(route="api:alarm_calls", url=fixed("/api/v1/calls"))]
# Whoever is signed in may ask where they were called to; who was not is led to the list.
DENIALS += [Denial(route="alarm_called", url=fixed("/straat/oproep/"))]
DENIALS += [
    Denial(route="push_key", url=fixed("/straat/push/")),
    Denial(route="push_on", url=fixed("/straat/push/aan/"), method="POST", body="{}"),
    # A privacy officer works in no channel.
    Denial(route="push_on", url=fixed("/straat/push/aan/"), method="POST", body="{}", wrong="ineke"),
    Denial(route="push_off", url=fixed("/straat/push/uit/"), method="POST", body="{}"),
]
PUBLIC: dict[str, str] = {}
