"""Who was called for an alarm without being a member of its channel: what they may open, and until when.

Being called is no membership: it opens this one alarm. What refuses here journals it first: call it outside atomic().
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NoReturn
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from audit.journal.apart import append_apart
from audit.journal.entry import Because, Outcome
from audit.journal.reasons import ReasonCode
from audit.ports import Ground
from cases.disclosure.grounds import row_of, supply_ground
from cases.disclosure.reading import Reading
from cases.disclosure.visibility import live_participations
from foundation import clock
from foundation.errors import NotFound, Refused
from realtime.alarms.commands import Here
from realtime.alarms.models import Alarm, AlarmCall
from realtime.alarms.states import RUNNING
from realtime.channels.calls import CallLink, enter_calls
from realtime.channels.models import Channel
from realtime.channels.rights import running
from realtime.channels.telling import Hearer, article_for, events_named, hearer_of, known_events


class NotCalled(NotFound):
    """There is no such alarm for which this reader was called."""

    code = "not_called"
    is_recorded = True


class CallOver(Refused):
    """The alarm, or its channel, ended too long ago: the call gives nothing any more."""

    code = "call_over"
    is_recorded = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """A call that counts now, and the one who was called as `tell` and the commands want them."""

    call: AlarmCall
    alarm: Alarm
    here: Here


def enter() -> None:
    """Name the reason of such a read, and show a reader's calls above their channels; from AppConfig.ready."""
    supply_ground("call", _ground)
    enter_calls(links)


def called(reading: Reading, channel: UUID, alarm: UUID) -> Called:
    """The call of this reader for the alarm of this event. Raises NotCalled, CallOver.

    It counts if, and only if:
    - the visit's membership was called for this alarm, and
    - its agency still takes part in the case, and a covenant still lets it know of the alarm, and
    - the alarm runs, or ended less than ALARM_REPORT_MINUTES ago, in a channel that is open.
    """
    call = _mine(reading).filter(alarm__channel__uid=channel, alarm__event__uid=alarm).first()
    if call is None or not (hearers := _who_know(reading, [call])):
        _refuse(reading, channel, alarm)
    found = call.alarm
    if not _counts(found, reading.at):
        _over(reading, found, hearers[call.pk])
    here = Here(reading=reading, channel=found.channel, call=call, hearer=hearers[call.pk])
    return Called(call=call, alarm=found, here=here)


def calls_of(reading: Reading) -> tuple[AlarmCall, ...]:
    """The calls of the reader that count now, the newest first; journalled as a list of each case."""
    lately = reading.at - timedelta(minutes=settings.ALARM_REPORT_MINUTES)
    standing = Q(alarm__state__in=RUNNING) | Q(alarm__ended_at__gt=lately)
    open_ = Channel.objects.filter(running(reading.at), pk=OuterRef("alarm__channel_id"))
    found = list(_mine(reading).filter(standing, Exists(open_)).order_by("-at", "-pk")[:20])
    known = _who_know(reading, found)
    calls = tuple(one for one in found if one.pk in known)
    refs = dict.fromkeys(one.alarm.channel.case.ref for one in calls)
    if refs:
        append_apart([reading.entry(event="alarm.calls", case_ref=ref) for ref in refs])
    return calls


def links(reading: Reading) -> Iterable[CallLink]:
    """The same as links, for the list of channels."""
    return [CallLink(url=address(one), at=one.at, is_over=one.alarm.state not in RUNNING) for one in calls_of(reading)]


def address(call: AlarmCall) -> str:
    """Where the one who was called reads of it."""
    return reverse("alarm_call", args=[call.alarm.channel.uid, call.alarm.event.uid])


def ends_at(alarm: Alarm) -> datetime | None:
    """Until when calls for this alarm count; None while it runs."""
    return alarm.ended_at + timedelta(minutes=settings.ALARM_REPORT_MINUTES) if alarm.ended_at else None


def because(call: AlarmCall) -> Because:
    """The reason of a read by who was called."""
    return Because(code=ReasonCode.ASSIGNED, fact_ref=f"call:{call.uid.hex}")


