"""What is read of channels: the reader's list, one channel with its members, and pages of its log."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from agreements.policy.decide import ArticleRef
from audit.journal.apart import append_apart
from audit.journal.entry import Outcome
from cases.disclosure.reading import Reading
from cases.disclosure.visibility import WORKLIST_ORDER, live_participations
from cases.records.models import Case
from foundation.errors import Invalid, NotFound, Refused
from realtime.channels.models import Channel, ChannelMember, Event, Kind
from realtime.channels.reasons import of_member
from realtime.channels.rights import (
    LEADS_TEAMS,
    channel_for,
    channels_for,
    ended_channels_for,
    may_open,
    member_of,
    standing_members,
)
from realtime.channels.telling import (
    Hearer,
    Told,
    articles_of,
    events_after,
    events_before,
    hearer_of,
    known_events,
    tell,
)

OFFERED = 12
"""Cases that are offered to open a channel in."""
PAGE = 50
BLOCK = 200
"""Events that are opened at a time when the whole log is wanted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A channel as its member has it before them."""

    channel: Channel
    member: ChannelMember
    hearer: Hearer
    members: tuple[ChannelMember, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogPage:
    """Some events in order. after: cursor of the next page, the last event of this one; None when there is none."""

    told: tuple[Told, ...]
    after: UUID | None


def channel_list(reading: Reading) -> tuple[Channel, ...]:
    """The open channels of the reader, the newest first; journalled as a list of each case, and nothing of a case."""
    found = tuple(channels_for(reading))
    refs = dict.fromkeys(channel.case.ref for channel in found)
    append_apart([reading.entry(event="channel.list", case_ref=ref) for ref in refs])
    return found


def ended_list(reading: Reading) -> tuple[Channel, ...]:
    """The channels that ended and that the reader led, the newest first; journalled as `channel_list` is."""
    found = tuple(ended_channels_for(reading))
    mine = ChannelMember.objects.filter(
        channel__in=found, membership_id=reading.visit.membership_id, left_at=None
    ).values_list("channel_id", "uid")
    # Named here: that they belonged to it is their reason still, and nowhere else does the case say so.
    because = dict(mine)
    append_apart(
        [
            reading.entry(event="channel.list", case_ref=one.case.ref, because=of_member(because[one.pk]))
            for one in found
        ]
    )
    return found


def opened(reading: Reading, uid: UUID, *, session: Mapping[str, Any] | None, afterwards: bool = False) -> Opened:
    """One channel with who belongs to it. afterwards: as for channel_for. Raises NotYourChannel."""
    channel = channel_for(reading, uid, afterwards=afterwards)
    member = member_of(reading, channel)
    hearer = hearer_of(reading, channel.case, member.uid, dict(session or {}))
    return Opened(
        channel=channel, member=member, hearer=hearer, members=tuple(standing_members(channel, at=reading.at))
    )


def log_page(reading: Reading, here: Opened, *, after: UUID | None = None, newest: bool = False) -> LogPage:
    """A page of what the reader may know of the log, from the oldest event or after `after`; or the newest page.

    A page ends where PAGE events were shown, wherever that is in the log: what is silent is not counted.
    Raises Invalid for a cursor that is no event of this channel.
    """
    if newest:
        return LogPage(told=last_told(reading, here, limit=PAGE), after=None)
    seq = 0 if after is None else _number(here.channel, after)
    told: tuple[Told, ...] = ()
    while len(told) <= PAGE:
        events = events_after(here.channel, seq, limit=PAGE)
        if not events:
            return LogPage(told=told, after=None)
        told += _tell(reading, here, events)
        seq = events[-1].seq
    # One more is known to be there: a cursor that leads to an empty page would tell of silent events.
    return LogPage(told=told[:PAGE], after=told[PAGE - 1].event.uid)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What of a log its reader may take along: the events, by which articles, and those that keep others out."""

    events: tuple[Event, ...]
    articles: frozenset[ArticleRef]
    barred: frozenset[ArticleRef]


