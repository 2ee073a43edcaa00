"""The outbox of a phone: a free line is sent at once, a slow one holds up nobody and keeps its order."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

from realtime.live.frames import Line, line
from realtime.live.outbox import Outbox


class Wire:
    """A line that can be blocked."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.free = asyncio.Event()
        self.free.set()
        self.gone = False

    async def send(self, message: dict[str, Any]) -> None:
        await self.free.wait()
        if self.gone:
            raise OSError
        self.sent.append(message.get("text") or str(message["code"]))


def event(number: int) -> Line:
    return line({"n": number}, number, UUID(int=number))


def texts(*numbers: int) -> list[str]:
    return [f'{{"n":{number}}}' for number in numbers]


def test_a_free_line_is_sent_without_a_turn_of_the_loop() -> None:
    async def story() -> None:
        wire = Wire()
        out = Outbox(wire.send)
        out.put(event(1))
        assert wire.sent == texts(1)
        assert out.last == (1, UUID(int=1))

    asyncio.run(story())


def test_a_blocked_line_keeps_its_order_and_counts_only_what_went_out() -> None:
    async def story() -> None:
        wire = Wire()
        out = Outbox(wire.send)
        wire.free.clear()
        for number in range(1, 6):
            out.put(event(number))
        await asyncio.sleep(0)
        assert (wire.sent, len(out), out.last) == ([], 4, (0, None))
        wire.free.set()
        await out.drained()
        out.put(event(6))
        assert wire.sent == texts(1, 2, 3, 4, 5, 6)
        assert out.last == (6, UUID(int=6))

    asyncio.run(story())


def test_what_waits_is_not_sent_to_who_is_cut() -> None:
    async def story() -> None:
        wire = Wire()
        out = Outbox(wire.send)
        wire.free.clear()
        for number in (1, 2, 3):
            out.put(event(number))
        out.finish({"type": "websocket.close", "code": 4403}, within=2)
        await asyncio.sleep(0)
        wire.free.set()
        assert out.ending is not None
        await out.ending
        out.put(event(4))
        # The first was half out already.
        assert wire.sent == [*texts(1), "4403"]

    asyncio.run(story())


def test_a_free_line_is_cut_without_a_turn_of_the_loop() -> None:
    async def story() -> None:
        wire = Wire()
        out = Outbox(wire.send)
        out.put(event(1))
        out.finish({"type": "websocket.send", "text": "why"}, {"type": "websocket.close", "code": 4403}, within=2)
        assert wire.sent == [*texts(1), "why", "4403"]
        assert out.ending is None

    asyncio.run(story())


def test_a_line_that_fills_up_at_its_last_words_still_gets_the_rest_in_order() -> None:
    async def story() -> None:
        wire = Wire()
        out = Outbox(wire.send)
        wire.free.clear()
        out.finish({"type": "websocket.send", "text": "why"}, {"type": "websocket.close", "code": 4403}, within=2)
        await asyncio.sleep(0)
        assert wire.sent == []
        wire.free.set()
        assert out.ending is not None
        await out.ending
        assert wire.sent == ["why", "4403"]

    asyncio.run(story())


def test_a_phone_that_takes_nothing_does_not_hold_up_its_end() -> None:
    async def story() -> None:
        wire = Wire()
        out = Outbox(wire.send)
        wire.free.clear()
        out.put(event(1))
        out.finish({"type": "websocket.close", "code": 4403}, within=0.05)
        assert out.ending is not None
        await out.ending
        assert wire.sent == []
        wire.free.set()
        await asyncio.sleep(0)
        assert "4403" not in wire.sent

    asyncio.run(story())


def test_a_line_that_is_gone_takes_nothing_more() -> None:
    async def story() -> None:
        wire = Wire()
        out = Outbox(wire.send)
        wire.gone = True
        out.put(line({"n": 1}, 1, uuid4()))
        wire.gone = False
        out.put(event(2))
        assert wire.sent == []

    asyncio.run(story())
