"""What a handler does with a signal, who reads it afterwards, and that two at once do not both succeed."""

from datetime import timedelta
from typing import Any

import pytest

from cases.intake import commands, queries
from cases.intake.access import NotYourSignal
from cases.intake.models import Signal
from cases.models import Participation
from foundation import clock
from foundation.errors import Invalid, NotFound, Refused
from tests.cases.desk import Api, make_case, page, reading, shown
from tests.cases.intake.test_reporting import report, seen_by
from tests.invariants.world import World

pytestmark = pytest.mark.django_db
ALL = ("POL-MD", "GEM-MD", "ZVH-MD")


def state(number: str) -> str:
    return Signal.objects.get(number=number).state


def test_a_signal_goes_into_triage_under_a_number_of_its_own(world: World) -> None:
    number = report(world, "ruben")

    case = commands.take_into_triage(reading(world, "nadia"), number)

    assert (case.state, case.phase, state(number)) == ("open", "triage", "in_triage")
    assert case.number.startswith("MD-")
    assert queries.signal_of_case(case).number == number
    assert len(queries.report_rows(case)) == 1
    assert "signal_person" in seen_by(world, "nadia", number), "the triage may ask about whom it is"
    assert page(world, "nadia").get(f"/casus/{case.number}/").status_code == 200


@pytest.mark.parametrize("key", ["ruben", "sanne", "margot"])
def test_only_the_case_director_of_the_handler_starts_triage(world: World, key: str) -> None:
    number = report(world, "ruben")

    with pytest.raises((Refused, NotYourSignal)):
        commands.take_into_triage(reading(world, key), number)
    assert state(number) == "new"


def test_of_two_that_act_at_once_one_is_told_that_the_other_was_first(world: World) -> None:
    number = report(world, "ruben")
    commands.dismiss_signal(reading(world, "nadia"), number, reason="Buurtbemiddeling pakt dit op.")

    for act in (
        lambda: commands.take_into_triage(reading(world, "nadia"), number),
        lambda: commands.dismiss_signal(reading(world, "nadia"), number, reason="Nog een keer."),
        lambda: commands.forward_signal(reading(world, "nadia"), number, to="GEM-MD"),
    ):
        with pytest.raises(Refused):
            act()


def test_a_dismissed_signal_is_shielded_and_has_a_day_on_which_it_is_gone(world: World) -> None:
    number = report(world, "ruben")
    commands.dismiss_signal(reading(world, "nadia"), number, reason="Buurtbemiddeling pakt dit op.")
    signal = Signal.objects.get(number=number)

    assert signal.destroy_on == clock.today() + timedelta(days=14)
    assert signal.file.state == "rejected"
    assert seen_by(world, "nadia", number) == {"triage_judgement"}
    assert seen_by(world, "ruben", number) == {"triage_judgement"}, "the reporter learns why"
    assert queries.report_rows(signal.file), "the rows stand until retention takes them"


def test_a_dismissal_needs_a_reason(world: World) -> None:
    number = report(world, "ruben")

    answer = page(world, "nadia").post(f"/signalen/{number}/stap/dismiss/", {"reason": "nee"})

    assert answer.status_code == 422
    assert "paar woorden" in answer.content.decode()
    assert state(number) == "new"


def test_a_forwarded_signal_is_handled_by_another_and_gone_for_who_sent_it(world: World) -> None:
    number = report(world, "joost", kind="housing")

    commands.forward_signal(reading(world, "sanne"), number, to="ZVH-MD")

    assert Signal.objects.get(number=number).handler.code == "ZVH-MD"
    with pytest.raises(NotYourSignal):
        queries.open_signal(reading(world, "sanne"), number, None)
    assert seen_by(world, "nadia", number) == {"home_nuisance"}
    assert "home_nuisance" in seen_by(world, "joost", number)


@pytest.mark.parametrize("to", ["WON-WATERWEG", "ZVH-MD", "HLT-MD", "BESTAAT-NIET", ""])
def test_a_signal_is_forwarded_only_to_another_party(world: World, to: str) -> None:
    number = report(world, "ruben")

    with pytest.raises(Invalid):
        commands.forward_signal(reading(world, "nadia"), number, to=to)


