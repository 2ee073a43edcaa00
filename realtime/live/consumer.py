"""One socket of one channel: lets in by ticket, catches up from the cursor, sends, and stores what its owner says.

docs/kanalen-protocol.md describes the frames, their order and the close codes.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from pydantic import ValidationError

from realtime.channels.commands import receipts, saying
from realtime.live import extras, protocol
from realtime.live.answering import answered, taken_in
from realtime.live.asking import ask
from realtime.live.catching_up import Catch, caught, first_catch
from realtime.live.door import Pass, Shut, admitted, in_words
from realtime.live.frames import Line, line, packed
from realtime.live.hub import Hub, head_line
from realtime.live.outbox import Outbox, Send
from realtime.live.protocol import Bye, Hello, Say, Seen
from realtime.live.sentences import SENTENCES
from realtime.live.serving import burst_of
from realtime.live.watch import depart, enter

log = logging.getLogger("verbond.realtime")

HELLO_WITHIN = 10.0
"""Seconds between opening a socket and its first frame."""
MOST_WAITING = 256
"""Frames that wait for a slow phone; with more it is left to catch up from its cursor."""
LAST_WORDS = 2.0
"""Seconds in which a phone that is cut takes the reason why."""
NEAR = 20
"""Events that are still missing when a socket takes the hub's lock."""

_open = 0

