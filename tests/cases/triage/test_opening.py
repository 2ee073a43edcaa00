"""An admitted case is opened: grounds, covenants, participants, lead; and a case goes on to its next phase."""

from datetime import timedelta

import pytest
import time_machine

from cases.casework import queries as casework
from cases.casework.commands.phases import move_phase
from cases.disclosure.refusals import NotYourCase
from cases.models import Case, CaseCovenant, Participation, PhaseChange
from cases.triage import commands
from cases.triage.models import Admission, Informing
from foundation import clock
from foundation.errors import Invalid, NotFound, Refused
from tests.cases.desk import last_entry, make_case, reading
from tests.cases.triage.walk import begun, opening
from tests.invariants.world import World

pytestmark = pytest.mark.django_db


def test_an_opened_case_goes_to_the_meeting_with_who_was_chosen(world: World) -> None:
    begun(world, "OP-1", to=4, next_step_on=clock.today())
    case = commands.open_case(reading(world, "nadia"), "OP-1", opening(world))
    case = Case.objects.get(pk=case.pk)
    assert (case.phase, case.purpose, case.lead.code, case.covenants) == ("meeting", "pga_adult", "ZVH-MD", "PGA-MD")
    rows = {row.agency.code: row for row in Participation.objects.filter(case=case, is_open=True)}
    assert {code: row.mode for code, row in rows.items()} == {
        "ZVH-MD": "live", "GEM-MD": "live", "POL-MD": "live", "WON-WATERWEG": "extract",
    }  # fmt: skip
    assert rows["WON-WATERWEG"].next_step_on == case.next_step_on
    assert case.partners.split() == ["POL", "GEM", "ZVH"]
    assert PhaseChange.objects.filter(case=case, phase="meeting").count() == 1
    admission = Admission.objects.get(triage__case=case)
    assert (admission.director.demo_key, admission.purpose) == ("nadia", "pga_adult")


def test_who_is_not_chosen_takes_part_no_longer(world: World) -> None:
    case = begun(world, "OP-2", to=4)
    given = opening(world, participants={"ZVH-MD": "directs", "GEM-MD": "task"})
    with time_machine.travel(clock.now() + timedelta(minutes=1), tick=False):
        commands.open_case(reading(world, "nadia"), "OP-2", given)
        with pytest.raises(NotYourCase):
            casework.case_of(reading(world, "ruben"), "OP-2")
    assert Participation.objects.filter(case=case, agency__code="POL-MD", is_open=False).count() == 1


def test_covenants_begin_and_end_with_the_opening(world: World) -> None:
    case = begun(world, "OP-3", to=4)
    commands.open_case(
        reading(world, "nadia"), "OP-3", opening(world, covenants=("JS-MD", "PGA-MD"), purpose="pga_youth")
    )
    standing = CaseCovenant.objects.filter(case=case, ends=None).values_list("code", flat=True)
    assert sorted(standing) == ["JS-MD", "PGA-MD"]


def test_informing_is_planned_within_a_month_of_obtaining(world: World) -> None:
    case = begun(world, "OP-4", to=4, began=clock.now() - timedelta(days=3))
    commands.open_case(reading(world, "nadia"), "OP-4", opening(world))
    found = Informing.objects.get(case=case)
    assert found.state == "planned"
    assert timedelta(days=24) < found.due_on - clock.today() < timedelta(days=29)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"proportionality": "kort"}, "proportionality"),
        ({"subsidiarity": "\x00" * 20}, "subsidiarity"),
        ({"legal_basis": ""}, "legal_basis"),
        ({"purpose": "area_safety"}, "purpose"),
        ({"covenants": ()}, "covenants"),
        ({"covenants": ("HAV-GEBIED",)}, "covenants"),
        ({"lead": "OM-MD"}, "lead"),
        ({"lead": "WON-WATERWEG"}, "lead"),
        ({"participants": {"ZVH-MD": "directs", "HLT-MD": "task"}}, "participants"),
        ({"participants": {"ZVH-MD": "omdat het kan"}}, "participants"),
        ({"participants": {"GEM-MD": "task"}, "lead": "GEM-MD"}, "director"),
        ({"director": "x"}, "director"),
    ],
)
def test_what_does_not_fit_is_named_and_nothing_is_opened(world: World, changed: dict, field: str) -> None:
    case = begun(world, "OP-5", to=4)
    with pytest.raises(Invalid) as wrong:
        commands.open_case(reading(world, "nadia"), "OP-5", opening(world, **changed))
    assert field in {name for name, _sentence in wrong.value.errors}
    assert Case.objects.get(pk=case.pk).phase == "triage"


def test_a_case_is_opened_once_and_only_after_filter_four(world: World) -> None:
    begun(world, "OP-6", to=3)
    with pytest.raises(Invalid):
        commands.open_case(reading(world, "nadia"), "OP-6", opening(world))
    begun(world, "OP-7", to=4)
    with pytest.raises(Refused):
        commands.open_case(reading(world, "sanne"), "OP-7", opening(world))
    commands.open_case(reading(world, "nadia"), "OP-7", opening(world))
    with pytest.raises(Invalid):
        commands.open_case(reading(world, "nadia"), "OP-7", opening(world))
    make_case("OP-8", live=("ZVH-MD",), phase="triage")
    with pytest.raises(NotFound):
        commands.open_case(reading(world, "nadia"), "OP-8", opening(world))


def test_a_case_goes_from_phase_to_phase_in_order(world: World) -> None:
    case = make_case("OP-9", live=("ZVH-MD", "GEM-MD"), phase="meeting")
    for phase in ("plan", "monitoring", "aftercare"):
        assert move_phase(reading(world, "nadia"), "OP-9", phase, reason="Zo besloten.").phase == phase
    assert last_entry().event_type == "case.phase"
    changes = PhaseChange.objects.filter(case=case).values_list("phase", "note")
    assert [phase for phase, _note in changes] == ["meeting", "plan", "monitoring", "aftercare"]
    assert {note for _phase, note in changes} == {""}


@pytest.mark.parametrize(
    ("now", "to"),
    [
        ("meeting", "monitoring"),
        ("plan", "meeting"),
        ("triage", "meeting"),
        ("plan", "x"),
        ("aftercare", "plan"),
        ("plan", "plan"),
    ],
)
def test_no_phase_is_skipped_and_none_comes_back(world: World, now: str, to: str) -> None:
    make_case("OP-10", live=("ZVH-MD",), phase=now)
    with pytest.raises(Invalid):
        move_phase(reading(world, "nadia"), "OP-10", to)


def test_only_the_director_or_the_chair_of_the_lead_moves_a_case(world: World) -> None:
    make_case("OP-11", live=("ZVH-MD", "GEM-MD"), phase="meeting")
    with pytest.raises(Refused):
        move_phase(reading(world, "sanne"), "OP-11", "plan")
    with pytest.raises(NotYourCase):
        move_phase(reading(world, "ruben"), "OP-11", "plan")
