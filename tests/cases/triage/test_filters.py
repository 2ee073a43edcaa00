"""Triage begins and goes from filter to filter; who it is about stays away until the last."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from agreements.models import Agency
from audit.journal.models import Entry
from cases.casework import queries as casework
from cases.disclosure.refusals import NotYourCase
from cases.intake.models import Report, Signal
from cases.models import Case, Circumstance, Participation
from cases.triage import commands
from cases.triage.models import Triage, TriageStep
from cases.triage.queries import triage_page
from foundation.errors import Invalid, NotFound, Refused
from tests.cases.desk import changing, make_case, page, reading, shown
from tests.cases.triage.walk import begun, in_triage, running, sealed_words
from tests.invariants.world import World

pytestmark = pytest.mark.django_db
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def seen(world: World, who: str, number: str) -> set[str]:
    """The fields somebody sees on the case page."""
    return {code for _source, code in shown(casework.open_case(reading(world, who), number, None).answer)}


def test_triage_begins_at_filter_one_with_ten_working_days(world: World) -> None:
    with time_machine.travel(datetime(2026, 4, 1, 10, tzinfo=AMSTERDAM), tick=False):
        in_triage(world, "TR-1")
        found = commands.start_triage(reading(world, "nadia"), "TR-1")
    # Easter Monday does not count.
    assert (found.filter, found.due_on) == (1, date(2026, 4, 16))


def test_triage_that_was_begun_is_not_begun_again(world: World) -> None:
    begun(world, "TR-2", to=2)
    again = commands.start_triage(reading(world, "nadia"), "TR-2")
    assert again.filter == 2
    assert Triage.objects.filter(case__number="TR-2").count() == 1
    assert Circumstance.objects.filter(case__number="TR-2", code="triage_filter", ends=None).count() == 1


@pytest.mark.parametrize("filter_", [1, 2, 3])
def test_until_the_last_filter_only_the_source_sees_who_it_is(world: World, filter_: int) -> None:
    begun(world, "TR-3", to=filter_)
    who = {"full_name", "date_of_birth", "bsn", "brp_address"}
    assert not who & seen(world, "nadia", "TR-3")
    assert not who & seen(world, "ruben", "TR-3")
    assert who <= seen(world, "sanne", "TR-3")


def test_without_triage_begun_the_covenant_would_show_the_name(world: World) -> None:
    in_triage(world, "TR-4")
    assert "full_name" in seen(world, "nadia", "TR-4")


def test_the_last_filter_lifts_the_hold(world: World) -> None:
    begun(world, "TR-5", to=4)
    assert {"full_name", "brp_address"} <= seen(world, "nadia", "TR-5")
    assert not Circumstance.objects.filter(case__number="TR-5", code="triage_filter", ends=None).exists()


@pytest.mark.parametrize(("filter_", "expected"), [(1, set()), (2, set()), (3, {"problem_domains"})])
def test_lines_per_domain_come_at_filter_three(world: World, filter_: int, expected: set[str]) -> None:
    begun(world, "TR-6", to=filter_)
    lines = {"problem_domains", "police_contacts_12m"} & seen(world, "nadia", "TR-6")
    assert expected <= lines
    assert bool(lines) == bool(expected)


def test_an_agency_without_a_hit_gives_no_minimal_facts(world: World) -> None:
    in_triage(world, "TR-7")
    commands.start_triage(reading(world, "nadia"), "TR-7")
    commands.pass_filter(reading(world, "nadia"), "TR-7", 2)
    check = running(world, "TR-7")
    commands.answer(reading(world, "margot"), check.uid, answer="known")
    commands.answer(reading(world, "ruben"), check.uid, answer="may_not_say")
    commands.pass_filter(reading(world, "nadia"), "TR-7", 3)
    assert seen(world, "nadia", "TR-7") & {"problem_domains", "signal_summary"} == {"signal_summary"}


def test_an_agency_with_a_hit_takes_part_by_its_contact_person(world: World) -> None:
    case = in_triage(world, "TR-8")
    commands.start_triage(reading(world, "nadia"), "TR-8")
    commands.pass_filter(reading(world, "nadia"), "TR-8", 2)
    with pytest.raises(NotYourCase):
        casework.case_of(reading(world, "margot"), "TR-8")
    check = running(world, "TR-8")
    commands.answer(reading(world, "margot"), check.uid, answer="known")
    commands.answer(reading(world, "ruben"), check.uid, answer="unknown")
    commands.pass_filter(reading(world, "nadia"), "TR-8", 3)
    row = Participation.objects.get(case=case, agency__code="OM-MD", is_open=True)
    assert [member.professional for member in row.members.all()] == [world.people["margot"]]
    assert "OM" in Case.objects.get(pk=case.pk).partners.split()


def test_filters_are_passed_in_order_and_never_back(world: World) -> None:
    begun(world, "TR-9", to=2)
    for wrong in (1, 2, 4, 5):
        with pytest.raises(Invalid):
            commands.pass_filter(reading(world, "nadia"), "TR-9", wrong)
    steps = TriageStep.objects.filter(triage__case__number="TR-9", what="filter")
    assert list(steps.values_list("filter", flat=True)) == [1]
    assert Entry.objects.filter(event_type="triage.filter").count() == 1


def test_filter_three_waits_for_the_known_check(world: World) -> None:
    begun(world, "TR-10", to=2)
    with pytest.raises(Invalid) as none:
        commands.pass_filter(reading(world, "nadia"), "TR-10", 3)
    running(world, "TR-10")
    with pytest.raises(Invalid) as open_:
        commands.pass_filter(reading(world, "nadia"), "TR-10", 3)
    assert "Vraag eerst" in none.value.sentence
    assert "loopt nog" in open_.value.sentence


def test_filter_four_waits_for_admission(world: World) -> None:
    begun(world, "TR-11", to=3)
    with pytest.raises(Invalid):
        commands.pass_filter(reading(world, "nadia"), "TR-11", 4)


def test_only_the_director_runs_triage(world: World) -> None:
    in_triage(world, "TR-12")
    for who in ("sanne", "ruben"):
        with pytest.raises(Refused):
            commands.start_triage(reading(world, who), "TR-12")
    begun(world, "TR-13")
    with pytest.raises(Refused):
        commands.pass_filter(reading(world, "sanne"), "TR-13", 2)


def test_a_case_in_another_phase_has_no_triage_to_begin(world: World) -> None:
    make_case("TR-14", live=("ZVH-MD",), phase="meeting")
    with pytest.raises(Invalid):
        commands.start_triage(reading(world, "nadia"), "TR-14")
    with pytest.raises(NotFound):
        commands.pass_filter(reading(world, "nadia"), "TR-14", 2)


def test_a_controller_can_be_asked_to_weigh_along_once(world: World) -> None:
    case = begun(world, "TR-15", to=2)
    commands.invite_to_weigh(reading(world, "nadia"), "TR-15", "OM-MD")
    assert casework.case_of(reading(world, "margot"), "TR-15").pk == case.pk
    for code in ("OM-MD", "OND-BAKEN", "GGZ-MD", "NIETS"):
        with pytest.raises(Invalid):
            commands.invite_to_weigh(reading(world, "nadia"), "TR-15", code)


def test_a_signal_goes_into_triage_with_its_name_held_from_the_first_moment(world: World) -> None:
    case = in_triage(world, "TR-16")
    with changing():
        Case.objects.filter(pk=case.pk).update(phase="signal", state="draft")
        signal = Signal.objects.create(
            number="S-TR-16", file=case, channel="professional", kind="nuisance", urgency="high",
            handler=case.lead, reported_by=Agency.objects.get(code="GEM-MD"), received_at=case.opened_at,
        )  # fmt: skip
        Report.objects.create(
            signal=signal,
            sort=Report.Sort.REPORT,
            **sealed_words(world, case, "GEM-MD", signal_person="Zoë uit de Kade"),
        )
    with pytest.raises(Refused):
        commands.take_signal(reading(world, "sanne"), "S-TR-16")
    triage = commands.take_signal(reading(world, "nadia"), "S-TR-16")
    assert (triage.filter, triage.case.phase, triage.case.state) == (1, "triage", "open")
    found = triage_page(reading(world, "nadia"), triage.case.number, None)
    assert found.signal_number == "S-TR-16"
    fields = {fact.code for answer in found.facts for person in answer.disclosures for fact in person.facts}
    assert fields == {"signal_summary", "signal_domain"}
    with pytest.raises(Refused):
        commands.take_signal(reading(world, "nadia"), "S-TR-16")


def test_why_says_the_same_whether_or_not_a_name_is_held(world: World) -> None:
    begun(world, "TR-17")
    answer = page(world, "nadia").get("/casus/TR-17/waarom/?veld=full_name&bron=GEM-MD")
    assert answer.status_code == 200
    assert "Ünal" not in answer.content.decode()
