"""The workbench on the whole house: from a read of a case to its signed article, timelines, and a question answered."""

import re
from typing import Any

import pytest

from audit import ports
from audit.journal.models import Entry
from audit.oversight.models import Question
from cases.casework import queries
from cases.disclosure.grounds import ended_before, taking_part
from cases.disclosure.reasons import _facts
from cases.models import Participation
from foundation import clock
from tests.architecture.denials_oversight import some_finding
from tests.cases.desk import Api, changing, page, reading
from tests.invariants.crawl import found_in
from tests.invariants.world import World

pytestmark = pytest.mark.django_db
BENCH = "/privacy/toezicht/"
READER, OFFICER, CASE = "ruben", "dirk", "MW-2"
"""A police professional, and the privacy officer of the police."""


def a_read(world: World) -> Entry:
    """The police officer opens a case; the entry about the first person."""
    queries.open_case(reading(world, READER), CASE, None)
    return Entry.objects.filter(event_type="case.read", case_ref=world.cases[CASE].ref).exclude(fields_0=0).last()


def text(world: World, url: str, who: str = OFFICER) -> str:
    answer = page(world, who).get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def test_why_leads_from_a_read_to_the_signed_article(world: World) -> None:
    entry = a_read(world)
    shown = text(world, f"{BENCH}waarom/{entry.uid.hex}/")

    assert "neemt deel aan de casus" in shown
    assert "gold toen niet" not in shown
    assert re.search(r"PGA-MD v\d+ art\. [\d.]+", shown)
    assert "Handtekeningen:" in shown
    assert found_in(world, shown) == ()

    told = Api(world, OFFICER, "pga_adult").get(f"/oversight/why/{entry.uid.hex}").json()
    assert told["articles"]
    assert all(article["in_force"] and article["title"] for article in told["articles"])
    states = {place["state"] for article in told["articles"] for place in article["signatures"]}
    assert states <= {"verified", "paper", "exempt"}
    assert told["unknown"] == []
    assert [ground["held"] for ground in told["taking_part"]] == [True]


def test_every_fact_that_can_be_a_reason_can_be_told_in_words(world: World) -> None:
    kinds = {kind for _code, select in _facts.values() for kind in re.findall(r"'([a-z]+):'", select)}
    known = {kind for given in ports._supplies.values() for kind in given.grounds}

    assert kinds | {"participation"} <= known
    for kind in known:
        # What is gone, or was never there, is nothing: not an error.
        assert ports.ground_of(f"{kind}:{'0' * 32}") is None
        assert ports.ground_of(f"{kind}:zqx") is None


def test_a_part_that_ended_is_told_as_ended_and_one_that_runs_is_not(world: World) -> None:
    part = Participation.objects.get(case__number=CASE, agency__code="POL-MD")
    case, police, before = part.case.ref, part.agency.oin, clock.now()
    assert ended_before([(case, police), ("zqx", police)]) == {}
    assert [ground.held(before) for ground in taking_part(case, police, before)] == [True]

    with changing():
        part.ends, part.is_open = before, False
        part.save()

    assert ended_before([(case, police)]) == {(case, police): before}
    assert taking_part(case, police, clock.now()) == ()


def test_a_timeline_of_a_person_is_found_by_case_number_and_shows_no_value(world: World) -> None:
    a_read(world)
    shown = text(world, f"{BENCH}tijdlijn/?sort=person&text={CASE}")
    choices = [url.replace("&amp;", "&") for url in re.findall(r'href="([^"]*sort=person[^"]*)"', shown)]
    line = text(world, choices[0]) if choices else shown

    assert "Ruben" in line
    assert "Gelezen:" in line
    assert "Waarom mocht dit?" in line
    assert found_in(world, line + shown) == ()
    assert Entry.objects.filter(event_type="oversight.timeline").exists()


@pytest.mark.parametrize("sort", ["case", "reader", "agency"])
def test_there_is_a_timeline_per_case_reader_and_agency(world: World, sort: str) -> None:
    a_read(world)
    asked = {"case": CASE, "reader": "Ruben", "agency": "POL-MD"}[sort]

    assert "Ruben" in text(world, f"{BENCH}tijdlijn/?sort={sort}&text={asked}")


def test_a_timeline_of_nothing_says_so_and_an_empty_question_names_its_field(world: World) -> None:
    assert "Geen inzages gevonden" in text(world, f"{BENCH}tijdlijn/?sort=case&text=XX-0")
    answer = page(world, OFFICER).get(f"{BENCH}tijdlijn/?sort=case&text=")
    assert answer.status_code == 422
    assert "Typ een casusnummer of een naam." in answer.content.decode()
    assert page(world, OFFICER).get(f"{BENCH}tijdlijn/?sort=case&text=a%00b").status_code == 422


def test_the_first_screen_says_what_waits(world: World) -> None:
    shown = text(world, BENCH)

    for word in ("onverklaard", "te beoordelen noodtoegang", "in behandeling", "verzegeld"):
        assert word in shown
    for path in ("tijdlijn/", "verloop/"):
        assert f'href="{BENCH}{path}"' in shown


def test_the_course_of_reads_has_a_drawing_and_the_same_as_a_table(world: World) -> None:
    a_read(world)
    shown = text(world, f"{BENCH}verloop/")

    assert shown.count("<rect") >= 13
    assert "Als tabel" in shown
    assert len(Api(world, OFFICER, "pga_adult").get("/oversight/plot").json()["weeks"]) == 13


def test_a_reader_finds_the_question_in_the_inbox_and_answers_it_there(world: World) -> None:
    finding = some_finding(world)
    ask = f"{BENCH}bevinding/{finding}/vraag/"
    assert page(world, OFFICER).post(ask, {"text": " "}).status_code == 422
    assert page(world, OFFICER).post(ask, {"text": "Waarom las u dit?"}).status_code == 302
    url = f"/mijn-inzages/vraag/{Question.objects.get().uid}/"

    for place in ("/inbox/", "/mijn-inzages/"):
        assert url in text(world, place, READER)
        assert url not in text(world, place, "esra")
    shown = text(world, url, READER)
    assert "Waarom las u dit?" in shown
    assert CASE in shown
    assert found_in(world, shown) == ()
    ruben = page(world, READER)
    assert ruben.post(url, {"text": ""}).status_code == 422
    assert ruben.post(url, {"text": "Ik nam een melding aan."}).status_code == 302

    assert url not in text(world, "/inbox/", READER)
    assert "Ik nam een melding aan." in text(world, f"{BENCH}bevinding/{finding}/")


def test_words_typed_in_vain_stay_on_the_page(world: World) -> None:
    finding = some_finding(world)
    ask = f"{BENCH}bevinding/{finding}/vraag/"
    page(world, OFFICER).post(ask, {"text": "Waarom?"})
    answer: Any = page(world, OFFICER).post(ask, {"text": "En waarom toen?"})

    assert answer.status_code == 422
    assert "En waarom toen?" in answer.content.decode()
