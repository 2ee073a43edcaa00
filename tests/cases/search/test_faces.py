"""Searching by page and by API: what is typed, what comes back, what is refused, and what is written."""

import re
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client

from audit.journal.models import Entry, Part
from cases.casework.commands.contribution import Given, add_contribution
from cases.search.limits import PER_MINUTE
from foundation import clock
from tests.cases.desk import Api, make_case, page, reading
from tests.cases.search.conftest import Desk
from tests.invariants.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(world: World, db: None) -> None:
    """Two cases with facts of the municipality and the police."""
    people = {"MD-2026-0011": ("Zofia Wiśniewska", "2010-03-05"), "MD-2025-0007": ("Bram Oud", "1981-11-02")}
    for number, (name, born) in people.items():
        make_case(number, live=("GEM-MD", "POL-MD", "ZVH-MD"))
        values = {"full_name": name, "date_of_birth": born, "brp_address": "Veerkade 12, 3011 AB Maasdelta"}
        add_contribution(reading(world, "sanne"), number, Given(values=values, observed_on=clock.today()))


def ask(client: Client, q: str, doel: str = "pga_adult") -> Any:
    return client.post("/zoeken/", {"q": q, "doel": doel}, follow=True)


@pytest.mark.parametrize(
    "q",
    ["Zofia Wiśniewska", "wisniewska", "zofia wis", "5-3-2010", "5 maart 2010", "MD-2026-0011", "md-2026-0011", "0011",
     "2026-0011"],
)  # fmt: skip
def test_a_case_is_found_by_name_birth_date_and_number(world: World, known: None, q: str) -> None:
    assert Desk(world, "ruben", "pga_adult").numbers(q) == ["MD-2026-0011"]


@pytest.mark.parametrize("q", ["Veerkade 12", "veerkade", "3011AB", "3011 ab maasdelta"])
def test_cases_are_found_by_address(world: World, known: None, q: str) -> None:
    assert set(Desk(world, "sanne", "pga_adult").numbers(q)) == {"MD-2026-0011", "MD-2025-0007"}


def test_a_number_of_a_case_one_takes_no_part_in_is_not_found(world: World, known: None) -> None:
    assert Desk(world, "marloes", "pga_adult").numbers("MD-2026-0011") == []
    assert Desk(world, "maarten", "pga_adult").numbers("Zofia") == ["MD-2026-0011"]
    assert Desk(world, "hanneke", "youth_school").numbers("MD-2026-0011") == []


def test_the_page_shows_the_case_with_the_fact_and_its_source(world: World, known: None) -> None:
    text = ask(page(world, "ruben"), "wisniewska").content.decode()

    assert "Zofia Wiśniewska" in text
    assert 'href="/casus/MD-2026-0011/"' in text
    assert 'class="vb-src"' in text
    assert "U leest voor" in text
    assert "Bram" not in text


def test_the_question_stands_in_no_address(world: World, known: None) -> None:
    answer = ask(page(world, "ruben"), "wisniewska")

    assert answer.redirect_chain == [("/zoeken/?uitkomst=1", 302)]
    assert "wisniewska" not in "".join(re.findall(r'(?:href|action|src)="[^"]*"', answer.content.decode()))


def test_a_link_with_a_question_is_turned_into_an_address_without(world: World, known: None) -> None:
    answer = page(world, "ruben").get("/zoeken/?q=wisniewska&doel=pga_adult", follow=True)

    assert answer.redirect_chain == [("/zoeken/?uitkomst=1", 302)]
    assert "Zofia" in answer.content.decode()


def test_the_empty_page_holds_no_case_data(world: World, known: None) -> None:
    client = page(world, "ruben")
    ask(client, "wisniewska")

    text = client.get("/zoeken/").content.decode()

    assert "Zofia" not in text
    assert "wisniewska" not in text


def test_without_a_purpose_nothing_is_searched_and_what_was_typed_stays(world: World, known: None) -> None:
    last = Entry.objects.order_by("-id").first().id

    answer = ask(page(world, "ruben"), "wisniewska", doel="")

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Kies waarvoor u zoekt" in text
    assert 'value="wisniewska"' in text
    assert "Zofia" not in text
    assert not Entry.objects.filter(id__gt=last, event_type__startswith="search").exists()


@pytest.mark.parametrize("doel", ["youth_school_x", "curiosity", "' OR 1=1"])
def test_a_purpose_that_no_covenant_gives_is_refused(world: World, known: None, doel: str) -> None:
    assert ask(page(world, "ruben"), "wisniewska", doel=doel).status_code == 422


def test_the_purpose_is_kept_for_the_visit(world: World, known: None) -> None:
    client = page(world, "ruben")
    ask(client, "wisniewska")

    assert "Zofia" in ask(client, "wisniewska", doel="").content.decode()


def test_a_case_that_does_not_give_the_purpose_is_not_found(world: World, known: None) -> None:
    assert Desk(world, "sanne", "area_safety").numbers("wisniewska") == []
    assert Desk(world, "sanne", "area_safety").numbers("MD-2026-0011") == []


@pytest.mark.parametrize("q", ["a", " ", "", "aa bb cc dd ee ff gg hh ii", "x" * 101])
def test_a_question_that_is_none_is_said_so_at_the_field(world: World, known: None, q: str) -> None:
    answer = ask(page(world, "ruben"), q)

    assert answer.status_code == 422
    assert "id_q_error" in answer.content.decode()


