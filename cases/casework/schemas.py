"""What the API of casework takes and gives. Made from answers; an answer's silent fields are not in it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Field, Schema

from cases.disclosure.answer import Announcement, Answer, CaseHead, Fact


class SourceOut(Schema):
    """The agency that gave a fact."""

    code: str
    type: str
    name: str


class FactOut(Schema):
    """A visible fact: value, source, the article that grants it, and how sure it is.

    `kind` and `reliability` are empty ("" and null) for words of a room: nobody graded them.
    """

    field: str
    value: Any
    source: SourceOut
    article: str
    observed_on: date
    given_at: datetime
    kind: str
    reliability: int | None
    contribution: str
    contested: str = ""
    valid_until: date | None = None
    is_new: bool = False


class AnnouncedOut(Schema):
    """A field that is held, by whom and under which article; no value."""

    field: str
    source: SourceOut
    article: str


class PersonOut(Schema):
    """What may be known of one person concerned (`subject` null in an area case)."""

    subject: str | None
    role: str
    facts: list[FactOut]
    announced: list[AnnouncedOut]


class CaseLineOut(Schema):
    """A case in the list."""

    number: str
    kind: str
    label: str
    district: str
    urgency: str
    phase: str
    phase_since: datetime | None
    partners: list[str]
    next_step: str
    next_step_on: date | None
    purpose: str
    persons: list[PersonOut]
    n_new: int


class CaseListOut(Schema):
    """A page of cases; `next` is the cursor for `after`, empty at the end."""

    items: list[CaseLineOut]
    next: str


class CaseOut(CaseLineOut):
    """A whole case as this reader may know it, for this purpose, at this moment."""

    covenants: list[str]
    obligations: list[str]
    at: datetime
    until: datetime | None
    n_visible: int
    n_announced: int


class StepOut(Schema):
    """One link of a chain of reasons."""

    kind: str
    passed: bool
    covenant: str
    version: int
    article: str
    sentence: str


class WhyOut(Schema):
    """Why a field of a source is visible, announced or silent; about rules, never about data."""

    field: str
    source: SourceOut
    purpose: str
    at: datetime
    grade: str
    steps: list[StepOut]
    mend: list[str]


class RuleOut(Schema):
    """What the rules let the reader see of one field of one source."""

    field: str
    source: str
    grade: str
    article: str


class RuleSheetOut(Schema):
    """The rule sheet of a case."""

    purpose: str
    at: datetime
    sources: list[SourceOut]
    rules: list[RuleOut]


class ContributionIn(Schema):
    """Facts to give: field code → value (dates as ISO text), by the reader's own agency."""

    values: dict[str, Any]
    observed_on: date
    kind: str = "fact"
    reliability: int = 2
    valid_until: date | None = None
    person: UUID | None = Field(None, description="uuid of the person concerned; empty means the main one")
    submission: UUID | None = Field(None, description="made by the client: the same one again adds nothing")


class CorrectionIn(ContributionIn):
    """Facts that replace the former ones, and why."""

    reason: str


class WithdrawalIn(Schema):
    """Why the source takes its facts back."""

    reason: str


class ContributionOut(Schema):
    """The uuids of what was added, one per section."""

    contributions: list[UUID]


def case_line(answer: Answer) -> dict[str, Any]:
    """An answer as a line of the list."""
    head: CaseHead = answer.head
    return {
        "number": head.number,
        "kind": head.kind,
        "label": head.label,
        "district": head.district,
        "urgency": head.urgency,
        "phase": head.phase,
        "phase_since": head.phase_since,
        "partners": head.partners,
        "next_step": head.next_step,
        "next_step_on": head.next_step_on,
        "purpose": answer.purpose,
        "n_new": answer.n_news,
        "persons": [
            {
                "subject": person.subject,
                "role": person.role,
                "facts": [fact_out(fact) for fact in person.facts],
                "announced": [_announced(told) for told in person.announcements],
            }
            for person in answer.disclosures
        ],
    }


def whole_case(answer: Answer) -> dict[str, Any]:
    """An answer as a whole case."""
    return case_line(answer) | {
        "covenants": answer.head.covenants,
        "obligations": answer.obligations,
        "at": answer.at,
        "until": answer.until,
        "n_visible": answer.n_visible,
        "n_announced": answer.n_announced,
    }


def _source(item: Fact | Announcement) -> dict[str, str]:
    return {"code": item.source.code, "type": item.source.type, "name": item.source.name}


def fact_out(fact: Fact) -> dict[str, Any]:
    return {
        "field": fact.code,
        "value": fact.value,
        "source": _source(fact),
        "article": str(fact.article),
        "observed_on": fact.observed_on,
        "given_at": fact.given_at,
        "kind": fact.kind,
        "reliability": fact.reliability,
        "contribution": fact.contribution,
        "contested": fact.contested,
        "valid_until": fact.valid_until,
        "is_new": fact.is_new,
    }


def _announced(told: Announcement) -> dict[str, Any]:
    return {"field": told.code, "source": _source(told), "article": str(told.article)}
