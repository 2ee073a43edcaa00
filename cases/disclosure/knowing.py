"""Which rows a reader may know of at all, without opening any. For what only stands beside a row, such as an answer."""

from collections.abc import Callable, Iterable
from uuid import UUID

from agreements.policy.decide import ArticleRef, Decision
from cases.disclosure.circumstances import NOTHING_RECORDED, circumstances_of
from cases.disclosure.deciding import deciding
from cases.disclosure.gathering import given_by
from cases.disclosure.opening import Opening
from cases.disclosure.reading import Reading, setting_of
from cases.disclosure.rows import Row
from foundation import clock
from foundation.masks import bits, from_hex


def known_rows(reading: Reading, opening: Opening, rows: Iterable[Row], *, announced: bool = True) -> frozenset[UUID]:
    """The uids of the rows of which the reader may know a field, or that it is held; the same rule as disclosure.

    announced: whether it is enough that the reader may know that it is held.
    Nothing is opened, so nothing is journalled: whoever shows something of such a row asks disclosure for it.
    """
    rows = tuple(rows)
    if not rows:
        return frozenset()
    decide = _decide(reading, opening)
    return frozenset(row.uid for row in rows if _told(decide(row), row, announced=announced))


def giving_articles(reading: Reading, opening: Opening, rows: Iterable[Row]) -> dict[UUID, frozenset[ArticleRef]]:
    """Per row of which the reader may know something, the articles by which they do. Opens nothing, like known_rows."""
    rows = tuple(rows)
    if not rows:
        return {}
    decide, found = _decide(reading, opening), {}
    for row in rows:
        decision = decide(row)
        if told := _told(decision, row, announced=True):
            found[row.uid] = frozenset(given_by(decision, bit) for bit in bits(told))
    return found


def article_of_row(reading: Reading, opening: Opening, row: Row) -> str:
    """The article by which the reader may know of a row, as a refusal names it ("HAV-GEBIED art. 14.1"); "" for none.

    Nothing is opened. Of several fields it is the article of the first.
    """
    decision = _decide(reading, opening)(row)
    first = next(iter(bits(_told(decision, row, announced=True))), None)
    return str(given_by(decision, first)) if first is not None else ""


def _told(decision: Decision, row: Row, *, announced: bool) -> int:
    told = decision.visible | decision.announced if announced else decision.visible
    return told & from_hex(row.present)


def _decide(reading: Reading, opening: Opening) -> Callable[[Row], Decision]:
    recorded = opening.recorded
    if recorded is None:
        found = circumstances_of([opening.case.pk], recipient=reading.visit.agency.id, at=reading.at)
        recorded = found.get(opening.case.pk, NOTHING_RECORDED)
    here = reading.policy.prepare(
        reading.reader(opening.purpose), setting_of(opening.case), at=reading.at, via=opening.via
    )
    return deciding(
        here.decide, recorded, code=reading.visit.agency.code,
        day=reading.at.astimezone(clock.AMSTERDAM).date(), involved=True,
    )  # fmt: skip