def copy_of_log(reading: Reading, here: Opened, barring: frozenset[ArticleRef]) -> Copy:
    """The events of the log, oldest first, but for what the reader may know by an article in `barring`. Opens nothing.

    An event of which a part comes by such an article stays out whole, with what the channel itself notes about it.
    What is silent is not among the articles; `told_of` leaves it out.
    """
    kept: list[Event] = []
    out: set[UUID] = set()
    articles: frozenset[ArticleRef] = frozenset()
    barred: frozenset[ArticleRef] = frozenset()
    seq, hearer, route = 0, here.hearer, reading.route
    while events := events_after(here.channel, seq, limit=BLOCK):
        # An answer to what is silent is silent as well, whatever article would give its own words.
        known = known_events(here.channel, events, [hearer], route=route)[hearer.view]
        for uid, refs in articles_of(here.channel, events, hearer, route=route).items():
            if uid in known and refs & barring:
                out.add(uid)
                barred |= refs & barring
            elif uid in known:
                articles |= refs
        kept += [one for one in events if one.uid not in out and not _is_note_on(one, out)]
        seq = events[-1].seq
    return Copy(events=tuple(kept), articles=articles, barred=barred)


def told_of(reading: Reading, here: Opened, events: Sequence[Event]) -> tuple[Told, ...]:
    """What the reader may know of these events of the channel, in order; journalled."""
    told: tuple[Told, ...] = ()
    for first in range(0, len(events), BLOCK):
        told += _tell(reading, here, list(events[first : first + BLOCK]))
    return told


def _is_note_on(event: Event, uids: Set[UUID]) -> bool:
    return event.kind == Kind.NOTICE and event.target is not None and event.target.uid in uids


def last_told(reading: Reading, here: Opened, *, limit: int) -> tuple[Told, ...]:
    """What the reader may know of the newest `limit` events, oldest first."""
    return _tell(reading, here, events_before(here.channel, here.channel.head, limit=limit))


def _tell(reading: Reading, here: Opened, events: list[Event]) -> tuple[Told, ...]:
    if not events:
        return ()
    found = tell(here.channel, events, [here.hearer], route=reading.route, event="channel.read")
    return found[here.hearer.view]


def _number(channel: Channel, uid: UUID) -> int:
    found = Event.objects.filter(channel=channel, uid=uid).values_list("seq", flat=True).first()
    if found is None:
        raise Invalid(_("Dit bericht is er niet meer."), field="after", remedy=_("Begin weer bij het begin."))
    return int(found)


def case_for(reading: Reading, number: str) -> Case | None:
    """The case in which a channel may be opened, if the reader takes part in it."""
    found = live_participations(reading.visit, at=reading.at).filter(case__number=number).first()
    return found.case if found else None


def case_to_open_in(reading: Reading, number: str) -> Case:
    """The case in which the reader may open a channel. Raises NotFound, Refused; each is journalled."""
    case = case_for(reading, number)
    if case is None:
        append_apart([reading.entry(event="channel.refused", outcome=Outcome.REFUSED)])
        raise NotFound(_("Deze casus bestaat niet voor u."), remedy=_("Kies een casus uit uw werkvoorraad."))
    if not may_open(reading, case):
        append_apart([reading.entry(event="channel.refused", outcome=Outcome.REFUSED, case_ref=case.ref)])
        raise Refused(
            _("Een kanaal wordt geopend door een teamleider of procesregisseur die in deze casus deelneemt."),
            remedy=_("Vraag uw teamleider."),
        )
    return case


@dataclass(frozen=True, slots=True, kw_only=True)
class Openable:
    """Numbers of cases in which the reader may open a channel; are_all: whether there are no others."""

    numbers: tuple[str, ...]
    are_all: bool


def openable(reading: Reading) -> Openable:
    """The first cases in which the reader may open a channel: areas, then as in the work list.

    Journalled as a list of each of these; the others are a step away, on their own page.
    """
    if not reading.visit.roles & LEADS_TEAMS:
        return Openable(numbers=(), are_all=True)
    mine = live_participations(reading.visit, at=reading.at).order_by(*WORKLIST_ORDER)
    areas, others = mine.filter(case__kind="area"), mine.exclude(case__kind="area")
    found = [*areas[: OFFERED + 1], *others[: OFFERED + 1]]
    shown = [taking.case for taking in found[:OFFERED]]
    append_apart([reading.entry(event="channel.list", case_ref=case.ref) for case in shown])
    return Openable(numbers=tuple(case.number for case in shown), are_all=len(found) <= OFFERED)
