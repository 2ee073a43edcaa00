"""The shapes of the API of triage. They are filled in shown.py."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Field, Schema


class SourceOut(Schema):
    """An agency."""

    code: str
    type: str
    name: str


class FactOut(Schema):
    """A visible fact with its source and article."""

    field: str
    value: Any
    source: SourceOut
    article: str
    subject: str | None


class StepOut(Schema):
    """A recorded step of triage."""

    uid: UUID
    what: str
    filter: int
    by: SourceOut
    at: datetime
    text: str
    fulfilled: bool | None
    outcome: str


class KnownRowOut(Schema):
    """An invited agency; answer is "" until the check is over."""

    agency: SourceOut
    answered: bool
    answer: str
    contact: str


class CheckOut(Schema):
    """A known-check as triage sees it."""

    uid: UUID
    code: str
    started: bool
    deadline: datetime | None
    over: bool
    identifier: SourceOut
    answers: list[KnownRowOut]


class TriageOut(Schema):
    """Triage of a case: what its filter shows and no more. filter 0: not begun."""

    number: str
    filter: int
    due_on: date | None
    outcome: str
    destination: str
    signal: str
    ages: list[str]
    facts: list[FactOut]
    steps: list[StepOut]
    checks: list[CheckOut]
    may: list[str]


class FilterIn(Schema):
    """The next filter."""

    to: int


class StateOut(Schema):
    """Where triage stands after a step."""

    number: str
    filter: int
    due_on: date
    outcome: str
    decided_at: datetime | None
    destroy_on: date | None


class CriterionIn(Schema):
    """A judgement on one criterion."""

    fulfilled: bool
    text: str = Field(max_length=4000)


class ProposalIn(Schema):
    """How triage ends. destination: an agency, a network or the number of a case, by outcome."""

    outcome: str
    text: str = Field(max_length=4000)
    destination: str = Field("", max_length=40)


class PositionIn(Schema):
    """A controller's word on the proposal."""

    agrees: bool
    text: str = Field("", max_length=4000)


class FitsIn(Schema):
    """A controller's judgement that the report fits the purpose."""

    text: str = Field("", max_length=4000)


class AskIn(Schema):
    """Whom to ask; person: uuid of the person concerned, where a case has several."""

    agencies: list[str]
    person: UUID | None = None


class InviteIn(Schema):
    """A controller to weigh along."""

    agency: str


class TypedIn(Schema):
    """A person as the agency's own system has them: compared and forgotten."""

    bsn: str = Field("", max_length=20)
    name: str = Field("", max_length=200)
    born_on: date | None = None


class MatchOut(Schema):
    """Whether it is the same person."""

    match: bool


class KnownLineOut(Schema):
    """A known-check as an invited agency sees it. todo: identify, answer or over."""

    uid: UUID
    code: str
    todo: str
    asked_by: SourceOut
    asked_at: datetime
    deadline: datetime | None
    answer: str
    tries_left: int
    place: str


class KnownListOut(Schema):
    """The checks of an agency."""

    items: list[KnownLineOut]


class KnownAnswerIn(Schema):
    """known, unknown or may_not_say; contact: uuid of a colleague."""

    answer: str
    contact: str = ""


class CheckMadeOut(Schema):
    """A check that was asked or started."""

    uid: UUID
    code: str
    deadline: datetime | None


class OpeningIn(Schema):
    """Everything that opening records. participants: agency code → reason code."""

    purpose: str
    covenants: list[str]
    legal_basis: str = Field(max_length=300)
    proportionality: str = Field(max_length=1500)
    subsidiarity: str = Field(max_length=1500)
    participants: dict[str, str]
    lead: str
    director: str


class OpeningOut(Schema):
    """How a case was opened; opened_at is empty until it was."""

    number: str
    phase: str
    opened_at: date | None
    purpose: str
    covenants: list[str]
    lead: SourceOut | None
    director: str
    reasons: str


class EmbargoOut(Schema):
    """A standing embargo, for its source and for who informs."""

    source: SourceOut
    ground: str
    review_on: date
    reason: str
    withholds: bool


class InformLineOut(Schema):
    """Informing one person."""

    uid: UUID
    subject: str
    state: str
    due_on: date
    done_on: date | None
    embargoes: list[EmbargoOut]


class InformingOut(Schema):
    """Informing the persons of a case."""

    number: str
    items: list[InformLineOut]


class InformedIn(Schema):
    """The day on which somebody was told."""

    on: date


class PostponeIn(Schema):
    """Why informing waits, and until when."""

    ground: str
    review_on: date
    reason: str = Field(max_length=4000)
    withhold: bool = False
