"""What is written beside entries, in the same transaction: rooms of this floor enter themselves here.

A row beside an entry is no part of the evidence: its body and its hash do not know of it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from audit.journal.entry import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Rows of one table, each in the order of its columns."""

    table: str
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


Beside = Callable[[Sequence[str], Sequence[Entry], datetime], Rows]
"""(uids, entries, moment of recording) -> rows to add; the three belong together by position."""

_makers: dict[str, Beside] = {}


def stand_beside(room: str, make: Beside) -> None:
    """From now on `make` is asked at each append; a second call of the same room replaces its first."""
    _makers[room] = make


def beside(uids: Sequence[str], entries: Sequence[Entry], *, at: datetime) -> Iterator[Rows]:
    """The rows of every room for these entries."""
    for make in _makers.values():
        yield make(uids, entries, at)