@pytest.mark.parametrize("q", ["zo\0fia", "\ud83d zofia"])
def test_signs_that_nobody_can_read_are_refused(world: World, known: None, q: str) -> None:
    assert Api(world, "ruben", "pga_adult").send("POST", "/search", {"q": q}).status_code == 422


def test_a_cursor_that_is_not_ours_is_refused(world: World, known: None) -> None:
    client = page(world, "ruben")
    ask(client, "wisniewska")

    assert client.get("/zoeken/?na=x").status_code == 422
    assert Api(world, "ruben", "pga_adult").post("/search", {"q": "wis", "after": "1.20"}).status_code == 422


def test_who_reads_no_cases_does_not_search(world: World, known: None) -> None:
    assert page(world, "ineke").get("/zoeken/").status_code == 403
    assert ask(page(world, "ineke"), "wisniewska").status_code == 403


# --- the journal ---------------------------------------------------------------------------------------------


def test_the_question_is_written_as_a_personal_part_and_each_case_with_its_fields(world: World, known: None) -> None:
    last = Entry.objects.order_by("-id").first().id

    ask(page(world, "ruben"), "wisniewska")

    hit, asked = Entry.objects.filter(id__gt=last, event_type__startswith="search").order_by("id")
    assert (hit.event_type, asked.event_type) == ("search.hit", "search.asked")
    # Name and date of birth: the title shows both.
    assert hit.case_ref
    assert hit.fields_0 == 0b11
    assert (asked.case_ref, asked.purpose) == ("", "pga_adult")
    assert b"wisniewska" not in bytes(asked.body)
    assert b'"kind":"words","shown":1' in bytes(asked.body)
    assert "reason" in set(Part.objects.filter(entry_uid=asked.uid).values_list("kind", flat=True))


def test_a_search_that_finds_nothing_is_written_too(world: World, known: None) -> None:
    last = Entry.objects.order_by("-id").first().id

    ask(page(world, "ruben"), "bestaatniet")

    written = Entry.objects.filter(id__gt=last, event_type__startswith="search")
    assert [row.event_type for row in written] == ["search.asked"]


def test_nothing_is_shown_while_the_journal_cannot_write(world: World, known: None) -> None:
    client = page(world, "ruben")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION 'disk full'; END $$"
            )
            cursor.execute(
                "CREATE TRIGGER full_disk BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION full_disk()"
            )
        else:
            cursor.execute(
                "CREATE TRIGGER full_disk BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'disk full'); END"
            )

    answer = ask(client, "wisniewska")

    assert answer.status_code == 503
    assert "Zofia" not in answer.content.decode()


# --- limits --------------------------------------------------------------------------------------------------


def test_more_searches_than_work_asks_for_are_refused_until_the_next_minute(world: World, known: None) -> None:
    with time_machine.travel(clock.now().replace(second=5), tick=False) as traveller:
        api = Api(world, "ruben", "pga_adult")
        answers = [api.post("/search", {"q": "wisniewska"}).status_code for _ in range(PER_MINUTE + 1)]
        other = Api(world, "sanne", "pga_adult").post("/search", {"q": "wisniewska"}).status_code
        by_page = ask(page(world, "ruben"), "wisniewska")
        traveller.shift(60)
        later = api.post("/search", {"q": "wisniewska"}).status_code

    assert answers == [*[200] * PER_MINUTE, 429]
    assert (other, by_page.status_code, later) == (200, 429, 200)
    assert "Wacht een minuut" in by_page.content.decode()
    assert Entry.objects.filter(event_type="search.refused", outcome="refused").count() == 2


# --- the API -------------------------------------------------------------------------------------------------


def test_the_api_gives_the_case_and_the_fields_that_matched(world: World, known: None) -> None:
    answer = Api(world, "sanne", "pga_adult").post("/search", {"q": "veerkade", "size": 1}).json()

    [item] = answer["items"]
    assert item["matched"] == ["brp_address"]
    assert {fact["field"] for person in item["persons"] for fact in person["facts"]} == {
        "full_name", "date_of_birth", "brp_address",
    }  # fmt: skip
    assert answer["next"]
    assert set(answer) == {"items", "next"}


def test_a_token_searches_for_its_own_purpose_alone(world: World, known: None) -> None:
    assert Api(world, "ruben", "area_safety").post("/search", {"q": "wisniewska"}).json()["items"] == []
    assert Api(world, "peter", "pga_adult").post("/search", {"q": "wisniewska"}).status_code == 422


def test_a_token_of_one_case_finds_that_case_alone(world: World, known: None) -> None:
    api = Api(world, "sanne", "pga_adult", case="MD-2025-0007")

    found = api.post("/search", {"q": "veerkade"}).json()["items"]

    assert [item["number"] for item in found] == ["MD-2025-0007"]


@pytest.mark.parametrize("body", ["", "{}", '{"q": 3}', '{"q": "wis", "size": 51}', '{"q": "wis", "size": 0}'])
def test_a_body_of_the_wrong_shape_is_refused(world: World, known: None, body: str) -> None:
    assert Api(world, "ruben", "pga_adult").post("/search", body).status_code in (400, 422)
