"""What leaves by the one path: frozen values that pages, API, PDF and sockets accept. No model, no seal."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from agreements.policy.decide import ArticleRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The agency that gave a fact: its code, type and name."""

    code: str
    type: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One visible field value with where it comes from and the article that grants it.

    kind, reliability: sort of statement and how sure its source is; "" and None for words of a room.
    """

    code: str
    bit: int
    value: Any
    source: Source
    article: ArticleRef
    observed_on: date
    given_at: datetime
    kind: str
    reliability: int | None
    contribution: str
    contested: str = ""
    valid_until: date | None = None
    is_own: bool = False
    is_new: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """A field that is held, by whom and under which article; its value is not here and was not opened."""

    code: str
    bit: int
    source: Source
    article: ArticleRef
    contribution: str
    given_at: datetime
    is_new: bool = False
    is_own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """What a reader may know of one person concerned (or of an area: `subject` is None)."""

    subject: str | None
    role: str
    facts: tuple[Fact, ...]
    announcements: tuple[Announcement, ...]

    def first(self, code: str) -> Any:
        """The first visible value of the field `code`, or None."""
        return next((fact.value for fact in self.facts if fact.code == code), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseHead:
    """What every live participant of a case knows: no facts, no names.

    `next_step` holds words only for who must take it and for the lead. Of all this a third party gets the
    number and the covenants.
    """

    uid: str
    number: str
    kind: str
    label: str
    district: str
    urgency: str
    phase: str
    phase_since: datetime | None
    covenants: tuple[str, ...]
    partners: tuple[str, ...]
    opened_at: datetime | None
    next_step: str
    next_step_on: date | None
    next_step_owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """How many facts that the reader may see stay off a shared screen because one agency is present ("": several)."""

    agency: str
    facts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One case as one reader may know it, at one moment, for one purpose.

    until: the moment at which it can change without anybody doing anything (an article that ends).
    n_news, news_from: facts that came since the reader's last visit, and from whom (lists only).
    withheld: only where it was asked for, for who leads a meeting: what the others present may not see.
    Counts are of what is in it: a silent field leaves no trace.
    """

    head: CaseHead
    purpose: str
    at: datetime
    disclosures: tuple[Disclosure, ...]
    obligations: tuple[str, ...] = ()
    until: datetime | None = None
    n_news: int = 0
    news_from: tuple[Source, ...] = ()
    withheld: tuple[Withheld, ...] = ()

    @property
    def n_visible(self) -> int:
        """Visible facts in this answer."""
        return sum(len(d.facts) for d in self.disclosures)

    @property
    def n_announced(self) -> int:
        """Announced facts in this answer."""
        return sum(len(d.announcements) for d in self.disclosures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of answers and the cursor of the next one ("" at the end)."""

    answers: tuple[Answer, ...]
    cursor: str
