"""The API for who was called for an alarm without being a member: the same as the page of the call."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from agreements.parties.api import bearer
from cases.disclosure.reading import Reading
from foundation.routes import Shows, route
from realtime.alarms import called, commands
from realtime.alarms.call_page import CallPage, call_page
from realtime.alarms.called import Called
from realtime.alarms.schemas import AckIn, EndIn
from realtime.alarms.states import RUNNING
from realtime.channels.schemas import PieceOut, pieces_out

router = Router(tags=["alarms"], auth=bearer)
_CALL = "/channels/{uid}/calls/{alarm}"


class CallOut(Schema):
    """A call that counts now: for which alarm, in which channel, since when, and whether the alarm is over."""

    channel: UUID
    alarm: UUID
    at: datetime
    is_over: bool


class ComingOut(Schema):
    """Somebody who answered, and when they expect to be there."""

    name: str
    agency: str
    minutes: int
    there_at: datetime
    is_me: bool


class AlarmPlaceOut(Schema):
    """Where who raised it is, as they share it: degrees (WGS 84), accuracy in metres."""

    lat: float
    lon: float
    accuracy: float
    moved_at: datetime | None


class CalledOut(Schema):
    """The one alarm for who was called. until: when the call ends, null while the alarm runs.

    standing: a name for all of this as it stands; the same name means that nothing changed.
    """

    channel: UUID
    alarm: UUID
    at: datetime
    agency: str
    name: str
    pieces: list[PieceOut]
    state: str
    is_over: bool
    coming: list[ComingOut]
    place: AlarmPlaceOut | None
    may_end: bool
    until: datetime | None
    standing: str


@router.get("/calls", response=list[CallOut], operation_id="alarm_calls")
@route("api:alarm_calls", shows=Shows.CASE_DATA)
def alarm_calls(request: HttpRequest) -> list[dict[str, Any]]:
    """The alarms for which one was called and that count now, the newest first."""
    reading = Reading.begin(request.visit, route="api:alarm_calls", event="alarm.calls")  # type: ignore[attr-defined]
    return [
        {"channel": one.alarm.channel.uid, "alarm": one.alarm.event.uid, "at": one.at,
         "is_over": one.alarm.state not in RUNNING}
        for one in called.calls_of(reading)
    ]  # fmt: skip


@router.get(_CALL, response=CalledOut, operation_id="alarm_call")
@route("api:alarm_call", shows=Shows.CASE_DATA)
def alarm_call(request: HttpRequest, uid: UUID, alarm: UUID) -> dict[str, Any]:
    """The alarm, who comes, and where it is if that is shared."""
    reading, found = _found(request, uid, alarm, name="alarm_call", event="alarm.read")
    return _out(call_page(reading, found))


@router.post(_CALL + "/answers", response={204: None}, operation_id="alarm_call_answer")
@route("api:alarm_call_answer", shows=Shows.NOTHING)
def alarm_call_answer(request: HttpRequest, uid: UUID, alarm: UUID, body: AckIn) -> tuple[int, None]:
    """Say that one comes, in so many minutes."""
    _reading, found = _found(request, uid, alarm, name="alarm_call_answer", event="alarm.acknowledged")
    commands.acknowledge(found.here, alarm=alarm, minutes=body.minutes)
    return 204, None


@router.post(_CALL + "/end", response={204: None}, operation_id="alarm_call_end")
@route("api:alarm_call_end", shows=Shows.NOTHING)
def alarm_call_end(request: HttpRequest, uid: UUID, alarm: UUID, body: EndIn) -> tuple[int, None]:
    """End it: for who also leads the channel."""
    _reading, found = _found(request, uid, alarm, name="alarm_call_end", event="alarm.ended")
    commands.end(found.here, alarm=alarm, how=body.how, text=body.text)
    return 204, None


def _found(request: HttpRequest, uid: UUID, alarm: UUID, *, name: str, event: str) -> tuple[Reading, Called]:
    reading = Reading.begin(request.visit, route=f"api:{name}", event=event)  # type: ignore[attr-defined]
    return reading, called.called(reading, uid, alarm)


def _out(page: CallPage) -> dict[str, Any]:
    alarm, event, place = page.alarm, page.told.event, page.place
    return {
        "channel": alarm.channel.uid, "alarm": event.uid, "at": alarm.raised_at, "agency": event.source.code,
        "name": alarm.sender.professional.name,
        "pieces": pieces_out(page.told),
        "state": alarm.state, "is_over": page.is_over, "may_end": page.may_end, "until": page.until,
        "coming": [
            {"name": one.name, "agency": one.agency, "minutes": one.minutes, "there_at": one.there_at,
             "is_me": one.is_me}
            for one in page.coming
        ],
        "place": {**place.position, "moved_at": place.moved_at} if place else None, "standing": page.standing,
    }  # fmt: skip
