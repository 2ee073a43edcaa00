"""The rooms whose words can be found: which of them a page of the room shows to this reader, and where that page is.

A match comes here when the covenants give its words to the reader (findable.may_hear). What a room says on top of
that is its own rule, asked of the room itself; here nothing is decided and nothing is opened.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from cases.disclosure.reading import Reading
from cases.disclosure.rows import WORDS_RELATIONS, Row, words_rows
from cases.records.models import Case, SealedWords


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One reader at one case.

    sees: the fields of a row that the covenants give them here, as a mask; people: uuids of the persons of whom they
    know anything here. Both without opening.
    """

    reading: Reading
    case: Case
    sees: Callable[[Row], int]
    people: Callable[[], frozenset[str]]


Shows = Callable[[Look, Sequence[Any]], Mapping[UUID, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """One table of words. label: what a hit calls it; shows: uid → address of the page, for those a page shows.

    relations: what to load along, beside what every row needs; rows: the rows to open, in the order of the words.
    """

    model: type[SealedWords]
    label: str | Promise
    shows: Shows
    relations: tuple[str, ...] = ()
    rows: Callable[[Sequence[Any]], tuple[Row, ...]] = words_rows

    @property
    def name(self) -> str:
        """As the index names it."""
        return str(self.model._meta.model_name)

    def load(self, uids: Iterable[UUID]) -> list[Any]:
        """The standing words with these uids, oldest first."""
        found = self.model._default_manager.filter(uid__in=list(uids), withdrawn_at=None)
        return list(found.select_related(*WORDS_RELATIONS, *self.relations).order_by("given_at", "id"))


_ROOMS: dict[str, Room] = {}


def enter(*rooms: Room) -> None:
    """Say that words of these rooms can be found; once, from AppConfig.ready. The same name again replaces it."""
    for room in rooms:
        _ROOMS[room.name] = room


def room_of(name: str) -> Room:
    """The room by its name in the index."""
    return _ROOMS[name]


def all_rooms() -> tuple[Room, ...]:
    """Every room that was entered."""
    return tuple(_ROOMS.values())
