"""The watch of one process: one look at all its channels several times a second, and one ear for the bell.

A ring that is lost costs a moment, no event: the watch looks by itself.
"""

import asyncio
import logging
import secrets
from collections.abc import Mapping
from contextlib import suppress
from uuid import UUID

from channels.layers import InMemoryChannelLayer, get_channel_layer

from foundation import clock
from realtime.channels import bell
from realtime.channels.tickets import Ticket
from realtime.live import extras, hub
from realtime.live.asking import ask_apart
from realtime.live.door import Look, look
from realtime.live.hub import Hub, Socket

log = logging.getLogger("verbond.realtime")

EAR = 30.0
"""Seconds after which the ear is put to the bell again: a Redis that began anew has forgotten who listens."""
ANSWERED_WITHIN = 0.004
"""Seconds in which whoever said something here is answered, before the others are told: one thread runs at a time, and
telling hundreds would hold up the one word that somebody waits for."""
_ME = secrets.token_hex(8)


class Watch:
    """The hubs of one process (of one loop, in the suite)."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.hubs: dict[UUID, Hub] = {}
        self.tasks: list[asyncio.Task[None]] = []
        self.rings: set[UUID] = set()
        self.to_ring = asyncio.Event()

    async def look(self) -> None:
        """Look at everything, every BEAT."""
        while True:
            await asyncio.sleep(hub.BEAT)
            try:
                hubs = {one.channel.pk: one for one in self.hubs.values() if one.sockets}
                asked = {pk: list(one.sockets) for pk, one in hubs.items()}
                wanted = {pk: [socket.passed.ticket for socket in sockets] for pk, sockets in asked.items()}
                if not wanted:
                    continue
                found, tokens = await ask_apart(_looked, wanted)
                for pk, one in hubs.items():
                    if pk in found:
                        one.notice(found[pk], tokens[pk], asked[pk])
                    else:
                        one.rung.set()
            except Exception:
                log.exception("a look at the channels failed", extra={"event": "channel_look"})

    async def listen(self) -> None:
        """Hear the bells of other processes; when the layer is away, looking goes on without it."""
        layer = get_channel_layer()
        if layer is None or isinstance(layer, InMemoryChannelLayer):
            return
        while True:
            try:
                name = await layer.new_channel()
                while True:
                    async with asyncio.timeout(bell.LONGEST):
                        await layer.group_add(bell.GROUP, name)
                    with suppress(TimeoutError):
                        async with asyncio.timeout(EAR):
                            while True:
                                self.heard(await layer.receive(name))
            except Exception:
                log.warning("the bell of the channels cannot be heard", extra={"event": "channel_bell"})
                await asyncio.sleep(1)

    async def ring(self) -> None:
        """Ring in the other processes, once for all that happened since the last ring."""
        layer = get_channel_layer()
        if layer is None or isinstance(layer, InMemoryChannelLayer):
            return
        while True:
            await self.to_ring.wait()
            self.to_ring.clear()
            rings, self.rings = self.rings, set()
            try:
                async with asyncio.timeout(bell.LONGEST):
                    await layer.group_send(bell.GROUP, bell.message(rings, by=_ME))
            except Exception:
                log.warning("the bell of the channels did not ring", extra={"event": "channel_bell"})

    def heard(self, message: Mapping[str, object]) -> None:
        """A ring of another process."""
        if message.get("by") == _ME:
            return
        for text in str(message.get("channels", "")).split():
            self.wake(UUID(text))

    def wake(self, uid: UUID) -> None:
        """Something happened in this channel."""
        if found := self.hubs.get(uid):
            found.rung.set()

    def happened(self, uid: UUID) -> bool:
        """Something was committed by a thread of this process; whether it was heard."""
        try:
            self.loop.call_soon_threadsafe(self.loop.call_later, ANSWERED_WITHIN, self._tell, uid)
        except RuntimeError:  # the loop is closed
            return False
        return True

    def _tell(self, uid: UUID) -> None:
        self.wake(uid)
        self.rings.add(uid)
        self.to_ring.set()

    def begin(self) -> None:
        """Look, listen and ring while there is anybody."""
        if not self.tasks:
            self.tasks = [asyncio.create_task(work()) for work in (self.look, self.listen, self.ring)]
            bell.supply_ringer(self.happened)

    def end(self) -> None:
        """Until somebody comes again."""
        bell.withdraw_ringer(self.happened)
        for task in self.tasks:
            task.cancel()
        self.tasks = []
        _WATCHES.pop(id(self.loop), None)


def _looked(wanted: Mapping[int, list[Ticket]]) -> tuple[dict[int, Look], dict[int, dict[str, str]]]:
    found = look(wanted)
    now = clock.now()
    return found, {pk: extras.tokens(one.channel, now) for pk, one in found.items()}


_WATCHES: dict[int, Watch] = {}


def enter(socket: Socket) -> Hub:
    """Let a socket in that was admitted: from here on it is cut with the others. It sits down once it caught up."""
    loop = asyncio.get_running_loop()
    watch = _WATCHES.get(id(loop))
    if watch is None or watch.loop is not loop:
        watch = _WATCHES[id(loop)] = Watch(loop)
    channel = socket.passed.channel
    found = watch.hubs.get(channel.uid)
    if found is None:
        found = watch.hubs[channel.uid] = Hub(channel=channel, at=channel.head)
        found.task = asyncio.create_task(found.run())
    found.sockets.add(socket)
    watch.begin()
    return found


def depart(gone: Hub, socket: Socket) -> None:
    """Leave; the last one ends the hub, and the last hub the watch."""
    gone.sockets.discard(socket)
    watch = _WATCHES.get(id(asyncio.get_running_loop()))
    if watch is None or gone.sockets or watch.hubs.get(gone.channel.uid) is not gone:
        return
    del watch.hubs[gone.channel.uid]
    if gone.task is not None:
        gone.task.cancel()
    if not watch.hubs:
        watch.end()
