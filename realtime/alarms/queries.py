"""The report of an alarm, for who leads the channel: what happened when, who came, how long it took."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from audit.journal.apart import append_apart
from cases.disclosure.reading import Reading
from foundation import clock
from foundation.errors import NotFound
from realtime.alarms.models import ANSWERED, WHO_CAME, Alarm, AlarmAnswer, AlarmStep
from realtime.alarms.states import RUNNING
from realtime.channels.models import Channel, Kind
from realtime.channels.queries import Opened
from realtime.channels.reasons import of_member
from realtime.channels.rights import check_leader
from realtime.channels.telling import Told, events_after, events_named, tell

MOST = 500
"""Events after an alarm among which arrivals are looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """Somebody who answered. minutes: what they expected; arrived_at: when they said that they were there."""

    name: str
    agency: str
    at: datetime
    minutes: int
    arrived_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """An alarm afterwards. Durations are in whole seconds from the alarm; None when it did not come so far."""

    alarm: Alarm
    told: Told
    words: str
    steps: tuple[AlarmStep, ...]
    came: tuple[Came, ...]
    moments: tuple[Told, ...]
    until_answer: int | None
    until_there: int | None
    until_end: int | None


def alarms_of(reading: Reading, here: Opened) -> tuple[tuple[Alarm, Told], ...]:
    """The alarms of the channel that its leader may know of, the newest first. Raises Refused."""
    check_leader(reading, here.channel)
    rows = Alarm.objects.filter(channel=here.channel).select_related("sender__professional", "event")[:100]
    found = {one.event_id: one for one in rows}
    if not found:
        because, detail = of_member(here.member.uid), {"channel": str(here.channel.uid)}
        append_apart([reading.entry(case_ref=here.channel.case.ref, because=because, detail=detail)])
        return ()
    told = _told(reading, here, (one.event.uid for one in found.values()))
    return tuple((found[one.event.pk], one) for one in reversed(told))


def running_alarms(reading: Reading, here: Opened) -> tuple[tuple[Alarm, Told], ...]:
    """The alarms that are not over, as far as the reader may know of them, the newest first, with who comes."""
    rows = Alarm.objects.filter(channel=here.channel, state__in=RUNNING).select_related("sender__professional", "event")
    found = {one.event_id: one for one in rows.prefetch_related(*WHO_CAME)}
    told = _told(reading, here, (one.event.uid for one in found.values())) if found else ()
    return tuple((found[one.event.pk], one) for one in reversed(told))


_CAME = ("answers__member__professional", "answers__call__membership__professional", "calls__membership__professional")


def became(channel: Channel, told: Iterable[Told]) -> dict[UUID, Alarm]:
    """What became of the alarms among these events, as somebody was just told them: uid of the event → the alarm.

    Each with its sender, who ended it, and its answers with who gave them.
    """
    uids = [one.event.uid for one in told if one.event.kind == Kind.ALARM]
    rows = Alarm.objects.filter(channel=channel, event__uid__in=uids)
    rows = rows.select_related("event", "sender__professional", "ended_by__professional")
    return {one.event.uid: one for one in rows.prefetch_related(*_CAME)}


def report(reading: Reading, here: Opened, uid: UUID) -> Report:
    """What became of one alarm. uid: of its event. Raises Refused (not the leader), NotFound."""
    check_leader(reading, here.channel)
    related = ("event", "sender__professional", "ended_by__professional")
    alarm = Alarm.objects.filter(channel=here.channel, event__uid=uid).select_related(*related).first()
    told = _after(reading, here, alarm) if alarm else ()
    if alarm is None or not told or told[0].event.uid != uid:
        raise NotFound(_("Dit alarm bestaat niet voor u."), remedy=_("Ga terug naar de alarmen van het kanaal."))
    answers = list(alarm.answers.select_related(*ANSWERED))
    came = tuple(_came(one, told) for one in answers)
    arrivals = [one.arrived_at for one in came if one.arrived_at]
    return Report(
        alarm=alarm, told=told[0], words=told[0].pieces[0].text or "", steps=tuple(alarm.steps.all()), came=came,
        moments=tuple(one for one in told if one.target == uid or one.event.uid == uid),
        until_answer=_seconds(alarm, min((one.at for one in answers), default=None)),
        until_there=_seconds(alarm, min(arrivals, default=None)), until_end=_seconds(alarm, alarm.ended_at),
    )  # fmt: skip


def _after(reading: Reading, here: Opened, alarm: Alarm) -> tuple[Told, ...]:
    """The alarm, its notices and the arrivals, as the reader may know them; the rest is not opened."""
    until = (alarm.ended_at or clock.now()) + timedelta(minutes=settings.ALARM_REPORT_MINUTES)
    events = events_after(here.channel, alarm.event.seq - 1, limit=MOST)
    wanted = [one for one in events if one.given_at <= until and (
        one.pk == alarm.event_id or one.target_id == alarm.event_id or one.kind == Kind.STATUS)]  # fmt: skip
    told = tell(here.channel, wanted, [here.hearer], route=reading.route, event=reading.event)
    return told[here.hearer.view]


def _told(reading: Reading, here: Opened, uids: Iterable[UUID]) -> tuple[Told, ...]:
    told = tell(here.channel, events_named(here.channel, uids), [here.hearer], route=reading.route, event=reading.event)
    return told[here.hearer.view]


def _came(answer: AlarmAnswer, told: Iterable[Told]) -> Came:
    there = (
        one.event.given_at for one in told
        if answer.member_id is not None and one.event.author_id == answer.member_id
        and any(piece.value == "there" for piece in one.pieces) and one.event.given_at >= answer.alarm.raised_at
    )  # fmt: skip
    return Came(
        name=answer.name, agency=answer.agency, at=answer.at, minutes=answer.minutes,
        arrived_at=next(there, None),
    )  # fmt: skip


def _seconds(alarm: Alarm, moment: datetime | None) -> int | None:
    return int((moment - alarm.raised_at).total_seconds()) if moment else None
