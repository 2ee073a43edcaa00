"""A case goes on: what must be recorded at each step, who loses sight, closing by controllers, opening again."""

from datetime import timedelta

import pytest
import time_machine

from audit.journal.models import Entry
from cases.disclosure.refusals import NotYourCase
from cases.models import Case, Participation
from cases.plans import closed, commands, queries
from cases.plans.models import Action, Closing, Review
from cases.plans.pending import pending_for
from foundation import clock
from foundation.errors import Invalid, Refused
from tests.cases.desk import make_case, page, reading
from tests.invariants.world import World

pytestmark = pytest.mark.django_db

LIVE = ("ZVH-MD", "GEM-MD", "POL-MD", "GGZ-MD")
CLOSING = {
    "reason": "goals_met", "evaluation": "Alles loopt", "effect": "no_start", "feedback": "told",
}  # fmt: skip


def act(world: World, agency: str = "POL-MD") -> Action:
    due = clock.today() + timedelta(days=5)
    return commands.add_action(reading(world, "nadia"), "P-1", text="Kijkt", owner_agency=agency, due_on=due)


def readers() -> set[str]:
    found = Participation.objects.filter(case__number="P-1", is_open=True)
    return set(found.values_list("agency__code", flat=True))


def test_a_plan_begins_with_a_goal_and_an_action(world: World) -> None:
    make_case("P-1", live=LIVE, phase="meeting")
    nadia = reading(world, "nadia")

    with pytest.raises(Invalid):
        commands.start_plan(nadia, "P-1")
    commands.add_goal(nadia, "P-1", text="Rust", domain="housing")
    act(world)

    assert commands.start_plan(nadia, "P-1").phase == "plan"


def test_monitoring_asks_how_it_goes_and_only_the_director_moves(world: World) -> None:
    make_case("P-1", live=LIVE)

    with pytest.raises(Invalid) as refused:
        commands.start_monitoring(reading(world, "nadia"), "P-1", progress=" ")
    assert refused.value.field == "progress"
    with pytest.raises(Refused):
        commands.start_monitoring(reading(world, "sanne"), "P-1", progress="Loopt")
    with pytest.raises(NotYourCase):
        commands.start_monitoring(reading(world, "margot"), "P-1", progress="Loopt")

    assert commands.start_monitoring(reading(world, "nadia"), "P-1", progress="Loopt").phase == "monitoring"
    steps = queries.open_plan(reading(world, "sanne"), "P-1", None).steps
    assert [(step.step, step.fact.value) for step in steps] == [("monitoring", "Loopt")]


def test_aftercare_shows_who_loses_sight_and_then_takes_it(world: World) -> None:
    make_case("P-1", live=LIVE, phase="monitoring")
    act(world)
    nadia = page(world, "nadia")
    sent = {"watcher": "GEM-MD", "watched": "De huur", "watch_until": str(clock.today() + timedelta(days=90))}

    first = nadia.post("/casus/P-1/plan/fase/", sent)
    assert "GGZ De Oever" in first.content.decode()
    assert 'name="seen" value="GEM-MD"' in first.content.decode()
    assert readers() == set(LIVE)

    # Another watcher than the one that was shown: shown again first.
    assert nadia.post("/casus/P-1/plan/fase/", sent | {"seen": "POL-MD"}).status_code == 200
    assert readers() == set(LIVE)

    assert nadia.post("/casus/P-1/plan/fase/", sent | {"seen": "GEM-MD"}).status_code == 302
    assert readers() == {"ZVH-MD", "GEM-MD", "POL-MD"}
    case = Case.objects.get(number="P-1")
    assert (case.phase, case.partners) == ("aftercare", "GEM POL ZVH")
    with pytest.raises(NotYourCase):
        queries.open_plan(reading(world, "ilse"), "P-1", None)
    assert Entry.objects.filter(event_type="participation.ended").count() == 1
    assert Participation.objects.filter(case=case).count() == 4


def test_aftercare_lasts_six_months_and_its_watcher_takes_part(world: World) -> None:
    make_case("P-1", live=LIVE, phase="monitoring")

    with pytest.raises(Invalid) as refused:
        commands.start_aftercare(reading(world, "nadia"), "P-1", watcher="OM-MD", watched="De huur")
    assert refused.value.field == "watcher"
    assert Case.objects.get(number="P-1").phase == "monitoring"

    commands.start_aftercare(reading(world, "nadia"), "P-1", watcher="GEM-MD", watched="De huur")
    until = Closing.objects.get(case__number="P-1").watch_until
    with time_machine.travel(clock.now() + timedelta(days=160)):
        assert [(p.kind, p.due_on) for p in pending_for(reading(world, "sanne")) if p.kind == "aftercare"] == [
            ("aftercare", until)
        ]
    assert 180 <= (until - clock.today()).days <= 185


