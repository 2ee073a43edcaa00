"""The shapes of the API of triage. Values come from answers; nothing here decides."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Field, Schema

from cases.disclosure.answer import Fact, Source
from cases.triage.queries import CheckView, StepView, TriagePage
from cases.triage.queries_informing import InformingPage, OpeningPage
from cases.triage.queries_known import KnownLine


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


def source(found: Source) -> dict[str, str]:
    """An agency."""
    return {"code": found.code, "type": found.type, "name": found.name}


def fact(found: Fact, *, subject: str | None) -> dict[str, Any]:
    """A fact with where it comes from."""
    ref = found.article
    article = f"{ref.covenant} v{ref.version} art. {ref.article}" if ref.covenant else ref.article
    return {
        "field": found.code, "value": found.value, "source": source(found.source), "article": article,
        "subject": subject,
    }  # fmt: skip


def step(view: StepView) -> dict[str, Any]:
    """A recorded step."""
    return {
        "uid": view.uid, "what": view.what, "filter": view.filter, "by": source(view.by), "at": view.at,
        "text": view.text, "fulfilled": view.fulfilled, "outcome": view.outcome,
    }  # fmt: skip


def check(view: CheckView) -> dict[str, Any]:
    """A known-check."""
    return {
        "uid": view.uid, "code": view.code, "started": view.started, "deadline": view.deadline, "over": view.is_over,
        "identifier": source(view.identifier),
        "answers": [
            {"agency": source(r.agency), "answered": r.answered, "answer": r.answer, "contact": r.contact}
            for r in view.rows
        ],
    }  # fmt: skip


def triage(page: TriagePage) -> dict[str, Any]:
    """The page of triage."""
    stand = page.stand
    judged = [criterion.step for criterion in page.criteria if criterion.step]
    steps = [*judged, *page.fits, *([page.proposal] if page.proposal else []), *page.positions]
    return {
        "number": page.opened.case.number, "filter": stand.filter if stand else 0,
        "due_on": stand.due_on if stand else None, "outcome": stand.outcome if stand else "",
        "destination": stand.destination if stand else "", "signal": page.signal_number,
        "ages": [age for age in page.ages if age],
        "facts": [
            fact(found, subject=person.subject)
            for answer in page.facts
            for person in answer.disclosures
            for found in person.facts
        ],
        "steps": [step(view) for view in (*(stand.passed if stand else ()), *steps)],
        "checks": [check(view) for view in page.checks], "may": sorted(page.may),
    }  # fmt: skip


def known_line(line: KnownLine) -> dict[str, Any]:
    """A check as an agency sees it."""
    return {
        "uid": line.uid, "code": line.code, "todo": line.todo, "asked_by": source(line.asked_by),
        "asked_at": line.asked_at, "deadline": line.deadline, "answer": line.answer, "tries_left": line.tries_left,
        "place": line.place,
    }  # fmt: skip


def opening(page: OpeningPage) -> dict[str, Any]:
    """How a case was opened."""
    made, case = page.admission, page.opened.case
    return {
        "number": case.number, "phase": case.phase, "opened_at": made.opened_at if made else None,
        "purpose": made.purpose if made else "", "covenants": list(made.covenants) if made else [],
        "lead": source(made.lead) if made else None, "director": made.director if made else "",
        "reasons": made.reasons if made else "",
    }  # fmt: skip


def informing(page: InformingPage) -> dict[str, Any]:
    """Informing the persons of a case."""
    return {
        "number": page.opened.case.number,
        "items": [
            {
                "uid": line.uid, "subject": line.subject, "state": line.state, "due_on": line.due_on,
                "done_on": line.done_on,
                "embargoes": [
                    {
                        "source": source(item.source), "ground": item.ground, "review_on": item.review_on,
                        "reason": item.reason, "withholds": item.withholds,
                    }
                    for item in line.embargoes
                ],
            }
            for line in page.lines
        ],
    }  # fmt: skip
