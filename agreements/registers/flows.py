"""Who gives which fields to whom under one document, in any purpose, phase, role and condition. From its rules alone.

The base of the registers. Pure; a test holds it against the decisions themselves.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from agreements.policy.catalogue import Catalogue
from agreements.policy.document import CovenantDocument, RuleKind
from agreements.policy.question import Actor, Mask
from agreements.policy.regimes import third_party_live
from agreements.policy.rows import ANYTHING, Row, rows_of
from agreements.policy.vocabulary import ANY, THIRD_PARTY


class Member(Protocol):
    """A party at the moment that is looked at."""

    @property
    def actor(self) -> Actor: ...

    @property
    def capacity(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """What one article lets pass from one party to another. announced: only that something is known."""

    source: str
    recipient: str
    fields: Mask
    article: str
    announced: bool


def flows(
    document: CovenantDocument, catalogue: Catalogue, members: Sequence[Member], *, at: datetime
) -> Iterator[Flow]:
    """Every flow between the members at a moment; empty ones are left out.

    A field counts when the source can hold it and no prohibition takes it away in all that the rule allows.
    """
    rows = [row for row in rows_of(document, catalogue).rows if row.valid.contains(at)]
    stops = [row for row in rows if row.kind is RuleKind.PROHIBITION]
    held = {member.actor.type: _held(catalogue, member.actor.type) for member in members}
    live = third_party_live(document.regime)
    for row in rows:
        if row.kind is RuleKind.PROHIBITION:
            continue
        for source, recipient in _pairs(row, members, third_party_live=live):
            fields = row.fields & held[source.type]
            for stop in stops:
                if _stops(stop, row, source, recipient, regime=document.regime):
                    fields &= ~stop.fields
            if fields:
                yield Flow(
                    source=source.code,
                    recipient=recipient.code,
                    fields=fields,
                    article=row.ref.article,
                    announced=row.kind is RuleKind.NOTICE,
                )


def _pairs(row: Row, members: Sequence[Member], *, third_party_live: bool) -> Iterator[tuple[Actor, Actor]]:
    for reader in members:
        recipient = reader.actor
        if not _named(recipient, row.recipients) or _named(recipient, row.excepted):
            continue
        if reader.capacity == THIRD_PARTY and row.delivery != "extract" and not third_party_live:
            continue
        for giver in members:
            if giver.actor.code != recipient.code and _named(giver.actor, row.sources):
                yield giver.actor, recipient


def _stops(stop: Row, row: Row, source: Actor, recipient: Actor, *, regime: str) -> bool:
    """Whether a prohibition takes away all that a rule would let pass between these two."""
    if stop.unless is not None and stop.unless[0] == regime:
        return False
    if not (_named(source, stop.sources) and _named(recipient, stop.recipients)) or _named(recipient, stop.excepted):
        return False
    pairs = (
        (stop.roles, row.roles),
        (stop.purposes, row.purposes),
        (stop.phases, row.phases),
        (stop.case_kinds, row.case_kinds),
    )
    return all(
        forbidden == ANYTHING or (asked != ANYTHING and set(asked) <= set(forbidden)) for forbidden, asked in pairs
    )


def _named(agency: Actor, tokens: Iterable[str]) -> bool:
    return any(token in (ANY, agency.type, agency.code) for token in tokens)


def _held(catalogue: Catalogue, agency_type: str) -> Mask:
    return catalogue.mask(f.code for f in catalogue.fields if agency_type in f.sources and not f.retired)
