"""The index holds what stands and nothing else: after every change, in the same transaction; and nobody else opens."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import DatabaseError, IntegrityError

from agreements.covenants.rules import operator
from agreements.policy.catalogue import load_catalogue
from audit.journal.models import Entry
from cases.casework.commands.contribution import (
    Given,
    add_contribution,
    correct_contribution,
    withdraw_contribution,
)
from cases.casework.loading.generate import generate_caseload
from cases.casework.loading.removal import remove_cases
from cases.disclosure.indexing import words_for_index
from cases.models import Case, Contribution
from cases.records.sealed import SealBroken, SealedFacts
from cases.search.building import forget, missing
from cases.search.full_text import FACTS, mend, unmaking
from cases.search.models import SearchRow
from foundation import clock
from tests.cases.desk import changing, give, make_case, reading
from tests.cases.search.conftest import Desk
from tests.invariants.world import World

pytestmark = pytest.mark.django_db


def given(**values: Any) -> Given:
    return Given(values=values, observed_on=clock.today())


@pytest.fixture
def told(world: World, db: None) -> UUID:
    """Facts that the police gave by the command of the page."""
    make_case("Z-1", live=("GEM-MD", "POL-MD", "ZVH-MD"))
    [uid] = add_contribution(reading(world, "ruben"), "Z-1", given(police_incident="platvink in de tuin"))
    return uid


def police(world: World) -> Desk:
    return Desk(world, "ruben", "pga_adult")


def test_what_is_given_is_found_at_once(world: World, told: UUID) -> None:
    assert police(world).numbers("platvink") == ["Z-1"]
    assert police(world).numbers("tuin plat") == ["Z-1"]
    assert missing() == 0


def test_a_correction_is_found_by_its_new_words_alone(world: World, told: UUID) -> None:
    new = given(police_incident="koperwiek in de tuin")

    correct_contribution(reading(world, "ruben"), "Z-1", told, new, reason="verkeerd gezien")

    assert police(world).numbers("platvink") == []
    assert police(world).numbers("koperwiek") == ["Z-1"]


def test_what_is_withdrawn_is_not_found_and_leaves_no_row(world: World, told: UUID) -> None:
    withdraw_contribution(reading(world, "ruben"), "Z-1", told, reason="van een ander")

    assert police(world).numbers("platvink") == []
    assert not SearchRow.objects.filter(contribution__uid=told).exists()
    assert missing() == 0


def test_a_change_that_is_rolled_back_leaves_the_index_as_it_was(world: World, told: UUID) -> None:
    with transaction.atomic():
        withdraw_contribution(reading(world, "ruben"), "Z-1", told, reason="van een ander")
        transaction.set_rollback(True)

    assert police(world).numbers("platvink") == ["Z-1"]


def test_what_is_forgotten_is_in_no_page_of_the_index(world: World, told: UUID) -> None:
    pk = Contribution.objects.get(uid=told).pk

    with changing():
        assert forget(contribution_ids=[pk]) == 1

    assert police(world).numbers("platvink") == []
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT block FROM {FACTS.words}_data")
            assert not [block for (block,) in cursor.fetchall() if b"platvink" in block]


def test_a_forgotten_case_has_no_words_left(world: World, told: UUID) -> None:
    case = Case.objects.get(number="Z-1")

    with changing():
        forget(case_ids=[case.pk])

    assert not SearchRow.objects.filter(case=case).exists()


def test_words_do_not_outlive_the_facts(world: World, told: UUID) -> None:
    """The database itself refuses to erase a contribution past the index."""
    pk = Contribution.objects.get(uid=told).pk

    def erase_past_the_index() -> None:
        with changing():
            Contribution.objects.filter(pk=pk)._raw_delete("default")
            connection.check_constraints()

    with pytest.raises(IntegrityError):
        erase_past_the_index()


def test_a_removed_case_takes_its_words_along(world: World, tmp_path: Any) -> None:
    made = give(world, make_case("Z-9", live=("POL-MD",)), "POL-MD", police_incident="platvink")
    call_command("reindex")
    assert police(world).numbers("platvink") == ["Z-9"]

    remove_cases({tmp_path / "z.json": "Z-9"}, by=operator("tests"))

    connection.check_constraints()
    assert police(world).numbers("platvink") == []
    assert not SearchRow.objects.filter(contribution_id=made.pk).exists()


def test_loaders_keep_the_index(world: World) -> None:
    generate_caseload(20, seed=5, by=operator("tests"))

    assert SearchRow.objects.filter(case__number__startswith="GEN-").exists()
    assert missing() == 0


def test_reindex_mends_what_differs_and_journals_it(world: World, told: UUID, capsys: Any) -> None:
    with changing():
        SearchRow.objects.filter(contribution__uid=told).delete()
    with pytest.raises(SystemExit) as checked:
        call_command("reindex", check=True)
    assert (checked.value.code, missing()) == (1, 1)

    call_command("reindex")

    assert Entry.objects.order_by("-id").first().event_type == "search.indexed"
    assert missing() == 0
    assert police(world).numbers("platvink") == ["Z-1"]


def test_a_full_text_half_that_was_lost_is_made_again(world: World, told: UUID) -> None:
    connection.check_constraints()
    with connection.cursor() as cursor:
        for statement in unmaking(connection.vendor):
            cursor.execute(statement)

    mend(connection)

    assert police(world).numbers("platvink") == ["Z-1"]


def test_the_index_takes_no_change_outside_a_write_scope(world: World, told: UUID) -> None:
    row = SearchRow.objects.get(contribution__uid=told)

    with pytest.raises(DatabaseError), transaction.atomic():
        SearchRow.objects.create(
            case_id=row.case_id, contribution_id=row.contribution_id, source_id=row.source_id, bit=1, words="x"
        )


def test_numbers_choices_and_what_only_settles_identity_are_not_in_it(world: World) -> None:
    catalogue = load_catalogue()
    closed = {"bsn", "secret_address", *(f.code for f in catalogue.fields if f.type in ("number", "choice", "bool"))}

    bits = set(SearchRow.objects.values_list("bit", flat=True))

    assert bits
    assert not bits & {catalogue.by_code[code].bit for code in closed}


SEALED = SealedFacts.seal({"full_name": "Platvink"})


def test_the_door_opens_for_the_builder_alone() -> None:
    with pytest.raises(SealBroken):
        words_for_index([(1, SEALED)], catalogue=load_catalogue())


@pytest.mark.parametrize("name", ["elsewhere", "cases.search.queries", "cases.search.building"])
def test_the_door_refuses_another_module_and_one_that_borrows_the_name(name: str) -> None:
    space: dict[str, Any] = {"__name__": name, "sealed": SEALED, "catalogue": load_catalogue()}
    source = (
        "from cases.disclosure.indexing import words_for_index\n"
        "found = words_for_index([(1, sealed)], catalogue=catalogue)"
    )

    with pytest.raises(SealBroken):
        exec(compile(source, name, "exec"), space)

    assert "found" not in space


def test_the_table_is_the_one_that_the_full_text_half_stands_beside() -> None:
    assert SearchRow._meta.db_table == FACTS.table


def test_a_term_that_ended_is_not_searched(world: World, told: UUID) -> None:
    with changing():
        Contribution.objects.filter(uid=told).update(valid_until=clock.today() - timedelta(days=1))

    assert police(world).numbers("platvink") == []
