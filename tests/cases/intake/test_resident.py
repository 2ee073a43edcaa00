"""Residents report without an account: who reads it, the code, the brakes, and that nothing of a case comes out."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from cases.intake import commands, limits, queries
from cases.intake.access import NotYourSignal
from cases.intake.commands import resident
from cases.intake.models import Report, Signal
from foundation import clock
from foundation.errors import Refused
from tests.cases.desk import page, reading, shown
from tests.cases.intake.test_reporting import made
from tests.invariants.world import World

pytestmark = pytest.mark.django_db

FORM = {
    "about": "area", "kind": "nuisance", "place": "Speeltuin", "person": "", "seen": "Elke ochtend ballonnen",
    "contact": "briefje in de bus", "website": "",
}  # fmt: skip


def anybody(address: str = "192.0.2.7") -> Client:
    return Client(HTTP_HOST="localhost", REMOTE_ADDR=address)


def token(seconds: int = 60) -> str:
    return resident.new_token(at=clock.now() - timedelta(seconds=seconds))


def send(client: Client | None = None, **other: Any) -> Any:
    return (client or anybody()).post("/melden/", {**FORM, "token": token(), **other})


def code_in(answer: Any) -> str:
    return re.search(r"[A-Z2-7]{4}(-[A-Z2-7]{4}){3}", answer.content.decode())[0]


def the_signal() -> Signal:
    return made().get()


def test_a_resident_reports_without_an_account_and_the_municipality_reads_it(world: World) -> None:
    answer = send()
    number = the_signal().number

    assert answer.status_code == 200
    assert code_in(answer)
    opened = queries.open_signal(reading(world, "sanne"), number, None)
    assert shown(opened.answer)["GEM-MD", "signal_summary"] == FORM["seen"]
    for other in ("nadia", "ruben", "joost"):
        with pytest.raises(NotYourSignal):
            queries.open_signal(reading(world, other), number, None)


def test_the_form_names_who_reads_it_and_asks_for_nobodys_name(world: World) -> None:
    text = anybody().get("/melden/").content.decode()

    assert "Gemeente Maasdelta" in text
    assert "/openbaar/" in text
    assert 'name="contact"' in text
    assert "(niet verplicht)" in text


def test_the_code_is_kept_nowhere(world: World) -> None:
    code = code_in(send())
    signal = the_signal()

    assert len(signal.receipt) == 64
    plain = code.replace("-", "")
    assert plain not in f"{signal.receipt} {signal.submission} {signal.number}".upper()


def test_the_code_shows_where_the_report_stands_and_nothing_else(world: World) -> None:
    code = code_in(send())

    first = anybody().post("/melden/volgen/", {"code": code.lower().replace("-", " ")}).content.decode()
    commands.reply_to_resident(reading(world, "sanne"), the_signal().number, reply="acted")
    later = anybody().post("/melden/volgen/", {"code": code}).content.decode()

    assert "Ontvangen" in first
    assert "Wij hebben er iets mee gedaan." in later
    for hidden in (the_signal().number, FORM["seen"], FORM["place"], "sanne", "Sanne"):
        assert hidden not in later


def test_the_same_form_twice_reports_once_and_gives_the_same_code(world: World) -> None:
    once = token()

    first, second = send(token=once), send(token=once)

    assert code_in(first) == code_in(second)
    assert made().count() == 1


def test_a_resident_adds_to_the_report_with_the_code(world: World) -> None:
    code = code_in(send())
    more = {"code": code, "seen": "Vannacht weer", "token": token()}

    for _ in range(2):
        assert anybody().post("/melden/volgen/", more).status_code == 200

    opened = queries.open_signal(reading(world, "sanne"), the_signal().number, None)
    values = [fact.value for person in opened.answer.disclosures for fact in person.facts]
    assert values.count("Vannacht weer") == 1


def test_nothing_is_added_once_it_is_closed(world: World) -> None:
    code = code_in(send())
    commands.dismiss_signal(reading(world, "sanne"), the_signal().number, reason="Niets aangetroffen.")

    answer = anybody().post("/melden/volgen/", {"code": code, "seen": "Toch weer", "token": token()})

    assert "afgesloten" in answer.content.decode()
    assert Report.objects.filter(sort="addition").count() == 0


def test_how_to_reach_the_reporter_is_read_by_intake_alone_and_in_no_case(world: World) -> None:
    send()
    number = the_signal().number
    seen = page(world, "sanne").get(f"/signalen/{number}/")
    contact = page(world, "sanne").get(f"/signalen/{number}/melder/")
    commands.forward_signal(reading(world, "sanne"), number, to="ZVH-MD")

    assert FORM["contact"] not in seen.content.decode()
    assert FORM["contact"] in contact.content.decode()
    with pytest.raises(Refused):
        queries.contact_of(reading(world, "nadia"), number)
    commands.take_into_triage(reading(world, "nadia"), number)
    rows = queries.report_rows(the_signal().file)
    contact_mask = 1 << reading(world, "nadia").policy.catalogue.by_code["reporter_contact"].bit
    assert not any(int(row.present, 16) & contact_mask for row in rows)


def test_a_program_that_fills_in_everything_reports_nothing(world: World) -> None:
    answer = send(website="http://koop.example")

    assert answer.status_code == 200
    assert not made().exists()


@pytest.mark.parametrize("bad", ["", "nonsens", "eyJuIjoxfQ:1abc:def"])
def test_a_form_that_is_not_ours_is_refused_and_its_text_kept(world: World, bad: str) -> None:
    answer = send(token=bad)

    assert answer.status_code == 422
    assert FORM["seen"] in answer.content.decode()
    assert not made().exists()


@pytest.mark.parametrize("seconds", [0, 5 * 3600])
def test_too_quick_or_too_old_a_form_is_sent_again_by_a_person(world: World, seconds: int) -> None:
    answer = send(token=token(seconds))

    assert answer.status_code == 422
    assert FORM["seen"] in answer.content.decode()
    fresh = re.search(r'name="token" value="([^"]+)"', answer.content.decode())[1]
    with time_machine.travel(clock.now() + timedelta(seconds=30)):
        assert send(token=fresh).status_code == 200


def test_one_address_reports_only_so_often(world: World) -> None:
    for _ in range(limits.REPORTING.most):
        assert send().status_code == 200

    assert send().status_code == 429
    assert send(anybody("198.51.100.9")).status_code == 200
    with time_machine.travel(clock.now() + timedelta(days=1)):
        assert send().status_code == 200


def test_guessing_codes_locks_the_address_out_also_with_the_right_one(world: World) -> None:
    code = code_in(send())
    for _ in range(limits.GUESSING.most):
        assert anybody().post("/melden/volgen/", {"code": "AAAA-BBBB-CCCC-DDDD"}).status_code == 404

    assert anybody().post("/melden/volgen/", {"code": code}).status_code == 429
    assert anybody("2001:db8::1").post("/melden/volgen/", {"code": code}).status_code == 200


def test_text_that_seems_to_hold_a_bsn_warns_and_can_be_sent_all_the_same(world: World) -> None:
    once = token()
    first = send(seen="Zijn nummer is 999990007", token=once)
    second = send(seen="Zijn nummer is 999990007", token=once, reconsidered="1")

    assert first.status_code == 422
    assert "burgerservicenummer" in first.content.decode()
    assert second.status_code == 200
    assert code_in(second)


def test_a_signed_in_reader_gets_the_same_page_as_everybody(world: World) -> None:
    text = page(world, "nadia").get("/melden/").content.decode()

    assert "El Idrissi" not in text
    assert "Werkvoorraad" not in text


def test_only_who_took_it_over_answers_the_resident(world: World) -> None:
    send()
    number = the_signal().number
    commands.forward_signal(reading(world, "sanne"), number, to="ZVH-MD")

    with pytest.raises(Refused):
        commands.reply_to_resident(reading(world, "nadia"), number, reply="acted")
    commands.reply_to_resident(reading(world, "sanne"), number, reply="passed_on")
    assert the_signal().reply == "passed_on"
