"""What another policy could change, by its rules alone: for whom, which fields, by which articles, in which cases.

Nothing here looks at a case. What a page lists comes from here, so that a list is the same whether facts exist or not.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import product

from agreements.policy.decide import Policy
from agreements.policy.fold import numbers
from agreements.policy.index import Slice
from agreements.policy.question import Actor, Delivery, Mask
from agreements.policy.rows import Row
from agreements.policy.schema import RuleKind
from agreements.policy.vocabulary import ANY
from foundation.masks import bits

GAIN, LOSS = "gain", "loss"
WAYS = (LOSS, GAIN)
Touched = tuple[str, tuple[str, ...], tuple[str, ...]]
"""An article with the case kinds and the phases of its rule."""

Lost = tuple[Row, Actor, Mask]
"""A rule by which fields that an agency gave are no longer seen."""


@dataclass(slots=True)
class Reach:
    """What may change for one recipient in one way: per field bit the articles that do it, and whose facts."""

    articles: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    givers: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, fields: Mask, article: str, givers: Iterable[str]) -> None:
        """These fields of these agencies may change by this article."""
        for bit in bits(fields):
            self.articles[bit].add(article)
            self.givers[bit].update(givers)

    @property
    def fields(self) -> Mask:
        """All fields that may change."""
        return sum(1 << bit for bit in self.articles)

    @property
    def all_articles(self) -> tuple[str, ...]:
        """All articles, in their order."""
        return in_order(set().union(*self.articles.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """reaches: per agency code and way (GAIN, LOSS). touched: kinds and phases that a changed rule speaks of.

    A recipient or a field that is not here cannot change, whatever the caseload holds.
    """

    reaches: Mapping[str, Mapping[str, Reach]]
    touched: tuple[Touched, ...]

    def articles_for(self, *, kind: str, phase: str) -> tuple[str, ...]:
        """The changed articles that speak of cases of this kind in this phase."""
        met = {article for article, kinds, phases in self.touched if _says(kinds, kind) and _says(phases, phase)}
        return in_order(met)


def scope_of(before: Policy, after: Policy, *, code: str, at: datetime, agencies: Iterable[Actor]) -> Scope:
    """What could change when `after` takes the place of `before`; they differ in the covenant `code` alone.

    A fact stops being visible only when a grant that may give it has no equal on the other side for the same
    recipient, giver, role, purpose, phase and kind under no further conditions, or when a prohibition is new. So
    every one of those counts, likely or not; the other way round for what becomes visible.
    """
    old, new = _Side(before, code, at), _Side(after, code, at)
    actors = tuple(agencies)
    touched: set[Touched] = set()
    reaches: dict[str, dict[str, Reach]] = {}
    for who in actors:
        found = {
            LOSS: _reach(old, new, who, actors, touched),
            GAIN: _reach(new, old, who, actors, touched),
        }
        if any(reach.articles for reach in found.values()):
            reaches[who.code] = found
    return Scope(reaches=reaches, touched=tuple(sorted(touched)))


class _Side:
    """One policy: the rules of the covenant that speak at the moment, by what they do."""

    def __init__(self, policy: Policy, code: str, at: datetime) -> None:
        index = policy.index
        self._policy = policy
        self._slice: Slice = policy.slice_at(frozenset({code}), at)
        everywhere = policy.slice_at(frozenset(index.covenants), at).in_force
        live = index.deliveries.get("live", 0) | index.deliveries.get("inbound", 0)
        grants = index.kinds.get(RuleKind.GRANT, 0) & live
        self.grants = self._rows(self._slice.in_force & grants)
        self.prohibitions = self._rows(self._slice.in_force & index.prohibitions)
        self.all_prohibitions = self._rows(everywhere & index.prohibitions)
        self._all_grants = self._rows(everywhere & grants)
        self.regimes = self._slice.regimes

    def _rows(self, rows: int) -> tuple[Row, ...]:
        return tuple(self._policy.index.rows[number] for number in numbers(rows))

    def reads(self, who: Actor) -> bool:
        """Whether the agency is a party that reads live."""
        party, third, _gives = self._slice.member(who)
        return bool(party & self._slice.in_force & self._policy.open_to_third(third, Delivery.LIVE))

    def gives(self, who: Actor) -> bool:
        """Whether what the agency gave under the covenant flows on."""
        return bool(self._slice.member(who).gives & self._slice.in_force)

    def grants_to(self, who: Actor) -> tuple[Row, ...]:
        """The grants that work for the agency as recipient."""
        return tuple(row for row in self.grants if _is_to(row, who)) if self.reads(who) else ()

    def granted(self, who: Actor) -> Mask:
        """Every field that some rule in force, of any covenant, gives the agency."""
        mask = 0
        for row in self._all_grants:
            mask |= row.fields if _is_to(row, who) else 0
        return mask


def _reach(has: _Side, lacks: _Side, who: Actor, others: tuple[Actor, ...], touched: set[Touched]) -> Reach:
    """What the agency may see under `has` and no longer under `lacks`. others: agencies that may have given it."""
    reach = Reach()
    givers = tuple(giver for giver in others if giver != who)
    for row, giver, fields in (*_granting(has, lacks, who, givers), *_forbidding(has, lacks, who, givers)):
        reach.add(fields, row.ref.article, [giver.code])
        touched.add((row.ref.article, row.case_kinds, row.phases))
    return reach


def _granting(has: _Side, lacks: _Side, who: Actor, givers: tuple[Actor, ...]) -> Iterator[Lost]:
    """The grants to the agency under `has`, per giver, less what the grants under `lacks` give as well."""
    still = lacks.grants_to(who)
    for row in has.grants_to(who):
        for giver in (giver for giver in givers if names(row.sources, giver) and has.gives(giver)):
            equals = [other for other in still if names(other.sources, giver)] if lacks.gives(giver) else []
            if fields := row.fields & ~_kept(row, equals):
                yield row, giver, fields


def _kept(row: Row, others: list[Row]) -> Mask:
    """The fields of a grant that these others give too, in each of its roles, purposes, phases and kinds."""
    needs = set(row.conditions)
    candidates = [other for other in others if other.fields & row.fields and needs.issuperset(other.conditions)]
    whole = 0
    for other in candidates:
        if all(set(mine) <= set(theirs) for mine, theirs in zip(_terms(row), _terms(other), strict=True)):
            whole |= other.fields
    if not row.fields & ~whole:
        return whole
    kept = -1
    for terms in product(*_terms(row)):
        here = 0
        for other in candidates:
            if all(term in theirs for term, theirs in zip(terms, _terms(other), strict=True)):
                here |= other.fields
        kept &= here
    return kept


def _terms(row: Row) -> tuple[tuple[str, ...], ...]:
    return row.roles, row.purposes, row.phases, row.case_kinds


def _forbidding(has: _Side, lacks: _Side, who: Actor, givers: tuple[Actor, ...]) -> Iterator[Lost]:
    """The prohibitions for the agency under `lacks` that are not there under `has`, or may be lifted there.

    Another regime lifts other prohibitions, also those of other covenants.
    """
    same_regimes = has.regimes == lacks.regimes
    old = [row for row in has.prohibitions if _is_to(row, who)] if same_regimes else []
    for row in lacks.prohibitions if same_regimes else lacks.all_prohibitions:
        if not _is_to(row, who):
            continue
        for giver in (giver for giver in givers if names(row.sources, giver)):
            known = 0
            for other in old:
                known |= other.fields if names(other.sources, giver) and _forbids_alike(row, other) else 0
            if fields := row.fields & ~known & has.granted(who):
                yield row, giver, fields


def _forbids_alike(one: Row, other: Row) -> bool:
    return _terms(one) == _terms(other) and (one.unless, one.carried) == (other.unless, other.carried)


def _is_to(row: Row, who: Actor) -> bool:
    return names(row.recipients, who) and not names(row.excepted, who)


def names(words: tuple[str, ...], agency: Actor) -> bool:
    """Whether a list of senders or recipients names this agency, by its code, its type or as anybody."""
    return ANY in words or agency.type in words or agency.code in words


def _says(words: tuple[str, ...], word: str) -> bool:
    return ANY in words or word in words


def in_order(articles: Iterable[str]) -> tuple[str, ...]:
    """Article numbers as people count: 6.2 before 6.10."""
    return tuple(sorted(articles, key=_by_number))


def _by_number(article: str) -> tuple[tuple[int, str], ...]:
    return tuple((int(part) if part.isdigit() else 0, part) for part in article.split("."))
