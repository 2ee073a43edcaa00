"""What may I see here, and for which purposes may I ask: answers about rules, before any data is opened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from agreements.policy.decide import Decision, Policy
from agreements.policy.question import Actor, Delivery, Grade, Reader, Setting
from agreements.policy.rows import ArticleRef


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetCell:
    """One field of one source: its grade, and the article that gives it (None when silent)."""

    source: Actor
    grade: Grade
    article: ArticleRef | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One field, with a cell for each source, in the order in which the sources were given."""

    field: str
    cells: tuple[SheetCell, ...]


def sheet(
    policy: Policy,
    reader: Reader,
    setting: Setting,
    sources: Iterable[Actor],
    satisfied: int,
    at: datetime,
    via: Delivery = Delivery.LIVE,
) -> tuple[SheetRow, ...]:
    """Every field of the catalogue that is not retired, for facts given under all covenants of the case.

    Holds are about facts, so they do not show here.
    """
    prepared = policy.prepare(reader, setting, at=at, via=via)
    decisions = [(source, prepared.decide(source, setting.covenants, satisfied)) for source in sources]
    return tuple(
        SheetRow(field=item.code, cells=tuple(_cell(source, decision, item.bit) for source, decision in decisions))
        for item in policy.catalogue.fields
        if not item.retired
    )


def _cell(source: Actor, decision: Decision, bit: int) -> SheetCell:
    if decision.visible >> bit & 1:
        grade = Grade.VISIBLE
    else:
        grade = Grade.ANNOUNCED if decision.announced >> bit & 1 else Grade.SILENT
    return SheetCell(source=source, grade=grade, article=decision.article_of(bit))


def purposes_for(
    policy: Policy,
    agency: Actor,
    roles: frozenset[str],
    setting: Setting,
    at: datetime,
    via: Delivery = Delivery.LIVE,
) -> frozenset[str]:
    """The purposes for which some article could give this agency, in these roles, something here now."""
    reader = Reader(agency=agency, roles=roles, purpose="")
    return policy.prepare(reader, setting, at=at, via=via).purposes()
