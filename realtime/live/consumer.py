"""One socket of one channel: lets in by ticket, catches up from the cursor, sends, and stores what its owner says.

docs/kanalen-protocol.md describes the frames, their order and the close codes.
"""

import asyncio
import json
import logging
import time
from collections import deque
from typing import Any
from uuid import UUID

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from audit.journal.errors import JournalUnavailable
from foundation.errors import Problem
from realtime.channels.commands import receipts, saying
from realtime.live import extras, protocol
from realtime.live.catching_up import Catch, caught, first_catch
from realtime.live.door import Pass, Shut, admitted, in_words
from realtime.live.frames import Line, line, packed
from realtime.live.hub import Hub, depart, enter, hub_of
from realtime.live.protocol import Bye, Hello, Say, Seen

log = logging.getLogger("verbond.realtime")

HELLO_WITHIN = 10.0
"""Seconds between opening a socket and its first frame."""
MOST_WAITING = 256
"""Frames that wait for a slow phone; with more it is left to catch up from its cursor."""

SENTENCES = {
    protocol.ENDED: gettext_lazy("Uw recht op dit kanaal is geëindigd. Wat op dit toestel stond, is gewist."),
    protocol.NOT_SIGNED_IN: gettext_lazy("U bent niet meer aangemeld. Meld u opnieuw aan."),
    protocol.NOT_YOURS: gettext_lazy("Dit kanaal bestaat niet voor u, of het is gesloten."),
    protocol.TOO_FAST: gettext_lazy("U stuurt te veel. Wacht even en maak opnieuw verbinding."),
    protocol.TOO_MANY: gettext_lazy("Het is te druk. Uw toestel probeert het zo opnieuw."),
}

_open = 0


