"""The hub of one channel in one process: looks when it is woken, tells each view once, cuts whoever lost the right.

While one batch of events is journalled the next gathers; equal views share one message. A phone that cannot keep up is
left to its own catching up and never slows the others. Who wakes the hub is in watch.py.
"""

import asyncio
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from foundation import clock
from realtime.channels.models import Channel
from realtime.live import extras
from realtime.live.asking import ask_apart
from realtime.live.door import Look, Pass, View
from realtime.live.frames import Line, Lines, line
from realtime.live.turn import Seat, Turn, take_turn

log = logging.getLogger("verbond.realtime")

BEAT = 0.35
"""Seconds between two looks. With the policy number's own age (0.2 s) a change is known well within a second."""
HEARTBEAT = 5.0
"""Seconds between two frames `head`: a client that misses something notices by then."""


class Socket(Protocol):
    """A socket, as the hub needs it. at: the number up to which it was told; below zero while it catches up."""

    passed: Pass
    at: int
    last: UUID | None

    def put(self, line: Line) -> None:
        """Queue a frame; never waits."""

    def put_events(self, lines: Sequence[Line]) -> None:
        """Queue events of its view; one that cannot keep up is left to its cursor."""

    def cut(self, code: int) -> None:
        """Say why, and close; never waits."""

    def begin_anew(self, lines: list[Line]) -> None:
        """Its rights changed: drop what waits, and send these instead."""


@dataclass(slots=True, eq=False)
class Hub:
    """The sockets of one channel in this process. at: the number of the newest event that was told to all of them."""

    channel: Channel
    at: int
    sockets: set[Socket] = field(default_factory=set)
    """All of them, from the moment that they are let in; those that catch up are not told of new events."""
    last: dict[View, UUID | None] = field(default_factory=dict)
    names: str = ""
    tokens: dict[str, str] = field(default_factory=dict)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    rung: asyncio.Event = field(default_factory=asyncio.Event)
    task: "asyncio.Task[None] | None" = None
    beaten: float = 0.0
    due: bool = False
    """Whether the rooms' own heartbeat is to be done in the next turn."""

    async def run(self) -> None:
        """Take a turn whenever somebody rings."""
        while True:
            await self.rung.wait()
            self.rung.clear()
            try:
                async with self.lock:
                    await self.beat()
            except Exception:
                # The database or the journal is away: nobody is told anything until it is back.
                log.exception("a look at the channel failed", extra={"event": "channel_look"})
                await asyncio.sleep(BEAT)
                self.rung.set()

    def notice(self, found: Look, tokens: dict[str, str], asked: Iterable[Socket]) -> None:
        """What the look of the whole process found: who must go goes now, and what else changed rings.

        asked: the sockets that were looked for. Of who came in meanwhile it knows nothing.
        """
        now = clock.now()
        for socket in self.sockets.intersection(asked):
            if code := found.code(socket.passed.ticket, now):
                self.drop(socket, code)
            elif socket.passed.rules != found.rules(socket.passed.ticket):
                self.rung.set()
        if found.head > self.at or found.names != self.names or tokens != self.tokens:
            self.rung.set()
        self._heartbeat()

    def drop(self, socket: Socket, code: int) -> None:
        """Cut one."""
        self.sockets.discard(socket)
        socket.cut(code)

    async def beat(self) -> None:
        """One turn: first who must go, then what is new for who stays."""
        sockets = list(self.sockets)
        seats = [Seat(socket=number, passed=one.passed, at=one.at) for number, one in enumerate(sockets)]
        if not sockets:
            return
        turn: Turn = await ask_apart(take_turn, self.channel, seats, self.at, self.names, self.tokens)
        for number, code in turn.codes.items():
            self.drop(sockets[number], code)
        if turn.trouble is not None:
            raise turn.trouble
        self.channel = turn.channel
        self._renew(sockets, seats, turn)
        self._tell(sockets, seats, turn)
        self.names, self.tokens = turn.names, turn.tokens
        if self.due:
            self.due = False
            await ask_apart(extras.beat, self.channel, [one.passed for one in self.sockets])

    def _renew(self, sockets: list[Socket], seats: list[Seat], turn: Turn) -> None:
        for number, passed in turn.renewed.items():
            sockets[number].passed = passed
        for number, (lines, last) in turn.anew.items():
            socket = sockets[number]
            if socket not in self.sockets:
                continue
            socket.begin_anew(lines)
            socket.at, socket.last = turn.at, last
            self.last[socket.passed.hearer.view] = last

    def _tell(self, sockets: list[Socket], seats: list[Seat], turn: Turn) -> None:
        lines: dict[View, Lines] = {}
        for view, told in turn.told.items():
            lines[view] = turn.lines_of(view, self.last.get(view))
            if told:
                self.last[view] = told[-1].event.uid
        before, self.at = self.at, max(self.at, turn.at)
        for seat in seats:
            socket = sockets[seat.socket]
            # Not who was cut, or began to catch up meanwhile.
            if socket.at < 0 or socket not in self.sockets:
                continue
            if seat.socket not in turn.anew and socket.at >= before:
                _put_new(socket, lines.get(seat.passed.hearer.view, ()), self.at)
            if turn.members is not None and seat.socket not in turn.anew:
                socket.put(turn.members)
            for one in turn.states.get(socket.passed.hearer.view, ()):
                socket.put(one)

    def _heartbeat(self) -> None:
        now = asyncio.get_running_loop().time()
        if now - self.beaten < HEARTBEAT:
            return
        self.beaten = now
        self.due = True
        self.rung.set()
        made: dict[UUID | None, Line] = {}
        for socket in self.sockets:
            if socket.at >= 0:
                socket.put(made.setdefault(socket.last, head_line(socket.last)))

    def sit(self, socket: Socket, *, seq: int, last: UUID | None) -> None:
        """From here on this socket is told what is new. Call it with the lock held and the socket caught up."""
        view = socket.passed.hearer.view
        others = [one for one in self.sockets if one is not socket and one.at >= 0]
        if not others:
            self.at = max(self.at, seq)
        if not any(one.passed.hearer.view == view for one in others):
            # Nobody followed in this view, so nobody kept up what came last in it.
            self.last[view] = last
        # It may be ahead of the hub, by events that came while it caught up; those are not told to it twice.
        socket.at, socket.last = max(self.at, seq), last
        self.rung.set()


def _put_new(socket: Socket, lines: Sequence[Line], until: int) -> None:
    if lines and socket.at >= 0:
        # Most sockets were told exactly as far as the hub; only who caught up meanwhile is further.
        ahead = lines[0].seq <= socket.at
        socket.put_events([one for one in lines if one.seq > socket.at] if ahead else lines)
    if socket.at >= 0:
        socket.at = max(socket.at, until)


def head_line(last: UUID | None) -> Line:
    """The frame `head`: the newest event in the view of who gets it."""
    return line({"type": "head", "last": str(last) if last else None})
