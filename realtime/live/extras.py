"""What rooms add to the sockets of a channel: state that is sent when it changed, and frames of clients that set it.

State is not an event: it has no place in the log, each change replaces what was sent before, and a phone that comes in
gets it whole. Rooms enter theirs from AppConfig.ready; the hub asks for it in every look.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from realtime.channels.models import Channel
from realtime.live.door import Pass, View

Token = Callable[[Channel, datetime], str]
"""A name for the state as it stands, from one small query; another name means that it is sent again."""
Frames = Callable[[Channel, Sequence[Pass]], Mapping[View, dict[str, Any]]]
"""The frame of each view that is among these readers, by the rights of each; a view without one is sent nothing."""
Beat = Callable[[Channel, Sequence[Pass]], None]
"""Called every HEARTBEAT with everybody who listens in this process."""
Handler = Callable[[Pass, Any], dict[str, Any] | None]
"""What a frame of a client does; returns a frame for its sender. Raises Problem, which becomes `refused`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """One kind of state. takes: type of a client's frame → its model (with that Literal as `type`) and its handler."""

    name: str
    token: Token
    frames: Frames
    takes: Mapping[str, tuple[type[BaseModel], Handler]] = field(default_factory=dict)
    beat: Beat | None = None


_EXTRAS: dict[str, Extra] = {}


def enter_extra(extra: Extra) -> None:
    """Add one; the same name again replaces it."""
    _EXTRAS[extra.name] = extra


def extras() -> tuple[Extra, ...]:
    """All of them."""
    return tuple(_EXTRAS.values())


def tokens(channel: Channel, at: datetime) -> dict[str, str]:
    """The name of each state now."""
    return {extra.name: extra.token(channel, at) for extra in extras()}


def beat(channel: Channel, passes: Sequence[Pass]) -> None:
    """Every room's own heartbeat."""
    for extra in extras():
        if extra.beat is not None:
            extra.beat(channel, passes)


def frames_of(names: Iterable[str], channel: Channel, passes: Sequence[Pass]) -> dict[View, list[dict[str, Any]]]:
    """The frames of these states per view."""
    found: dict[View, list[dict[str, Any]]] = {}
    for name in names:
        for view, frame in _EXTRAS[name].frames(channel, passes).items():
            found.setdefault(view, []).append(frame)
    return found


def taker(kind: object) -> tuple[type[BaseModel], Handler] | None:
    """The model and handler of a client's frame of this type, if a room takes it."""
    for extra in extras():
        if kind in extra.takes:
            return extra.takes[str(kind)]
    return None
