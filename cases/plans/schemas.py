"""What the API of plans takes and gives. Words stand with their source and article; silent ones are not there."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Field, Schema

from cases.casework.schemas import SourceOut
from cases.disclosure.answer import Fact
from cases.plans.lines import ActionLine
from cases.plans.queries import GoalLine, Plan


class WordsOut(Schema):
    """Words, or scores, with where they come from and the article that gives them."""

    field: str
    value: Any
    source: SourceOut
    article: str
    given_at: datetime


class ResultOut(Schema):
    """What came of an action."""

    state: str
    words: WordsOut


class ActionOut(Schema):
    """An action. words: null where only its owner's own agency knows that it is there."""

    uid: UUID
    case: str
    words: WordsOut | None
    owner_agency: SourceOut
    owner: str
    due_on: date
    state: str
    overdue: bool
    power: str
    results: list[ResultOut]
    seen_by: list[str]


class GoalOut(Schema):
    """A goal with its actions."""

    uid: UUID
    words: WordsOut
    domain: str
    state: str
    target_on: date | None
    actions: list[ActionOut]


class MeasurementOut(Schema):
    """Effects at one moment on one person (`subject` null in an area case)."""

    subject: str | None
    moment: str
    on: date
    words: WordsOut


class ReviewOut(Schema):
    """A review to come or held."""

    uid: UUID
    kind: str
    on: date
    held_at: datetime | None
    outcome: str
    notes: list[WordsOut]


class StepOut(Schema):
    """A step of the case with its words."""

    step: str
    at: datetime
    words: WordsOut
    watcher: str
    watch_until: date | None


class PlanOut(Schema):
    """The plan of a case as the reader may know it."""

    number: str
    phase: str
    purpose: str
    goals: list[GoalOut]
    actions: list[ActionOut]
    measurements: list[MeasurementOut]
    reviews: list[ReviewOut]
    steps: list[StepOut]


class ActionListOut(Schema):
    """The open actions of the reader's agency."""

    items: list[ActionOut]


class GoalIn(Schema):
    """A new goal."""

    text: str = Field(min_length=1, max_length=4000)
    domain: str
    target_on: date | None = None
    submission: UUID | None = None


class GoalStateIn(Schema):
    """How a goal stands."""

    state: str
    target_on: date | None = None


class ActionIn(Schema):
    """A new action: owner_agency is a code, owner somebody of that agency."""

    text: str = Field(min_length=1, max_length=4000)
    owner_agency: str
    owner: UUID | None = None
    due_on: date
    goal: UUID | None = None
    power: str = ""
    submission: UUID | None = None


class SettlementIn(Schema):
    """What became of an action."""

    state: str
    result: str = Field("", max_length=4000)


class ReviewIn(Schema):
    """What a review came to."""

    outcome: str
    note: str = Field(min_length=1, max_length=4000)


class MeasurementIn(Schema):
    """Scores by part of the field effect_score."""

    moment: str
    on: date
    scores: dict[str, int]
    person: UUID | None = None


class PhaseIn(Schema):
    """The next phase, with what must be recorded at it: `progress`, or `watcher`, `watched` and `watch_until`."""

    phase: str
    progress: str = Field("", max_length=4000)
    watcher: str = ""
    watched: str = Field("", max_length=4000)
    watch_until: date | None = None


class ClosingIn(Schema):
    """Closing a case."""

    reason: str
    evaluation: str = Field(min_length=1, max_length=4000)
    effect: str
    feedback: str


class ReopeningIn(Schema):
    """Opening a closed case again, in `triage` or `meeting`."""

    reason: str = Field(min_length=1, max_length=4000)
    phase: str = "triage"


class MadeOut(Schema):
    """The uid of what was made or changed."""

    uid: UUID


class PhaseOut(Schema):
    """Where the case stands now."""

    number: str
    phase: str
    state: str


class ClosedOut(Schema):
    """A closed case of one's own, by number alone."""

    number: str
    closed_at: datetime | None


class ClosedListOut(Schema):
    """The closed cases that the reader may open again."""

    items: list[ClosedOut]


def words(fact: Fact) -> dict[str, Any]:
    """A fact as WordsOut."""
    source = {"code": fact.source.code, "type": fact.source.type, "name": fact.source.name}
    article = "" if fact.is_own else f"{fact.article.covenant} v{fact.article.version} art. {fact.article.article}"
    return {"field": fact.code, "value": fact.value, "source": source, "article": article, "given_at": fact.given_at}


def action(line: ActionLine) -> dict[str, Any]:
    """A line as ActionOut."""
    return {
        "uid": line.uid, "case": line.number, "words": words(line.fact) if line.fact else None,
        "owner_agency": {"code": line.owner.code, "type": line.owner.type, "name": line.owner.name},
        "owner": line.person, "due_on": line.due_on, "state": line.state, "overdue": line.overdue, "power": line.power,
        "results": [{"state": said.state, "words": words(said.fact)} for said in line.results],
        "seen_by": [source.code for source in line.seen.by] if line.seen else [],
    }  # fmt: skip


def goal(line: GoalLine) -> dict[str, Any]:
    """A line as GoalOut."""
    return {
        "uid": line.uid, "words": words(line.fact), "domain": line.domain, "state": line.state,
        "target_on": line.target_on, "actions": [action(found) for found in line.actions],
    }  # fmt: skip


def plan(found: Plan) -> dict[str, Any]:
    """A plan as PlanOut."""
    return {
        "number": found.case.number,
        "phase": found.case.phase,
        "purpose": found.answer.purpose,
        "goals": [goal(line) for line in found.goals],
        "actions": [action(line) for line in found.loose],
        "measurements": [
            {"subject": row.subject, "moment": row.moment, "on": row.on, "words": words(row.fact)}
            for row in found.measured
        ],
        "reviews": [
            {
                "uid": review.uid, "kind": review.kind, "on": review.on, "held_at": review.held_at,
                "outcome": review.outcome, "notes": [words(fact) for fact in review.notes],
            }
            for review in found.reviews
        ],
        "steps": [
            {
                "step": step.step, "at": step.at, "words": words(step.fact),
                "watcher": step.watcher.code if step.watcher else "", "watch_until": step.watch_until,
            }
            for step in found.steps
        ],
    }  # fmt: skip
