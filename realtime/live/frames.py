"""A frame as the text that travels, with what the server keeps beside it."""

import json
from typing import Any, NamedTuple
from uuid import UUID


class Line(NamedTuple):
    """A frame to send. seq, event: number and uid of the event it tells; 0 and None for other frames."""

    text: str
    seq: int = 0
    event: UUID | None = None


def packed(frame: dict[str, Any]) -> str:
    """The frame as one line of JSON."""
    return json.dumps(frame, ensure_ascii=False, separators=(",", ":"))


def line(frame: dict[str, Any]) -> Line:
    """A frame that tells no event."""
    return Line(packed(frame))
