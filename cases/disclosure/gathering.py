"""What is gathered about one person concerned while rows are read, and whose presence withheld what."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from agreements.policy.decide import ArticleRef, Decision
from cases.disclosure.answer import Announcement, Fact, Withheld
from foundation.masks import bits


@dataclass(slots=True)
class Person:
    """What one person concerned contributes to an answer while its rows are read."""

    subject: str | None
    role: str
    position: int
    facts: list[Fact] = field(default_factory=list)
    announcements: list[Announcement] = field(default_factory=list)
    visible: int = 0
    announced: int = 0
    articles: set[ArticleRef] = field(default_factory=set)
    obligations: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Tally:
    """Counts the fields that the reader may see and the others in the room may not, by who stands in the way."""

    blockers: Counter[str] = field(default_factory=Counter)

    def take(self, mine: int, others: Iterable[tuple[str, Decision]], present: int) -> None:
        """One contribution: `mine` is what the reader sees of it, `others` what each agency present may see."""
        told = list(others)
        for bit in bits(mine & present):
            blocking = {code for code, decision in told if not decision.visible >> bit & 1}
            if blocking:
                self.blockers[next(iter(blocking)) if len(blocking) == 1 else ""] += 1

    def withheld(self) -> tuple[Withheld, ...]:
        """Per agency how many facts its presence alone hides, most first; "" is more than one agency."""
        found = sorted(self.blockers.items(), key=lambda item: (item[0] == "", -item[1], item[0]))
        return tuple(Withheld(agency=code, facts=n) for code, n in found)


def given_by(decision: Decision, bit: int) -> ArticleRef:
    """The article that gives a field. A field that no article gives never leaves, whatever went wrong before."""
    article = decision.article_of(bit)
    if article is None:
        raise LookupError(f"no article gives the field with bit {bit}")
    return article
