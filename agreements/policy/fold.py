"""From the set of rows that match to the answer: masks, articles, obligations. Nothing about matching."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from agreements.policy.question import Mask
from agreements.policy.rows import ArticleRef, Row
from agreements.policy.schema import RuleKind

Rights = tuple[tuple[ArticleRef, Mask], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the reader may know of the source's fields.

    visible, announced: disjoint masks; all other fields are silent. grants, notices: per article the
    bits it still contributes. obligations follow from those articles. until: the first later moment at
    which the answer may differ (exclusive; None = never): keep nothing beyond it.
    """

    visible: Mask
    announced: Mask
    obligations: frozenset[str]
    grants: Rights
    notices: Rights
    until: datetime | None

    def article_of(self, bit: int) -> ArticleRef | None:
        """The first article that makes the field with this bit visible or announced; None when silent."""
        for rights in (self.grants, self.notices):
            for ref, mask in rights:
                if mask >> bit & 1:
                    return ref
        return None


NOTHING = Decision(
    visible=0, announced=0, obligations=frozenset(), grants=(), notices=(), until=None
)  # fmt: skip


def numbers(rows: int) -> Iterator[int]:
    """The row numbers in a set of rows, lowest first: the order of the documents."""
    while rows:
        low = rows & -rows
        yield low.bit_length() - 1
        rows ^= low


def prohibited(rows: Sequence[Row], hits: int) -> Mask:
    """All fields that the prohibitions among `hits` take away."""
    mask = 0
    for number in numbers(hits):
        if rows[number].kind is RuleKind.PROHIBITION:
            mask |= rows[number].fields
    return mask


def fold(rows: Sequence[Row], hits: int, *, held: Mask, until: datetime | None) -> Decision:
    """The decision of the rows in `hits`: grants and notices, less prohibitions, less what is held."""
    open_ = ~(prohibited(rows, hits) | held)
    matched = [rows[number] for number in numbers(hits)]
    grants = [row for row in matched if row.kind in _VISIBLE and row.fields & open_]
    visible = 0
    for row in grants:
        visible |= row.fields & open_
    unseen = open_ & ~visible
    notices = [row for row in matched if row.kind is RuleKind.NOTICE and row.fields & unseen]
    announced = 0
    for row in notices:
        announced |= row.fields & unseen
    return Decision(
        visible=visible,
        announced=announced,
        obligations=frozenset[str]().union(*(row.obligations for row in (*grants, *notices))),
        grants=tuple((row.ref, row.fields & visible) for row in grants),
        notices=tuple((row.ref, row.fields & announced) for row in notices),
        until=until,
    )


_VISIBLE = frozenset({RuleKind.GRANT, RuleKind.BREAK_GLASS})
