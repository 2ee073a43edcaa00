"""Having the consequences counted: who may, once at a time, and what goes wrong is said."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import override_settings
from django_tasks_db.models import DBTaskResult

from agreements.covenants.commands import suspend_covenant
from agreements.covenants.epoch import forget
from agreements.covenants.in_force import current_policy
from agreements.covenants.labels import PURPOSES
from agreements.covenants.rules import operator
from agreements.insight.subjects import subject_for
from agreements.models import Agency
from cases.impact import tasks
from cases.impact.commands import start_run
from cases.impact.models import ImpactRun, RunState
from cases.impact.queries import impact
from cases.impact.runs import line_of
from cases.impact.tasks import count_impact
from foundation import clock
from foundation.errors import Invalid, NotFound, Refused
from tests.cases.desk import changing, last_entry, visit
from tests.cases.impact.caseload import count_slowly
from tests.cases.impact.offered import KEY, draft, offer, rewrite, the_run
from tests.invariants.world import World

pytestmark = pytest.mark.django_db
QUEUE = override_settings(TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}})
"""Work waits for a worker, as in an installation."""


def start(world: World, key: str, subject: str = KEY) -> ImpactRun:
    return start_run(visit(world, key), subject, route="test")


@pytest.mark.parametrize("key", ["lieke", "carla", "hilde", "ineke", "nadia"])
def test_who_works_in_covenants_or_leads_cases_has_a_version_counted(world: World, db: None, key: str) -> None:
    offer(police="OM, ZVH")

    run = start(world, key)

    assert run.state == RunState.DONE
    assert run.done == run.total > 0
    assert run.result["n_cases"] == 3


@pytest.mark.parametrize("key", ["sanne", "ruben", "peter", "bas"])
def test_others_are_told_who_may(world: World, db: None, key: str) -> None:
    offer()

    with pytest.raises(Refused) as refused:
        start(world, key)

    assert "jurist" in (refused.value.sentence + refused.value.remedy).lower()
    assert not ImpactRun.objects.exists()


def test_a_draft_exists_only_for_those_with_whom_it_was_shared(world: World, db: None) -> None:
    subject = f"concept-{draft(world, police='OM').uid}"

    assert start(world, "lieke", subject).state == RunState.DONE
    for key in ("hilde", "nadia"):
        with pytest.raises(NotFound):
            start(world, key, subject)


def test_a_version_that_rules_has_no_consequences_to_count(world: World, db: None) -> None:
    with pytest.raises(Invalid):
        start(world, "carla", "versie-PGA-MD-2")


def test_a_token_for_one_case_counts_nothing(world: World, db: None) -> None:
    offer()
    pinned = visit(world, "nadia", purpose="pga_youth", case="MW-1")

    with pytest.raises(Refused):
        start_run(pinned, KEY, route="test")


def test_the_start_and_every_look_at_the_counts_are_journalled(world: World, db: None) -> None:
    offer(police="OM, ZVH")

    run = start(world, "carla")
    started = last_entry()
    impact(visit(world, "carla"), KEY, route="test")
    read = last_entry()

    assert (started.event_type, read.event_type) == ("impact.started", "impact.read")
    assert str(run.uid) in bytes(started.body).decode()
    assert str(run.uid) in bytes(read.body).decode()
    assert started.agency_ref == read.agency_ref == visit(world, "carla").agency_ref


def test_a_finished_calculation_serves_for_an_hour(world: World, db: None) -> None:
    offer()
    with time_machine.travel(clock.now(), tick=False) as moved:
        first = start(world, "carla")
        assert start(world, "lieke").pk == first.pk, "another reader of the same agency"

        moved.shift(timedelta(hours=1, seconds=1))
        assert start(world, "carla").pk != first.pk
    assert ImpactRun.objects.count() == 1, "earlier counts go"


def test_each_agency_has_its_own(world: World, db: None) -> None:
    offer()

    assert start(world, "carla").pk != start(world, "hilde").pk


def test_a_rule_that_changes_makes_a_new_calculation(world: World, db: None) -> None:
    offer()
    first = start(world, "carla")

    assert impact(visit(world, "carla"), KEY, route="test").counts is not None
    suspend_covenant("JS-MD", reason="proef", by=operator("tests"))
    forget()

    looked = impact(visit(world, "carla"), KEY, route="test")
    assert looked.counts is None
    assert looked.is_outdated
    assert start(world, "carla").pk != first.pk


@QUEUE
def test_one_is_under_way_at_a_time(world: World, db: None) -> None:
    offer()

    first, second = start(world, "carla"), start(world, "lieke")

    assert first.pk == second.pk
    assert first.state == RunState.QUEUED
    assert DBTaskResult.objects.count() == 1
    assert impact(visit(world, "carla"), KEY, route="test").counts is None


@QUEUE
def test_a_run_whose_worker_died_is_said_to_have_stopped_and_can_be_started_again(world: World, db: None) -> None:
    offer()
    with time_machine.travel(clock.now(), tick=False) as moved:
        first = start(world, "carla")
        ImpactRun.objects.update(state=RunState.RUNNING, done=1, total=4)
        assert line_of(the_run()).percent == 25

        moved.shift(timedelta(minutes=11))
        line = line_of(the_run())
        assert (line.state, line.is_busy) == ("failed", False)
        assert line.problem
        assert line.remedy
        assert start(world, "carla").pk != first.pk


@QUEUE
def test_a_worker_whose_run_was_taken_away_stops_and_spoils_nothing(
    world: World, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer()
    run = start(world, "carla")
    counting = tasks.tally

    def slow(*what: Any, **named: Any) -> Any:
        ImpactRun.objects.filter(pk=run.pk).delete()
        return counting(*what, **named)

    monkeypatch.setattr(tasks, "tally", slow)
    count_impact.call(str(run.uid))

    assert not ImpactRun.objects.exists()


@QUEUE
def test_a_run_that_waits_long_says_that_no_worker_came(world: World, db: None) -> None:
    offer()
    with time_machine.travel(clock.now(), tick=False) as moved:
        start(world, "carla")
        assert not line_of(the_run()).is_slow
        moved.shift(timedelta(seconds=31))
        assert line_of(the_run()).is_slow


@QUEUE
@pytest.mark.parametrize(("found", "word"), [("  onzin: [", "te lezen"), ("", "gewijzigd")])
def test_a_draft_that_changes_meanwhile_is_not_counted(world: World, db: None, found: str, word: str) -> None:
    made = draft(world, police="OM")
    run = start(world, "lieke", f"concept-{made.uid}")
    rewrite(made, found or made.text.replace("Casussoorten", "Soorten casussen"))

    count_impact.call(str(run.uid))

    line = line_of(the_run())
    assert line.state == "failed"
    assert word in line.problem
    assert line.remedy


@QUEUE
def test_a_fault_in_the_program_is_said_with_what_to_do(
    world: World, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer()
    run = start(world, "carla")

    def broken(*_: Any, **__: Any) -> Any:
        raise RuntimeError("broken")

    monkeypatch.setattr(tasks, "tally", broken)
    with pytest.raises(RuntimeError):
        count_impact.call(str(run.uid))

    assert line_of(the_run()).state == "failed"
    assert "beheerder" in line_of(the_run()).remedy
    assert start(world, "carla").pk != run.pk


def test_a_draft_that_cannot_be_read_is_refused_with_what_to_do(world: World, db: None) -> None:
    made = rewrite(draft(world), "covenant: [ ")

    with pytest.raises(Invalid) as refused:
        start(world, "lieke", f"concept-{made.uid}")

    assert "bevindingen" in refused.value.remedy


def test_the_agencies_of_the_subject_count_too(world: World, db: None) -> None:
    """Another party under the same text is another subject: what was counted for it no longer holds."""
    made = draft(world, police="OM")
    subject = f"concept-{made.uid}"
    first = start(world, "lieke", subject)

    with changing():
        made.parties.filter(agency=Agency.objects.get(code="RVK-MD")).delete()

    assert start(world, "lieke", subject).pk != first.pk


@pytest.mark.parametrize("key", ["carla", "hilde", "nadia"])
def test_the_counts_of_a_real_covenant_are_those_of_asking_about_every_fact(world: World, db: None, key: str) -> None:
    offer(police="OM, ZVH, RVK, JB, DJI, SOC, GGZ", support="ZVH, SOC, JB, RVK, VT, GGZ, POL, OM")
    with time_machine.travel(clock.now(), tick=False):
        run = start(world, key)
        subject = subject_for(visit(world, key), KEY)
        expected = count_slowly(
            current_policy(),
            subject.policy_if_in_force(clock.now()),
            code="PGA-MD",
            at=clock.now(),
            observer=run.agency,
            purposes=tuple(PURPOSES),
        )

    assert run.result == expected
    assert len(expected["recipients"]) > 4
