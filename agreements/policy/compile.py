"""Covenant versions to the index: every rule of every version gets a bit. Not here: any question."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from agreements.policy.catalogue import Catalogue
from agreements.policy.decide import Policy
from agreements.policy.document import CovenantDocument
from agreements.policy.errors import Finding
from agreements.policy.index import Index, Membership, Values, Version
from agreements.policy.question import Actor
from agreements.policy.regimes import third_party_live
from agreements.policy.rows import Row, rows_of
from agreements.policy.schema import Words, capacity_in
from agreements.policy.validity import ALWAYS, between
from agreements.policy.vocabulary import THIRD_PARTY, THIRD_PARTY_MODES

__all__ = ["Accession", "Policy", "VersionTerms", "compile_policy"]

_LISTS = ("sources", "recipients", "excepted", "roles", "purposes", "phases", "case_kinds")
_Lists = dict[str, dict[Words, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Accession:
    """An agency is party to a version from `starts` to `ends` (exclusive; None = open), both aware.

    It counts only in the capacity that the document gives the agency, by its code or else its type.
    facts_stay: what it gave before `ends` flows on after it, until the case closes (domain, section 6).
    """

    agency: Actor
    capacity: str
    starts: datetime
    ends: datetime | None
    facts_stay: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionTerms:
    """One version while it is in force: from `starts` to `ends` (exclusive; None = open), both aware.

    The dates of the document's `term` are text here: the caller turns them into these moments.
    """

    document: CovenantDocument
    starts: datetime
    ends: datetime | None
    accessions: tuple[Accession, ...]


def compile_policy(
    catalogue: Catalogue,
    versions: Iterable[VersionTerms],
    *,
    epoch: int = 0,
    third_party_mode: str = "extract",
) -> Policy:
    """All versions ever as one Policy; a question's moment picks. Some 5 µs a rule.

    Raises ValueError for an unknown third_party_mode and for moments without a time zone.
    """
    if third_party_mode not in THIRD_PARTY_MODES:
        raise ValueError(f"third_party_mode {third_party_mode!r} is none of {THIRD_PARTY_MODES}")
    index = Index()
    lists: _Lists = {name: {} for name in _LISTS}
    findings: list[Finding] = []
    for terms in versions:
        compiled = rows_of(terms.document, catalogue)
        findings.extend(compiled.findings)
        block = _block_of(terms.document, catalogue, compiled.rows)
        version = _place(index, lists, terms, compiled.rows, block)
        _place_accessions(index, terms, version)
    for name, rows in lists.items():
        _spread(rows, getattr(index, name))
    return Policy(
        index,
        catalogue=catalogue,
        epoch=epoch,
        third_party_mode=third_party_mode,
        findings=tuple(findings),
    )


def _place(index: Index, lists: _Lists, terms: VersionTerms, rows: tuple[Row, ...], block: "_Block") -> Version:
    first = len(index.rows)
    _place_block(index, lists, block, first)
    index.rows.extend(rows)
    document = terms.document
    mine = (1 << len(index.rows)) - (1 << first)
    version = Version(
        covenant=document.code,
        number=document.version,
        regime=document.regime,
        third_party_live=third_party_live(document.regime),
        interval=between(terms.starts, terms.ends),
        rows=mine,
    )
    index.versions.setdefault(document.code, []).append(version)
    index.covenants[document.code] = index.covenants.get(document.code, 0) | mine
    edges = index.edges.setdefault(document.code, set())
    edges.update(version.interval.edges(), *(row.valid.edges() for row in rows if row.valid is not ALWAYS))
    return version


class _Block:
    """The integers of one document by itself: bit n is its n-th row. Kept with it, for it never changes."""

    def __init__(self, rows: tuple[Row, ...]) -> None:
        self.lists: _Lists = {name: {} for name in _LISTS}
        self.deliveries: dict[Any, int] = {}
        self.kinds: dict[Any, int] = {}
        self.conditions: dict[Any, int] = {}
        self.unless: dict[Any, int] = {}
        self.timed: dict[Any, int] = {}
        self.carried = 0
        for number, row in enumerate(rows):
            self._take(row, 1 << number)

    def _take(self, row: Row, bit: int) -> None:
        for name, rows in self.lists.items():
            _add(rows, getattr(row, name), bit)
        _add(self.deliveries, row.delivery, bit)
        _add(self.kinds, row.kind, bit)
        for group in row.conditions:
            _add(self.conditions, group, bit)
        if row.carried:
            self.carried |= bit
        if row.unless is not None:
            _add(self.unless, row.unless, bit)
        if row.valid is not ALWAYS:
            _add(self.timed, row.valid, bit)


def _block_of(document: CovenantDocument, catalogue: Catalogue, rows: tuple[Row, ...]) -> _Block:
    key = f"{catalogue.hash} placed"
    kept = document._rows.get(key)
    if not isinstance(kept, _Block):
        kept = document._rows[key] = _Block(rows)
    return kept


def _place_block(index: Index, lists: _Lists, block: _Block, first: int) -> None:
    """Its rows come after `first` others."""
    for name, rows in block.lists.items():
        _merge(lists[name], rows, first)
    _merge(index.deliveries, block.deliveries, first)
    _merge(index.kinds, block.kinds, first)
    _merge(index.conditions, block.conditions, first)
    _merge(index.unless, block.unless, first)
    _merge(index.timed, block.timed, first)
    index.carried |= block.carried << first


def _add(rows: dict[Any, int], key: Any, bit: int) -> None:
    rows[key] = rows.get(key, 0) | bit


def _merge(into: dict[Any, int], rows: dict[Any, int], first: int) -> None:
    for key, mine in rows.items():
        into[key] = into.get(key, 0) | mine << first


def _spread(rows_of_lists: dict[Words, int], values: Values) -> None:
    """From rows per list of words to rows per word: many rules share a list, so this is done last."""
    for words, rows in rows_of_lists.items():
        for word in words:
            values[word] = values.get(word, 0) | rows


def _place_accessions(index: Index, terms: VersionTerms, version: Version) -> None:
    edges = index.edges[version.covenant]
    capacities = terms.document.capacities
    for accession in terms.accessions:
        agency = accession.agency
        if capacity_in(capacities, agency.code, agency.type) != accession.capacity:
            continue
        interval = between(accession.starts, accession.ends)
        membership = Membership(
            interval=interval,
            gives=between(accession.starts, None) if accession.facts_stay else interval,
            third_party=accession.capacity == THIRD_PARTY,
            rows=version.rows,
        )
        edges.update(membership.interval.edges())
        index.members.setdefault((agency.code, agency.type, version.covenant), []).append(membership)
