"""Which rights two documents give differently, found by deciding under each of them alone.

A pair of parties is only asked about when a rule for it differs. Values that no rule of the pair tells
apart (phases, purposes, roles, kinds) are one class, so that one question stands for all of them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import product
from typing import NamedTuple

from agreements.policy.catalogue import Catalogue
from agreements.policy.compile import Accession, VersionTerms, compile_policy
from agreements.policy.decide import Policy, PreparedReader
from agreements.policy.difference_fold import Days, RightChange, needed, subsets
from agreements.policy.fold import Decision, Rights, numbers
from agreements.policy.index import Rows, Values, matching, one
from agreements.policy.lint_subject import parties_of
from agreements.policy.question import Actor, Delivery, Grade, Mask, Reader, Setting
from agreements.policy.rows import Row
from agreements.policy.schema import CovenantDocument, Words
from agreements.policy.validity import BEGINNING, NEVER
from agreements.policy.vocabulary import CASE_KINDS, PHASES, ROLES, type_of

_DIMENSIONS = ("roles", "purposes", "phases", "case_kinds")
_ACCEPTS = {
    Delivery.LIVE: ("live", "inbound"),
    Delivery.EXTRACT: ("extract",),
    Delivery.BREAK_GLASS: (Delivery.BREAK_GLASS.value,),
}


_Both = tuple[Rows, Rows]


class _Case(NamedTuple):
    """One class of questions about a pair: values that nothing tells apart, and the rows for them on each side."""

    values: Mapping[str, Words]
    via: Delivery
    at: datetime
    rows: _Both


@dataclass(slots=True)
class _Side:
    """One document by itself, with every party of both documents that is a party to it."""

    document: CovenantDocument
    policy: Policy
    keys: list[tuple[object, ...]] = field(default_factory=list)

    def touching(self, reader: Actor, source: Actor) -> Rows:
        return self.policy.index.to(reader) & matching(self.policy.index.sources, source)

    def standing(self, agency: Actor) -> str:
        return self.document.capacity_of(agency.code, agency.type)

    def of(self, rows: Rows) -> frozenset[tuple[object, ...]]:
        """The rows as what they do, so that those of two documents can be compared."""
        return frozenset(self.keys[number] for number in numbers(rows))


def changes(
    before: CovenantDocument, after: CovenantDocument, catalogue: Catalogue, *, only_held: bool = True
) -> Iterator[RightChange]:
    """Every change of rights, one class of questions at a time. Of roles, one reader has one at a time.

    only_held: leave out fields that the source, by the catalogue, does not have.
    """
    parties = tuple(dict.fromkeys((*parties_of(before), *parties_of(after))))
    sides = (_side(before, parties, catalogue), _side(after, parties, catalogue))
    moments = _moments(sides)
    for recipient, party in product(parties, parties):
        reader, source = Actor(code=recipient, type=type_of(recipient)), _another(party)
        if reader.code == source.code:
            continue
        may = _held(catalogue, source.type) if only_held else -1
        for case in _cases(sides, reader, source, moments):
            days = _days(case.at, moments)
            for move, tally, relevant in _changed(sides, reader, source, case, may):
                code = catalogue.by_bit[move[0]].code
                yield _as_change(move, tally, relevant, reader, source, case, days, code)


def _held(catalogue: Catalogue, agency_type: str) -> Mask:
    return catalogue.mask(item.code for item in catalogue.fields if agency_type in item.sources)


def _another(party: str) -> Actor:
    """An agency that stands for this party as a source: for a type, another one than the one that reads."""
    return Actor(code=party if "-" in party else f"{party}~", type=type_of(party))


def _side(document: CovenantDocument, parties: Words, catalogue: Catalogue) -> _Side:
    actors = [actor for party in parties for actor in {Actor(code=party, type=type_of(party)), _another(party)}]
    accessions = (
        Accession(agency=actor, capacity=document.capacity_of(actor.code, actor.type), starts=BEGINNING, ends=None)
        for actor in actors
    )
    joined = tuple(item for item in accessions if item.capacity)
    policy = compile_policy(
        catalogue, [VersionTerms(document=document, starts=BEGINNING, ends=None, accessions=joined)]
    )
    return _Side(document, policy, [_does(row) for row in policy.index.rows])


def _does(row: Row) -> tuple[object, ...]:
    """What a row does to a pair it is about: not its number, nor what it obliges to."""
    return (
        row.kind, row.fields, row.roles, row.purposes, row.phases, row.case_kinds,
        row.delivery, row.conditions, row.valid, row.unless, row.carried,
    )  # fmt: skip


def _moments(sides: tuple[_Side, _Side]) -> list[datetime]:
    edges = {edge for side in sides for found in side.policy.index.edges.values() for edge in found}
    return sorted((edges | {BEGINNING}) - {NEVER})


def _cases(sides: tuple[_Side, _Side], reader: Actor, source: Actor, moments: list[datetime]) -> Iterator[_Case]:
    touching = (sides[0].touching(reader, source), sides[1].touching(reader, source))
    stands = [(s.standing(reader), s.standing(source), s.document.regime) for s in sides]
    alike = stands[0] == stands[1]
    if alike and _same(sides, touching):
        return
    for via in Delivery:
        delivered = (touching[0] & _delivered(sides[0], via), touching[1] & _delivered(sides[1], via))
        classes = [_classes(sides, delivered, name) for name in _DIMENSIONS]
        for chosen in product(*classes):
            rows = delivered
            for _, (old, new) in chosen:
                rows = (rows[0] & old, rows[1] & new)
            if _gives(sides, rows) and not (alike and _same(sides, rows)):
                values = {name: words for name, (words, _) in zip(_DIMENSIONS, chosen, strict=True)}
                for at in moments:
                    yield _Case(values, via, at, rows)


def _same(sides: tuple[_Side, _Side], rows: _Both) -> bool:
    return sides[0].of(rows[0]) == sides[1].of(rows[1])


def _gives(sides: tuple[_Side, _Side], rows: _Both) -> bool:
    return any(have & side.policy.index.gives for have, side in zip(rows, sides, strict=True))


def _delivered(side: _Side, via: Delivery) -> Rows:
    deliveries = side.policy.index.deliveries
    found = 0
    for name in ("*", *_ACCEPTS[via]):
        found |= deliveries.get(name, 0)
    return found


def _classes(sides: tuple[_Side, _Side], have: _Both, name: str) -> list[tuple[Words, _Both]]:
    """The values of a dimension, those with the same rows on both sides together, and these rows."""
    found: dict[_Both, list[str]] = {}
    for value in _values(sides, name):
        old, new = (one(_dimension(side, name), value) for side in sides)
        found.setdefault((old & have[0], new & have[1]), []).append(value)
    return [(tuple(words), rows) for rows, words in found.items() if any(rows)]


def _dimension(side: _Side, name: str) -> Values:
    values: Values = getattr(side.policy.index, name)
    return values


def _values(sides: tuple[_Side, _Side], name: str) -> Words:
    if name == "purposes":
        return tuple(dict.fromkeys(code for side in sides for code in side.document.purposes.values()))
    return {"roles": ROLES, "phases": PHASES, "case_kinds": CASE_KINDS}[name]


@dataclass(slots=True)
class _Tally:
    """Under which sets of conditions a field moves between two grades, and the articles that do it."""

    when: list[int] = field(default_factory=list)
    given: tuple[set[str], set[str]] = field(default_factory=lambda: (set(), set()))
    forbidden: tuple[set[str], set[str]] = field(default_factory=lambda: (set(), set()))


_Move = tuple[int, Grade, Grade]


def _changed(
    sides: tuple[_Side, _Side], reader: Actor, source: Actor, case: _Case, may: Mask
) -> Iterator[tuple[_Move, _Tally, int]]:
    """The moves in one class of questions, over all sets of conditions that its rows speak of (the last item)."""
    relevant = _conditions(sides, case)
    moves: dict[_Move, _Tally] = {}
    asked = tuple(_prepared(side, reader, case) for side in sides)
    for satisfied in subsets(relevant):
        old, new = (ask.decide(source, covenants, satisfied) for ask, covenants in asked)
        stopping: dict[int, Rows] = {}
        for bit in numbers(((old.visible ^ new.visible) | (old.announced ^ new.announced)) & may):
            move = (bit, _grade(old, bit), _grade(new, bit))
            tally = moves.setdefault(move, _Tally())
            tally.when.append(satisfied)
            for place, decision in enumerate((old, new)):
                tally.given[place].update(_given(decision, bit))
                if move[1 + place] is Grade.SILENT:
                    if place not in stopping:
                        stopping[place] = _stopping(sides[place], reader, source, case, satisfied)
                    tally.forbidden[place].update(_taking(sides[place], stopping[place], bit))
    for move, tally in moves.items():
        yield move, tally, relevant


def _as_change(
    move: _Move, tally: _Tally, relevant: int, reader: Actor, source: Actor, case: _Case, days: Days, code: str
) -> RightChange:
    depends_on, when = needed(relevant, tally.when)
    return RightChange(
        recipient=reader.code,
        sources=(source.code.rstrip("~"),),
        fields=(code,),
        roles=case.values["roles"],
        purposes=case.values["purposes"],
        phases=case.values["phases"],
        case_kinds=case.values["case_kinds"],
        delivery=case.via.value,
        days=days,
        before=move[1],
        after=move[2],
        depends_on=depends_on,
        when=when,
        given_before=tuple(sorted(tally.given[0])),
        given_after=tuple(sorted(tally.given[1])),
        forbidden_before=tuple(sorted(tally.forbidden[0])),
        forbidden_after=tuple(sorted(tally.forbidden[1])),
    )


def _conditions(sides: tuple[_Side, _Side], case: _Case) -> int:
    found = 0
    for side, rows in zip(sides, case.rows, strict=True):
        for number in numbers(rows):
            row = side.policy.index.rows[number]
            for group in row.conditions:
                found |= group
            found |= row.unless[1] if row.unless else 0
    return found


def _asked(side: _Side, reader: Actor, case: _Case) -> tuple[Reader, Setting]:
    role, purpose, phase, kind = (case.values[name][0] for name in _DIMENSIONS)
    setting = Setting(kind=kind, phase=phase, covenants=frozenset({side.document.code}))
    return Reader(agency=reader, roles=frozenset({role}), purpose=purpose), setting


def _prepared(side: _Side, reader: Actor, case: _Case) -> tuple[PreparedReader, frozenset[str]]:
    """One side's reader as far as sources and conditions do not matter, and the covenant that carries the facts."""
    who, setting = _asked(side, reader, case)
    return side.policy.prepare(who, setting, at=case.at, via=case.via), setting.covenants