def gone() -> NotCalled:
    """The answer for what this reader may not know of, whatever the reason."""
    return NotCalled(
        _("Voor dit alarm bent u niet geroepen, of het bestaat niet."),
        remedy=_("Ga terug naar uw kanalen. Hoort u bij het team, vraag dan de leider om u lid te maken."),
    )


def _mine(reading: Reading) -> QuerySet[AlarmCall]:
    mine = live_participations(reading.visit, at=reading.at).filter(case=OuterRef("alarm__channel__case_id"))
    found = AlarmCall.objects.filter(Exists(mine), membership_id=reading.visit.membership_id)
    # Names apart, for the few who were called: fifteen tables in one question keep PostgreSQL planning for a tenth of a
    # second.
    return found.select_related("membership", "alarm__event__source", "alarm__channel__case").prefetch_related(
        "alarm__channel__lead", "alarm__channel__leader__professional", "alarm__sender__professional",
        "alarm__sender__agency", "alarm__ended_by__professional",
    )  # fmt: skip


def _who_know(reading: Reading, calls: Iterable[AlarmCall]) -> dict[int, Hearer]:
    """Per call the reader as who hears of it; only those of which a covenant lets them know."""
    found = {}
    for one in calls:
        channel = one.alarm.channel
        # For the purpose that goes without saying, by which they were called; whatever else they read the case for.
        hearer = hearer_of(reading, channel.case, one.uid, None, because=because(one))
        events = events_named(channel, [one.alarm.event.uid])
        if one.alarm.event.uid in known_events(channel, events, [hearer], route=reading.route)[hearer.view]:
            found[one.pk] = hearer
    return found


def _counts(alarm: Alarm, at: datetime) -> bool:
    channel, end = alarm.channel, ends_at(alarm)
    return channel.closed_at is None and channel.opened_at <= at < channel.ends_at and (end is None or at < end)


def _refuse(reading: Reading, channel: UUID, alarm: UUID) -> NoReturn:
    """The same for an alarm that is silent, for which the reader was not called, and that is not there."""
    known = Alarm.objects.filter(channel__uid=channel, event__uid=alarm).exists()
    append_apart([
        reading.entry(event="alarm.refused", outcome=Outcome.REFUSED, detail={"asked": "known" if known else "unknown"})
    ])  # fmt: skip
    raise gone()


def _over(reading: Reading, alarm: Alarm, hearer: Hearer) -> NoReturn:
    detail: dict[str, str | int] = {
        "channel": str(alarm.channel.uid), "event": str(alarm.event.uid), "call": str(hearer.member_uid),
    }  # fmt: skip
    append_apart([
        reading.entry(
            event="alarm.refused", outcome=Outcome.REFUSED, case_ref=alarm.channel.case.ref, detail=detail
        )
    ])  # fmt: skip
    if alarm.ended_at:
        moment = alarm.ended_at.astimezone(clock.AMSTERDAM)
        sentence = _("Dit alarm is sinds %(time)s voorbij. Wie geroepen werd, leest het tot %(minutes)d minuten erna.")
        said = sentence % {"time": f"{moment:%H:%M}", "minutes": settings.ALARM_REPORT_MINUTES}
    else:
        said = _("Het kanaal van dit alarm is gesloten; daarmee is ook uw oproep voorbij.")
    event = events_named(alarm.channel, [alarm.event.uid])[0]
    raise CallOver(
        said, remedy=_("Wie het kanaal leidt, heeft het verslag: %(name)s.")
        % {"name": alarm.channel.leader.professional.name},
        article=article_for(alarm.channel, event, hearer, route=reading.route),
    )  # fmt: skip


def _ground(reference: str) -> Ground | None:
    row = row_of(AlarmCall.objects.select_related("alarm__channel"), reference)
    if row is None:
        return None
    channel = row.alarm.channel
    ended = min(filter(None, (ends_at(row.alarm), channel.closed_at, channel.ends_at)))
    terms = ((_("Stap"), str(row.step)), (_("Kanaal"), channel.title))
    title = _("Geroepen voor een alarm waarop niemand antwoordde")
    return Ground(title=title, terms=terms, since=row.at, until=ended)
