"""What waits to be sent to one phone: sent at once where the line is free, else as fast as the phone takes it.

A line that is free costs no task and no turn of the loop: with hundreds of phones those would be most of the work.
"""

import asyncio
import sys
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Generator, Iterable, Sequence
from typing import Any
from uuid import UUID

from realtime.live.frames import Burst, Line, Lines

Send = Callable[[dict[str, Any]], Coroutine[Any, Any, None]]


class _Rest(Awaitable[None]):
    """What is left of a coroutine that was begun outside a task and came to wait for `first`."""

    def __init__(self, coroutine: Coroutine[Any, Any, None], first: Any) -> None:
        self.coroutine, self.first = coroutine, first

    def __await__(self) -> Generator[Any, Any, None]:
        wanted = self.first
        try:
            while True:
                try:
                    got = yield wanted
                except BaseException as error:
                    wanted = self.coroutine.throw(error)
                else:
                    wanted = self.coroutine.send(got)
        except StopIteration:
            return


class Outbox:
    """Frames for one phone, in order. last: number and uid of the last event that went out. ending: what closes it."""

    def __init__(self, send: Send, burst: Burst | None = None) -> None:
        self._send, self._burst = send, burst
        self._waiting: deque[Line] = deque()
        self._task: asyncio.Task[None] | None = None
        self._idle = asyncio.Event()
        self._idle.set()
        self._closed = False
        self.ending: asyncio.Task[None] | None = None
        self.last: tuple[int, UUID | None] = (0, None)

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, line: Line) -> None:
        """Send it, now or in its turn; never waits."""
        self.put_all((line,), most=sys.maxsize)

    def put_all(self, lines: Sequence[Line], *, most: int) -> int:
        """Send them, now or in their turn, as long as fewer than `most` wait; never waits. Returns how many it took."""
        if self._closed or (isinstance(lines, Lines) and self._sent_at_once(lines)):
            return len(lines)
        # One loop over plain names: this is where five hundred phones times sixty events pass.
        send = self._send
        for number, line in enumerate(lines):
            if self._task is not None:
                took = lines[number : number + max(0, most - len(self._waiting))]
                self._waiting.extend(took)
                return number + len(took)
            sending = send(line.message)
            try:
                first = sending.send(None)
            except StopIteration:
                if line.event is not None:
                    self.last = (line.seq, line.event)
            except (RuntimeError, OSError):
                # The phone is gone; its `disconnect` is on the way.
                self._closed = True
                return len(lines)
            else:
                self._idle.clear()
                self._task = asyncio.create_task(self._drain(_Rest(sending, first), line))
        return len(lines)

    def _sent_at_once(self, lines: Lines) -> bool:
        """Send them in one write, where the server knows how and the line is free."""
        if self._burst is None or self._task is not None:
            return False
        try:
            is_sent = self._burst(lines)
        except OSError:
            # As below.
            self._closed = is_sent = True
        else:
            if is_sent:
                self._sent(lines[-1])
        return is_sent

    async def _drain(self, rest: Awaitable[None], line: Line) -> None:
        try:
            await rest
            self._sent(line)
            while self._waiting:
                line = self._waiting.popleft()
                await self._send(line.message)
                self._sent(line)
        except (RuntimeError, OSError):
            self._closed = True
            self._waiting.clear()
        finally:
            self._task = None
            self._idle.set()

    def _sent(self, line: Line) -> None:
        if line.event is not None:
            self.last = (line.seq, line.event)

    def forget(self) -> None:
        """Drop what waits; a frame that is half out goes on."""
        self._waiting.clear()

    async def drained(self) -> None:
        """Wait until nothing waits."""
        await self._idle.wait()

    def finish(self, *messages: dict[str, Any], within: float) -> None:
        """Nothing more but these messages, the last of which closes the line; never waits.

        They go at once where the line is free: when hundreds are cut, none waits for a turn of the loop. Else they
        go when the phone takes them, and are given up after so many seconds.
        """
        self._closed = True
        self._waiting.clear()
        left = deque(messages)
        if self._task is not None:
            self.ending = asyncio.create_task(self._finish(self._idle.wait(), left, within))
            return
        while left:
            sending = self._send(left.popleft())
            try:
                first = sending.send(None)
            except StopIteration:
                continue
            except (RuntimeError, OSError):
                return
            self.ending = asyncio.create_task(self._finish(_Rest(sending, first), left, within))
            return

    async def _finish(self, rest: Awaitable[Any], left: Iterable[dict[str, Any]], within: float) -> None:
        try:
            async with asyncio.timeout(within):
                await rest
                for message in left:
                    await self._send(message)
        except (TimeoutError, RuntimeError, OSError):
            self.stop()

    def stop(self) -> None:
        """The line is gone."""
        self._closed = True
        self._waiting.clear()
        if self._task is not None:
            self._task.cancel()
