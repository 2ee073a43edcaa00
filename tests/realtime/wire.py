"""A phone on a real socket: keeps its cursor, resends what was not accepted, and comes back when its line is gone."""

import asyncio
import json
import random
import time
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any
from uuid import uuid4

import websockets

SUBPROTOCOL = "verbond.street.1"
RESEND = 3.0
"""Seconds without an answer after which the outbox sends again."""


class Wire:
    """One client of docs/kanalen-protocol.md. hosts: where it may connect; ticket: how it gets one."""

    def __init__(self, hosts: list[str], channel: str, ticket: Callable[[], str], dice: random.Random) -> None:
        self.hosts, self.channel, self.ticket, self.dice = hosts, channel, ticket, dice
        self.held: list[str] = []
        self.known: set[str] = set()
        self.view = ""
        self.outbox: dict[str, dict[str, Any]] = {}
        self.accepted: dict[str, str] = {}
        self.refused: list[dict[str, Any]] = []
        self.faults: list[str] = []
        self.line: Any = None
        self.settled = asyncio.Event()
        self.news = asyncio.Event()
        self.connections = self.anew = 0
        self.code: int | None = None
        self.seen: Callable[[str], None] | None = None
        self.host = ""
        self.gate, self.patience = asyncio.Semaphore(), 60.0
        """How many phones connect at once, and for how long one waits at a door."""
        self.stopped = False
        self.task: asyncio.Task[None] | None = None
        self.last_at = 0.0
        """When the last event came (time.time)."""

    async def live(self) -> None:
        """Connect, and again, until it is stopped."""
        resending = asyncio.create_task(self._resend())
        try:
            while not self.stopped:
                with suppress(OSError, websockets.WebSocketException, TimeoutError):
                    await self._once()
                self.line = None
                self.settled.clear()
                if self.code in (4401, 4403, 4404):
                    return
                await asyncio.sleep(self.dice.uniform(0.1, 1.0))
        finally:
            resending.cancel()

    async def _once(self) -> None:
        self.host = self.dice.choice(self.hosts)
        async with self.gate:
            line = await websockets.connect(
                f"ws://{self.host}/ws/kanaal/{self.channel}/", subprotocols=[websockets.Subprotocol(SUBPROTOCOL)],
                additional_headers={"Origin": f"http://{self.host}"}, compression=None, max_queue=None,
                open_timeout=self.patience, ping_interval=None, close_timeout=2,
            )  # fmt: skip
            ticket = await asyncio.to_thread(self.ticket)
        async with line:
            self.code = None
            await self._hello(line, ticket)
            self.line = line
            try:
                async for text in line:
                    await self._hear(line, str(text))
            except websockets.ConnectionClosed as closed:
                self.code = closed.rcvd.code if closed.rcvd else None
            self.code = self.code or line.close_code

    async def _hello(self, line: Any, ticket: str = "") -> None:
        after = self.held[-1] if self.held else None
        await line.send(json.dumps({"type": "hello", "ticket": ticket, "after": after, "view": self.view}))

    async def _hear(self, line: Any, text: str) -> None:
        frame = json.loads(text)
        kind = frame["type"]
        if kind == "event":
            if self.seen is not None:
                self.seen(text)
            self._keep(frame)
        elif kind == "welcome":
            self._welcomed(frame)
        elif kind == "head":
            await self._check_head(line, frame["last"])
        elif kind == "accepted":
            self.accepted[frame["client"]] = frame["event"]
            self.outbox.pop(frame["client"], None)
        elif kind == "refused":
            self.refused.append(frame)
            if not frame.get("again"):
                self.outbox.pop(str(frame["client"]), None)
        self.news.set()

    def _welcomed(self, frame: dict[str, Any]) -> None:
        self.connections += 1
        self.view = frame["view"]
        if frame["fresh"]:
            self.anew += 1
            self.held.clear()
            self.known.clear()

    async def _check_head(self, line: Any, last: str | None) -> None:
        if last == (self.held[-1] if self.held else None):
            if not self.settled.is_set():
                self.settled.set()
                for waiting in list(self.outbox.values()):
                    await line.send(json.dumps(waiting))
        elif self.settled.is_set():
            # As the protocol says: something was missed.
            await self._hello(line)

    def _keep(self, frame: dict[str, Any]) -> None:
        uid = frame["id"]
        if uid in self.known:
            self.faults.append(f"doubled {uid}")
        if self.held and frame["after"] != self.held[-1]:
            self.faults.append(f"gap before {uid}: after {frame['after']}, held {self.held[-1]}")
        self.last_at = time.time()
        self.held.append(uid)
        self.known.add(uid)

    async def say(self, *pieces: tuple[str, str], **more: Any) -> str:
        """Into the outbox, and out if there is a line."""
        client = str(uuid4())
        frame = {"type": "say", "client": client, "pieces": [{"field": field, "text": text} for field, text in pieces]}
        self.outbox[client] = frame | more
        if self.line is not None and self.settled.is_set():
            with suppress(websockets.ConnectionClosed):
                await self.line.send(json.dumps(self.outbox[client]))
        return client

    async def _resend(self) -> None:
        while True:
            await asyncio.sleep(RESEND)
            if self.line is not None and self.settled.is_set():
                for waiting in list(self.outbox.values())[:6]:
                    with suppress(websockets.ConnectionClosed):
                        await self.line.send(json.dumps(waiting))

    async def until(self, condition: Callable[[], bool], within: float = 30.0) -> None:
        """Wait until it holds. Raises TimeoutError."""
        async with asyncio.timeout(within):
            while not condition():
                self.news.clear()
                with suppress(TimeoutError):
                    async with asyncio.timeout(0.5):
                        await self.news.wait()


def wires(
    stage: Any, whose: Iterable[tuple[str, list[str]]], *, at_once: int = 40, patience: float = 60.0
) -> list[Wire]:
    """A phone for each (persona, where it may connect), with tickets of the stage; so many connect at once."""
    gate, found = asyncio.Semaphore(at_once), []
    for number, (key, hosts) in enumerate(whose):
        dice = random.Random(number)
        phone = Wire(hosts, stage.channel, lambda key=key: str(stage.ask("ticket", key)), dice)
        phone.gate, phone.patience = gate, patience
        found.append(phone)
    return found


@asynccontextmanager
async def live(phones: Sequence[Wire]) -> AsyncIterator[None]:
    """Connected and caught up from here on; gone at the end."""
    for phone in phones:
        phone.task = asyncio.create_task(phone.live())
    tasks = [phone.task for phone in phones if phone.task]
    try:
        for phone in phones:
            await phone.until(phone.settled.is_set, within=phone.patience)
        yield
    finally:
        for phone in phones:
            phone.stopped = True
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
