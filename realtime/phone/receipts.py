"""How far one's own messages got: how many phones stored them and how many people saw them, of how many who may.

Counted are only members who may know of the message at all, so that a number betrays nobody's silence.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db.models import Count, Sum
from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict

from foundation import clock
from foundation.errors import NotFound
from realtime.channels.commands.receipts import got
from realtime.channels.models import Channel, ChannelMember, Event, Kind, Receipt
from realtime.channels.telling import events_before, known_events
from realtime.live.door import ROUTE, Pass, View
from realtime.phone.hearers import Listener, hearers_here

COUNTED = 60
"""The newest events of the channel whose receipts are told by themselves; of older ones only who asks is told."""
EVERY = 1.0
"""Seconds between two changes of a channel's receipts that are told."""
_NEWEST = 2**62


class Stored(BaseModel):
    """A phone has stored everything up to this event."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    type: Literal["stored"]
    event: UUID


class Who(BaseModel):
    """Who saw this event? Answered by the frame `who`."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    type: Literal["who"]
    event: UUID


@dataclass(slots=True)
class _Said:
    name: str
    at: datetime


_SAID: dict[int, _Said] = {}


def receipts_token(channel: Channel, at: datetime) -> str:
    """Changes when somebody's phone stored or somebody saw something, at most once in EVERY seconds."""
    sums = Receipt.objects.filter(member__channel_id=channel.pk, member__left_at=None).aggregate(
        stored=Sum("stored"), seen=Sum("seen"), members=Count("pk")
    )
    name, known = f"{sums['stored']}.{sums['seen']}.{sums['members']}", _SAID.get(channel.pk)
    if known is not None and (known.name == name or 0 <= (at - known.at).total_seconds() < EVERY):
        return known.name
    if len(_SAID) > 10_000:
        _SAID.clear()
    _SAID[channel.pk] = _Said(name=name, at=at)
    return name


def receipts_frames(channel: Channel, passes: Sequence[Listener]) -> Mapping[View, dict[str, Any]]:
    """Per view the receipts of what its agency said lately: event → [may know, stored, seen], its author left out."""
    events = [one for one in events_before(channel, _NEWEST, limit=COUNTED) if one.kind != Kind.NOTICE]
    here = hearers_here(channel, passes, at=clock.now())
    known = known_events(channel, events, [hearer for _member, hearer in here], route=ROUTE)
    reach = _reach(channel)
    counts = {one.uid: _count(one, here, known, reach) for one in events}
    found: dict[View, dict[str, Any]] = {}
    for passed in passes:
        view = passed.hearer.view
        if view not in found:
            own = [one.uid for one in events if one.source_id == passed.member.agency_id]
            found[view] = {"type": "receipts", "events": {str(uid): counts[uid] for uid in own}}
    return found


def took(passed: Pass, frame: Stored) -> None:
    """The phone has stored everything up to this event; an event of another channel changes nothing."""
    seq = Event.objects.filter(channel=passed.channel, uid=frame.event).values_list("seq", flat=True).first()
    if seq is not None:
        got(passed.member, seq=seq)


def who_saw(passed: Listener, frame: Who) -> dict[str, Any]:
    """The frame `who` for the author: every member who may know of the event, and how far it got with them.

    at: when they saw it, if that was the last thing they saw. Raises NotFound for what the asker did not say.
    """
    event = next(iter(_own(passed, frame.event)), None)
    if event is None:
        raise NotFound(
            _("U ziet alleen van uw eigen berichten wie ze zag."), remedy=_("Kies een bericht dat u zelf stuurde.")
        )
    here = hearers_here(passed.channel, [passed], at=clock.now())
    known = known_events(passed.channel, [event], [hearer for _member, hearer in here], route=ROUTE)
    reach = _reach(passed.channel)
    members = []
    for member, hearer in here:
        if member.pk == event.author_id or event.uid not in known[hearer.view]:
            continue
        receipt = reach.get(member.pk)
        state = _state(receipt, event)
        exact = receipt is not None and state == "seen" and receipt.seen == event.seq and receipt.seen_at is not None
        members.append(
            {
                "name": member.professional.name, "agency": member.agency.code, "monogram": member.agency.monogram,
                "state": state, "at": receipt.seen_at.isoformat() if exact and receipt and receipt.seen_at else None,
            }
        )  # fmt: skip
    return {"type": "who", "event": str(event.uid), "members": members}


def _own(passed: Listener, uid: UUID) -> Sequence[Event]:
    seq = Event.objects.filter(channel=passed.channel, uid=uid, author=passed.member).values_list("seq", flat=True)
    return [one for number in seq for one in events_before(passed.channel, number, limit=1)]


def _reach(channel: Channel) -> dict[int, Receipt]:
    found = Receipt.objects.filter(member__channel_id=channel.pk, member__left_at=None)
    return {one.member_id: one for one in found}


def _count(
    event: Event, here: Sequence[tuple[ChannelMember, Any]], known: Mapping[View, frozenset[UUID]],
    reach: Mapping[int, Receipt],
) -> list[int]:  # fmt: skip
    others = [
        member for member, hearer in here if member.pk != event.author_id and event.uid in known[hearer.view]
    ]  # fmt: skip
    states = [_state(reach.get(member.pk), event) for member in others]
    return [len(states), len(states) - states.count("away"), states.count("seen")]


def _state(receipt: Receipt | None, event: Event) -> str:
    """`seen`, `stored` (on the phone, not seen), or `away` (not on the phone yet)."""
    if receipt is None or receipt.stored < event.seq:
        return "away"
    return "seen" if receipt.seen >= event.seq else "stored"
