"""The index of the words of rooms: it follows every change of them, and nothing that is gone stays in it."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import DatabaseError

from agreements.models import Agency
from agreements.policy.catalogue import load_catalogue
from audit.journal.entry import Action as Act
from audit.journal.models import Entry
from cases.casework.commands.wording import new_words, save_words
from cases.models import Case, Circumstance
from cases.plans.models import Action, ActionResult, Goal
from cases.records.models import SealedWords
from cases.records.sealed import SealedFacts
from cases.requests.commands.notes import withdraw_note
from cases.requests.models import Note
from cases.search.building import forget, missing
from cases.search.following import TABLES, following, unfollowing
from cases.search.full_text import ROOMS
from cases.search.models import RoomRow
from cases.search.rooms import all_rooms
from foundation import clock
from foundation.masks import to_hex
from tests.cases.desk import changing, make_case, reading
from tests.cases.search.conftest import Desk
from tests.invariants.world import World

pytestmark = pytest.mark.django_db
NO_WORDS = {"cases_breakglass", "cases_extractproposal", "cases_measurement"}
"""Why break-glass was taken (only reviewers read it), a copy that is proposed, scores: no room shows words of these.

Messages of street teams are not among the tables of cases and are not searched either: they are talk of an evening,
erased within weeks, and an index would be a second store to forget them in. What must last becomes a contribution."""


@pytest.fixture
def case(world: World, db: None) -> Case:
    return make_case("Z-1", live=("GEM-MD", "POL-MD", "ZVH-MD"))


def say(world: World, case: Case, model: type[SealedWords], code: str, *, key: str = "ruben", **columns: Any) -> Any:
    """Words as a command saves them."""
    told = reading(world, key)
    text = columns.pop("text", "platvink in de tuin")
    with changing():
        words = new_words(model, told, case, {code: text}, **columns)
        save_words(told, words, event="note.added", action=Act.CREATE)
    return words


def found(world: World, text: str, key: str = "ruben") -> list[tuple[str, str]]:
    """What is found: the room and the page."""
    hits = Desk(world, key, "pga_adult").search(text).hits
    return [(said.room, said.url) for hit in hits for said in hit.words]


NOTE = ("Notitie", "/casus/Z-1/vragen/")


def test_every_table_of_words_is_a_room_that_search_knows() -> None:
    """A new room is searched, or says here that it has no words to search."""
    words = {
        model._meta.db_table
        for model in apps.get_app_config("cases").get_models()
        if issubclass(model, SealedWords) and not hasattr(model, "instance_type")
    }

    assert set(TABLES) == words - NO_WORDS
    assert {room.model._meta.db_table for room in all_rooms()} == set(TABLES)
    assert RoomRow._meta.db_table == ROOMS.table


def test_what_is_said_is_found_at_once_by_who_may_read_it(world: World, case: Case) -> None:
    say(world, case, Note, "case_note")

    assert found(world, "platvink") == [NOTE]
    assert found(world, "platvink", "sanne") == [NOTE]
    assert missing() == 0


def test_what_only_the_own_agency_heard_is_found_by_nobody_else(world: World, case: Case) -> None:
    say(world, case, Note, "case_note", heard=["POL-MD"])

    assert found(world, "platvink") == [NOTE]
    assert found(world, "platvink", "sanne") == []


def test_a_hold_that_comes_later_counts_at_once(world: World, case: Case) -> None:
    say(world, case, Note, "case_note")
    with changing():
        Circumstance.objects.create(
            case=case, nature="hold", code="embargo", starts=clock.now() - timedelta(days=1), recorded_by="proef"
        )

    assert found(world, "platvink", "sanne") == []


def test_words_that_change_are_found_by_their_new_words_alone(world: World, case: Case) -> None:
    note = say(world, case, Note, "case_note")
    with changing():
        note.values = SealedFacts.seal({"case_note": "koperwiek"})
        note.save()

    assert found(world, "platvink") == []
    assert found(world, "koperwiek") == [NOTE]
    assert missing() == 0


def test_what_is_withdrawn_leaves_no_row(world: World, case: Case) -> None:
    note = say(world, case, Note, "case_note")

    withdraw_note(reading(world, "ruben"), "Z-1", note.uid)

    assert found(world, "platvink") == []
    assert not RoomRow.objects.filter(uid=note.uid).exists()


def test_what_came_of_an_action_is_found_beside_an_action_that_is_seen(world: World, case: Case) -> None:
    due = {"number": 1, "owner_agency": Agency.objects.get(code="GEM-MD"), "due_on": clock.today()}
    action = say(world, case, Action, "action_text", text="iets", heard=["POL-MD"], **due)
    say(world, case, ActionResult, "action_result", action=action, state="partly")

    assert found(world, "platvink") == [("Resultaat van een actie", "/casus/Z-1/plan/")]
    assert found(world, "platvink", "sanne") == []


@pytest.mark.parametrize("way", ["orm", "past it"])
def test_words_that_are_deleted_take_their_row_along(world: World, case: Case, way: str) -> None:
    goal = say(world, case, Goal, "goal_text", domain="work")
    assert RoomRow.objects.filter(uid=goal.uid).exists()

    with changing():
        rows = Goal.objects.filter(pk=goal.pk)
        rows.delete() if way == "orm" else rows._raw_delete("default")

    assert not RoomRow.objects.filter(uid=goal.uid).exists()


def test_what_is_forgotten_is_in_no_page_of_the_index(world: World, case: Case) -> None:
    say(world, case, Note, "case_note")

    with changing():
        assert forget(case_ids=[case.pk]) == 1

    assert found(world, "platvink") == []
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT block FROM {ROOMS.words}_data")
            assert not [block for (block,) in cursor.fetchall() if b"platvink" in block]


def test_reindex_mends_what_differs_and_what_belongs_to_nothing(world: World, case: Case) -> None:
    note = say(world, case, Note, "case_note")
    row = RoomRow.objects.get(uid=note.uid)
    with changing():
        RoomRow.objects.filter(uid=note.uid).delete()
        RoomRow.objects.create(
            case=case, room="note", uid=case.uid, source_id=row.source_id, under="", bit=row.bit, words="spook"
        )
    assert missing() == 2

    call_command("reindex")

    assert Entry.objects.order_by("-id").first().event_type == "search.indexed"
    assert missing() == 0
    assert found(world, "platvink") == [NOTE]


def test_the_index_takes_no_change_outside_a_write_scope(world: World, case: Case) -> None:
    note = say(world, case, Note, "case_note")

    with pytest.raises(DatabaseError), transaction.atomic():
        RoomRow.objects.filter(uid=note.uid).delete()


def test_triggers_that_were_lost_are_made_again(world: World, case: Case) -> None:
    connection.check_constraints()
    with connection.cursor() as cursor:
        for statement in (*unfollowing(connection.vendor), *following(connection.vendor)):
            cursor.execute(statement)
    note = say(world, case, Note, "case_note")

    with changing():
        Note.objects.filter(pk=note.pk).delete()

    assert not RoomRow.objects.filter(uid=note.uid).exists()


def test_how_to_reach_a_reporter_is_in_no_index(world: World) -> None:
    bit = load_catalogue().by_code["reporter_contact"].bit

    assert RoomRow.objects.exists()
    assert not RoomRow.objects.filter(bit=bit).exists()


def test_rows_say_what_decides_about_the_words(world: World, case: Case) -> None:
    note = say(world, case, Note, "case_note", heard=["POL-MD"])
    row = RoomRow.objects.get(uid=note.uid)

    assert (row.heard, row.under, row.about_id, row.case_id) == (note.heard, note.under, None, case.pk)
    assert to_hex(1 << row.bit) == note.present