def _stopping(side: _Side, reader: Actor, source: Actor, case: _Case, satisfied: int) -> Rows:
    """The prohibitions that count here."""
    who, setting = _asked(side, reader, case)
    prepared = side.policy.prepare(who, setting, at=case.at, via=case.via)
    rows = side.policy.index.prohibitions
    for dimension in (
        *prepared.reader_dimensions(),
        *prepared.source_dimensions(source, setting.covenants, satisfied),
    ):
        rows &= dimension.rows
    return rows


def _taking(side: _Side, stopping: Rows, bit: int) -> Iterator[str]:
    """The articles among these prohibitions that take this field away."""
    rows = (side.policy.index.rows[number] for number in numbers(stopping))
    return (row.ref.article for row in rows if row.fields >> bit & 1)


def _grade(decision: Decision, bit: int) -> Grade:
    if decision.visible >> bit & 1:
        return Grade.VISIBLE
    return Grade.ANNOUNCED if decision.announced >> bit & 1 else Grade.SILENT


def _given(decision: Decision, bit: int) -> Iterator[str]:
    rights: tuple[Rights, ...] = (decision.grants, decision.notices)
    return (ref.article for right in rights for ref, mask in right if mask >> bit & 1)


def _days(at: datetime, moments: list[datetime]) -> Days:
    if len(moments) == 1:
        return ()
    place = moments.index(at)
    starts = "" if at == BEGINNING else at.isoformat()
    return ((starts, moments[place + 1].isoformat() if place + 1 < len(moments) else ""),)
