"""Each read of plans. Words come from one disclosure; what stands beside them is shown only where they are."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from cases.casework.purpose import Session, declared
from cases.disclosure.answer import Answer, Fact, Source
from cases.disclosure.disclose import disclose
from cases.disclosure.opening import Opening
from cases.disclosure.reading import Reading
from cases.disclosure.refusals import case_for
from cases.disclosure.rows import WORDS_RELATIONS, words_rows
from cases.plans.lines import ActionLine, ActionLines, facts_of
from cases.plans.models import Action, ActionResult, ActionState, Closing, Goal, Measurement, Moment, Review, ReviewNote
from cases.plans.rules import is_controller, leads
from cases.records.models import Case, SealedWords

WORDS = ("goal_text", "action_text", "action_result", "effect_score", "evaluation_text", "case_note")
Model = TypeVar("Model", bound=SealedWords)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalLine:
    """A goal with its actions."""

    uid: UUID
    fact: Fact
    domain: str
    state: str
    target_on: date | None
    actions: tuple[ActionLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Effects that one source measured at one moment on one person (subject: uuid; None in an area)."""

    subject: str | None
    moment: str
    on: date
    fact: Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLine:
    """A review to come or held. outcome: only beside a note that may be read."""

    uid: UUID
    kind: str
    on: date
    held_at: datetime | None
    outcome: str
    notes: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """A step of the case with its words: progress, what is watched by whom, why it was opened again."""

    step: str
    at: datetime
    fact: Fact
    watcher: Source | None
    watch_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The plan of a case as one reader may know it."""

    answer: Answer
    case: Case
    goals: tuple[GoalLine, ...]
    loose: tuple[ActionLine, ...]
    measured: tuple[Measured, ...]
    reviews: tuple[ReviewLine, ...]
    steps: tuple[StepLine, ...]
    leads: bool
    closes: bool


def open_plan(reading: Reading, number: str, session: Session | None) -> Plan:
    """The goals, actions, reviews, effects and steps of a case, by one disclosure (journalled).

    Without a purpose nothing is opened: the face asks for one first. Raises NotYourCase.
    """
    taking = case_for(reading, number)
    case = taking.case
    purpose = declared(reading, case, session)
    goals, actions = _of(Goal, case), _of(Action, case, "owner_agency", "owner", "case")
    results, measured = _of(ActionResult, case), _of(Measurement, case)
    notes, steps = _of(ReviewNote, case), _of(Closing, case, "watcher")
    rows = words_rows([*goals, *actions, *results, *measured, *notes, *steps])
    wanted = reading.policy.catalogue.mask(WORDS) if purpose else 0
    opening = Opening(case=case, purpose=purpose, seen=taking.seen, by=taking.by, rows=rows)
    answer = disclose(reading, [opening], wanted=wanted, named=0)[0]
    facts = facts_of(answer)
    lines = ActionLines(reading, case, facts, results, {str(row.uid): row for row in rows})
    known = {action.pk: lines.of(action) for action in actions if str(action.uid) in facts}
    visible = {goal.pk for goal in goals if str(goal.uid) in facts}
    by_goal: dict[int | None, list[ActionLine]] = defaultdict(list)
    for action in actions:
        if action.pk in known:
            by_goal[action.goal_id if action.goal_id in visible else None].append(known[action.pk])
    return Plan(
        answer=answer,
        case=case,
        goals=tuple(_goal(goal, facts, by_goal[goal.pk]) for goal in goals if goal.pk in visible),
        loose=tuple(_in_order(by_goal[None])),
        measured=tuple(_measured(row, facts) for row in measured if str(row.uid) in facts),
        reviews=_reviews(case, notes, facts),
        steps=tuple(_step(row, facts) for row in steps if str(row.uid) in facts),
        leads=leads(reading, case),
        closes=is_controller(reading, case),
    )


def own_scores(
    reading: Reading, number: str, session: Session | None, *, moment: str, subject: str | None
) -> tuple[str, Measured | None]:
    """What the reader's agency itself measured at `moment` on one person, to correct it; journalled if it did.

    moment: "" takes the next one that it did not measure yet. Returns the moment, and what stands there.
    """
    case = case_for(reading, number).case
    own = Measurement.objects.filter(case=case, source_id=reading.visit.agency.id, withdrawn_at=None)
    own = own.filter(about__subject__uid=subject) if subject else own.filter(about=None)
    done = set(own.values_list("moment", flat=True))
    moment = moment if moment in Moment.values else next((m for m in Moment.values if m not in done), Moment.END.value)
    if moment not in done:
        return moment, None
    found = list(own.filter(moment=moment).select_related(*WORDS_RELATIONS))
    opening = Opening(case=case, purpose=declared(reading, case, session), rows=words_rows(found))
    facts = facts_of(disclose(reading, [opening], wanted=reading.policy.catalogue.mask(["effect_score"]), named=0)[0])
    return moment, next((_measured(row, facts) for row in found if str(row.uid) in facts), None)


def _of(model: type[Model], case: Case, *more: str) -> list[Model]:
    found = model._default_manager.filter(case=case, withdrawn_at=None)
    return list(found.select_related(*WORDS_RELATIONS, *more).order_by("id"))


def _in_order(lines: list[ActionLine]) -> list[ActionLine]:
    """Open ones first, by day; settled ones after them, the last one first."""
    still = [line for line in lines if line.state == ActionState.OPEN]
    settled = [line for line in lines if line.state != ActionState.OPEN]
    return sorted(still, key=lambda line: line.due_on) + sorted(settled, key=lambda line: line.due_on, reverse=True)


def _goal(goal: Goal, facts: dict[str, Fact], lines: list[ActionLine]) -> GoalLine:
    return GoalLine(
        uid=goal.uid, fact=facts[str(goal.uid)], domain=goal.domain, state=goal.state, target_on=goal.target_on,
        actions=tuple(_in_order(lines)),
    )  # fmt: skip


def _measured(row: Measurement, facts: dict[str, Fact]) -> Measured:
    subject = str(row.about.subject.uid) if row.about else None
    return Measured(subject=subject, moment=row.moment, on=row.on, fact=facts[str(row.uid)])


def _reviews(case: Case, notes: list[ReviewNote], facts: dict[str, Fact]) -> tuple[ReviewLine, ...]:
    told: dict[int, list[Fact]] = defaultdict(list)
    for note in notes:
        if str(note.uid) in facts:
            told[note.review_id].append(facts[str(note.uid)])
    return tuple(
        ReviewLine(
            uid=review.uid, kind=review.kind, on=review.on, held_at=review.held_at,
            outcome=review.outcome if told[review.pk] else "", notes=tuple(told[review.pk]),
        )
        for review in Review.objects.filter(case=case)
    )  # fmt: skip


def _step(row: Closing, facts: dict[str, Fact]) -> StepLine:
    watcher = row.watcher
    return StepLine(
        step=row.step, at=row.decided_at, fact=facts[str(row.uid)], watch_until=row.watch_until,
        watcher=Source(code=watcher.code, type=watcher.type, name=watcher.name) if watcher else None,
    )  # fmt: skip
