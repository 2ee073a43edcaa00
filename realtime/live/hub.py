"""The hub of one channel in one process: looks, tells each view once, and cuts whoever lost the right.

A ring of the bell only makes it look at once; without one it looks every BEAT. Sockets that cannot keep up are left to
their own catching up and never slow the others.
"""

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from channels.db import database_sync_to_async
from channels.layers import get_channel_layer

from foundation import clock
from realtime.channels.bell import group_of
from realtime.channels.models import Channel
from realtime.channels.rights import standing_members
from realtime.channels.telling import Told, chain, events_after, tell
from realtime.live import extras
from realtime.live.door import ROUTE, Look, Pass, Shut, View, again, code_for, look
from realtime.live.frames import Line, line, packed
from realtime.live.protocol import ENDED, NOT_SIGNED_IN, event_frame, members_frame

log = logging.getLogger("verbond.realtime")

BEAT = 0.35
"""Seconds between two looks. With the policy number's own age (0.2 s) a change is known well within a second."""
HEARTBEAT = 5.0
"""Seconds between two frames `head`: a client that misses something notices by then."""
BATCH = 200
"""Events told in one go."""


class Socket(Protocol):
    """A socket, as the hub needs it."""

    passed: Pass
    at: int

    def put(self, line: Line) -> None:
        """Queue a frame; never waits."""

    async def cut(self, code: int) -> None:
        """Say why, and close."""

    async def renewed(self) -> None:
        """Its rights changed: what the phone keeps must be built anew."""


