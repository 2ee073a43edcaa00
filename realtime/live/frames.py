"""A frame as the message that travels, with what the server keeps beside it."""

import json
from collections.abc import Callable
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from websockets.frames import Frame, Opcode


class Line(NamedTuple):
    """A frame to send, made once for all who get it. seq, event: of the event it tells; 0 and None for others."""

    message: dict[str, str]
    seq: int = 0
    event: UUID | None = None


class Lines(tuple[Line, ...]):
    """Frames that all phones of one view get alike, in order."""

    @cached_property
    def wire(self) -> bytes:
        """The bytes of all of them on a line without compression: a server does not mask (RFC 6455, 5.1)."""
        frames = (Frame(Opcode.TEXT, one.message["text"].encode()) for one in self)
        return b"".join(frame.serialize(mask=False) for frame in frames)


Burst = Callable[[Lines], bool]
"""Sends them in one write; False, and nothing sent, while the line is full. Raises OSError when the phone is gone."""


def packed(frame: dict[str, Any]) -> str:
    """The frame as one line of JSON."""
    return json.dumps(frame, ensure_ascii=False, separators=(",", ":"))


def line(frame: dict[str, Any], seq: int = 0, event: UUID | None = None) -> Line:
    """The frame as an ASGI message."""
    return Line({"type": "websocket.send", "text": packed(frame)}, seq, event)
