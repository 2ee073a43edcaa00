"""A frame as the message that travels, with what the server keeps beside it."""

import json
from typing import Any, NamedTuple
from uuid import UUID


class Line(NamedTuple):
    """A frame to send, made once for all who get it. seq, event: of the event it tells; 0 and None for others."""

    message: dict[str, str]
    seq: int = 0
    event: UUID | None = None


def packed(frame: dict[str, Any]) -> str:
    """The frame as one line of JSON."""
    return json.dumps(frame, ensure_ascii=False, separators=(",", ":"))


def line(frame: dict[str, Any], seq: int = 0, event: UUID | None = None) -> Line:
    """The frame as an ASGI message."""
    return Line({"type": "websocket.send", "text": packed(frame)}, seq, event)
