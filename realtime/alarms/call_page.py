"""What who was called is shown of the one alarm, by the same disclosure as members are: its words, who comes, where."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from agreements.covenants import labels
from cases.disclosure.reading import Reading
from realtime.alarms.called import Called, ends_at, gone
from realtime.alarms.models import ANSWERED, Alarm, AlarmAnswer
from realtime.alarms.states import RUNNING
from realtime.channels.rights import is_leader
from realtime.channels.telling import Told, events_named, tell
from realtime.place.models import Share
from realtime.place.sketch import Dot, Sketch, dots, sketch
from realtime.place.telling import place_in, share_of

STEADY = 10
"""Seconds within which a place that moves is not shown anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """Somebody who answered, and when they expect to be there."""

    name: str
    agency: str
    minutes: int
    there_at: datetime
    is_me: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where who raised it is, as they share it: metres of accuracy, when, and the map with a mark if there is one."""

    position: Mapping[str, Any]
    moved_at: datetime | None
    map: Sketch | None
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPage:
    """One alarm for who was called. standing: a name for all of it as it stands; until: when the call ends."""

    alarm: Alarm
    told: Told
    article: str
    purpose: str
    coming: tuple[Coming, ...]
    place: Place | None
    standing: str
    is_over: bool
    may_end: bool
    until: datetime | None


def call_page(reading: Reading, found: Called) -> CallPage:
    """The page of a call that counts; journalled as a read of the alarm, and of the place if there is one.

    Raises NotCalled when the covenants give nothing of it after all.
    """
    here, alarm = found.here, found.alarm
    events = events_named(here.channel, [alarm.event.uid])
    told = tell(here.channel, events, [here.hearer], route=reading.route, event=reading.event)[here.hearer.view]
    if not told:
        raise gone()
    return CallPage(
        alarm=alarm, told=told[0], article=told[0].pieces[0].article,
        purpose=str(labels.label("purpose", here.hearer.purpose)), coming=_coming(found), place=_place(reading, found),
        standing=standing_of(reading, found), is_over=alarm.state not in RUNNING,
        may_end=is_leader(reading, here.channel), until=ends_at(alarm),
    )  # fmt: skip


def standing_of(reading: Reading, found: Called) -> str:
    """A name for what `call_page` would show; nothing is opened, and what is silent does not move it."""
    alarm = found.alarm
    answers = list(alarm.answers.order_by("pk").values_list("member_id", "call_id", "minutes", "at"))
    share = _share(reading, found)
    moved = int(share.moved_at.timestamp() // STEADY) if share and share.moved_at else 0
    parts = (alarm.state, alarm.ended_at, answers, share.uid if share else None, moved)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def _coming(found: Called) -> tuple[Coming, ...]:
    answers = found.alarm.answers.select_related(*ANSWERED)
    return tuple(
        Coming(
            name=one.name, agency=one.agency, minutes=one.minutes, there_at=_expected(one),
            is_me=one.call_id == found.call.pk,
        )
        for one in answers
    )  # fmt: skip


def _expected(answer: AlarmAnswer) -> datetime:
    return answer.at + timedelta(minutes=answer.minutes)


def _share(reading: Reading, found: Called) -> Share | None:
    """What the sender shares, while the alarm runs; afterwards where they are is for their team."""
    if found.alarm.state not in RUNNING:
        return None
    return share_of(found.here.hearer, found.alarm.sender, found.here.channel, route=reading.route)


def _place(reading: Reading, found: Called) -> Place | None:
    here, sender = found.here, found.alarm.sender
    share = _share(reading, found)
    position = place_in(share, here.hearer, here.channel, route=reading.route) if share else None
    if share is None or position is None:
        return None
    shape = sketch(here.channel.case.district)
    marks = dots(shape, [(sender.professional.name, position)]) if shape else ()
    return Place(position=position, moved_at=share.moved_at, map=shape, dots=marks)
