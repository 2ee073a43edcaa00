"""What a channel's sockets tell of alarms, as state: the extra `alarms`, and the frames by which members act.

Only who may know of the alarm's event is told anything of it, and by `tell`, so that each time is in the journal; for
all others there is no frame at all.
"""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar, Literal
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Count, Max, Q, QuerySet
from pydantic import BaseModel, ConfigDict, Field

from foundation import clock
from foundation.errors import Problem
from realtime.alarms import commands
from realtime.alarms.commands import Here
from realtime.alarms.escalation import escalate_due
from realtime.alarms.models import WHO_CAME, Alarm
from realtime.alarms.states import RUNNING, State
from realtime.channels.models import Channel
from realtime.channels.telling import Told, events_named, tell
from realtime.live.door import ROUTE, Pass, View
from realtime.live.extras import Extra, Handler, enter_extra

log = logging.getLogger("verbond.realtime")


class _Frame(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    urgent: ClassVar[bool] = True
    """Not held up by what the same phone sent just before."""


class AlarmIn(_Frame):
    """I need help. Answered by `accepted` or `refused`; the same `client` again is the same alarm."""

    type: Literal["alarm"]
    client: UUID
    text: str = Field(default="", max_length=500)


class AckIn(_Frame):
    """I come, and expect to be there in so many minutes. alarm: id of its event."""

    type: Literal["alarm_ack"]
    alarm: UUID
    minutes: int
    client: UUID | None = None


class EndIn(_Frame):
    """It is over, or it was false."""

    type: Literal["alarm_end"]
    alarm: UUID
    how: Literal["stood_down", "false_alarm"]
    text: str = Field(default="", max_length=500)
    client: UUID | None = None


def enter() -> None:
    """Add the state and the frames to the sockets; called once, from AppConfig.ready."""
    takes: Mapping[str, tuple[type[BaseModel], Handler]] = {
        "alarm": (AlarmIn, _raise), "alarm_ack": (AckIn, _acknowledge), "alarm_end": (EndIn, _end),
    }  # fmt: skip
    enter_extra(Extra(name="alarms", token=_token, frames=_frames, takes=takes))


def here_of(passed: Pass, event: str) -> Here:
    """A socket's owner as the commands want them."""
    return Here(reading=passed.reading(event), channel=passed.channel, member=passed.member, hearer=passed.hearer)


def _raise(passed: Pass, frame: AlarmIn) -> dict[str, Any]:
    event = commands.raise_alarm(here_of(passed, "channel.said"), client=frame.client, text=frame.text)
    return {"type": "accepted", "client": str(frame.client), "event": str(event.uid)}


def _acknowledge(passed: Pass, frame: AckIn) -> dict[str, Any] | None:
    commands.acknowledge(here_of(passed, "alarm.acknowledged"), alarm=frame.alarm, minutes=frame.minutes)
    return _done(frame.client, frame.alarm)


def _end(passed: Pass, frame: EndIn) -> dict[str, Any] | None:
    commands.end(here_of(passed, "alarm.ended"), alarm=frame.alarm, how=frame.how, text=frame.text)
    return _done(frame.client, frame.alarm)


def _done(client: UUID | None, alarm: UUID) -> dict[str, Any] | None:
    return {"type": "accepted", "client": str(client), "event": str(alarm)} if client else None


def _shown(channel: Channel, at: datetime) -> QuerySet[Alarm]:
    """Alarms that run, and those that ended a short while ago, so that every screen hears how it ended."""
    lately = at - timedelta(minutes=settings.ALARM_SHOWN_MINUTES)
    return Alarm.objects.filter(Q(state__in=RUNNING) | Q(ended_at__gt=lately), channel=channel)


def _token(channel: Channel, at: datetime) -> str:
    """A name for the alarms as they stand. On the way, what is due is escalated: a hub looks several times a second."""
    rows = list(_rows(channel, at))
    if any(state == State.RAISED and due is not None and due <= at for _pk, state, _step, due, _n, _last in rows):
        try:
            escalate_due(channel)
        except (DatabaseError, Problem):
            # The loop tries again; that this one could not must not keep the messages from anybody.
            log.exception("an alarm was not escalated", extra={"event": "alarm_escalation"})
        rows = list(_rows(channel, at))
    return str(rows)


def _rows(channel: Channel, at: datetime) -> Any:
    found = _shown(channel, at).annotate(count=Count("answers"), last=Max("answers__at")).order_by("pk")
    return found.values_list("pk", "state", "step", "next_at", "count", "last")


def _frames(channel: Channel, passes: Sequence[Pass]) -> Mapping[View, dict[str, Any]]:
    related = ("event", "sender__professional", "ended_by__professional")
    rows = _shown(channel, clock.now()).select_related(*related)
    alarms = {one.event.uid: one for one in rows.prefetch_related(*WHO_CAME, "steps")}
    if not alarms or not passes:
        return {}
    told = tell(channel, events_named(channel, alarms), [one.hearer for one in passes], route=ROUTE)
    return {
        view: {"type": "alarms", "alarms": [as_told(alarms[one.event.uid], one) for one in found]}
        for view, found in told.items()
        if found
    }


def as_told(alarm: Alarm, told: Told) -> dict[str, Any]:
    """An alarm for who was told of its event."""
    event = told.event
    return {
        "alarm": str(event.uid), "at": event.given_at.isoformat(), "state": alarm.state,
        "text": told.pieces[0].text or "",
        "by": {
            "member": str(alarm.sender.uid), "name": alarm.sender.professional.name, "agency": event.source.code,
            "monogram": event.source.monogram,
        },
        "answers": [
            {
                "member": str(one.by), "name": one.name, "minutes": one.minutes,
                "at": one.at.isoformat(),
            }
            for one in alarm.answers.all()
        ],
        "steps": [
            {"step": one.step, "at": one.at.isoformat(), "called": [who["name"] for who in one.called]}
            for one in alarm.steps.all()
        ],
        "ended": alarm.ended_at.isoformat() if alarm.ended_at else None,
        "ended_by": alarm.ender,
    }  # fmt: skip
