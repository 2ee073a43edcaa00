"""What the API of alarms takes and gives."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from realtime.alarms.queries import Report


class RaiseIn(Schema):
    """A call for help; sent again with the same `client` it is stored once. text may be empty."""

    client: UUID
    text: str = Field(default="", max_length=500)


class AckIn(Schema):
    """I come, in so many minutes."""

    minutes: int


class EndIn(Schema):
    """How it ended: stood_down or false_alarm; and a last word."""

    how: str = Field(max_length=12)
    text: str = Field(default="", max_length=500)


class CameOut(Schema):
    """Somebody who answered."""

    name: str
    agency: str
    at: datetime
    minutes: int
    arrived_at: datetime | None


class StepOut(Schema):
    """An escalation: 1 the leader and team leads, 2 the control room."""

    step: int
    at: datetime
    called: list[str]


class ReportOut(Schema):
    """An alarm afterwards; durations in seconds from the alarm."""

    alarm: UUID
    at: datetime
    agency: str
    name: str
    text: str
    article: str
    state: str
    ended_at: datetime | None
    ended_by: str
    steps: list[StepOut]
    came: list[CameOut]
    seconds_until_answer: int | None
    seconds_until_there: int | None
    seconds_until_end: int | None


def report_out(found: Report) -> dict[str, Any]:
    """A report for the API."""
    alarm, event = found.alarm, found.told.event
    return {
        "alarm": event.uid, "at": alarm.raised_at, "agency": event.source.code,
        "name": alarm.sender.professional.name, "text": found.words, "article": found.told.pieces[0].article,
        "state": alarm.state, "ended_at": alarm.ended_at,
        "ended_by": alarm.ender,
        "steps": [
            {"step": one.step, "at": one.at, "called": [who["name"] for who in one.called]} for one in found.steps
        ],
        "came": [
            {"name": one.name, "agency": one.agency, "at": one.at, "minutes": one.minutes,
             "arrived_at": one.arrived_at}
            for one in found.came
        ],
        "seconds_until_answer": found.until_answer, "seconds_until_there": found.until_there,
        "seconds_until_end": found.until_end,
    }  # fmt: skip
