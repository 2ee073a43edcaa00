"""Informing the person concerned, and the embargo of a source."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
import time_machine

from cases.casework import queries as casework
from cases.disclosure.refusals import NotYourCase
from cases.models import Circumstance
from cases.triage import commands
from cases.triage.commands import Wait
from cases.triage.models import Embargo, Informing
from cases.triage.pending import pending_for
from cases.triage.queries_informing import informing_page
from foundation import clock
from foundation.errors import Invalid, NotFound, Refused
from tests.cases.desk import reading, shown
from tests.cases.triage.walk import begun, opening
from tests.invariants.world import World

pytestmark = pytest.mark.django_db
SECRET = "Er loopt een aanhouding."


def opened(world: World, number: str) -> UUID:
    """An opened case; the uid of informing its person."""
    begun(world, number, to=4)
    commands.open_case(reading(world, "nadia"), number, opening(world))
    return Informing.objects.get(case__number=number).uid


def wait(**changed: object) -> Wait:
    what = {"ground": "AVG-14-5-b", "review_on": clock.today() + timedelta(days=20), "reason": SECRET}
    return Wait(**(what | changed))  # type: ignore[arg-type]


def kinds(world: World, who: str) -> list[str]:
    """What waits for somebody in the cases of these tests."""
    return [line.kind for line in pending_for(reading(world, who)) if line.place.startswith("IN-")]


def test_the_person_was_told(world: World) -> None:
    uid = opened(world, "IN-1")
    assert "inform" in kinds(world, "nadia")
    commands.mark_informed(reading(world, "nadia"), "IN-1", uid, on=clock.today())
    assert Informing.objects.get(uid=uid).done_on == clock.today()
    assert "inform" not in kinds(world, "nadia")


def test_the_police_let_it_wait_and_the_last_one_lifted_makes_it_due(world: World) -> None:
    uid = opened(world, "IN-2")
    commands.postpone(reading(world, "ruben"), "IN-2", uid, wait())
    commands.postpone(reading(world, "sanne"), "IN-2", uid, wait(ground="UAVG-41"))
    with pytest.raises(Invalid):
        commands.mark_informed(reading(world, "nadia"), "IN-2", uid, on=clock.today())
    assert "inform" not in kinds(world, "nadia")
    commands.lift(reading(world, "sanne"), "IN-2", uid)
    assert Informing.objects.get(uid=uid).state == "postponed"
    commands.lift(reading(world, "ruben"), "IN-2", uid)
    found = Informing.objects.get(uid=uid)
    assert found.state == "planned"
    assert found.due_on >= clock.today() + timedelta(days=7)
    assert "inform" in kinds(world, "nadia")


def test_a_hold_keeps_the_facts_of_the_source_and_ends_with_the_embargo(world: World) -> None:
    uid = opened(world, "IN-3")
    before = {source for source, _code in shown(casework.open_case(reading(world, "nadia"), "IN-3", None).answer)}
    assert "GEM-MD" in before
    commands.postpone(reading(world, "sanne"), "IN-3", uid, wait(withhold=True))
    after = {source for source, _code in shown(casework.open_case(reading(world, "nadia"), "IN-3", None).answer)}
    own = {source for source, _code in shown(casework.open_case(reading(world, "sanne"), "IN-3", None).answer)}
    assert "GEM-MD" not in after
    assert "GEM-MD" in own
    commands.postpone(reading(world, "sanne"), "IN-3", uid, wait(withhold=True))
    assert Circumstance.objects.filter(case__number="IN-3", code="embargo", ends=None).count() == 1
    commands.lift(reading(world, "sanne"), "IN-3", uid)
    again = {source for source, _code in shown(casework.open_case(reading(world, "nadia"), "IN-3", None).answer)}
    assert again == before


def test_who_informs_reads_why_it_waits_and_others_only_that_it_does(world: World) -> None:
    begun(world, "IN-4", to=4)
    commands.open_case(
        reading(world, "nadia"), "IN-4",
        opening(world, participants={"ZVH-MD": "directs", "GEM-MD": "task", "POL-MD": "order", "RCL-MD": "task"}),
    )  # fmt: skip
    uid = Informing.objects.get(case__number="IN-4").uid
    commands.postpone(reading(world, "ruben"), "IN-4", uid, wait())
    for who, reads in (("ruben", True), ("nadia", True), ("sanne", True), ("wouter", False)):
        line = informing_page(reading(world, who), "IN-4", None).lines[0]
        assert line.state == "postponed"
        assert (SECRET in [embargo.reason for embargo in line.embargoes]) is reads
        assert bool(line.embargoes) is reads


def test_review_comes_within_thirty_days_and_is_asked_of_the_source(world: World) -> None:
    uid = opened(world, "IN-5")
    for day in (clock.today(), clock.today() + timedelta(days=31)):
        with pytest.raises(Invalid):
            commands.postpone(reading(world, "ruben"), "IN-5", uid, wait(review_on=day))
    commands.postpone(reading(world, "ruben"), "IN-5", uid, wait())
    assert "review" not in kinds(world, "ruben")
    with time_machine.travel(clock.now() + timedelta(days=20), tick=False):
        assert "review" in kinds(world, "ruben")
        assert "review" not in kinds(world, "sanne")


def test_only_a_source_postpones_and_only_who_informs_says_done(world: World) -> None:
    begun(world, "IN-6", to=4)
    commands.open_case(
        reading(world, "nadia"), "IN-6",
        opening(world, participants={"ZVH-MD": "directs", "GEM-MD": "task", "RCL-MD": "task"}),
    )  # fmt: skip
    uid = Informing.objects.get(case__number="IN-6").uid
    with pytest.raises(Refused):
        commands.postpone(reading(world, "wouter"), "IN-6", uid, wait())
    with pytest.raises(Refused):
        commands.mark_informed(reading(world, "wouter"), "IN-6", uid, on=clock.today())
    with pytest.raises(NotYourCase):
        commands.mark_informed(reading(world, "ruben"), "IN-6", uid, on=clock.today())
    with pytest.raises(NotFound):
        commands.mark_informed(reading(world, "nadia"), "IN-6", uuid4(), on=clock.today())
    with pytest.raises(NotFound):
        commands.lift(reading(world, "sanne"), "IN-6", uid)


def test_bad_input_is_named(world: World) -> None:
    uid = opened(world, "IN-7")
    for wrong in ({"ground": "zomaar"}, {"reason": ""}, {"reason": "\x00" * 9}):
        with pytest.raises(Invalid):
            commands.postpone(reading(world, "ruben"), "IN-7", uid, wait(**wrong))
    for day in (clock.today() + timedelta(days=1), date(2000, 1, 1)):
        with pytest.raises(Invalid):
            commands.mark_informed(reading(world, "nadia"), "IN-7", uid, on=day)
    commands.mark_informed(reading(world, "nadia"), "IN-7", uid, on=clock.today())
    with pytest.raises(Invalid):
        commands.postpone(reading(world, "ruben"), "IN-7", uid, wait())
    assert not Embargo.objects.filter(case__number="IN-7").exists()
