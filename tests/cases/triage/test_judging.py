"""Criteria, outcome and the word of the controllers."""

from datetime import timedelta

import pytest
from django.test import override_settings

from cases.casework import queries as casework
from cases.disclosure.refusals import NotYourCase
from cases.models import Case
from cases.triage import commands
from cases.triage.models import KnownCheck, Triage, TriageStep
from foundation import clock
from foundation.errors import Invalid, Refused
from tests.cases.desk import make_case, reading
from tests.cases.triage.walk import begun, judged, running
from tests.invariants.world import World

pytestmark = pytest.mark.django_db


def triage_of(number: str) -> Triage:
    return Triage.objects.get(case__number=number)


def test_admission_wants_all_four_criteria(world: World) -> None:
    begun(world, "JU-1", to=3)
    with pytest.raises(Invalid):
        commands.propose(reading(world, "nadia"), "JU-1", "admit", text="Alles klopt.")
    judged(world, "JU-1", c=False)
    with pytest.raises(Invalid):
        commands.propose(reading(world, "nadia"), "JU-1", "admit", text="Alles klopt.")
    commands.judge(reading(world, "nadia"), "JU-1", "c", fulfilled=True, text="Bij nader inzien wel.")
    assert commands.propose(reading(world, "nadia"), "JU-1", "admit", text="Alles klopt.").outcome == "admit"
    assert TriageStep.objects.filter(triage__case__number="JU-1", what="c").count() == 1
    assert TriageStep.history.filter(case__number="JU-1", what="c").count() == 2


def test_a_proposal_stands_only_after_another_controller_agrees(world: World) -> None:
    begun(world, "JU-2", to=3)
    judged(world, "JU-2")
    commands.propose(reading(world, "nadia"), "JU-2", "admit", text="Alles klopt.")
    assert triage_of("JU-2").decided_at is None
    for who in ("nadia", "tessa"):
        with pytest.raises((Refused, NotYourCase)):
            commands.respond(reading(world, who), "JU-2", agrees=True)
    commands.respond(reading(world, "ruben"), "JU-2", agrees=False, text="Er loopt al iets bij ons.")
    assert triage_of("JU-2").decided_at is None
    commands.respond(reading(world, "sanne"), "JU-2", agrees=True)
    found = triage_of("JU-2")
    assert (found.outcome, found.decided_by.code, found.destroy_on) == ("admit", "GEM-MD", None)
    positions = TriageStep.objects.filter(triage=found, what="position").values_list("source__code", "fulfilled")
    assert dict(positions) == {"POL-MD": False, "GEM-MD": True}


@override_settings(TRIAGE_AGREEMENTS=2)
def test_how_many_must_agree_is_a_setting(world: World) -> None:
    begun(world, "JU-3", to=3)
    judged(world, "JU-3")
    commands.propose(reading(world, "nadia"), "JU-3", "admit", text="Alles klopt.")
    commands.respond(reading(world, "sanne"), "JU-3", agrees=True)
    commands.respond(reading(world, "sanne"), "JU-3", agrees=True)
    assert triage_of("JU-3").decided_at is None
    commands.respond(reading(world, "ruben"), "JU-3", agrees=True)
    assert triage_of("JU-3").decided_at is not None


@pytest.mark.parametrize(
    ("filter_", "outcome", "destination"),
    [(1, "reject", ""), (2, "refer", "safe_home"), (2, "refer_back", "GEM-MD"), (3, "advice", "")],
)
def test_triage_stops_at_any_filter_and_what_was_shared_goes_on_its_day(
    world: World, filter_: int, outcome: str, destination: str
) -> None:
    case = begun(world, f"JU-4-{outcome}", to=filter_)
    number = case.number
    if filter_ == 2:
        running(world, number)
    commands.propose(reading(world, "nadia"), number, outcome, text="Lichter kan.", destination=destination)
    commands.respond(reading(world, "sanne"), number, agrees=True)
    found = triage_of(number)
    assert (found.destination, found.destroy_on) == (destination, clock.today() + timedelta(days=14))
    assert Case.objects.get(pk=case.pk).state == "rejected"
    for who in ("nadia", "sanne", "ruben"):
        with pytest.raises(NotYourCase):
            casework.open_case(reading(world, who), number, None)
    assert not KnownCheck.objects.filter(triage=found).exclude(of_bsn="", of_name="").exists()
    assert not KnownCheck.objects.filter(triage=found, closed_at=None).exists()


