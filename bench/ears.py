"""Lines that note when bytes came and read them afterwards: what is measured is the server, not five hundred readers.

For E1, E2 and E4. All readers are in one process; if they read while they listen, they are slower than what they hear.
"""

import asyncio
import json
import time
from collections.abc import Mapping, Sequence
from typing import Any, cast
from urllib.parse import urlsplit

from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.typing import Origin, Subprotocol
from websockets.uri import parse_uri

IDLE = 5.0
"""Seconds in which no event comes any more, after which what did not come is lost."""
EVENT = b'"after"'
"""What every frame of an event has in it once, and no other frame has."""


class Ear(asyncio.Protocol):
    """One WebSocket without compression.

    texts: (when its last byte came, text) of every frame that was read. closed_at: when the server's close came, 0.0
    before.
    """

    def __init__(self, url: str, subprotocol: str) -> None:
        subprotocols = [Subprotocol(subprotocol)] if subprotocol else None
        origin = Origin(f"http://{urlsplit(url).netloc}")
        self.line = ClientProtocol(parse_uri(url), origin=origin, subprotocols=subprotocols, max_size=None)
        self.came: list[tuple[float, bytes]] = []
        self.texts: list[tuple[float, str]] = []
        self.only_notes = False
        self.closed_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for a WebSocket."""
        self.transport = cast(asyncio.Transport, transport)
        self.line.send_request(self.line.connect())
        self._flush()

    def data_received(self, data: bytes) -> None:
        """Note them; read them at once when no clock runs."""
        self.came.append((time.time(), data))
        if not self.only_notes:
            self.read()

    def read(self) -> None:
        """The frames in what came."""
        for at, data in self.came:
            self.line.receive_data(data)
            for event in self.line.events_received():
                if isinstance(event, Frame) and event.opcode is Opcode.TEXT:
                    self.texts.append((at, bytes(event.data).decode()))
                elif isinstance(event, Frame) and event.opcode is Opcode.CLOSE:
                    self.closed_at = at
        self.came.clear()
        self._flush()

    def has_come(self, words: bytes) -> bool:
        """Whether what was noted has these words in it."""
        return words in b"".join(data for _at, data in self.came)

    def send(self, text: str) -> None:
        """One frame."""
        self.line.send_text(text.encode())
        self._flush()

    def events(self) -> list[tuple[float, str]]:
        """The frames that tell an event."""
        return [(at, text) for at, text in self.texts if json.loads(text)["type"] == "event"]

    def _flush(self) -> None:
        for data in self.line.data_to_send():
            self.transport.write(data)


async def put_ear(url: str, *, subprotocol: str = "") -> Ear:
    """An open line to this address."""
    at = urlsplit(url)
    _transport, ear = await asyncio.get_running_loop().create_connection(
        lambda: Ear(url, subprotocol), at.hostname, at.port
    )
    await _until(lambda: ear.line.handshake_exc is not None or ear.line.state.name == "OPEN")
    if ear.line.handshake_exc is not None:
        raise ear.line.handshake_exc
    return ear


async def hear_channel(url: str, ticket: str) -> Ear:
    """An ear in a channel of the product, caught up (docs/kanalen-protocol.md)."""
    ear = await put_ear(url, subprotocol="verbond.street.1")
    ear.send(json.dumps({"type": "hello", "ticket": ticket, "after": None, "view": ""}))
    await _until(lambda: any(json.loads(text)["type"] == "head" for _at, text in ear.texts))
    return ear


def only_note(ears: Sequence[Ear]) -> None:
    """From here on the clock runs: forget what was read, and read nothing."""
    for ear in ears:
        ear.texts.clear()
        ear.only_notes = True


async def heard(
    ears: Sequence[Ear], keys: Sequence[str], wanted: Mapping[str, int]
) -> tuple[float, int, list[list[str]]]:
    """When the last event came, how many never did, and the texts of each; waits until all came or none comes any more.

    wanted: events per key.
    """
    count, grown = 0, time.time()
    while count < sum(wanted[key] for key in keys) and time.time() - grown < IDLE:
        # Seldom: counting takes the processor from what is measured.
        await asyncio.sleep(0.5)
        before, count = count, sum(b"".join(data for _at, data in ear.came).count(EVENT) for ear in ears)
        grown = time.time() if count > before else grown
    last, missing, texts = 0.0, 0, []
    for ear, key in zip(ears, keys, strict=True):
        ear.only_notes = False
        ear.read()
        events = ear.events()
        last = max([last, *(at for at, _text in events)])
        missing += wanted[key] - len(events)
        texts.append([text for _at, text in events])
    return last, missing, texts


async def answered(ear: Ear, text: str, words: bytes) -> float:
    """Seconds from sending this frame until bytes came with these words in them. Raises TimeoutError."""
    only_note([ear])
    began = time.time()
    ear.send(text)
    await _until(lambda: ear.has_come(words))
    at = next(at for at, data in ear.came if words in data)
    ear.only_notes = False
    ear.read()
    return at - began


async def _until(condition: Any) -> None:
    async with asyncio.timeout(120):
        while not condition():
            await asyncio.sleep(0.01)
