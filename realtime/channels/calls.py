"""What stands above a reader's channels: that they were called somewhere. The room that knows of calls hands it in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from cases.disclosure.reading import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLink:
    """Where the reader was called to, and when. is_over: it ended, and may still be read."""

    url: str
    at: datetime
    is_over: bool


_finders: list[Callable[[Reading], Iterable[CallLink]]] = []


def enter_calls(find: Callable[[Reading], Iterable[CallLink]]) -> None:
    """Add who knows of calls; called once, from AppConfig.ready."""
    if find not in _finders:
        _finders.append(find)


def calls_for(reading: Reading) -> tuple[CallLink, ...]:
    """All calls of the reader that count now."""
    return tuple(link for find in _finders for link in find(reading))
