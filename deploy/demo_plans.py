"""The plans of the demo: of Jayden, with actions for today and one that is late, and of Koen, measured twice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from agreements.covenants.rules import operator
from agreements.parties.models import Professional
from agreements.parties.reader import visit_of
from agreements.parties.tokens import membership_for
from audit.journal.appender import append
from audit.journal.entry import Action as Act
from audit.journal.entry import Entry, Outcome
from audit.journal.scope import write_scope
from cases.disclosure.reading import Reading
from cases.plans import commands
from cases.plans.models import Action, ActionResult, Closing, Goal, Measurement, Review, ReviewNote
from cases.records.models import Case, SealedWords
from foundation import clock

JAYDEN, KOEN = "MD-2026-0418", "MD-2026-0377"
WITHOUT_SCHOOL = ("ZVH-MD", "POL-MD", "GEM-MD", "OM-MD", "JB-MD")
KOEN_START = {
    "finance": 2, "work": 2, "housing": 1, "network": 2, "justice": 2, "incidents": 5, "nuisance": 3, "own_rating": 4,
}  # fmt: skip
KOEN_MIDWAY = {
    "finance": 3, "work": 2, "housing": 3, "network": 3, "justice": 4, "incidents": 1, "nuisance": 0, "own_rating": 6,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """An action of the demo. due: days from today; owner: a persona; settled: its state and result."""

    text: str
    agency: str
    due: int
    owner: str = ""
    goal: UUID | None = None
    heard: tuple[str, ...] = ()
    by: str = "nadia"
    settled: tuple[str, str] = ("", "")


def load_demo_plans() -> None:
    """Goals, actions and effects of two cases; nothing for a case that is not there or has a plan."""
    if _is_new(JAYDEN):
        _jayden()
    if _is_new(KOEN):
        _koen()


@transaction.atomic
def remove_demo_plans(numbers: Iterable[str]) -> None:
    """Take the plans of these practice cases away with their versions, before the cases go."""
    ids = list(Case.objects.filter(number__in=list(numbers)).values_list("pk", flat=True))
    words: tuple[type[SealedWords], ...] = (ActionResult, Action, Goal, ReviewNote, Measurement, Closing)
    with write_scope(reason="remove_demo_plans"):
        for model in words:
            # Not through the signal, which would keep a version to say so.
            for rows in (model.history.filter(case_id__in=ids), model._default_manager.filter(case_id__in=ids)):
                rows._raw_delete(rows.db)
        Review.objects.filter(case_id__in=ids).delete()
        by = operator("load_demo")
        append(
            [
                Entry(
                    event_type="case.removed", action=Act.DELETE, outcome=Outcome.OK, actor_ref=by.actor_ref,
                    agency_ref=by.agency_ref, detail={"plans": len(ids)},
                )
            ]
        )  # fmt: skip


def _jayden() -> None:
    school = _goal(JAYDEN, "Jayden gaat weer elke dag naar school", "work", 60)
    street = _goal(JAYDEN, "Geen nieuwe incidenten rond Kade 9", "justice", 90)
    home = _goal(JAYDEN, "Rust in huis in de avond", "domestic", 45)
    for task in (
        _Task(text="Koppelt het verzuim terug aan leerplicht", agency="OND-BAKEN", owner="peter", due=-2, goal=school),
        _Task(text="Haalt Jayden twee keer per week thuis op", agency="JW-HAVEN", owner="farid", due=18, goal=school),
        _Task(
            text="Spreekt een extra stagedag af", agency="OND-BAKEN", owner="peter", due=0, goal=school,
            settled=("done", "Donderdag loopt hij mee bij de fietsenmaker."),
        ),
        _Task(text="Regelt avondhulp thuis", agency="GEM-MD", owner="sanne", due=0, goal=home),
        _Task(text="Bespreekt de avondregels met moeder", agency="SOC-WATERKANT", due=5, goal=home),
        _Task(
            text="Controleert de avondklok, twee keer per week", agency="POL-MD", owner="ruben", due=7, goal=street,
            heard=WITHOUT_SCHOOL,
        ),
        _Task(text="Belt Jayden over de eerste maand", agency="ZVH-MD", owner="nadia", due=0),
    ):  # fmt: skip
        _act(JAYDEN, task)
    scores = {"work": 2, "domestic": 2, "network": 3, "justice": 2, "incidents": 4, "nuisance": 6, "own_rating": 5}
    _measure(JAYDEN, "sanne", "start", -12, scores)


def _koen() -> None:
    home = _goal(KOEN, "Koen woont ergens waar hij kan blijven", "housing", 30)
    money = _goal(KOEN, "De schulden worden niet groter", "finance", 120)
    for task in (
        _Task(text="Zoekt met Koen naar een kamer voor langere tijd", agency="GEM-MD", owner="sanne", due=4, goal=home),
        _Task(text="Maakt een betalingsregeling", agency="SOC-WATERKANT", owner="tessa", due=11, goal=money),
        _Task(
            text="Spreekt de voorwaarden door", agency="RCL-MD", owner="wouter", due=0,
            settled=("partly", "Twee van de drie besproken; volgende week verder."),
        ),
    ):  # fmt: skip
        _act(KOEN, task)
    _measure(KOEN, "sanne", "start", -140, KOEN_START)
    _measure(KOEN, "sanne", "midway", -3, KOEN_MIDWAY)
    _measure(KOEN, "tessa", "start", -135, {"finance": 1, "network": 2})
    _measure(KOEN, "tessa", "midway", -5, {"finance": 2, "network": 3})
    _backdate(KOEN)


def _is_new(number: str) -> bool:
    return Case.objects.filter(number=number).exists() and not Goal.objects.filter(case__number=number).exists()


def _reading(persona: str, days_ago: int = 0) -> Reading:
    visit = visit_of(membership_for(persona=persona), strength="demo", trace_id="0" * 32)
    begun = Reading.begin(visit, route="load_demo", event="plan.read")
    return replace(begun, at=begun.at - timedelta(days=days_ago))


def _goal(number: str, text: str, domain: str, days: int) -> UUID:
    target = clock.today() + timedelta(days=days)
    made: UUID = commands.add_goal(_reading("nadia", 14), number, text=text, domain=domain, target_on=target).uid
    return made


def _act(number: str, task: _Task) -> None:
    owner = Professional.objects.get(demo_key=task.owner).uuid if task.owner else None
    made = commands.add_action(
        _reading(task.by, 14), number, text=task.text, owner_agency=task.agency, owner=owner, goal=task.goal,
        due_on=clock.today() + timedelta(days=max(task.due, 0)), heard=task.heard,
    )  # fmt: skip
    state, result = task.settled
    if state:
        commands.settle_action(_reading(task.owner, 1), made.uid, state=state, result=result)
    if task.due < 0:
        # Nobody gives an action with a day that is past; this one was given two weeks ago.
        _move(made, task.due)


@transaction.atomic
def _move(made: Action, days: int) -> None:
    with write_scope(reason="demo"):
        Action.objects.filter(pk=made.pk).update(due_on=clock.today() + timedelta(days=days))
        append([_reading("nadia").entry(event="action.added", action=Act.UPDATE, case_ref=made.case.ref)])


@transaction.atomic
def _backdate(number: str) -> None:
    """The review of this plan is a few days late."""
    with write_scope(reason="demo"):
        review = Review.objects.select_related("case").get(case__number=number, kind="progress", held_at=None)
        Review.objects.filter(pk=review.pk).update(on=clock.today() - timedelta(days=3))
        append([_reading("nadia").entry(event="review.planned", action=Act.UPDATE, case_ref=review.case.ref)])


def _measure(number: str, by: str, moment: str, days: int, scores: Mapping[str, int]) -> None:
    on = clock.today() + timedelta(days=days)
    commands.record_measurement(_reading(by, 2), number, moment=moment, on=on, scores=scores)
