"""What the floors above must supply, since this floor knows agencies, people and cases by reference only.

Each floor supplies what it knows, from its AppConfig.ready:
    ports.supply("cases", Supply(labels_of=…, find={Sort.CASE: …}, event_types={"case.read": _("Gelezen")}))
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from audit.journal.entry import Because, Entry


class Visitor(Protocol):
    """Who looks at the journal: the part of a visit that this floor understands."""

    @property
    def actor_ref(self) -> str: ...
    @property
    def agency_ref(self) -> str: ...
    @property
    def roles(self) -> frozenset[str]: ...
    @property
    def name(self) -> str: ...
    @property
    def trace_id(self) -> str: ...


class Sort(StrEnum):
    """What a typed search text may stand for."""

    PERSON = "person"
    CASE = "case"
    AGENCY = "agency"
    READER = "reader"


LabelsOf = Callable[[Iterable[str]], Mapping[str, str]]
ScopeOf = Callable[[Visitor], str | None]
Find = Callable[[str, Visitor], tuple[str, ...]]
Explain = Callable[[Sequence[Entry]], Sequence[Because]]
Row = tuple[str, int]
Versions = Callable[[Sequence[Row]], Mapping[Row, bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """What one upper floor knows. Every member may be left out; together the floors supply all.

    labels_of: references -> names to show, for those it knows; it gets every sort of reference at once.
    scope_of: the agency whose readers this privacy officer oversees; None for all of them (the bureau).
    find: per sort, what somebody typed -> the references it can stand for; () when it stands for nothing.
    event_types: code -> name (may be lazy) of the events this floor reports.
    explain: reads -> for each the reason why it was the reader's work, in the same order.
    versions: (table, history_id) of version rows -> the bytes that each would be vouched for with now; a row that is
    not there (any more), or not of a table of this floor, is left out.
    """

    labels_of: LabelsOf | None = None
    scope_of: ScopeOf | None = None
    find: Mapping[Sort, Find] = field(default_factory=dict)
    event_types: Mapping[str, object] = field(default_factory=dict)
    explain: Explain | None = None
    versions: Versions | None = None


class PortUnfilled(RuntimeError):
    """No floor supplies what is asked; system check audit.E001 says so at start."""


_supplies: dict[str, Supply] = {}


def supply(floor: str, what: Supply) -> None:
    """Hand in what `floor` knows; a second call of the same floor replaces its first."""
    _supplies[floor] = what


def withdraw(floor: str) -> None:
    """Take back what a floor supplied; for tests that stand in for one."""
    _supplies.pop(floor, None)


def labels_of(references: Iterable[str]) -> dict[str, str]:
    """A name for every reference; one that no floor knows (any more) is shown as it is."""
    asked = [reference for reference in dict.fromkeys(references) if reference]
    names = {reference: reference for reference in asked}
    for given in _supplies.values():
        if given.labels_of:
            names |= {ref: name for ref, name in given.labels_of(asked).items() if name and ref in names}
    return names


def label_of(reference: str) -> str:
    """The name to show for one reference; for several, ask `labels_of` once."""
    return labels_of([reference]).get(reference, "")


def scope_of(visitor: Visitor) -> str | None:
    """The agency whose readers this officer oversees; None for all. Raises PortUnfilled."""
    for given in _supplies.values():
        if given.scope_of:
            return given.scope_of(visitor)
    raise PortUnfilled("no floor supplies scope_of")


def find(sort: Sort, text: str, visitor: Visitor) -> tuple[str, ...]:
    """The references that a typed text can stand for. Raises PortUnfilled."""
    for given in _supplies.values():
        if sort in given.find:
            return given.find[sort](text, visitor)
    raise PortUnfilled(f"no floor supplies find for {sort}")


def explain(entries: Sequence[Entry]) -> Sequence[Because]:
    """Why each of these reads was the reader's work; without a floor that knows, none of them is explained."""
    for given in _supplies.values():
        if given.explain:
            return given.explain(entries)
    return [Because(code="U")] * len(entries)


def versions(rows: Sequence[Row]) -> dict[Row, bytes]:
    """What version rows hold now, for comparing with what the journal vouched for."""
    found: dict[Row, bytes] = {}
    for given in _supplies.values():
        if given.versions:
            found |= given.versions(rows)
    return found


def event_types() -> dict[str, str]:
    """Names of all event types, by code."""
    return {code: str(name) for given in _supplies.values() for code, name in given.event_types.items()}


def unfilled() -> tuple[str, ...]:
    """Names of the ports that no floor supplies."""
    given = _supplies.values()
    missing = [f"find for {sort}" for sort in Sort if not any(sort in one.find for one in given)]
    if not any(one.labels_of for one in given):
        missing.append("labels_of")
    if not any(one.scope_of for one in given):
        missing.append("scope_of")
    return tuple(missing)