@pytest.mark.parametrize(
    ("outcome", "destination"),
    [
        ("refer", ""), ("refer", "ergens"), ("refer_back", "NIETS"), ("refer_back", "WON-KADE"), ("duplicate", ""),
        ("duplicate", "JU-5"), ("duplicate", "JU-5-strange"), ("more_info", ""), ("later", ""),
    ],
)  # fmt: skip
def test_an_outcome_names_where_it_goes(world: World, outcome: str, destination: str) -> None:
    begun(world, "JU-5")
    make_case("JU-5-strange", live=("GEM-MD",))
    with pytest.raises(Invalid):
        commands.propose(reading(world, "nadia"), "JU-5", outcome, text="Lichter kan.", destination=destination)


def test_a_double_names_a_case_that_the_director_knows(world: World) -> None:
    begun(world, "JU-6")
    make_case("JU-6-known", live=("ZVH-MD", "GEM-MD"))
    found = commands.propose(reading(world, "nadia"), "JU-6", "duplicate", text="Loopt al.", destination="JU-6-known")
    assert found.destination == "JU-6-known"


def test_more_information_is_asked_once_for_five_days(world: World) -> None:
    begun(world, "JU-7")
    found = commands.ask_more(reading(world, "nadia"), "JU-7", text="Wanneer was dit?")
    assert found.info_until == clock.today() + timedelta(days=5)
    assert found.decided_at is None
    with pytest.raises(Invalid):
        commands.ask_more(reading(world, "nadia"), "JU-7", text="Nog eens?")


def test_a_new_judgement_makes_the_proposal_fall(world: World) -> None:
    begun(world, "JU-8", to=3)
    judged(world, "JU-8")
    commands.propose(reading(world, "nadia"), "JU-8", "admit", text="Alles klopt.")
    commands.judge(reading(world, "nadia"), "JU-8", "d", fulfilled=False, text="Eén partij kan het.")
    with pytest.raises(Invalid):
        commands.respond(reading(world, "sanne"), "JU-8", agrees=True)


def test_what_is_decided_stays_decided(world: World) -> None:
    begun(world, "JU-9", to=4)
    number = "JU-9"
    for act in (
        lambda: commands.respond(reading(world, "ruben"), number, agrees=True),
        lambda: commands.propose(reading(world, "nadia"), number, "reject", text="Toch niet."),
        lambda: commands.judge(reading(world, "nadia"), number, "a", fulfilled=False, text="Toch niet."),
        lambda: commands.ask(reading(world, "nadia"), number, agencies=["BGM-MD"]),
    ):
        with pytest.raises(Invalid):
            act()


def test_a_judgement_has_a_text_and_disagreement_a_reason(world: World) -> None:
    begun(world, "JU-10", to=3)
    for text in ("", "  ", "ja", "\x00\x00\x00\x00\x00\x00"):
        with pytest.raises(Invalid):
            commands.judge(reading(world, "nadia"), "JU-10", "a", fulfilled=True, text=text)
    with pytest.raises(Invalid):
        commands.judge(reading(world, "nadia"), "JU-10", "e", fulfilled=True, text="Bestaat niet.")
    with pytest.raises(Invalid):
        commands.judge(reading(world, "nadia"), "JU-10", "a", fulfilled=True, text="x" * 4001)
    commands.propose(reading(world, "nadia"), "JU-10", "reject", text="Te licht.")
    with pytest.raises(Invalid):
        commands.respond(reading(world, "sanne"), "JU-10", agrees=False)


def test_weighing_begins_at_filter_three(world: World) -> None:
    begun(world, "JU-11", to=2)
    with pytest.raises(Invalid):
        commands.judge(reading(world, "nadia"), "JU-11", "a", fulfilled=True, text="Alvast vast.")
