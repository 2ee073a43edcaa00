"""What the floors above must supply, since this floor knows agencies, people and cases by reference only.

Each floor supplies what it knows, from its AppConfig.ready:
    ports.supply("cases", Supply(labels_of=…, find={Sort.CASE: …}, event_types={"case.read": _("Gelezen")}))
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from django.http import HttpRequest

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A row of an upper floor on which a read rests, in words of the interface: nothing of what stands in it.

    title: what it is ("Deelname van Politie Maasdelta"). terms: (name, text) worth knowing.
    since, until: when it held; None for no end, or where it is not known.
    """

    title: str
    terms: tuple[tuple[str, str], ...] = ()
    since: datetime | None = None
    until: datetime | None = None

    def held(self, at: datetime) -> bool:
        """Whether it held at that moment; until is exclusive."""
        return (self.since is None or self.since <= at) and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A place under an agreement. state: verified, paper, wrong (does not fit), exempt, or open.

    said: the check in a sentence. at: to the minute, or only the day.
    """

    agency: str
    signatory: str
    state: str
    said: str
    at: datetime | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article as the journal named it, as it stood in its version.

    sentence: the rule itself in words, "" for a whole article. standing: what the version was at the moment asked,
    in words; in_force: whether it ruled then.
    sha256: of the document that was signed.
    """

    ref: str
    covenant: str
    version: int
    title: str
    text: str
    sentence: str
    basis: str
    standing: str
    in_force: bool
    first_day: date
    last_day: date | None
    sha256: str
    signatures: tuple[Signed, ...]


LabelsOf = Callable[[Iterable[str]], Mapping[str, str]]
ScopeOf = Callable[[Visitor], str | None]
Find = Callable[[str, Visitor], tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataClass:
    """A class of data as the law has it: its code and name. is_special: to be told apart (AVG art. 9 and 10)."""

    code: str
    label: str
    is_special: bool


Explain = Callable[[Sequence[Entry]], Sequence[Because]]
GroundOf = Callable[[str], Ground | None]
TakingPart = Callable[[str, str, datetime], Sequence[Ground]]
ArticleOf = Callable[[str, datetime], Article | None]
EndedBefore = Callable[[Iterable[tuple[str, str]]], Mapping[tuple[str, str], datetime]]
ClassOf = Callable[[str], DataClass | None]
CheckFresh = Callable[[HttpRequest], None]
Row = tuple[str, int]
Standing = Callable[[], Sequence[Row]]
Versions = Callable[[Sequence[Row]], Mapping[Row, bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """What one upper floor knows. Every member may be left out; together the floors supply all.

    labels_of: references -> names to show, for those it knows; it gets every sort of reference at once.
    scope_of: the agency whose readers this privacy officer oversees; None for all of them (the bureau).
    find: per sort, what somebody typed -> the references it can stand for; () when it stands for nothing.
    event_types: code -> name (may be lazy) of the events this floor reports.
    exports: codes of those by which somebody takes a file with data along.
    class_of: code of a field -> its class of data; None for a field that is not in the catalogue (any more).
    check_fresh: raises when this session did not sign in strongly enough, and lately, for what leaves the house.
    explain: reads -> for each the reason why it was the reader's work, in the same order.
    grounds: per kind of reference ("participation") what stands there, or None when it is gone.
    taking_part: (case, agency, moment) -> by what the agency took part in the case then.
    article_of: (an article as the journal names it, moment) -> the article; None when no agreement has it.
    ended_before: (case, agency) -> when the agency's last part in the case ended, for those without one now.
    versions: (table, history_id) of rows -> the bytes that each would be vouched for with now; what is not there (any
    more), or not of this floor, is left out.
    standing: all rows of this floor that go on changing and for which entries vouch (HistoryRef.standing).
    held: cases and persons of whom nothing may be pruned now.
    """

    labels_of: LabelsOf | None = None
    scope_of: ScopeOf | None = None
    find: Mapping[Sort, Find] = field(default_factory=dict)
    event_types: Mapping[str, object] = field(default_factory=dict)
    exports: frozenset[str] = frozenset()
    explain: Explain | None = None
    grounds: Mapping[str, GroundOf] = field(default_factory=dict)
    taking_part: TakingPart | None = None
    article_of: ArticleOf | None = None
    ended_before: EndedBefore | None = None
    class_of: ClassOf | None = None
    check_fresh: CheckFresh | None = None
    versions: Versions | None = None
    standing: Standing | None = None
    held: Callable[[], Iterable[str]] | None = None


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


def ground_of(reference: str) -> Ground | None:
    """What stands at this reference; None when no floor knows its kind, or it is gone."""
    kind = reference.partition(":")[0]
    for given in _supplies.values():
        if kind in given.grounds:
            return given.grounds[kind](reference)
    return None


def taking_part(case_ref: str, agency_ref: str, at: datetime) -> tuple[Ground, ...]:
    """By what this agency took part in this case at that moment; () when it did not."""
    known = (given.taking_part for given in _supplies.values() if given.taking_part)
    return tuple(ground for ask in known for ground in ask(case_ref, agency_ref, at))


def article_of(reference: str, at: datetime) -> Article | None:
    """An article as the journal names it ("PGA-MD v2 art. 6.1"), and what its version was at that moment."""
    known = (given.article_of for given in _supplies.values() if given.article_of)
    return next((found for ask in known if (found := ask(reference, at))), None)


def ended_before(pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], datetime]:
    """Of these (case, agency): when the last part ended of those that have none now."""
    asked = list(pairs)
    known = [given.ended_before for given in _supplies.values() if given.ended_before]
    return {pair: moment for ask in known for pair, moment in ask(asked).items()}


def class_of(field: str) -> DataClass | None:
    """The class of data of a field; None when no floor knows it."""
    for given in _supplies.values():
        if given.class_of:
            return given.class_of(field)
    return None


def check_fresh(request: HttpRequest) -> None:
    """Raises what the floor that knows sessions raises, when this one is not strong and fresh enough for an export."""
    for given in _supplies.values():
        if given.check_fresh:
            given.check_fresh(request)


def versions(rows: Sequence[Row]) -> dict[Row, bytes]:
    """What version rows hold now, for comparing with what the journal vouched for."""
    found: dict[Row, bytes] = {}
    for given in _supplies.values():
        if given.versions:
            found |= given.versions(rows)
    return found


def standing() -> tuple[Row, ...]:
    """All rows that go on changing, for each of which an entry must vouch."""
    return tuple(row for given in _supplies.values() if given.standing for row in given.standing())


def held() -> frozenset[str]:
    """Cases and persons ("case:…", "subject:…") whose entries stay for now: a request runs, or a hold stands."""
    return frozenset(ref for given in _supplies.values() if given.held for ref in given.held())


def event_types() -> dict[str, str]:
    """Names of all event types, by code."""
    return {code: str(name) for given in _supplies.values() for code, name in given.event_types.items()}


def exports() -> frozenset[str]:
    """Codes of all events by which somebody takes a file with data along."""
    return frozenset().union(*(given.exports for given in _supplies.values()))


def unfilled() -> tuple[str, ...]:
    """Names of the ports that no floor supplies."""
    given = _supplies.values()
    missing = [f"find for {sort}" for sort in Sort if not any(sort in one.find for one in given)]
    if not any(one.labels_of for one in given):
        missing.append("labels_of")
    if not any(one.scope_of for one in given):
        missing.append("scope_of")
    return tuple(missing)
