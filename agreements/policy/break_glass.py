"""Break-glass in the policy: which articles a reader could open in acute danger, and what an act opens.

An act opens one article to one agency for a time; decide.py reads under it. Who acts, and why, is not kept here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from agreements.policy.fold import numbers
from agreements.policy.index import Index, Rows, Slice
from agreements.policy.question import Actor, BreakGlassAct, Delivery, Mask, Reader, Setting
from agreements.policy.rows import ArticleRef, Row
from agreements.policy.schema import RuleKind
from agreements.policy.validity import BEGINNING, NEVER, is_aware

if TYPE_CHECKING:
    from agreements.policy.decide import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingAct:
    """An act at one moment. rows: those of its article, none when it does not stand. [starts, until): so it stays."""

    rows: Rows
    starts: datetime
    until: datetime

    def within(self, slice_: Slice) -> tuple[datetime, datetime, datetime | None]:
        """From when and until when an answer under this act holds in a slice, and the end as a decision says it."""
        starts, until = max(self.starts, slice_.starts), min(self.until, slice_.until)
        return starts, until, None if slice_.ends is None and until == slice_.until else until


def standing(index: Index, act: BreakGlassAct, agency: Actor, at: datetime) -> StandingAct:
    """What `act` gives `agency` at `at`: no row to another agency, at another time or at a moment without a zone."""
    if not all(is_aware(moment) for moment in (at, act.starts, act.until)):
        return StandingAct(rows=0, starts=NEVER, until=NEVER)
    starts, until = act.starts.astimezone(UTC), act.until.astimezone(UTC)
    if at < starts:
        return StandingAct(rows=0, starts=BEGINNING, until=starts)
    if at >= until:
        return StandingAct(rows=0, starts=max(starts, until), until=NEVER)
    rows = _rows_of(index, act) if act.agency == agency.code else 0
    return StandingAct(rows=rows, starts=starts, until=until)


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakGlassArticle:
    """An article that this reader may open in acute danger: for how long, what it could give, when it is reviewed.

    grounds: the condition that somebody states by acting, as bits of conditions.Condition. fields: never more.
    """

    ref: ArticleRef
    minutes: int
    review_hours: int
    grounds: int
    fields: Mask


def openable(policy: "Policy", reader: Reader, setting: Setting, *, at: datetime) -> tuple[BreakGlassArticle, ...]:
    """The break-glass articles of the case's covenants that allow an act to this reader now, in document order."""
    return tuple(_article(row) for row in _allowed(policy, reader, setting, at))


def _allowed(policy: "Policy", reader: Reader, setting: Setting, at: datetime) -> Iterator[Row]:
    prepared = policy.prepare(reader, setting, at=at, via=Delivery.BREAK_GLASS)
    hits = policy.index.gives
    for dimension in prepared.reader_dimensions():
        hits &= dimension.rows
    for number in numbers(hits & policy.index.kinds.get(RuleKind.BREAK_GLASS, 0)):
        yield policy.index.rows[number]


def _article(row: Row) -> BreakGlassArticle:
    return BreakGlassArticle(
        ref=row.ref, minutes=row.minutes, review_hours=row.review_hours,
        grounds=row.conditions[0] if row.conditions else 0, fields=row.fields,
    )  # fmt: skip


def _rows_of(index: Index, act: BreakGlassAct) -> Rows:
    found = 0
    for number in numbers(index.kinds.get(RuleKind.BREAK_GLASS, 0)):
        ref = index.rows[number].ref
        if (ref.covenant, ref.article) == (act.covenant, act.article):
            found |= 1 << number
    return found
