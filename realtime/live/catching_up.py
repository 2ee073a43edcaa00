"""What a socket missed, from its cursor: the last events, or, after a long absence, a digest with a link to the log.

All counting is of what the reader may know: windows of the log itself would tell how much of it is silent.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from foundation import clock
from realtime.channels.commands.receipts import got
from realtime.channels.models import Channel, Event
from realtime.channels.offline import offline_minutes
from realtime.channels.rights import standing_members
from realtime.channels.telling import Hearer, Told, chain, events_after, events_before, tell
from realtime.live.door import ROUTE, Pass, View
from realtime.live.frames import Line, line
from realtime.live.protocol import event_frame, members_frame

AT_ONCE = 100
"""Events shown to a phone that begins anew."""
LONG_AWAY = 300
"""With more events missed than this the phone gets a digest and the last AT_ONCE."""
BLOCK = 200
"""Events read from the log at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Catch:
    """Frames to send, the number up to which they go, and the last event in this view.

    since, before: the number and the event after which they begin, for a phone that gets none of them.
    """

    lines: tuple[Line, ...]
    seq: int
    last: UUID | None
    since: int = 0
    before: UUID | None = None


def first_catch(passed: Pass, after: UUID | None, view: str) -> Catch:
    """The frames that answer `hello`: who is here, and what was missed since `after`, or all anew.

    Under another name of rights, or from an event that is not there any more, the phone begins anew.
    """
    channel = passed.channel
    head = Channel.objects.values_list("head", flat=True).get(pk=channel.pk)
    cursor = None
    if after is not None and view == passed.view:
        cursor = Event.objects.filter(channel=channel, uid=after).values_list("seq", flat=True).first()
    if cursor is None:
        return _anew(passed, head, is_digest=False)
    told, _reached = _missed(passed, cursor, head)
    if len(told) > LONG_AWAY:
        return _anew(passed, head, is_digest=True)
    got(passed.member, seq=head)
    return Catch(
        lines=(welcome(passed, fresh=False), *framed(told, after)), seq=max(head, cursor),
        last=told[-1].event.uid if told else after, since=cursor, before=after,
    )  # fmt: skip


def caught(passed: Pass, catch: Catch, until: int) -> Catch:
    """What came since `catch`, up to and including the number `until`, or less far when that is very much."""
    told, reached = _missed(passed, catch.seq, until)
    last = told[-1].event.uid if told else catch.last
    return Catch(lines=tuple(framed(told, catch.last)), seq=max(reached, catch.seq), last=last)


def newest(channel: Channel, hearers: Sequence[Hearer], *, until: int) -> dict[View, tuple[Told, ...]]:
    """The last AT_ONCE events that each view may know of, up to the number `until`."""
    told: dict[View, tuple[Told, ...]] = {hearer.view: () for hearer in hearers}
    short = list(hearers)
    while short and until > 0:
        events = events_before(channel, until, limit=AT_ONCE)
        if not events:
            break
        found = tell(channel, events, short, route=ROUTE, event="channel.read")
        for view, more in found.items():
            told[view] = (*more, *told[view])
        short = [hearer for hearer in short if len(told[hearer.view]) < AT_ONCE]
        until = events[0].seq - 1
    return {view: found[-AT_ONCE:] for view, found in told.items()}


def welcome(passed: Pass, *, fresh: bool) -> Line:
    """The frame that begins what a phone is told. fresh: it must throw away what it holds."""
    channel = passed.channel
    frame = members_frame(channel, standing_members(channel, at=clock.now()))
    policy = passed.reading("channel.read").policy
    return line(
        frame | {
            "type": "welcome", "version": 1, "view": passed.view, "fresh": fresh, "me": str(passed.member.uid),
            "under": channel.under, "purpose": passed.hearer.purpose,
            "offline": offline_minutes(policy, channel.case.covenant_codes, at=clock.now()),
        }
    )  # fmt: skip


def framed(told: Iterable[Told], after: UUID | None) -> Iterable[Line]:
    """The frames of these events, each naming the one before it in its view."""
    for before, one in chain(after, tuple(told)):
        yield line(event_frame(one, after=before), one.seq, one.event.uid)


def _missed(passed: Pass, since: int, until: int) -> tuple[list[Told], int]:
    """What the reader may know of the events in (since, until], and the number up to which it goes.

    It stops before `until` once there are more than LONG_AWAY.
    """
    told: list[Told] = []
    while since < until and len(told) <= LONG_AWAY:
        events = [one for one in events_after(passed.channel, since, limit=BLOCK) if one.seq <= until]
        if not events:
            # Those up to there were erased.
            return told, until
        found = tell(passed.channel, events, [passed.hearer], route=ROUTE, event="channel.read")
        told += found[passed.hearer.view]
        since = events[-1].seq
    return told, since


def _anew(passed: Pass, head: int, *, is_digest: bool) -> Catch:
    told = newest(passed.channel, [passed.hearer], until=head)[passed.hearer.view]
    lines = [welcome(passed, fresh=True)]
    if is_digest:
        # How much more there is only the log tells, to who may read it.
        link = reverse("channel_log", args=[passed.channel.uid])
        lines.append(line({"type": "digest", "shown": len(told), "link": link}))
    got(passed.member, seq=head)
    return Catch(
        lines=(*lines, *framed(told, None)), seq=head, last=told[-1].event.uid if told else None,
        since=told[0].seq - 1 if told else head,
    )  # fmt: skip