def test_merged_signals_are_read_together(world: World) -> None:
    first, second = report(world, "ruben"), report(world, "tessa", kind="debts", seen="Schulden bij de buren")

    commands.merge_signal(reading(world, "nadia"), second, into=first)
    case = commands.take_into_triage(reading(world, "nadia"), first)

    assert state(second) == "merged"
    opened = queries.open_signal(reading(world, "nadia"), first, None)
    assert {source for source, _code in shown(opened.answer)} == {"POL-MD", "SOC-WATERKANT"}
    assert len(queries.report_rows(case)) == 2
    with pytest.raises(NotYourSignal):
        queries.open_signal(reading(world, "tessa"), first, None)


def test_a_place_and_a_person_are_not_merged_nor_linked(world: World) -> None:
    place, person = report(world, "farid", about="area"), report(world, "ruben")
    make_case("MD-2026-9001", live=ALL, kind="area", covenants=("HAV-GEBIED",), purpose="area_safety")

    with pytest.raises(Invalid):
        commands.merge_signal(reading(world, "nadia"), place, into=person)
    with pytest.raises(Invalid):
        commands.link_signal(reading(world, "nadia"), person, case="MD-2026-9001")


def test_a_linked_signal_is_read_under_the_rules_of_the_case(world: World) -> None:
    number = report(world, "farid", about="area", seen="Elke avond een groep bij de steiger")
    make_case(
        "MD-2026-9002", live=(*ALL, "WON-WATERWEG"), kind="area", covenants=("HAV-GEBIED",), purpose="area_safety"
    )
    commands.link_signal(reading(world, "nadia"), number, case="MD-2026-9002")

    police = page(world, "ruben").get("/casus/MD-2026-9002/signalen/").content.decode()
    landlord = page(world, "joost").get("/casus/MD-2026-9002/signalen/").content.decode()

    assert "Elke avond een groep" in police
    assert number in police
    assert "Elke avond een groep" not in landlord
    assert number not in landlord, "that there is a signal is knowledge too"


def test_a_case_in_which_one_takes_no_part_cannot_be_linked_to(world: World) -> None:
    number = report(world, "ruben")
    make_case("MD-2026-9003", live=("POL-MD", "GEM-MD"))

    with pytest.raises(NotFound):
        commands.link_signal(reading(world, "nadia"), number, case="MD-2026-9003")
    assert state(number) == "new"


def test_the_reporter_adds_what_was_seen_later_and_once(world: World) -> None:
    number = report(world, "ruben")
    browser = page(world, "ruben")
    form = {"seen": "Vanavond weer", "submission": "2f0b0c52-7c0c-4b42-9b6a-0c6a1f5b8f11"}

    for _ in range(2):
        assert browser.post(f"/signalen/{number}/stap/add/", form).status_code == 302

    text = page(world, "nadia").get(f"/signalen/{number}/").content.decode()
    assert text.count("Vanavond weer") == 1


def test_the_bureau_adds_no_facts(world: World) -> None:
    number = report(world, "ruben")

    with pytest.raises(Refused):
        commands.add_to_signal(reading(world, "nadia"), number, seen="Ik denk")


def test_every_step_has_a_page_that_only_its_handler_can_use(world: World) -> None:
    number = report(world, "ruben")
    for code in ("add", "dismiss", "forward", "merge", "link", "reply"):
        answer = page(world, "nadia").get(f"/signalen/{number}/stap/{code}/")
        assert answer.status_code == 200
        assert page(world, "margot").get(f"/signalen/{number}/stap/{code}/").status_code == 404
    refused = page(world, "ruben").post(f"/signalen/{number}/stap/dismiss/", {"reason": "Ik sluit het zelf."})
    assert refused.status_code == 403
    assert "Ik sluit het zelf." in refused.content.decode(), "what was typed stays"


def test_the_steps_of_the_api_are_those_of_the_pages(world: World) -> None:
    number = report(world, "ruben")
    director = Api(world, "nadia", "pga_adult")

    assert director.post(f"/signals/{number}/steps/dismiss", {"value": "Buurtbemiddeling."}).status_code == 204
    assert director.post(f"/signals/{number}/steps/merge", {"value": number}).status_code == 403
    assert director.get(f"/signals/{number}").json()["state"] == "dismissed"


def test_after_forwarding_the_part_of_the_former_handler_has_ended(world: World) -> None:
    number = report(world, "joost", kind="housing")
    commands.forward_signal(reading(world, "sanne"), number, to="ZVH-MD")

    taking: Any = Participation.objects.get(case__number=number, agency__code="GEM-MD")
    assert not taking.is_open
    assert taking.ends > taking.starts
