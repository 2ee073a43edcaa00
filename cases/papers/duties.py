"""Which duties come with what is shown: those of the articles that give it, and of no other. Opens nothing."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from agreements.policy.decide import ArticleRef, Policy
from cases.disclosure.answer import Fact


@lru_cache(maxsize=8)
def obligations_by_article(policy: Policy) -> Mapping[ArticleRef, frozenset[str]]:
    """Which duties each article of the covenants carries; one's own facts have none."""
    found: dict[ArticleRef, frozenset[str]] = {}
    for row in policy.index.rows:
        found[row.ref] = found.get(row.ref, frozenset()) | row.obligations
    return found


def duties_of(policy: Policy, facts: Iterable[Fact]) -> tuple[str, ...]:
    """The duties of the articles that give these facts, sorted.

    `Answer.obligations` also names those of articles that would give this reader other fields of the same source.
    """
    bound = obligations_by_article(policy)
    return tuple(sorted({duty for fact in facts for duty in bound.get(fact.article, ())}))
