"""Frames in one write: a real server and real lines get what one by one would give, with compression and without."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any
from uuid import UUID

import pytest
import uvicorn
import websockets

from realtime.live.frames import Lines, line
from realtime.live.outbox import Outbox
from realtime.live.serving import Protocol, burst_of
from tests.door import open_door

MOST = 100_000
Story = Callable[[Outbox, Callable[[], Awaitable[Any]]], Awaitable[None]]


def burst(*numbers: int, weight: int = 0) -> Lines:
    """Frames of events, some with text that is no ASCII, some too long for one length field of RFC 6455."""
    sizes = {0: 1, 1: 130, 2: 70_000}
    return Lines(
        line({"n": number, "text": "é" * (weight or sizes[number % 3])}, number, UUID(int=number)) for number in numbers
    )  # fmt: skip


async def _talk(story: Story, client: Callable[[str], Awaitable[None]]) -> None:
    """Run the story at the server's end of a line, and the client at the other."""
    done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        assert burst_of(scope) is not None
        try:
            await story(Outbox(send, burst_of(scope)), receive)
        except BaseException as error:
            done.set_exception(error)
            raise
        done.set_result(None)

    with open_door() as door:
        config = uvicorn.Config(application, ws=Protocol, log_level="critical", lifespan="off")
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[door]))
        try:
            async with asyncio.timeout(30):
                hearing = asyncio.ensure_future(client(f"ws://127.0.0.1:{door.getsockname()[1]}/"))
                await asyncio.wait({hearing, done}, return_when=asyncio.FIRST_EXCEPTION)
                hearing.cancel()
                await done
        finally:
            server.should_exit = True
            await serving


@pytest.mark.parametrize("compression", [None, "deflate"])
def test_a_burst_arrives_as_the_same_frames_in_the_same_order(compression: str | None) -> None:
    held: list[dict[str, Any]] = []

    async def story(out: Outbox, receive: Callable[[], Awaitable[Any]]) -> None:
        first, between, last = burst(*range(7)), line({"n": 7}, 7, UUID(int=7)), burst(8, 9)
        assert out.put_all(first, most=MOST) == 7
        assert out.last == (6, UUID(int=6))
        out.put(between)
        assert out.put_all(last, most=MOST) == 2
        await out.drained()
        assert out.last == (9, UUID(int=9))
        await receive()

    async def client(url: str) -> None:
        async with websockets.connect(url, compression=compression, max_size=None) as wire:
            while len(held) < 10:
                held.append(json.loads(await wire.recv()))
            await wire.send("seen")

    asyncio.run(_talk(story, client))

    assert held == [json.loads(one.message["text"]) for one in [*burst(*range(7)), line({"n": 7}), *burst(8, 9)]]


def test_a_line_that_is_full_gets_the_rest_in_its_turn_and_counts_only_what_went_out() -> None:
    held: list[int] = []
    may_read = asyncio.Event()

    async def story(out: Outbox, receive: Callable[[], Awaitable[Any]]) -> None:
        number = 0
        while not len(out):
            # A phone that does not read: its line fills.
            assert out.put_all(burst(number, number + 1, weight=50_000), most=MOST) == 2
            number += 2
            assert number < 2_000
        assert out.last[0] < number - 1
        room = 3 - len(out)
        assert out.put_all(burst(*range(number, number + 5)), most=3) == room
        may_read.set()
        await out.drained()
        out.put(line({"n": -1}))
        await receive()

    async def client(url: str) -> None:
        async with websockets.connect(url, compression=None, max_size=None, max_queue=1) as wire:
            await may_read.wait()
            while (frame := json.loads(await wire.recv()))["n"] >= 0:
                held.append(frame["n"])
            await wire.send("seen")

    asyncio.run(_talk(story, client))

    assert held == list(range(len(held)))
    assert len(held) > 4


def test_a_phone_that_is_gone_takes_nothing_and_disturbs_nobody() -> None:
    async def story(out: Outbox, receive: Callable[[], Awaitable[Any]]) -> None:
        while (await receive())["type"] != "websocket.disconnect":
            pass
        assert out.put_all(burst(1, 2), most=MOST) == 2
        assert (out.last, len(out)) == ((0, None), 0)

    async def client(url: str) -> None:
        with suppress(websockets.ConnectionClosed):
            async with websockets.connect(url) as wire:
                await wire.close()

    asyncio.run(_talk(story, client))


def test_another_server_gets_the_frames_one_by_one() -> None:
    sent: list[str] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message["text"])

    async def story() -> None:
        out = Outbox(send, burst_of({"type": "websocket"}))
        assert out.put_all(burst(1, 2), most=MOST) == 2

    asyncio.run(story())

    assert sent == [one.message["text"] for one in burst(1, 2)]