def test_only_a_controller_closes_and_nobody_opens_it_from_then_on(world: World) -> None:
    make_case("P-1", live=LIVE, phase="aftercare")
    act(world)

    for key in ("nadia", "ilse"):
        with pytest.raises(Refused):
            commands.close_case(reading(world, key), "P-1", **CLOSING)
    with pytest.raises(Invalid) as refused:
        commands.close_case(reading(world, "sanne"), "P-1", **CLOSING | {"reason": "zomaar"})
    assert refused.value.field == "reason"

    commands.close_case(reading(world, "sanne"), "P-1", **CLOSING)

    for key in ("sanne", "nadia", "ruben", "ilse"):
        with pytest.raises(NotYourCase):
            queries.open_plan(reading(world, key), "P-1", None)
        assert page(world, key).get("/casus/P-1/").status_code == 404
    assert readers() == set(LIVE)
    assert Entry.objects.filter(event_type="case.closed").count() == 1


def test_closed_cases_are_numbers_for_who_may_open_them_again(world: World) -> None:
    make_case("P-1", live=LIVE, phase="aftercare")
    commands.close_case(reading(world, "sanne"), "P-1", **CLOSING)

    def numbers(key: str) -> list[str]:
        return [case.number for case in closed.closed_cases(reading(world, key, event="case.closed_list"))]

    assert numbers("sanne") == numbers("nadia") == numbers("ruben") == ["P-1"]
    assert numbers("ilse") == numbers("margot") == numbers("esra") == []
    text = page(world, "nadia").get("/casussen/gesloten/").content.decode()
    assert "P-1" in text
    assert "Alles loopt" not in text


def test_opening_again_asks_why_and_begins_in_triage_or_meeting(world: World) -> None:
    make_case("P-1", live=LIVE, phase="aftercare")
    commands.close_case(reading(world, "sanne"), "P-1", **CLOSING)

    for key in ("ilse", "margot", "peter"):
        with pytest.raises(NotYourCase):
            commands.reopen_case(reading(world, key), "P-1", reason="Weer mis")
    with pytest.raises(Invalid):
        commands.reopen_case(reading(world, "sanne"), "P-1", reason="")
    with pytest.raises(Invalid):
        commands.reopen_case(reading(world, "sanne"), "P-1", reason="Weer mis", phase="plan")

    case = commands.reopen_case(reading(world, "nadia"), "P-1", reason="Weer mis", phase="meeting")

    assert (case.state, case.phase) == ("open", "meeting")
    assert Closing.objects.get(case__number="P-1", step="closed").reopened_at is not None
    steps = queries.open_plan(reading(world, "sanne"), "P-1", None).steps
    assert [step.fact.value for step in steps] == ["Alles loopt", "Weer mis"]
    assert Entry.objects.filter(event_type="case.reopened").count() == 1


def test_an_open_case_is_not_opened_again(world: World) -> None:
    make_case("P-1", live=LIVE)

    with pytest.raises(NotYourCase):
        commands.reopen_case(reading(world, "nadia"), "P-1", reason="Weer mis")


def test_a_review_is_held_once_and_the_next_is_planned_three_months_on(world: World) -> None:
    make_case("P-1", live=LIVE)
    act(world)
    review = Review.objects.get(case__number="P-1", kind="progress")

    with time_machine.travel(clock.now() + timedelta(days=100)):
        waiting = [p for p in pending_for(reading(world, "nadia")) if p.kind == "review" and p.place == "P-1"]
        assert [(p.due_on, p.overdue) for p in waiting] == [(review.on, True)]
        assert not [p for p in pending_for(reading(world, "sanne")) if p.kind == "review" and p.place == "P-1"]
        answer = page(world, "nadia").post(
            f"/casus/P-1/plan/evaluatie/{review.uid}/", {"outcome": "adjust", "note": "Trager dan gedacht"}
        )
        assert answer.status_code == 302
        commands.hold_review(reading(world, "nadia"), "P-1", review.uid, outcome="continue", note="Nog eens")
        planned = Review.objects.get(case__number="P-1", kind="progress", held_at=None)
        assert 88 <= (planned.on - clock.today()).days <= 93
        held = next(r for r in queries.open_plan(reading(world, "sanne"), "P-1", None).reviews if r.held_at)
    assert (held.outcome, [note.value for note in held.notes]) == ("adjust", ["Trager dan gedacht"])


def test_a_school_closes_no_case_under_the_act_but_may_one_of_its_own_regime(world: World) -> None:
    live, youth = (*LIVE, "OND-BAKEN"), {"purpose": "youth_school", "born": 15, "phase": "aftercare"}
    make_case("P-1", live=live, covenants=("PGA-MD", "JS-MD"), **youth)
    make_case("P-2", live=live, covenants=("JS-MD",), **youth)

    with pytest.raises(Refused):
        commands.close_case(reading(world, "peter"), "P-1", **CLOSING)
    assert commands.close_case(reading(world, "peter"), "P-2", **CLOSING).state == "closed"
