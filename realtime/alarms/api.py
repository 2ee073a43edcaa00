"""The API of alarms: the same commands and queries as the sockets and the pages."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from agreements.parties.api import bearer
from cases.disclosure.reading import Reading
from foundation.routes import Shows, route
from realtime.alarms import commands, queries, schemas
from realtime.alarms.commands import Here
from realtime.channels.queries import Opened, opened

router = Router(tags=["alarms"], auth=bearer)
_ALARMS = "/channels/{uid}/alarms"


def _opened(
    request: HttpRequest, uid: UUID, name: str, event: str, *, afterwards: bool = False
) -> tuple[Reading, Opened]:
    reading = Reading.begin(request.visit, route=f"api:{name}", event=event)  # type: ignore[attr-defined]
    return reading, opened(reading, uid, session=None, afterwards=afterwards)


def _here(request: HttpRequest, uid: UUID, name: str, event: str) -> Here:
    reading, found = _opened(request, uid, name, event)
    return Here(reading=reading, channel=found.channel, member=found.member, hearer=found.hearer)


@router.post(_ALARMS, response={201: dict[str, UUID]}, operation_id="alarm_raise")
@route("api:alarm_raise", shows=Shows.NOTHING)
def alarm_raise(request: HttpRequest, uid: UUID, body: schemas.RaiseIn) -> tuple[int, dict[str, UUID]]:
    """Call for help."""
    here = _here(request, uid, "alarm_raise", "channel.said")
    event = commands.raise_alarm(here, client=body.client, text=body.text)
    return 201, {"client": body.client, "event": event.uid}


@router.post(_ALARMS + "/{alarm}/answers", response={204: None}, operation_id="alarm_ack")
@route("api:alarm_ack", shows=Shows.NOTHING)
def alarm_ack(request: HttpRequest, uid: UUID, alarm: UUID, body: schemas.AckIn) -> tuple[int, None]:
    """Say that one comes, in so many minutes."""
    commands.acknowledge(_here(request, uid, "alarm_ack", "alarm.acknowledged"), alarm=alarm, minutes=body.minutes)
    return 204, None


@router.post(_ALARMS + "/{alarm}/end", response={204: None}, operation_id="alarm_end")
@route("api:alarm_end", shows=Shows.NOTHING)
def alarm_end(request: HttpRequest, uid: UUID, alarm: UUID, body: schemas.EndIn) -> tuple[int, None]:
    """End it: for its sender and whoever leads the channel."""
    commands.end(_here(request, uid, "alarm_end", "alarm.ended"), alarm=alarm, how=body.how, text=body.text)
    return 204, None


@router.get(_ALARMS + "/{alarm}", response=schemas.ReportOut, operation_id="alarm_report")
@route("api:alarm_report", shows=Shows.CASE_DATA)
def alarm_report(request: HttpRequest, uid: UUID, alarm: UUID) -> dict[str, Any]:
    """What happened when, who came, how long it took; for who leads the channel."""
    reading, here = _opened(request, uid, "alarm_report", "alarm.report", afterwards=True)
    return schemas.report_out(queries.report(reading, here, alarm))
