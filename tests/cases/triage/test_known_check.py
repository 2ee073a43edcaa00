"""Hit or no hit: who is asked, what is compared, and that nobody sees an answer too early."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import override_settings

from audit.journal.models import Entry
from cases.triage import commands
from cases.triage.checks import NotYourCheck
from cases.triage.commands import Typed
from cases.triage.models import KnownAnswer, KnownCheck, TriageStep
from cases.triage.pseudonym import code_of
from cases.triage.queries import triage_page
from foundation import clock
from foundation.errors import Invalid, Refused
from tests.cases.desk import reading
from tests.cases.triage.walk import BORN, BSN, NAME, OTHER_BSN, begun, running
from tests.invariants.world import World

pytestmark = pytest.mark.django_db


def told(world: World, who: str, number: str) -> dict[str, str]:
    """Agency → answer, as somebody sees it on the page of triage ("" where nothing shows)."""
    page = triage_page(reading(world, who), number, None)
    return {row.agency.code: row.answer for check in page.checks for row in check.rows}


def test_nobody_sees_an_answer_until_all_have_answered(world: World) -> None:
    begun(world, "KC-1", to=2)
    check = running(world, "KC-1")
    commands.answer(reading(world, "ruben"), check.uid, answer="known")
    assert told(world, "nadia", "KC-1") == {"OM-MD": "", "POL-MD": ""}
    assert told(world, "sanne", "KC-1") == {"OM-MD": "", "POL-MD": ""}
    commands.answer(reading(world, "margot"), check.uid, answer="may_not_say")
    assert told(world, "nadia", "KC-1") == {"OM-MD": "may_not_say", "POL-MD": "known"}


def test_an_answer_shows_once_the_term_has_passed(world: World) -> None:
    begun(world, "KC-2", to=2)
    check = running(world, "KC-2")
    commands.answer(reading(world, "ruben"), check.uid, answer="unknown")
    with time_machine.travel(check.deadline - timedelta(minutes=1), tick=False):
        assert told(world, "nadia", "KC-2")["POL-MD"] == ""
    with time_machine.travel(check.deadline, tick=False):
        assert told(world, "nadia", "KC-2") == {"OM-MD": "", "POL-MD": "unknown"}
        with pytest.raises(Invalid):
            commands.answer(reading(world, "margot"), check.uid, answer="known")
        assert commands.pass_filter(reading(world, "nadia"), "KC-2", 3).filter == 3


def test_an_answer_may_change_while_nobody_can_see_it(world: World) -> None:
    begun(world, "KC-3", to=2)
    check = running(world, "KC-3")
    commands.answer(reading(world, "ruben"), check.uid, answer="known")
    commands.answer(reading(world, "ruben"), check.uid, answer="unknown")
    commands.answer(reading(world, "margot"), check.uid, answer="unknown")
    assert told(world, "nadia", "KC-3")["POL-MD"] == "unknown"
    with pytest.raises(Invalid):
        commands.answer(reading(world, "ruben"), check.uid, answer="known")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (Typed(bsn=BSN), True),
        (Typed(bsn="9999.93.653"), True),
        (Typed(bsn=OTHER_BSN), False),
        (Typed(name="van den berg unal ZOE", born_on=BORN), True),
        (Typed(name=NAME, born_on=BORN + timedelta(days=1)), False),
        (Typed(name="Zoë Ünal", born_on=BORN), False),
        (Typed(bsn=OTHER_BSN, name=NAME, born_on=BORN), True),
    ],
)
def test_the_server_says_match_or_no_match(world: World, typed: Typed, expected: bool) -> None:
    begun(world, "KC-4", to=2)
    check = running(world, "KC-4")
    assert commands.compare(reading(world, "ruben"), check.uid, typed) is expected


def test_what_is_typed_is_kept_nowhere(world: World) -> None:
    begun(world, "KC-5", to=2)
    check = running(world, "KC-5")
    commands.compare(reading(world, "ruben"), check.uid, Typed(bsn=OTHER_BSN, name="Iemand Anders", born_on=BORN))
    entry = Entry.objects.get(event_type="known_check.compared")
    kept = entry.body.decode() if isinstance(entry.body, bytes) else bytes(entry.body).decode()
    rows = str(list(KnownAnswer.objects.values())) + str(list(KnownCheck.objects.values())) + kept
    for text in (OTHER_BSN, "Anders", BSN, "Berg", BORN.isoformat(), "match"):
        assert text not in rows
    assert KnownAnswer.objects.get(check_of=check, agency__code="POL-MD").tries == 1


@override_settings(KNOWN_CHECK_TRIES=2)
def test_an_agency_compares_only_a_few_times(world: World) -> None:
    begun(world, "KC-6", to=2)
    check = running(world, "KC-6")
    for _time in range(2):
        commands.compare(reading(world, "ruben"), check.uid, Typed(bsn=OTHER_BSN))
    with pytest.raises(Refused):
        commands.compare(reading(world, "ruben"), check.uid, Typed(bsn=BSN))
    # A slip of the pen is no try, and another agency has its own.
    assert commands.compare(reading(world, "margot"), check.uid, Typed(bsn=BSN))


@pytest.mark.parametrize(
    "typed", [Typed(), Typed(bsn="123456789"), Typed(name=NAME), Typed(born_on=BORN), Typed(bsn="x")]
)
def test_half_of_an_identity_compares_nothing(world: World, typed: Typed) -> None:
    begun(world, "KC-7", to=2)
    check = running(world, "KC-7")
    with pytest.raises(Invalid):
        commands.compare(reading(world, "ruben"), check.uid, typed)
    assert KnownAnswer.objects.get(check_of=check, agency__code="POL-MD").tries == 0


def test_two_checks_on_one_person_cannot_be_laid_side_by_side(world: World) -> None:
    begun(world, "KC-8", to=2)
    begun(world, "KC-9", to=2)
    one, other = running(world, "KC-8"), running(world, "KC-9")
    assert one.of_bsn
    assert one.of_name
    assert {one.of_bsn, one.of_name}.isdisjoint({other.of_bsn, other.of_name})
    assert code_of(one.uid) != code_of(other.uid)


def test_pseudonyms_go_when_the_check_is_over(world: World) -> None:
    begun(world, "KC-10", to=2)
    check = running(world, "KC-10")
    for who in ("ruben", "margot"):
        commands.answer(reading(world, who), check.uid, answer="unknown")
    check.refresh_from_db()
    assert (check.of_bsn, check.of_name) == ("", "")
    assert check.closed_at is not None


def test_the_check_does_not_exist_for_others_or_before_it_starts(world: World) -> None:
    begun(world, "KC-11", to=2)
    check = commands.ask(reading(world, "nadia"), "KC-11", agencies=["POL-MD"])
    for who in ("ruben", "margot", "joost", "bas"):
        with pytest.raises(NotYourCheck):
            commands.answer(reading(world, who), check.uid, answer="known")
    commands.identify(reading(world, "sanne"), check.uid, Typed(bsn=BSN))
    commands.answer(reading(world, "ruben"), check.uid, answer="known")
    with pytest.raises(NotYourCheck):
        commands.compare(reading(world, "margot"), check.uid, Typed(bsn=BSN))


def test_only_who_reported_says_who_it_is_and_once(world: World) -> None:
    begun(world, "KC-12", to=2)
    check = commands.ask(reading(world, "nadia"), "KC-12", agencies=["POL-MD"])
    with pytest.raises(NotYourCheck):
        commands.identify(reading(world, "nadia"), check.uid, Typed(bsn=BSN))
    commands.identify(reading(world, "sanne"), check.uid, Typed(bsn=BSN))
    with pytest.raises(Refused):
        commands.identify(reading(world, "ruben"), check.uid, Typed(bsn=OTHER_BSN))
    with pytest.raises(Invalid):
        commands.identify(reading(world, "sanne"), check.uid, Typed(bsn=OTHER_BSN))


def test_participants_only_after_a_controller_says_it_fits_third_parties_never(world: World) -> None:
    begun(world, "KC-13", to=2)
    for code in ("RCL-MD", "OND-BAKEN", "WON-WATERWEG", "ZVH-MD", "GEM-MD", "GGZ-MD", "NIETS"):
        with pytest.raises(Invalid):
            commands.ask(reading(world, "nadia"), "KC-13", agencies=[code])
    commands.say_fits(reading(world, "ruben"), "KC-13")
    commands.say_fits(reading(world, "ruben"), "KC-13")
    assert TriageStep.objects.filter(triage__case__number="KC-13", what="fits").count() == 1
    assert commands.ask(reading(world, "nadia"), "KC-13", agencies=["RCL-MD"]).answers.count() == 1
    for code in ("RCL-MD", "OND-BAKEN", "WON-WATERWEG", "GGZ-MD", "VT-MD"):
        with pytest.raises(Invalid):
            commands.ask(reading(world, "nadia"), "KC-13", agencies=[code])


@override_settings(KNOWN_CHECK_AGENCIES=["GGZ", "POL"])
def test_which_types_are_asked_is_a_setting(world: World) -> None:
    begun(world, "KC-14", to=2)
    commands.say_fits(reading(world, "ruben"), "KC-14")
    commands.ask(reading(world, "nadia"), "KC-14", agencies=["GGZ-MD"])
    with pytest.raises(Invalid):
        commands.ask(reading(world, "nadia"), "KC-14", agencies=["OM-MD"])


def test_only_a_controller_says_that_a_report_fits(world: World) -> None:
    begun(world, "KC-15", to=2, live=("ZVH-MD", "GEM-MD", "POL-MD", "SOC-WATERKANT"))
    for who in ("nadia", "tessa"):
        with pytest.raises(Refused):
            commands.say_fits(reading(world, who), "KC-15")


def test_asking_is_for_the_director_from_filter_two(world: World) -> None:
    begun(world, "KC-16")
    with pytest.raises(Invalid):
        commands.ask(reading(world, "nadia"), "KC-16", agencies=["POL-MD"])
    commands.pass_filter(reading(world, "nadia"), "KC-16", 2)
    with pytest.raises(Refused):
        commands.ask(reading(world, "sanne"), "KC-16", agencies=["POL-MD"])
    for none in ([], ["POL-MD", "NIETS"]):
        with pytest.raises(Invalid):
            commands.ask(reading(world, "nadia"), "KC-16", agencies=none)


def test_the_contact_person_is_a_colleague(world: World) -> None:
    begun(world, "KC-17", to=2)
    check = running(world, "KC-17")
    for stranger in (str(world.people["margot"].uuid), str(world.people["bas"].uuid), "x"):
        with pytest.raises(Invalid):
            commands.answer(reading(world, "ruben"), check.uid, answer="known", contact=stranger)
    with pytest.raises(Invalid):
        commands.answer(reading(world, "ruben"), check.uid, answer="misschien")


def test_the_deadline_counts_working_days(world: World) -> None:
    begun(world, "KC-18", to=2)
    with time_machine.travel(clock.start_of(date(2026, 12, 24)) + timedelta(hours=9), tick=False):
        check = running(world, "KC-18")
    # Christmas, Boxing Day and the weekend in between.
    assert check.deadline == clock.end_of(date(2026, 12, 30))