@dataclass(slots=True)
class Hub:
    """The sockets of one channel in this process. at: the number of the newest event that was told to all of them."""

    channel: Channel
    at: int
    sockets: set[Socket] = field(default_factory=set)
    """All of them; those whose own number is below `at` are catching up and are not told of new events."""
    last: dict[View, UUID | None] = field(default_factory=dict)
    found: Look | None = None
    tokens: dict[str, str] = field(default_factory=dict)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    rung: asyncio.Event = field(default_factory=asyncio.Event)
    tasks: list["asyncio.Task[None]"] = field(default_factory=list)
    beaten: float = 0.0

    async def watch(self) -> None:
        """Look, again and again, while somebody listens."""
        while self.sockets:
            # Not wait_for: before Python 3.12 it can swallow a cancellation (bpo-37658).
            with suppress(TimeoutError):
                async with asyncio.timeout(BEAT):
                    await self.rung.wait()
            self.rung.clear()
            try:
                async with self.lock:
                    await self.beat()
            except asyncio.CancelledError:
                raise
            except Exception:
                # The database or the journal is away: nobody is told anything until it is back.
                log.exception("a look at the channel failed", extra={"event": "channel_look"})
                await asyncio.sleep(BEAT)

    async def listen(self) -> None:
        """Hear the bell; when the layer is away, looking goes on without it."""
        layer = get_channel_layer()
        if layer is None:
            return
        while True:
            try:
                name = await layer.new_channel()
                await layer.group_add(group_of(self.channel.uid), name)
                while True:
                    await layer.receive(name)
                    self.rung.set()
            except asyncio.CancelledError:
                raise
            except Exception:
                log.warning("the bell of a channel cannot be heard", extra={"event": "channel_bell"})
                await asyncio.sleep(1)

    async def beat(self) -> None:
        """One look, and what follows from it: first who must go, then what is new for who stays."""
        sockets = list(self.sockets)
        before = self.found
        self.found = found = await database_sync_to_async(look)(self.channel.pk, [one.passed for one in sockets])
        now = clock.now()
        for socket in sockets:
            if code := code_for(socket.passed, found, now):
                await socket.cut(code)
        if before is None or (before.rules, before.memberships) != (found.rules, found.memberships):
            await self._admit_again()
        if found.head > self.at:
            await self._tell_new()
        await self._tell_states(now)
        await self._heartbeat()

    async def _tell_states(self, now: datetime) -> None:
        """State that changed since it was last sent, to everybody who is not catching up."""
        tokens = await database_sync_to_async(extras.tokens)(self.channel, now)
        changed = [name for name, token in tokens.items() if self.tokens.get(name) != token]
        self.tokens = tokens
        sockets = [one for one in self.sockets if one.at >= 0]
        if not changed or not sockets:
            return
        passes = [one.passed for one in sockets]
        found = await database_sync_to_async(extras.frames_of)(changed, self.channel, passes)
        lines = {view: [line(frame) for frame in frames] for view, frames in found.items()}
        for socket in sockets:
            for one in lines.get(socket.passed.hearer.view, ()):
                socket.put(one)

    async def _admit_again(self) -> None:
        """Everybody's rights are worked out anew; for whom they changed, the phone begins anew as well."""
        changed: list[Socket] = []
        for socket in list(self.sockets):
            try:
                passed = await database_sync_to_async(again)(self.channel.uid, socket.passed.ticket)
            except Shut as shut:
                await socket.cut(shut.code if shut.code == NOT_SIGNED_IN else ENDED)
                continue
            if passed.view != socket.passed.view:
                self.last.pop(passed.hearer.view, None)
                socket.passed = passed
                changed.append(socket)
            self.channel = passed.channel
        if changed:
            frame = await database_sync_to_async(self._members)()
            for socket in changed:
                socket.put(frame)
                await socket.renewed()

    def _members(self) -> Line:
        return line(members_frame(self.channel, standing_members(self.channel, at=clock.now())))

    async def _tell_new(self) -> None:
        sockets = [one for one in self.sockets if one.at >= self.at]
        events, told = await database_sync_to_async(self._told)([one.passed for one in sockets])
        if not events:
            return
        before, self.at = self.at, events[-1].seq
        lines = {view: self._lines(view, found) for view, found in told.items()}
        for socket in sockets:
            if socket.at < before:
                continue  # it began to catch up meanwhile
            for one in lines.get(socket.passed.hearer.view, ()):
                if one.seq > socket.at >= 0:
                    socket.put(one)
            if socket.at >= 0:
                socket.at = max(socket.at, self.at)

    def _told(self, passes: list[Pass]) -> tuple[list[Any], dict[View, tuple[Told, ...]]]:
        events = events_after(self.channel, self.at, limit=BATCH)
        if not events or not passes:
            return events, {}
        return events, tell(self.channel, events, [one.hearer for one in passes], route=ROUTE)

    def _lines(self, view: View, told: tuple[Told, ...]) -> list[Line]:
        lines = []
        for after, one in chain(self.last.get(view), told):
            lines.append(Line(packed(event_frame(one, after=after)), one.seq, one.event.uid))
            self.last[view] = one.event.uid
        return lines

    async def _heartbeat(self) -> None:
        now = asyncio.get_running_loop().time()
        if now - self.beaten < HEARTBEAT:
            return
        self.beaten = now
        await database_sync_to_async(extras.beat)(self.channel, [one.passed for one in self.sockets])
        for socket in self.sockets:
            last = self.last.get(socket.passed.hearer.view)
            if socket.at >= 0:
                socket.put(line({"type": "head", "last": str(last) if last else None}))


_HUBS: dict[tuple[int, UUID], Hub] = {}


def hub_of(channel: Channel) -> Hub:
    """The hub of this channel in this process and loop."""
    key = (id(asyncio.get_running_loop()), channel.uid)
    hub = _HUBS.get(key)
    if hub is None:
        hub = _HUBS[key] = Hub(channel=channel, at=channel.head)
    return hub


def enter(hub: Hub, socket: Socket) -> None:
    """Join; the first one begins the looking. Call it with the hub's lock held and the socket caught up."""
    _HUBS[(id(asyncio.get_running_loop()), hub.channel.uid)] = hub
    hub.sockets.add(socket)
    if not any(not task.done() for task in hub.tasks):
        hub.tasks = [asyncio.create_task(hub.watch()), asyncio.create_task(hub.listen())]


def depart(hub: Hub, socket: Socket) -> None:
    """Leave; the last one ends the looking."""
    hub.sockets.discard(socket)
    if not hub.sockets:
        key = (id(asyncio.get_running_loop()), hub.channel.uid)
        if _HUBS.get(key) is hub:
            del _HUBS[key]
        for task in hub.tasks:
            if task is not asyncio.current_task():
                task.cancel()
