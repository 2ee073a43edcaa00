"""Minutes as one reader may know them: frozen values that the page, the PDF and the API take. No model, no seal."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from agreements.policy.decide import ArticleRef
from cases.disclosure.answer import Answer, Fact, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What one agency thinks of a joint view or a decision. reason: in words, where it gave one that may be known."""

    source: Source
    stance: str
    reason: Fact | None
    article: ArticleRef | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The joint view of one life domain, with a score where there is one. domain: its label."""

    domain: str
    words: Fact | None
    score: Fact | None
    positions: tuple[Position, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """number: within what this reader sees of the item. mark: the same for every reader, to speak about it."""

    number: int
    mark: str
    words: Fact
    positions: tuple[Position, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """An action as it stands now. number, mark: as of a decision. person: who of the agency, if named."""

    number: int
    mark: str
    words: Fact
    owner: Source
    person: str
    due_on: date
    state: str
    state_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parked:
    """Something for later; resolved: it came back."""

    words: Fact
    resolved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """An agency that was at an item, and who of it."""

    source: Source
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item as this reader may know it.

    answer: what disclosure said of its case; None for a point without a case, and when no purpose was declared
    (needs_purpose): then nothing was opened. stances: positions on something that the reader does not see.
    moved: it was put off to another meeting. was_there: whether the reader's agency sat at it.
    """

    uid: str
    number: int
    title: str
    case: str
    kind: str
    needs_purpose: bool
    moved: bool
    was_there: bool
    present: tuple[Present, ...]
    answer: Answer | None = None
    pictures: tuple[Picture, ...] = ()
    decisions: tuple[Decision, ...] = ()
    actions: tuple[Action, ...] = ()
    parked: tuple[Parked, ...] = ()
    stances: tuple[Position, ...] = ()
    addenda: tuple[Fact, ...] = ()
    obligations: tuple[str, ...] = ()

    def facts(self) -> Iterator[Fact]:
        """Every fact that the item shows, in the order of the page."""
        for picture in self.pictures:
            yield from (fact for fact in (picture.words, picture.score) if fact)
            yield from _reasons(picture.positions)
        for decision in self.decisions:
            yield decision.words
            yield from _reasons(decision.positions)
        yield from _reasons(self.stances)
        yield from (action.words for action in self.actions)
        yield from (parked.words for parked in self.parked)
        yield from self.addenda


def _reasons(positions: tuple[Position, ...]) -> Iterator[Fact]:
    return (position.reason for position in positions if position.reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """What one agency that shares an item with the reader said of the minutes. agrees: None: nothing yet."""

    source: Source
    agrees: bool | None
    at: datetime | None
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesView:
    """The minutes of one meeting as one reader may know them, at one moment.

    From `approvals` on: what stands beside them on a page and not on paper.
    has_meeting: whether the page of the meeting exists for the reader: a participant need not be invited.
    """

    uid: str
    meeting: str
    title: str
    chair: str
    lead: Source
    began_at: datetime
    ended_at: datetime | None
    made_at: datetime
    state: str
    approve_before: datetime
    approved_at: datetime | None
    items: tuple[Item, ...]
    at: datetime
    approvals: tuple[Approval, ...] = ()
    may_speak: bool = False
    leads: bool = False
    has_meeting: bool = False
