"""Ending before the term: proposed by a controller, done when all of them consent."""

from datetime import date, timedelta

import pytest
import time_machine

from agreements.covenants.models import Covenant, CovenantVersion
from agreements.covenants.queries import covenant_page
from agreements.joining.commands import StepRefused, propose_ending
from foundation import clock
from foundation.errors import Invalid
from tests.agreements.covenants.world import grade
from tests.agreements.joining.world import PGA, agree, events, load, motion, visit

pytestmark = pytest.mark.usefixtures("house")


def _day(n: int) -> date:
    return clock.today() + timedelta(days=n)


def test_it_ends_at_the_last_consent_and_last_week_still_shows() -> None:
    load()
    before = clock.now()
    propose_ending(visit("hilde"), PGA, reason="de aanpak gaat op in een andere")
    agree("otto")
    assert grade() == "visible"

    agree("carla")

    assert grade() == "silent"
    assert grade(before) == "visible"
    assert Covenant.objects.get().ended_at == CovenantVersion.objects.get().ends
    page = covenant_page(PGA, agency_id=visit("otto").agency.id)
    assert page.version.standing == "ended"
    assert events()[-3:] == ["motion.agreed", "covenant.ended", "motion.carried"]


def test_it_ends_after_the_day_that_was_proposed() -> None:
    load()
    propose_ending(visit("hilde"), PGA, reason="x", last_day=_day(30))
    for key in ("otto", "carla"):
        agree(key)

    ends = clock.end_of(_day(30))
    assert CovenantVersion.objects.get().ends == ends
    with time_machine.travel(ends - timedelta(seconds=1), tick=False):
        assert grade() == "visible"
    with time_machine.travel(ends, tick=False):
        assert grade() == "silent"


def test_the_only_controller_ends_it_alone() -> None:
    load(parties=("GEM-MD", "RCL-MD", "ZVH-MD"))

    assert propose_ending(visit("carla"), PGA, reason="de bekostiging stopt").carried_at is not None
    assert CovenantVersion.objects.get().ends <= clock.now()


@pytest.mark.parametrize("key", ["rosa", "zeno", "lieke"])
def test_nobody_but_a_controllers_signatory_proposes(key: str) -> None:
    load()

    with pytest.raises(StepRefused):
        propose_ending(visit(key), PGA, reason="x")


def test_a_participant_does_not_answer() -> None:
    load()
    propose_ending(visit("hilde"), PGA, reason="x")

    with pytest.raises(StepRefused):
        agree("rosa")


def test_it_is_proposed_once_with_a_reason_for_a_day_within_the_term() -> None:
    load()
    for wrong in ({"reason": ""}, {"last_day": _day(-1)}, {"last_day": date(2029, 1, 1)}):
        with pytest.raises(Invalid):
            propose_ending(visit("hilde"), PGA, **{"reason": "x", **wrong})
    propose_ending(visit("hilde"), PGA, reason="x")

    with pytest.raises(StepRefused):
        propose_ending(visit("otto"), PGA, reason="ook")


def test_a_signed_version_that_begins_later_is_in_the_way_unless_it_has_begun_by_then() -> None:
    load()
    load(number=3, version_starts=30)
    with pytest.raises(Invalid) as wrong:
        propose_ending(visit("hilde"), PGA, reason="x", last_day=_day(20))
    assert "Versie 3 is al getekend" in wrong.value.sentence

    propose_ending(visit("hilde"), PGA, reason="x", last_day=_day(60))
    for key in ("otto", "carla"):
        agree(key)

    assert CovenantVersion.objects.get(number=3).ends == clock.end_of(_day(60))
    assert CovenantVersion.objects.get(number=2).ends == CovenantVersion.objects.get(number=3).starts


def test_a_version_that_was_signed_meanwhile_stops_the_last_consent_with_a_reason() -> None:
    load()
    propose_ending(visit("hilde"), PGA, reason="x", last_day=_day(20))
    agree("otto")
    load(number=3, version_starts=30)

    with pytest.raises(Invalid):
        agree("carla")
    assert motion().carried_at is None
    assert not motion().consents.filter(agency__code="GEM-MD").exists()
