"""One turn of a hub, in the database: look, renew rights, and tell; nothing here touches a socket.

The look and the telling are one piece of work, so that nobody is told anything by rights of before the look.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import DatabaseError

from foundation import clock
from foundation.errors import Problem
from realtime.channels.models import Channel, Event
from realtime.channels.rights import standing_members
from realtime.channels.telling import Told, events_after, tell
from realtime.live import extras
from realtime.live.catching_up import framed, newest, welcome
from realtime.live.door import ROUTE, Look, Pass, Shut, View, look, passed_by
from realtime.live.frames import Line, Lines, line
from realtime.live.protocol import ENDED, members_frame

BATCH = 200
"""Events told in one go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A socket as the turn knows it: its number, its pass and how far it was told."""

    socket: int
    passed: Pass
    at: int


@dataclass(slots=True, kw_only=True)
class Turn:
    """What came of it, by the numbers of the sockets.

    at: number up to which `told` goes. codes: who must go, and why. renewed: new passes. anew: frames and the last
    event for those who begin anew. trouble: what went wrong after the look; then nothing is told.
    """

    channel: Channel
    at: int
    names: str
    tokens: dict[str, str]
    codes: dict[int, int] = field(default_factory=dict)
    renewed: dict[int, Pass] = field(default_factory=dict)
    anew: dict[int, tuple[list[Line], UUID | None]] = field(default_factory=dict)
    told: Mapping[View, tuple[Told, ...]] = field(default_factory=dict)
    members: Line | None = None
    states: Mapping[View, list[Line]] = field(default_factory=dict)
    trouble: Exception | None = None

    def lines_of(self, view: View, after: UUID | None) -> Lines:
        """The frames of a view after the last event that it was told of."""
        return Lines(framed(self.told[view], after))


def take_turn(channel: Channel, seats: Sequence[Seat], since: int, names: str, tokens: Mapping[str, str]) -> Turn:
    """Look at the channel and tell its sockets what is new since the number `since`.

    names, tokens: of what was sent before. Raises DatabaseError when even the look fails.
    """
    found = look({channel.pk: [seat.passed.ticket for seat in seats]}).get(channel.pk)
    if found is None:
        codes = {seat.socket: ENDED for seat in seats}
        return Turn(channel=channel, at=since, names=names, tokens=dict(tokens), codes=codes)
    turn = Turn(channel=found.channel, at=since, names=found.names, tokens=dict(tokens))
    staying = _renew(turn, found, seats)
    try:
        _tell(turn, found, seats, staying)
        if found.names != names:
            at = clock.now()
            turn.members = line(members_frame(found.channel, standing_members(found.channel, at=at)))
        _states(turn, staying, tokens)
    except (Problem, DatabaseError) as trouble:
        turn.trouble = trouble
    return turn


def _renew(turn: Turn, found: Look, seats: Sequence[Seat]) -> dict[int, Pass]:
    """The passes of all who stay, those made anew for whom anything changed that rights rest on."""
    now = clock.now()
    staying = {}
    for seat in seats:
        before = seat.passed
        if not found.code(before.ticket, now) and before.rules == found.rules(before.ticket):
            staying[seat.socket] = before
            continue
        try:
            passed = passed_by(found, before.ticket, before)
        except Shut as shut:
            turn.codes[seat.socket] = shut.code
            continue
        staying[seat.socket] = turn.renewed[seat.socket] = passed
    return staying


def _tell(turn: Turn, found: Look, seats: Sequence[Seat], staying: Mapping[int, Pass]) -> None:
    channel = found.channel
    events: list[Event] = events_after(channel, turn.at, limit=BATCH) if found.head > turn.at else []
    since, turn.at = turn.at, events[-1].seq if events else turn.at
    follow = {seat.socket: staying[seat.socket] for seat in seats if seat.at >= 0 and seat.socket in staying}
    before = {seat.socket: seat.passed for seat in seats}
    changed = {number for number, passed in follow.items() if passed.view != before[number].view}
    at = {seat.socket: seat.at for seat in seats}
    hearers = [
        passed.hearer for number, passed in follow.items() if number not in changed and at[number] >= since
    ]  # fmt: skip
    if events and hearers:
        turn.told = tell(channel, events, hearers, route=ROUTE)
    if changed:
        told = newest(channel, [follow[number].hearer for number in changed], until=turn.at)
        lines = {view: list(framed(found, None)) for view, found in told.items()}
        for number in changed:
            passed = follow[number]
            mine = lines[passed.hearer.view]
            last = mine[-1].event if mine else None
            turn.anew[number] = ([welcome(passed, fresh=True), *mine], last)


def _states(turn: Turn, staying: Mapping[int, Pass], tokens: Mapping[str, str]) -> None:
    """State that changed since it was last sent; whole for who begins anew, which costs the others a repetition."""
    turn.tokens = extras.tokens(turn.channel, clock.now())
    names = [name for name, token in turn.tokens.items() if turn.anew or tokens.get(name) != token]
    if not names or not staying:
        return
    found = extras.frames_of(names, turn.channel, list(staying.values()))
    turn.states = {view: [line(frame) for frame in frames] for view, frames in found.items()}
