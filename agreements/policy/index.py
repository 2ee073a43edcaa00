"""One integer per value of each dimension: bit n is set when row n matches that value. See README.md.

A dimension that does not concern a row (the purpose of a prohibition) holds its bit under "*", so that
one AND over all dimensions treats grants and prohibitions alike. Filled by compile.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, NamedTuple, TypeVar

from agreements.policy.conditions import Condition, condition_bit
from agreements.policy.question import Actor
from agreements.policy.rows import Row
from agreements.policy.schema import RuleKind
from agreements.policy.validity import NEVER, Interval
from agreements.policy.vocabulary import ANY

Rows = int
"""A set of rows: bit n stands for row n of the index."""

Values = dict[str, Rows]
_INVOLVED = condition_bit(Condition.INVOLVED)
Key = TypeVar("Key")
Kept = TypeVar("Kept")


class Memo(dict[Key, Kept], Generic[Key, Kept]):
    """A dictionary that forgets everything when it is full: bounded, and safe between threads."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def keep(self, key: Key, value: Kept) -> Kept:
        if len(self) >= self._limit:
            self.clear()
        self[key] = value
        return value


class Dimension(NamedTuple):
    """One step of a decision: its kind (as in explain.Step), what exactly, and the rows that pass."""

    kind: str
    because: str
    rows: Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """An agency's accession to one version: when, whether as third party, and the rows of the version.

    gives: when facts that it gave flow on; longer than `interval` when they stay after it has left.
    """

    interval: Interval
    gives: Interval
    third_party: bool
    rows: Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a covenant in its validity, with its rows."""

    covenant: str
    number: int
    regime: str
    third_party_live: bool
    interval: Interval
    rows: Rows


@dataclass(slots=True, kw_only=True)
class Index:
    """The integers. `concerns_*` hold the rows that a dimension speaks about; all others pass it."""

    rows: list[Row] = field(default_factory=list)
    versions: dict[str, list[Version]] = field(default_factory=dict)
    members: dict[tuple[str, str, str], list[Membership]] = field(default_factory=dict)
    covenants: dict[str, Rows] = field(default_factory=dict)
    sources: Values = field(default_factory=dict)
    recipients: Values = field(default_factory=dict)
    excepted: Values = field(default_factory=dict)
    roles: Values = field(default_factory=dict)
    purposes: Values = field(default_factory=dict)
    phases: Values = field(default_factory=dict)
    case_kinds: Values = field(default_factory=dict)
    deliveries: Values = field(default_factory=dict)
    conditions: dict[int, Rows] = field(default_factory=dict)
    unless: dict[tuple[str, int], Rows] = field(default_factory=dict)
    timed: dict[Interval, Rows] = field(default_factory=dict)
    kinds: dict[RuleKind, Rows] = field(default_factory=dict)
    carried: Rows = 0
    edges: dict[str, set[datetime]] = field(default_factory=dict)

    @property
    def prohibitions(self) -> Rows:
        return self.kinds.get(RuleKind.PROHIBITION, 0)

    @property
    def notices(self) -> Rows:
        return self.kinds.get(RuleKind.NOTICE, 0)

    @property
    def gives(self) -> Rows:
        """All rows that can open a field: everything but prohibitions."""
        return self.all ^ self.prohibitions

    @property
    def all(self) -> Rows:
        return (1 << len(self.rows)) - 1

    def without_third_party_live(self, mode: str) -> Rows:
        """The rows of versions under which a third party cannot read live in this `third_party_mode`."""
        found = 0
        for version in (version for versions in self.versions.values() for version in versions):
            if mode != "live" or not version.third_party_live:
                found |= version.rows
        return found

    def to(self, agency: Actor) -> Rows:
        """Rows that name this agency as recipient and do not except it."""
        return matching(self.recipients, agency) & ~matching(self.excepted, agency)

    def for_roles(self, roles: Iterable[str]) -> Rows:
        """Rows for any of these roles; a reader without roles passes only rows that ask for none."""
        found = self.roles.get(ANY, 0)
        for role in roles:
            found |= self.roles.get(role, 0)
        return found

    def of_covenants(self, codes: Iterable[str]) -> Rows:
        found = 0
        for code in codes:
            found |= self.covenants.get(code, 0)
        return found

    def satisfying(self, satisfied: int) -> tuple[Rows, Rows]:
        """Rows whose need of `involved` is met, and rows whose other conditions are all met."""
        involved = others = self.all
        for group, rows in self.conditions.items():
            if not group & satisfied:
                if group == _INVOLVED:
                    involved &= ~rows
                else:
                    others &= ~rows
        return involved, others


def matching(values: Values, agency: Actor) -> Rows:
    """Rows whose list holds "*", the type or the code of this agency."""
    return values.get(ANY, 0) | values.get(agency.type, 0) | values.get(agency.code, 0)


def one(values: Values, value: str) -> Rows:
    """Rows that ask for this value or for none."""
    return values.get(ANY, 0) | values.get(value, 0)


class Standing(NamedTuple):
    """What an agency is in a slice: rows by which it reads, those where it is a third party, and by which it gives."""

    party: Rows
    third: Rows
    gives: Rows


@dataclass(slots=True, kw_only=True)
class Slice:
    """A stretch of time in which nothing begins or ends in one set of covenants: [starts, until).

    in_force: the rows whose version and own days hold throughout. Memberships are kept per agency.
    """

    index: Index
    covenants: frozenset[str]
    starts: datetime
    until: datetime
    in_force: Rows = 0
    regimes: dict[str, frozenset[str]] = field(default_factory=dict)
    _members: Memo[tuple[str, str], Standing] = field(default_factory=lambda: Memo(4096))

    def __post_init__(self) -> None:
        for version in (version for code in self.covenants for version in self.index.versions.get(code, ())):
            if version.interval.contains(self.starts):
                self.in_force |= version.rows
                running = self.regimes.get(version.regime, frozenset())
                self.regimes[version.regime] = running | {version.covenant}
        for interval, rows in self.index.timed.items():
            if not interval.contains(self.starts):
                self.in_force &= ~rows

    @property
    def ends(self) -> datetime | None:
        return None if self.until == NEVER else self.until

    def member(self, agency: Actor) -> Standing:
        """What this agency is now in the versions of these covenants."""
        key = (agency.code, agency.type)
        kept = self._members.get(key)
        return self._members.keep(key, self._count(*key)) if kept is None else kept

    def _count(self, code: str, agency_type: str) -> Standing:
        party = third = gives = 0
        for covenant in self.covenants:
            for membership in self.index.members.get((code, agency_type, covenant), ()):
                if membership.interval.contains(self.starts):
                    party |= membership.rows
                    third |= membership.rows if membership.third_party else 0
                if membership.gives.contains(self.starts):
                    gives |= membership.rows
        return Standing(party, third, gives)

    def lifted(self, under: frozenset[str], satisfied: int) -> Rows:
        """Prohibitions that do not count, because their `unless` holds for facts given under `under`."""
        found = 0
        for (regime, condition), rows in self.index.unless.items():
            if condition & satisfied and not under.isdisjoint(self.regimes.get(regime, ())):
                found |= rows
        return found
