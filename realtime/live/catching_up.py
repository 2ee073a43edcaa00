"""What a socket missed, from its cursor: the last events, or, after a long absence, a digest with a link to the log."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from foundation import clock
from realtime.channels.commands.receipts import got
from realtime.channels.models import Event
from realtime.channels.offline import offline_minutes
from realtime.channels.rights import standing_members
from realtime.channels.telling import Told, chain, events_after, events_before, tell
from realtime.live.door import ROUTE, Pass
from realtime.live.frames import Line, line, packed
from realtime.live.protocol import event_frame, members_frame

AT_ONCE = 100
"""Events shown to a phone that begins anew."""
LONG_AWAY = 300
"""With more events missed than this the phone gets a digest and the last AT_ONCE."""


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


def first_catch(passed: Pass, *, after: UUID | None, view: str) -> Catch:
    """The frames that answer `hello`: who is here, and what was missed since `after`, or all anew.

    Under another name of rights, or from an event that is not there any more, the phone begins anew.
    """
    head = _head(passed)
    cursor = None
    if after is not None and view == passed.view:
        cursor = Event.objects.filter(channel=passed.channel, uid=after).values_list("seq", flat=True).first()
    if cursor is None:
        return _anew(passed, head, missed=None)
    if head - cursor > LONG_AWAY:
        return _anew(passed, head, missed=cursor)
    told = _tell(passed, events_after(passed.channel, cursor, limit=LONG_AWAY))
    got(passed.member, seq=head)
    return Catch(
        lines=(_welcome(passed, fresh=False), *_framed(told, after)), seq=max(head, cursor),
        last=told[-1].event.uid if told else after, since=cursor, before=after,
    )  # fmt: skip


def caught(passed: Pass, catch: Catch, *, until: int) -> Catch:
    """What came since `catch`, up to and including the number `until`."""
    events = [one for one in events_after(passed.channel, catch.seq, limit=LONG_AWAY) if one.seq <= until]
    if not events:
        return Catch(lines=(), seq=until, last=catch.last)
    told = _tell(passed, events)
    last = told[-1].event.uid if told else catch.last
    return Catch(lines=tuple(_framed(told, catch.last)), seq=events[-1].seq, last=last)


def _anew(passed: Pass, head: int, *, missed: int | None) -> Catch:
    events = events_before(passed.channel, head, limit=AT_ONCE)
    told = _tell(passed, events)
    lines = [_welcome(passed, fresh=True)]
    if missed is not None:
        # Counted in this view, of what is shown here: how much more there is only the log tells, to who may read it.
        link = reverse("channel_log", args=[passed.channel.uid])
        lines.append(line({"type": "digest", "shown": len(told), "link": link}))
    got(passed.member, seq=head)
    return Catch(
        lines=(*lines, *_framed(told, None)), seq=head, last=told[-1].event.uid if told else None,
        since=events[0].seq - 1 if events else head,
    )  # fmt: skip


def _head(passed: Pass) -> int:
    passed.channel.refresh_from_db(fields=["head"])
    return passed.channel.head


def _tell(passed: Pass, events: list[Event]) -> tuple[Told, ...]:
    if not events:
        return ()
    told = tell(passed.channel, events, [passed.hearer], route=ROUTE, event="channel.read")
    return told[passed.hearer.view]


def _framed(told: tuple[Told, ...], after: UUID | None) -> Iterable[Line]:
    for before, one in chain(after, told):
        yield Line(packed(event_frame(one, after=before)), one.seq, one.event.uid)


def _welcome(passed: Pass, *, fresh: bool) -> Line:
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
