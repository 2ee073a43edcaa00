"""Notes in a joint case: who reads them, who takes them back."""

from uuid import uuid4

import pytest

from cases.models import Case
from cases.requests import commands, queries
from cases.requests.models import Note
from foundation.errors import Invalid, NotFound, Problem
from tests.cases.desk import Api, make_case, page, reading
from tests.invariants.world import World

pytestmark = pytest.mark.django_db

TEXT = "Belt liever niet op woensdag."


@pytest.fixture
def case(world: World, db: None) -> Case:
    return make_case("T-1", live=("POL-MD", "OM-MD", "GEM-MD", "ZVH-MD"), extract=("WON-WATERWEG",))


def read_by(world: World, key: str) -> list[str]:
    return [str(note.fact.value) for note in queries.case_requests(reading(world, key), "T-1", None).notes]


def test_a_note_is_read_as_the_covenant_says(world: World, case: Case) -> None:
    commands.add_note(reading(world, "sanne"), "T-1", words=TEXT)

    assert read_by(world, "sanne") == read_by(world, "ruben") == read_by(world, "nadia") == [TEXT]
    # A member of the street team reads no notes.
    assert read_by(world, "esra") == []


def test_a_note_for_the_own_agency_exists_for_nobody_else(world: World, case: Case) -> None:
    commands.add_note(reading(world, "sanne"), "T-1", words=TEXT, own_only=True)

    assert read_by(world, "sanne") == [TEXT]
    assert read_by(world, "nadia") == read_by(world, "ruben") == []


def test_who_wrote_a_note_takes_it_back(world: World, case: Case) -> None:
    uid = commands.add_note(reading(world, "sanne"), "T-1", words=TEXT)

    with pytest.raises(NotFound):
        commands.withdraw_note(reading(world, "ruben"), "T-1", uid)
    commands.withdraw_note(reading(world, "sanne"), "T-1", uid)
    assert read_by(world, "sanne") == read_by(world, "ruben") == []
    with pytest.raises(NotFound):
        commands.withdraw_note(reading(world, "sanne"), "T-1", uid)


def test_a_note_needs_words_a_role_and_a_case(world: World, case: Case) -> None:
    with pytest.raises(Invalid):
        commands.add_note(reading(world, "sanne"), "T-1", words="  ")
    for key in ("hanneke", "joost", "bas"):
        with pytest.raises(Problem):
            commands.add_note(reading(world, key), "T-1", words=TEXT)
    assert not Note.objects.filter(case=case).exists()


def test_the_page_writes_a_note_once_and_keeps_what_was_typed(world: World, case: Case) -> None:
    browser, form = page(world, "sanne"), {"words": TEXT, "submission": str(uuid4())}

    for _time in range(2):
        assert browser.post("/casus/T-1/notities/", form).status_code == 302
    assert Note.objects.filter(case=case).count() == 1
    assert TEXT in browser.get("/casus/T-1/vragen/").content.decode()
    wrong = browser.post("/casus/T-1/notities/", {"words": "kapot\x07"})
    assert wrong.status_code == 422


def test_partner_systems_write_and_read_notes(world: World, case: Case) -> None:
    api = Api(world, "sanne", "pga_adult")
    made = api.post("/cases/T-1/notes", {"words": TEXT})

    assert made.status_code == 201
    (note,) = Api(world, "ruben", "pga_adult").get("/cases/T-1/requests").json()["notes"]
    assert note["words"]["text"] == TEXT
    assert api.post(f"/cases/T-1/notes/{made.json()['uid']}/withdrawal", {}).status_code == 204
