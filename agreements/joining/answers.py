"""What the pages and the API of parties and terms get: frozen values, no case data. Made in queries.py."""

from dataclasses import dataclass
from datetime import date, datetime

from agreements.covenants.answers import AgencyLine, CovenantLine


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyLine:
    """An agency as party, once, now or later. until: its last day. facts_stay: what it gave stays in running cases.

    when: "now", "before" or "later". leaves: it gave notice. gone: it was a party, and is or will be none any more.
    """

    agency: AgencyLine
    when: str
    leaves: bool
    gone: bool
    facts_stay: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLine:
    """What one party answered to a motion."""

    agency: AgencyLine
    person: str
    agrees: bool
    reason: str
    given_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """A step that exists here. why_not, remedy: "" when this visit may take it. who: who may, in words."""

    step: str
    label: str
    who: str
    may: bool
    why_not: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionLine:
    """A question to the parties. state: "open", "carried" or "dropped". first_day: accession, from; last_day: ending.

    Both None: with the last consent. awaited: who has yet to answer; answers: who did.
    """

    uid: str
    kind: str
    kind_label: str
    state: str
    by: AgencyLine
    person: str
    reason: str
    proposed_at: datetime
    closed_at: datetime | None
    first_day: date | None
    last_day: date | None
    capacity_label: str
    answers: tuple[AnswerLine, ...]
    awaited: tuple[AgencyLine, ...]
    steps: tuple[StepLine, ...]

    @property
    def may_answer(self) -> bool:
        """Whether this visit may give its answer now."""
        return any(step.step == "agree" and step.may for step in self.steps)

    @property
    def n_asked(self) -> int:
        """How many parties are asked: those that answered and those that did not yet."""
        return len(self.answers) + len(self.awaited)


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspensionLine:
    """A stretch in which the covenant grants nothing. when: "now", "before" or "later"."""

    starts: datetime
    ends: datetime | None
    reason: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TermLine:
    """The term of the version that rules. first_day and last_day are both part of it; days_left: None without an end.

    ended_by_parties: it ends before what was signed. next_number, next_day: a version agreed to follow it.
    """

    number: int
    first_day: date
    last_day: date | None
    days_left: int | None
    ended_by_parties: bool
    renewal: str
    next_number: int | None
    next_day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """What the text says about a subject, and in which article; article "" when no article says it."""

    sentence: str
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something that happened, or that is known to come. tone: ok, warn, danger or info."""

    at: datetime
    sentence: str
    detail: str
    tone: str
    is_ahead: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PartiesPage:
    """Who is party, for how long, what lies before the parties, and what this visit can do about it."""

    covenant: CovenantLine
    term: TermLine | None
    parties: tuple[PartyLine, ...]
    clauses: tuple[Clause, ...]
    suspension: SuspensionLine | None
    open_motions: tuple[MotionLine, ...]
    closed_motions: tuple[MotionLine, ...]
    steps: tuple[StepLine, ...]
    happenings: tuple[Happening, ...]

    def having(self, when: str) -> tuple[PartyLine, ...]:
        """The parties of "now", "before" or "later"."""
        return tuple(line for line in self.parties if line.when == when)

    @property
    def now(self) -> tuple[PartyLine, ...]:
        """Who is party now."""
        return self.having("now")

    @property
    def later(self) -> tuple[PartyLine, ...]:
        """Who will be."""
        return self.having("later")

    @property
    def before(self) -> tuple[PartyLine, ...]:
        """Who was."""
        return self.having("before")
