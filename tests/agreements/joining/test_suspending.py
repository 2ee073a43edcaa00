"""Suspension: any controller pulls the brake; who did, or the contact point, releases it."""

from datetime import timedelta

import pytest
import time_machine

from agreements.covenants.models import Suspension
from agreements.joining.commands import StepRefused, resume, suspend
from foundation import clock
from foundation.errors import Invalid
from tests.agreements.covenants.world import grade
from tests.agreements.joining.world import PGA, events, in_days, last_refusal, load, visit

pytestmark = pytest.mark.usefixtures("house")


def test_a_controller_suspends_at_once_and_the_past_stays() -> None:
    load()
    before = clock.now()

    suspend(visit("hilde"), PGA, reason="datalek wordt onderzocht")

    assert grade() == "silent"
    assert grade(before) == "visible"
    assert events("covenant.")[-1] == "covenant.suspended"


@pytest.mark.parametrize(("key", "why"), [("rosa", "not_a_controller"), ("zeno", "not_a_controller"), ("ruben", "")])
def test_a_participant_a_bureau_and_who_does_not_sign_do_not_suspend(key: str, why: str) -> None:
    load()

    with pytest.raises(StepRefused) as refused:
        suspend(visit(key), PGA, reason="x")

    assert refused.value.why == (why or "not_a_signatory")
    assert last_refusal().event_type == "step.refused"
    assert not Suspension.objects.exists()


@pytest.mark.parametrize("key", ["hilde", "carla"])
def test_who_suspended_and_the_contact_point_resume(key: str) -> None:
    load()
    suspend(visit("hilde"), PGA, reason="datalek")

    resume(visit(key), PGA, reason="het lek is dicht")

    assert grade() == "visible"


@pytest.mark.parametrize("key", ["otto", "rosa", "margot"])
def test_nobody_else_resumes(key: str) -> None:
    load()
    suspend(visit("hilde"), PGA, reason="datalek")

    with pytest.raises(StepRefused):
        resume(visit(key), PGA, reason="het lek is dicht")
    assert grade() == "silent"


def test_a_suspension_begins_and_ends_at_its_moments() -> None:
    load()
    starts, ends = in_days(2), in_days(3)
    suspend(visit("hilde"), PGA, reason="oefening", starts=starts, ends=ends)

    for moment, expected in (
        (clock.now(), "visible"),
        (starts, "silent"),
        (ends - timedelta(seconds=1), "silent"),
        (ends, "visible"),
    ):
        with time_machine.travel(moment, tick=False):
            assert grade() == expected


def test_a_suspension_that_had_not_begun_never_was() -> None:
    load()
    suspend(visit("hilde"), PGA, reason="oefening", starts=in_days(2))

    resume(visit("hilde"), PGA, reason="gaat niet door")

    assert not Suspension.objects.exists()
    with time_machine.travel(in_days(3), tick=False):
        assert grade() == "visible"


def test_a_suspension_needs_a_reason_and_stands_once() -> None:
    load()
    with pytest.raises(Invalid):
        suspend(visit("hilde"), PGA, reason=" ")
    suspend(visit("hilde"), PGA, reason="x")

    with pytest.raises(StepRefused):
        suspend(visit("otto"), PGA, reason="ook")
    with pytest.raises(Invalid):
        resume(visit("hilde"), PGA, reason="")


def test_who_suspended_an_earlier_time_does_not_resume_the_next() -> None:
    load()
    suspend(visit("otto"), PGA, reason="eerst")
    resume(visit("otto"), PGA, reason="klaar")
    suspend(visit("hilde"), PGA, reason="daarna")

    with pytest.raises(StepRefused):
        resume(visit("otto"), PGA, reason="x")