class StreetConsumer(AsyncWebsocketConsumer):
    """One phone or desk in one channel."""

    passed: Pass
    hub: Hub | None = None
    at = -1

    async def connect(self) -> None:
        """Open the line; who it is shows from the first frame."""
        global _open
        self.uid = UUID(self.scope["url_route"]["kwargs"]["uid"])
        self.waiting: deque[Line] = deque()
        self.fresh_words = asyncio.Event()
        self.behind = False
        self.reached: tuple[int, UUID | None] = (0, None)
        self.tasks: list[asyncio.Task[None]] = []
        self.allowance, self.counted = float(settings.CHANNEL_BURST), time.monotonic()
        self.counts = True
        _open += 1
        asked = self.scope.get("subprotocols", [])
        await self.accept(protocol.SUBPROTOCOL if protocol.SUBPROTOCOL in asked else None)
        if _open > settings.CHANNEL_MAX_SOCKETS:
            await self.cut(protocol.TOO_MANY)
            return
        self.tasks.append(asyncio.create_task(self._needs_hello()))

    async def disconnect(self, code: int) -> None:
        """Nothing is lost: what was not sent stands in the log, behind the phone's cursor."""
        global _open
        if self.counts:
            self.counts = False
            _open -= 1
        if self.hub is not None:
            depart(self.hub, self)
            self.hub = None
        for task in self.tasks:
            if task is not asyncio.current_task():
                task.cancel()

    async def _needs_hello(self) -> None:
        await asyncio.sleep(HELLO_WITHIN)
        if self.hub is None:
            await self.cut(protocol.TOO_SLOW)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """One frame of the client."""
        try:
            if text_data is None or len(text_data) > protocol.LARGEST_FRAME:
                raise ValueError("size")
            data = json.loads(text_data)
            took = extras.taker(data.get("type")) if isinstance(data, dict) else None
            frame = took[0].model_validate(data) if took else protocol.CLIENT.validate_python(data)
        except (ValueError, ValidationError, RecursionError):
            await self.cut(protocol.BAD_FRAME)
            return
        if isinstance(frame, Bye):
            await self.close(1000)
        elif isinstance(frame, Hello):
            await self._hello(frame)
        elif self.hub is None:
            await self.cut(protocol.BAD_FRAME)
        elif not self._in_time() and not self._is_urgent(frame):
            await self._slow_down(frame)
        elif took is not None:
            await self._set(took[1], frame)
        elif isinstance(frame, Say):
            await self._say(frame)
        elif isinstance(frame, Seen):
            await database_sync_to_async(receipts.saw)(self.passed.member, event=frame.event)

    async def _hello(self, frame: Hello) -> None:
        if self.hub is None:
            try:
                self.passed = await database_sync_to_async(admitted)(self.uid, frame.ticket)
            except Shut as shut:
                await self.cut(shut.code)
                return
            self.tasks.append(asyncio.create_task(self._pump()))
        catch = await database_sync_to_async(first_catch)(self.passed, after=frame.after, view=frame.view)
        await self._catch_up(catch)

    async def _catch_up(self, catch: Catch) -> None:
        """Tell what was missed, outside the hub's lock as far as it can, the rest inside it."""
        self.at = -1
        self.behind = False
        self.waiting.clear()
        self.reached = (catch.since, catch.before)
        self._queue(catch)
        hub = self.hub or hub_of(self.passed.channel)
        while hub.at - catch.seq > 20:
            catch = await database_sync_to_async(caught)(self.passed, catch, until=hub.at)
            self._queue(catch)
        async with hub.lock:
            if hub.at > catch.seq:
                catch = await database_sync_to_async(caught)(self.passed, catch, until=hub.at)
                self._queue(catch)
            if not hub.sockets:
                hub.at = max(hub.at, catch.seq)
            hub.last.setdefault(self.passed.hearer.view, catch.last)
            # It may be ahead of the hub, by events that came while it caught up; those are not told to it twice.
            self.at = max(hub.at, catch.seq)
            self.put(line({"type": "head", "last": str(catch.last) if catch.last else None}))
            self.hub = hub
            enter(hub, self)
        await self._tell_states()

    async def _tell_states(self) -> None:
        """The state of the channel, whole, for a phone that comes in."""
        names = [extra.name for extra in extras.extras()]
        found = await database_sync_to_async(extras.frames_of)(names, self.passed.channel, [self.passed])
        for frame in found.get(self.passed.hearer.view, ()):
            self.put(line(frame))

    def _queue(self, catch: Catch) -> None:
        for one in catch.lines:
            self.put(one)

    async def renewed(self) -> None:
        """Rights changed: the phone begins anew, by a task of its own, since the hub waits for nobody."""
        self.at = -1
        self.tasks.append(asyncio.create_task(self._anew()))

    async def _anew(self) -> None:
        try:
            catch = await database_sync_to_async(first_catch)(self.passed, after=None, view="")
            await self._catch_up(catch)
        except (Problem, DatabaseError):
            log.exception("a socket could not begin anew", extra={"event": "channel_anew"})
            await self.cut(protocol.RESTART)

    async def _say(self, frame: Say) -> None:
        """Store it and say so; a refusal keeps the text where it was typed, and trouble lets it be sent again."""
        try:
            event = await database_sync_to_async(self._store)(frame)
        except JournalUnavailable as away:
            await self._refuse(away, frame.client, again=True)
        except Problem as problem:
            await self._refuse(problem, frame.client)
        except DatabaseError:
            log.warning("a message is not stored yet", extra={"event": "channel_say"})
            self.put(line({"type": "refused", "client": str(frame.client), "code": "unavailable", "again": True}))
        else:
            self.put(line({"type": "accepted", "client": str(frame.client), "event": str(event.uid)}))

    async def _set(self, handler: extras.Handler, frame: Any) -> None:
        """A frame of one of the rooms above the log: presence, place, answering an alarm."""
        client = getattr(frame, "client", None)
        try:
            answer = await database_sync_to_async(self._handled)(handler, frame)
        except Problem as problem:
            await self._refuse(problem, client)
        except DatabaseError:
            log.warning("a frame was not kept", extra={"event": "channel_set"})
            gone = {"type": "refused", "client": str(client) if client else None, "code": "unavailable", "again": True}
            self.put(line(gone))
        else:
            if answer is not None:
                self.put(line(answer))

    def _handled(self, handler: extras.Handler, frame: Any) -> dict[str, Any] | None:
        with in_words(self.passed.hearer.visit.language):
            return handler(self.passed, frame)

    def _store(self, frame: Say) -> Any:
        with in_words(self.passed.hearer.visit.language):
            reading = self.passed.reading("channel.said")
            return saying.say(reading, self.passed.channel, frame.said(), hearer=self.passed.hearer)

    async def _refuse(self, problem: Problem, client: UUID | None, *, again: bool = False) -> None:
        with in_words(self.passed.hearer.visit.language):
            frame: dict[str, Any] = {
                "type": "refused", "client": str(client) if client else None, "code": problem.code,
                "said": str(problem.sentence), "remedy": str(problem.remedy),
            }  # fmt: skip
        if problem.article:
            frame["article"] = problem.article
        if again:
            frame["again"] = True
        self.put(line(frame))

    async def _slow_down(self, frame: Any) -> None:
        if not isinstance(frame, Say) or self.allowance < -2 * settings.CHANNEL_BURST:
            await self.cut(protocol.TOO_FAST)
            return
        with in_words(self.passed.hearer.visit.language):
            said = _("U stuurt te snel achter elkaar. Uw bericht wacht op uw toestel en gaat zo mee.")
        self.put(
            line({"type": "refused", "client": str(frame.client), "code": "too_fast", "said": said, "again": True})
        )

    def _is_urgent(self, frame: Any) -> bool:
        """An alarm is not held up by what the same phone sent before it, unless that was a flood."""
        return getattr(frame, "urgent", False) and self.allowance >= -2 * settings.CHANNEL_BURST

    def put(self, line: Line) -> None:
        """Queue a frame; a phone that cannot keep up is left to its cursor."""
        if self.behind:
            return
        if len(self.waiting) >= MOST_WAITING and self.at >= 0:
            self.behind, self.at = True, -1
            return
        self.waiting.append(line)
        self.fresh_words.set()

    async def _pump(self) -> None:
        """Send what waits, one frame at a time, as fast as this phone takes it."""
        while True:
            await self.fresh_words.wait()
            self.fresh_words.clear()
            while self.waiting:
                one = self.waiting.popleft()
                try:
                    await self.send(text_data=one.text)
                except (RuntimeError, OSError):
                    return
                if one.event is not None:
                    self.reached = (one.seq, one.event)
            if self.behind:
                seq, event = self.reached
                await self._catch_up(Catch(lines=(), seq=seq, last=event, since=seq, before=event))

    async def cut(self, code: int) -> None:
        """Say why, and close with the code that says it too."""
        language = self.passed.hearer.visit.language if self.hub is not None else ""
        with in_words(language):
            said = SENTENCES.get(code, _("De verbinding is gesloten."))
        if self.hub is not None:
            self.hub.sockets.discard(self)
        try:
            await self.send(text_data=packed({"type": "revoked", "code": protocol.CODES[code], "said": str(said)}))
            await self.close(code=code)
        except (RuntimeError, OSError):
            log.info("a socket was gone before it was cut", extra={"event": "channel_late"})

    def _in_time(self) -> bool:
        """A bucket: people do not send faster than this."""
        now = time.monotonic()
        gained = (now - self.counted) * settings.CHANNEL_RATE
        self.allowance, self.counted = min(settings.CHANNEL_BURST, self.allowance + gained), now
        self.allowance -= 1
        return self.allowance >= 0
