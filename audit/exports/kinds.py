"""The kinds of export: how each reads the journal piece by piece. Rooms of upper floors enter theirs here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from audit.exports.models import Export


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is exported: of the readers of one agency ("" for all), of one covenant ("" for all), [since, until)."""

    agency: str
    covenant: str
    since: datetime
    until: datetime
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """The next piece: its bytes, the place up to which it reads, and for how much of the total it counts."""

    content: bytes
    place: str
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of export.

    total: what there is to do, for the progress. step: the piece after a place ("" at the beginning), None at the end;
    the same place always gives the same piece. head, between, tail: what stands around the pieces in the file.
    finish: makes the whole file of the pieces, for what cannot be put together by joining.
    of_one_agency: each controller has its own. covenants: (code, title) to choose from; None: not by covenant.
    """

    code: str
    label: str | Promise
    note: str | Promise
    media: str
    extension: str
    total: Callable[[Asked], int]
    step: Callable[[Asked, str], Piece | None]
    head: bytes = b""
    between: bytes = b""
    tail: bytes = b""
    finish: Callable[[Asked, Iterable[bytes]], bytes] | None = None
    of_one_agency: bool = False
    covenants: Callable[[], list[tuple[str, str]]] | None = None


_kinds: dict[str, Kind] = {}


def enter(kind: Kind) -> None:
    """From now on this kind can be asked for; a second call with the same code replaces the first."""
    _kinds[kind.code] = kind


def kinds() -> dict[str, Kind]:
    """All kinds, by code."""
    return dict(_kinds)


def asked_of(export: Export) -> Asked:
    """What an export is about."""
    return Asked(
        agency=export.of_agency, covenant=export.covenant, since=export.since, until=export.until,
        language=export.language,
    )  # fmt: skip
