"""Everybody in a channel as the covenant sees them, listening or not. Opens nothing, tells nobody anything."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from agreements.parties.reader import visit_of
from cases.disclosure.reading import Reading
from realtime.channels.models import Channel, ChannelMember
from realtime.channels.rights import standing_members
from realtime.channels.telling import Hearer, hearer_of
from realtime.live.door import ROUTE


class Listener(Protocol):
    """A member who listens, by a socket (Pass) or by a request (Opened)."""

    @property
    def hearer(self) -> Hearer:
        """Who they are, and for which purpose they read."""

    @property
    def member(self) -> ChannelMember:
        """Their row in the channel."""

    @property
    def channel(self) -> Channel:
        """The channel, with its case."""


def hearers_here(
    channel: Channel, passes: Iterable[Listener], *, at: datetime, language: str = "nl"
) -> tuple[tuple[ChannelMember, Hearer], ...]:
    """The members whose membership stands, each as they would hear: for the purpose they chose, or the obvious one.

    passes: those who listen in this process; what they chose is known.
    """
    chosen = {one.member.pk: one.hearer.purpose for one in passes}
    found = []
    for member in standing_members(channel, at=at):
        visit = visit_of(member.membership, strength="password", trace_id="", language=language)
        reading = Reading.begin(visit, route=ROUTE, event="channel.read")
        hearer = hearer_of(reading, channel.case, member.uid, None)
        if member.pk in chosen:
            hearer = Hearer(visit=visit, member_uid=member.uid, purpose=chosen[member.pk])
        found.append((member, hearer))
    return tuple(found)
