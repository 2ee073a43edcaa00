"""What the queries of a running meeting answer: frozen values, with facts as disclosure gave them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from agreements.models import Agency
from cases.disclosure.answer import Answer, Fact
from cases.meetings.models import AgendaItem, Meeting
from cases.meetings.presence import Present


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaLine:
    """One line of the agenda. number: of its case, where everybody who sees this line may know it."""

    uid: UUID
    place: int
    title: str
    number: str
    state: str
    minutes: int
    seconds_used: int
    running_since: datetime | None
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A meeting as it stands for its screens: no facts, no names of persons concerned.

    all_take_part: whether every agency present takes part in the case that is on; else the wall does not even name it.
    """

    meeting: Meeting
    item: AgendaItem | None
    agenda: tuple[AgendaLine, ...]
    present: tuple[Present, ...]
    leads: bool
    sits: bool
    all_take_part: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What is seen in one life domain, as the reader (or everybody present) may know it.

    unheard: codes of agencies present that were not there when it was said; only who leads is told.
    """

    uid: UUID
    domain: str
    joint: bool
    fact: Fact
    score: int | None
    version: int
    positions: tuple["Stand", ...]
    unheard: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """The position of one agency; reason only where it may be known."""

    agency: Agency
    stance: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision. number: among those of this item that this reader may know, as in the minutes."""

    uid: UUID
    number: int
    fact: Fact
    positions: tuple[Stand, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """An action that was given at this item. number: as of a decision."""

    uid: UUID
    number: int
    fact: Fact
    owner: Agency
    owner_name: str
    due_on: date
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parked:
    """A point for later."""

    uid: UUID
    fact: Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of one item, of what may be known."""

    views: tuple[View, ...] = ()
    decisions: tuple[Decided, ...] = ()
    tasks: tuple[Task, ...] = ()
    parked: tuple[Parked, ...] = ()
    answer: Answer | None = None
