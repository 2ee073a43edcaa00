"""Who may see what, in one table: section and source down, recipient across, a letter in each cell.

Data for a page that says it in words; every letter comes from `decide`. Not here: facts, labels, holds.
The cells themselves are in matrix_cells.py.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from agreements.policy.catalogue import Catalogue
from agreements.policy.conditions import ALL_CONDITIONS, Condition, condition_bit
from agreements.policy.decide import Policy, PreparedReader
from agreements.policy.fold import numbers
from agreements.policy.index import Rows
from agreements.policy.matrix_cells import Answer, Cell, FieldCell, Letter, Pair, Way
from agreements.policy.question import Actor, Delivery, Mask, Reader, Setting
from agreements.policy.vocabulary import ANY, THIRD_PARTY

__all__ = ["Cell", "FieldCell", "Letter", "Matrix", "MatrixRow", "Member", "Way", "matrix"]

_INVOLVED = condition_bit(Condition.INVOLVED)


class Member(Protocol):
    """A party as the matrix needs it."""

    @property
    def actor(self) -> Actor: ...

    @property
    def capacity(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """One source in one section of the catalogue, with a cell for each recipient, in their order."""

    section: str
    source: Actor
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """The table, and what it was asked for. role None: the best of all roles that an article names."""

    purpose: str
    phase: str
    case_kind: str
    role: str | None
    recipients: tuple[Actor, ...]
    rows: tuple[MatrixRow, ...]

    def cell(self, section: str, source: str, recipient: str) -> Cell | None:
        """The cell of a section, a source and a recipient (agency codes); None when there is none."""
        for row in self.rows:
            if (row.section, row.source.code) == (section, source):
                return next((cell for cell in row.cells if cell.recipient == recipient), None)
        return None


def matrix(
    policy: Policy,
    catalogue: Catalogue,
    members: Sequence[Member],
    *,
    purpose: str,
    phase: str,
    case_kind: str,
    role: str | None = None,
    at: datetime,
    covenants: frozenset[str] | None = None,
    holders: Mapping[str, frozenset[str]] | None = None,
) -> Matrix:
    """What each party may know of what each other party can hold, for one purpose, phase and kind of case.

    Args:
        members: the parties, in the order of the columns; those that hold nothing in a section get no row.
        role: of the reader; None takes every role that some article names, one at a time.
        covenants: those that the case runs under (default: all in the policy); facts are given under all.
        holders: for each role, the agency types that can have it; only used when role is None.
    """
    running = frozenset(policy.index.versions) if covenants is None else covenants
    asked = _Asked(policy, purpose, Setting(kind=case_kind, phase=phase, covenants=running), at)
    sources = [member.actor for member in members]
    columns = [_column(asked, member, sources, _roles(policy, member.actor, role, holders)) for member in members]
    rows = []
    for section in catalogue.sections:
        in_section = catalogue.section_mask(section.code)
        for number, source in enumerate(sources):
            held = in_section & _can_hold(catalogue, source.type)
            if held:
                cells = tuple(column[number].cell(catalogue, held) for column in columns)
                rows.append(MatrixRow(section=section.code, source=source, cells=cells))
    return Matrix(
        purpose=purpose,
        phase=phase,
        case_kind=case_kind,
        role=role,
        recipients=tuple(sources),
        rows=tuple(rows),
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    policy: Policy
    purpose: str
    setting: Setting
    at: datetime


def _can_hold(catalogue: Catalogue, agency_type: str) -> Mask:
    return catalogue.mask(f.code for f in catalogue.fields if agency_type in f.sources and not f.retired)


def _roles(
    policy: Policy, agency: Actor, role: str | None, holders: Mapping[str, frozenset[str]] | None
) -> tuple[str, ...]:
    if role is not None:
        return (role,)
    named = sorted(name for name in policy.index.roles if name != ANY)
    return tuple(name for name in named if holders is None or agency.type in holders.get(name, frozenset()))


def _column(asked: _Asked, member: Member, sources: Iterable[Actor], roles: tuple[str, ...]) -> list[Pair]:
    """One recipient against every source."""
    rows = {row.ref: row for row in asked.policy.index.rows}
    pairs = [Pair(source=source, recipient=member.actor, rows=rows) for source in sources]
    ways = (Delivery.LIVE, Delivery.EXTRACT) if member.capacity == THIRD_PARTY else (Delivery.LIVE,)
    for role in roles or ("",):
        reader = Reader(agency=member.actor, roles=frozenset({role} - {""}), purpose=asked.purpose)
        for via in ways:
            prepared = asked.policy.prepare(reader, asked.setting, at=asked.at, via=via)
            base = asked.policy.index.prohibitions
            for dimension in prepared.reader_dimensions():
                base &= dimension.rows
            for pair in pairs:
                if not pair.own:
                    _ask(asked, prepared, base, pair, role)
    return pairs


def _ask(asked: _Asked, prepared: PreparedReader, base: Rows, pair: Pair, role: str) -> None:
    """Put one question twice: with only `involved` true, and with every condition true."""
    under = asked.setting.covenants
    now = prepared.decide(pair.source, under, _INVOLVED)
    most = prepared.decide(pair.source, under, ALL_CONDITIONS)
    rows, stops, lifted = asked.policy.index.rows, 0, 0
    if base:
        stops = _hits(prepared, base, pair.source, under, _INVOLVED)
    if any(rows[number].unless for number in numbers(stops)):
        lifted = stops & ~_hits(prepared, stops, pair.source, under, ALL_CONDITIONS)
    pair.add(
        Answer(
            role=role,
            now=now,
            most=most,
            stops=tuple(rows[number] for number in numbers(stops)),
            lifted=tuple(rows[number] for number in numbers(lifted)),
        )
    )


def _hits(prepared: PreparedReader, rows: Rows, source: Actor, under: frozenset[str], satisfied: int) -> Rows:
    for dimension in prepared.source_dimensions(source, under, satisfied) if rows else ():
        rows &= dimension.rows
    return rows
