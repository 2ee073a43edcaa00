"""A question of several kinds: each part is found about the same person, through what the reader may see there."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from cases.disclosure.wordforms import Question, parts_of
from cases.models import Case, CaseSubject, Subject
from cases.search.building import index
from foundation import clock
from tests.cases.desk import changing, give, make_case
from tests.cases.search.conftest import Desk
from tests.cases.search.test_rights import asked, rewrite
from tests.invariants.world import World

LIVE = ("GEM-MD", "POL-MD", "ZVH-MD")


def part(kind: str, *words: str, start: str = "", number: str = "") -> Question:
    return Question(kind=kind, words=words, start=start, number=number)


NAME, BORN = part("words", "de", "jan", start="vries"), part("date", "20100305")


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("Jan de Vries 2010-03-05", (BORN, NAME)),
        ("Jan de Vries 5-3-2010", (BORN, NAME)),
        ("05/03/2010 jan de vries", (BORN, NAME)),
        ("Jan de Vries, 5 maart 2010", (BORN, NAME)),
        ("jan 3011 AB 12", (part("postcode", "3011ab", start="12"), part("words", start="jan"))),
        ("3011AB, 12 jan", (part("postcode", "12", "3011ab"), part("words", start="jan"))),
        (
            "jan MD-2026-0418",
            (part("number", "2026", "md", start="0418", number="MD-2026-0418"), part("words", start="jan")),
        ),
        ("2026-0418 jan", (part("number", "0418", "2026", number="2026-0418"), part("words", start="jan"))),
        ("06-12345678 jan", (part("phone", "0612345678"), part("words", start="jan"))),
        ("veerkade 12", (part("words", "veerkade", start="12"),)),
        ("2010", (part("words", start="2010"),)),
        ("1-1-2010", (part("date", "20100101"),)),
        ("jan 31-02-2010", (part("words", "02", "31", "jan", start="2010"),)),
    ],
)  # fmt: skip
def test_a_question_is_taken_apart_by_kind(typed: str, parts: tuple[Question, ...]) -> None:
    assert parts_of(typed) == parts


def person(world: World, case: Case, source: str = "GEM-MD", *, position: int = 0, **values: str) -> Any:
    """Facts about one person of a case, in the index."""
    with changing():
        place = CaseSubject.objects.filter(case=case, position=position).first()
        if place is None:
            subject = Subject.objects.create(born_on=clock.today() - timedelta(days=9000))
            place = CaseSubject.objects.create(case=case, subject=subject, role="subject", position=position)
    made = give(world, case, source, **values)
    with changing():
        type(made).objects.filter(pk=made.pk).update(about=place)
        index([made.pk])
    return made


JAN = {"full_name": "Jan de Vries"}


@pytest.mark.django_db
class TestFinding:
    """On the desk of somebody of the municipality."""

    @pytest.mark.parametrize(
        "typed",
        [
            "Jan de Vries 2010-03-05", "jan de vries 5-3-2010", "5 maart 2010 vries", "Z-71 jan", "jan 5-3-2010 Z-71",
            "de vries 3011 AB 12", "3011AB 12 5-3-2010",
        ],
    )  # fmt: skip
    def test_parts_that_stand_in_several_fields_are_found_together(self, world: World, typed: str) -> None:
        case = make_case("Z-71", live=LIVE)
        person(world, case, **JAN, date_of_birth="2010-03-05")
        person(world, case, brp_address="Veerkade 12, 3011 AB Maasdelta")
        make_case("Z-72", live=LIVE)
        desk = Desk(world, "sanne", "pga_adult")

        assert desk.numbers(typed) == ["Z-71"]

    @pytest.mark.parametrize("typed", ["jan de vries 6-3-2010", "piet 5-3-2010", "Z-72 jan", "jan 3011 AB 13"])
    def test_one_part_that_is_nowhere_is_no_hit(self, world: World, typed: str) -> None:
        case = make_case("Z-71", live=LIVE)
        person(world, case, **JAN, date_of_birth="2010-03-05")
        person(world, case, brp_address="Veerkade 12, 3011 AB Maasdelta")
        make_case("Z-72", live=LIVE)

        assert Desk(world, "sanne", "pga_adult").numbers(typed) == []

    def test_the_name_of_one_and_the_birth_of_another_are_no_hit(self, world: World) -> None:
        case = make_case("Z-71", live=LIVE, kind="family")
        person(world, case, **JAN, date_of_birth="1980-01-01")
        person(world, case, position=1, full_name="Piet", date_of_birth="2010-03-05")
        desk = Desk(world, "sanne", "pga_adult")

        assert desk.numbers("jan 5-3-2010") == []
        assert desk.numbers("piet 5-3-2010") == ["Z-71"]
        assert desk.facts("piet 5-3-2010") == {
            ("Z-71", "GEM-MD", "full_name"), ("Z-71", "GEM-MD", "date_of_birth"),
        }  # fmt: skip

    @pytest.mark.parametrize("hidden", ["5-3-2010", "platvink"])
    def test_a_part_in_what_is_withheld_is_to_the_byte_no_part(self, world: World, hidden: str) -> None:
        """Withheld or not there: the one part that the reader may see tells nothing of the other."""
        with time_machine.travel(clock.now(), tick=False):
            case = make_case("Z-71", live=(*LIVE, "OM-MD"))
            person(world, case, **JAN)
            made = person(world, case, "OM-MD", special_conditions=f"platvink van {hidden}")
            with_it = asked(world, "sanne", "pga_adult", f"jan {hidden} 5-3-2010")
            rewrite(made, special_conditions="iets heel anders")
            without = asked(world, "sanne", "pga_adult", f"jan {hidden} 5-3-2010")

        assert with_it == without
        assert "Nu zijn dat er geen" in without["page"]

    def test_pages_go_on_where_they_ended(self, world: World) -> None:
        for number in range(5):
            person(world, make_case(f"Z-{number}", live=LIVE), **JAN, date_of_birth="2010-03-05")
        desk = Desk(world, "sanne", "pga_adult")

        first = desk.search("jan 5-3-2010", size=3)
        rest = desk.search("jan 5-3-2010", size=3, after=first.cursor)

        assert [len(first.hits), len(rest.hits), bool(first.cursor), rest.cursor] == [3, 2, True, ""]