Receive = Callable[[], Awaitable[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class _From:
    """Where to begin telling: after this event, held under this name of rights; seq for who was only slow."""

    after: UUID | None
    view: str
    seq: int = -1


class StreetConsumer:
    """One phone or desk in one channel."""

    passed: Pass

    @classmethod
    def as_asgi(cls) -> Callable[[dict[str, Any], Receive, Send], Coroutine[Any, Any, None]]:
        """The ASGI application."""

        async def application(scope: dict[str, Any], receive: Receive, send: Send) -> None:
            await cls(scope, send).run(receive)

        return application

    def __init__(self, scope: dict[str, Any], send: Send) -> None:
        self.uid = UUID(scope["url_route"]["kwargs"]["uid"])
        self.asked = scope.get("subprotocols", [])
        self._send = send
        self.out = Outbox(send, burst_of(scope))
        self.at, self.last = -1, None
        self.hub: Hub | None = None
        self.begin: _From | None = None
        self.wanted = asyncio.Event()
        self.keeper: asyncio.Task[None] | None = None
        self.ending = False
        self.allowance, self.counted = float(settings.CHANNEL_BURST), time.monotonic()

    last: UUID | None

    async def run(self, receive: Receive) -> None:
        """From the handshake until the line is gone. Nothing is lost: what was not sent stands behind the cursor."""
        global _open
        await receive()
        _open += 1
        self.late = asyncio.get_running_loop().call_later(HELLO_WITHIN, self.cut, protocol.TOO_SLOW)
        try:
            subprotocol = protocol.SUBPROTOCOL if protocol.SUBPROTOCOL in self.asked else None
            await self._send({"type": "websocket.accept", "subprotocol": subprotocol})
            if _open > settings.CHANNEL_MAX_SOCKETS:
                self.cut(protocol.TOO_MANY)
            while (message := await receive())["type"] == "websocket.receive":
                if not self.ending:
                    await self._received(message.get("text"))
        finally:
            _open -= 1
            self.late.cancel()
            if self.hub is not None:
                depart(self.hub, self)
            if self.keeper is not None:
                self.keeper.cancel()
            self.out.stop()

    async def _received(self, text: str | None) -> None:
        """One frame of the client."""
        try:
            frame, handler = taken_in(text)
        except (ValueError, ValidationError, RecursionError):
            self.cut(protocol.BAD_FRAME)
            return
        if isinstance(frame, Bye):
            self._finish(1000)
        elif self.hub is None and not isinstance(frame, Hello):
            self.cut(protocol.BAD_FRAME)
        elif not self._in_time() and not self._is_urgent(frame):
            self._slow_down(frame)
        elif isinstance(frame, Hello):
            await self._hello(frame)
        elif handler is not None:
            await self._answer(self._handled, handler, frame)
        elif isinstance(frame, Say):
            await self._answer(self._store, frame)
        elif isinstance(frame, Seen):
            await self._answer(self._saw, frame)

    async def _hello(self, frame: Hello) -> None:
        # It came in time, however long letting in takes.
        self.late.cancel()
        if self.hub is None:
            try:
                self.passed = await ask(admitted, self.uid, frame.ticket)
            except Shut as shut:
                self.cut(shut.code)
                return
            except Exception:
                # The database or the store of used tickets is away: come back with a new one.
                log.exception("nobody can be let in", extra={"event": "channel_door"})
                self.cut(protocol.RESTART)
                return
            if self.ending:
                return
            # In the hub at once, so that whoever loses the right while catching up is cut with the others.
            self.hub = enter(self)
            self.keeper = asyncio.create_task(self._keep(self.hub))
        self._from(_From(frame.after, frame.view))

    def _from(self, begin: _From) -> None:
        """Tell it from there, by the keeper: one at a time, and the last one asked for."""
        self.at, self.begin = -1, begin
        self.wanted.set()

    async def _keep(self, hub: Hub) -> None:
        """Bring the phone up to date whenever it asks, or was too slow."""
        while True:
            await self.wanted.wait()
            self.wanted.clear()
            try:
                while (begin := self.begin) is not None:
                    self.begin = None
                    await self._catch_up(hub, begin)
            except Exception:
                log.exception("a socket could not catch up", extra={"event": "channel_catch"})
                self.cut(protocol.RESTART)
                return

    async def _catch_up(self, hub: Hub, begin: _From) -> None:
        """Tell what was missed, outside the hub's lock as far as it can, the rest inside it."""
        passed = self.passed
        if begin.seq >= 0:
            await self.out.drained()
            seq, event = self.out.last if self.out.last[0] > begin.seq else (begin.seq, begin.after)
            catch = Catch(lines=(), seq=seq, last=event)
        else:
            self.out.forget()
            catch = await ask(first_catch, passed, begin.after, begin.view)
            # What is told from here on counts from where the phone begins, not from what it was told before.
            self.out.last = (catch.since, catch.before)
        self._put_all(catch)
        while hub.at - catch.seq > NEAR and self.begin is None:
            catch = await ask(caught, passed, catch, hub.at)
            self._put_all(catch)
            await self.out.drained()
        async with hub.lock:
            while hub.at > catch.seq and self.begin is None:
                catch = await ask(caught, passed, catch, hub.at)
                self._put_all(catch)
            if self.begin is not None or self.ending:
                return
            if self.passed.view != passed.view:
                # Rights changed while it caught up: what it was just told goes, and it begins anew by those of now.
                self._from(_From(None, ""))
                return
            hub.sit(self, seq=catch.seq, last=catch.last)
            self.put(head_line(catch.last))
        names = [extra.name for extra in extras.extras()]
        for frame in (await ask(extras.frames_of, names, hub.channel, [passed])).get(passed.hearer.view, ()):
            self.put(line(frame))

    def _put_all(self, catch: Catch) -> None:
        if self.begin is None:
            for one in catch.lines:
                self.out.put(one)

    def put(self, line: Line) -> None:
        """Queue a frame that is no event; for a phone that is far behind it is dropped, since it gets another."""
        if len(self.out) < MOST_WAITING:
            self.out.put(line)

    def put_events(self, lines: Sequence[Line]) -> None:
        """Queue events of its view; a phone that cannot keep up is left to its cursor."""
        took = self.out.put_all(lines, most=MOST_WAITING)
        if took:
            self.last = lines[took - 1].event
        if took < len(lines) and self.at >= 0:
            seq, event = self.out.last
            self._from(_From(event, self.passed.view, seq))

    def begin_anew(self, lines: list[Line]) -> None:
        """Its rights changed: drop what waits, and send these instead."""
        self.out.forget()
        for one in lines:
            self.out.put(one)

    async def _answer(self, work: Callable[..., dict[str, Any] | None], *given: Any) -> None:
        """Do it and say so; a refusal keeps the text where it was typed, and trouble lets it be sent again."""
        answer = await answered(work, *given, language=self.passed.hearer.visit.language)
        if answer is not None:
            self.out.put(line(answer))

    def _handled(self, handler: extras.Handler, frame: Any) -> dict[str, Any] | None:
        with in_words(self.passed.hearer.visit.language):
            return handler(self.passed, frame)

    def _store(self, frame: Say) -> dict[str, Any]:
        passed = self.passed
        with in_words(passed.hearer.visit.language):
            reading = passed.reading("channel.said")
            event = saying.say(reading, passed.channel, frame.said(), hearer=passed.hearer)
        return {"type": "accepted", "client": str(frame.client), "event": str(event.uid)}

    def _saw(self, frame: Seen) -> None:
        receipts.saw(self.passed.member, event=frame.event)

    def _slow_down(self, frame: Any) -> None:
        client = getattr(frame, "client", None)
        if client is None or self.allowance < -2 * settings.CHANNEL_BURST:
            self.cut(protocol.TOO_FAST)
            return
        with in_words(self.passed.hearer.visit.language):
            said = _("U stuurt te snel achter elkaar. Uw bericht wacht op uw toestel en gaat zo mee.")
        self.put(line({"type": "refused", "client": str(client), "code": "too_fast", "said": said, "again": True}))

    def _in_time(self) -> bool:
        """A bucket: people do not send faster than this."""
        now = time.monotonic()
        gained = (now - self.counted) * settings.CHANNEL_RATE
        self.allowance, self.counted = min(settings.CHANNEL_BURST, self.allowance + gained), now
        self.allowance -= 1
        return self.allowance >= 0

    def _is_urgent(self, frame: Any) -> bool:
        """An alarm is not held up by what the same phone sent before it, unless that was a flood."""
        return getattr(frame, "urgent", False) and self.allowance >= -2 * settings.CHANNEL_BURST

    def cut(self, code: int) -> None:
        """Say why, and close with the code that says it too. Never waits; from here on nothing else is sent."""
        language = self.passed.hearer.visit.language if self.hub is not None else ""
        self._finish(code, {"type": "websocket.send", "text": _last_words(code, language)})

    def _finish(self, code: int, *messages: dict[str, Any]) -> None:
        if self.ending:
            return
        self.at, self.ending = -1, True
        self.out.finish(*messages, {"type": "websocket.close", "code": code}, within=LAST_WORDS)


@cache
def _last_words(code: int, language: str) -> str:
    with in_words(language):
        said = SENTENCES.get(code, _("De verbinding is gesloten."))
        return packed({"type": "revoked", "code": protocol.CODES[code], "said": str(said)})
