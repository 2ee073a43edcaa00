"""Write scopes: a guarded table changes only inside one, and never without an entry."""

from contextlib import nullcontext, suppress
from importlib import import_module
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from audit.journal import models
from audit.journal.appender import append
from audit.journal.guards import GuardTable
from audit.journal.scope import ScopeOutsideTransaction, UnjournalledWrite, write_scope
from tests.audit.conftest import count, guarded_table, run
from tests.audit.stand_ins import entry

CHANGES = (
    "INSERT INTO tests_thing VALUES (2, 'two')",
    "UPDATE tests_thing SET word = 'other'",
    "DELETE FROM tests_thing",
)


@pytest.fixture
def one(thing: str) -> str:
    with transaction.atomic(), write_scope():
        run(f"INSERT INTO {thing} VALUES (1, 'one')")
        append([entry()])
    return thing


def words() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT word FROM tests_thing ORDER BY id")
        return [word for (word,) in cursor.fetchall()]


def refused() -> Any:
    return pytest.raises(IntegrityError, match="needs an open write_scope")


@pytest.mark.usefixtures("one")
@pytest.mark.parametrize("sql", CHANGES)
def test_a_guarded_table_refuses_every_change_outside_a_scope(sql: str) -> None:
    with refused(), transaction.atomic():
        run(sql)

    assert words() == ["one"]


@pytest.mark.usefixtures("one")
def test_a_guarded_table_is_not_emptied_by_replace_or_truncate() -> None:
    lite = connection.vendor == "sqlite"
    sql = "REPLACE INTO tests_thing VALUES (1, 'other')" if lite else "TRUNCATE tests_thing"

    with pytest.raises(IntegrityError, match="audit: "), transaction.atomic():
        run(sql)

    assert words() == ["one"]


@pytest.mark.usefixtures("one")
@pytest.mark.parametrize("sql", CHANGES)
def test_a_change_with_its_entry_goes_through(sql: str) -> None:
    with transaction.atomic(), write_scope():
        run(sql)
        append([entry()])

    assert words() != ["one"]


@pytest.mark.usefixtures("one")
@pytest.mark.parametrize("sql", CHANGES)
def test_a_change_without_an_entry_is_rolled_back(sql: str) -> None:
    with pytest.raises(UnjournalledWrite, match="bulk load"), transaction.atomic(), write_scope(reason="bulk load"):
        run(sql)

    assert words() == ["one"]


@pytest.mark.usefixtures("one")
def test_a_scope_in_which_nothing_changed_needs_no_entry() -> None:
    with transaction.atomic(), write_scope() as scope:
        assert words() == ["one"]

    assert not scope.wrote


@pytest.mark.usefixtures("one")
def test_the_scope_is_closed_after_the_block_and_after_an_error() -> None:
    with transaction.atomic():
        with write_scope():
            run(CHANGES[1])
            append([entry()])
        with refused(), transaction.atomic():
            run(CHANGES[1])
    with pytest.raises(LookupError), transaction.atomic(), write_scope():
        raise LookupError
    with pytest.raises(LookupError), write_scope():
        raise LookupError

    with refused(), transaction.atomic():
        run(CHANGES[1])


@pytest.mark.usefixtures("one")
def test_the_scope_is_closed_after_a_database_error_that_was_handled() -> None:
    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic(), write_scope():
        run("INSERT INTO tests_thing VALUES (1, 'again')")

    with refused(), transaction.atomic():
        run(CHANGES[1])


@pytest.mark.usefixtures("one")
def test_a_savepoint_inside_a_scope_may_fail_and_the_rest_still_counts() -> None:
    with transaction.atomic(), write_scope():
        with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
            run("INSERT INTO tests_thing VALUES (1, 'again')")
        run("INSERT INTO tests_thing VALUES (3, 'three')")
        append([entry()])

    assert words() == ["one", "three"]


@pytest.mark.usefixtures("one")
def test_an_entry_that_a_savepoint_took_back_does_not_count() -> None:
    def change_and_take_back_the_entry() -> None:
        with transaction.atomic(), write_scope():
            run(CHANGES[1])
            with suppress(LookupError), transaction.atomic():
                append([entry()])
                raise LookupError

    with pytest.raises(UnjournalledWrite):
        change_and_take_back_the_entry()

    assert words() == ["one"]


@pytest.mark.usefixtures("one")
def test_a_change_that_a_savepoint_left_standing_needs_an_entry_although_its_inner_scope_broke() -> None:
    def change_in_an_inner_scope_that_breaks() -> None:
        with transaction.atomic(), write_scope(), suppress(LookupError), write_scope():
            run(CHANGES[1])
            raise LookupError

    with pytest.raises(UnjournalledWrite):
        change_in_an_inner_scope_that_breaks()

    assert words() == ["one"]


@pytest.mark.usefixtures("one")
def test_scopes_nest_and_the_entry_of_the_inner_one_counts_for_both() -> None:
    with transaction.atomic(), write_scope():
        run("INSERT INTO tests_thing VALUES (4, 'four')")
        with transaction.atomic(), write_scope():
            run("INSERT INTO tests_thing VALUES (5, 'five')")
            append([entry()])
        run("INSERT INTO tests_thing VALUES (6, 'six')")

    assert words() == ["one", "four", "five", "six"]


@pytest.mark.usefixtures("one")
def test_a_scope_that_closed_does_not_cover_a_later_scope_of_the_same_transaction() -> None:
    def change_twice_with_one_entry() -> None:
        with transaction.atomic():
            with write_scope():
                run("INSERT INTO tests_thing VALUES (4, 'four')")
                append([entry()])
            with write_scope():
                run("INSERT INTO tests_thing VALUES (5, 'five')")

    with pytest.raises(UnjournalledWrite):
        change_twice_with_one_entry()

    assert words() == ["one"]


@pytest.mark.django_db(transaction=True)
def test_a_scope_outside_a_transaction_is_a_programming_error() -> None:
    with pytest.raises(ScopeOutsideTransaction), write_scope():
        raise AssertionError


@pytest.mark.django_db(transaction=True)
def test_in_real_transactions_an_unjournalled_write_leaves_nothing_and_a_journalled_one_both() -> None:
    guarded_table("tests_thing", history=False)
    try:
        with pytest.raises(UnjournalledWrite), transaction.atomic(), write_scope():
            run("INSERT INTO tests_thing VALUES (1, 'one')")
        assert (count("tests_thing"), models.Entry.objects.count()) == (0, 0)

        with transaction.atomic(), write_scope():
            run("INSERT INTO tests_thing VALUES (1, 'one')")
            append([entry()])
        assert (count("tests_thing"), models.Entry.objects.count()) == (1, 1)

        with refused():
            run("DELETE FROM tests_thing")
        assert count("tests_thing") == 1
    finally:
        run("DROP TABLE tests_thing")


def test_history_is_added_and_erased_in_a_scope_but_never_changed(thing_history: str) -> None:
    with transaction.atomic(), write_scope():
        run(f"INSERT INTO {thing_history} VALUES (1, 'first')")
        append([entry()])

    with pytest.raises(IntegrityError, match="does not change"), transaction.atomic(), write_scope():
        run(f"UPDATE {thing_history} SET word = 'second'")
    with refused(), transaction.atomic():
        run(f"DELETE FROM {thing_history}")
    with transaction.atomic(), write_scope():
        run(f"DELETE FROM {thing_history}")
        append([entry()])

    assert count(thing_history) == 0


def test_taking_a_guard_back_opens_the_table_again(one: str) -> None:
    with connection.schema_editor(atomic=False) if connection.vendor == "postgresql" else editor() as schema_editor:
        GuardTable(one).database_backwards("tests", schema_editor, None, None)

    run(CHANGES[1])

    assert words() == ["other"]


def editor() -> Any:
    """SQLite's own editor asks for a transaction of its own; the operation only executes."""
    made = connection.SchemaEditorClass(connection, atomic=False)
    made.deferred_sql = []
    return nullcontext(made)


def test_what_is_asked_with_the_opening_may_change_guarded_rows(one: str) -> None:
    with transaction.atomic(), write_scope(asking=[(f"UPDATE {one} SET word = %s", ["asked"])]) as scope:
        assert scope.answers == [[]]
        append([entry()])
    assert words() == ["asked"]

    with pytest.raises(UnjournalledWrite), transaction.atomic(), write_scope(
        asking=[("SELECT word FROM tests_thing", []), (f"UPDATE {one} SET word = 'silent'", [])]
    ) as scope:  # fmt: skip
        assert scope.answers == [[("asked",)], []]
    assert words() == ["asked"]


def test_after_the_last_entry_postgresql_refuses_and_sqlite_still_looks(one: str) -> None:
    """PostgreSQL has closed the scope by then; SQLite, where a look costs no trip, keeps it open until the end."""
    lite = connection.vendor == "sqlite"
    with nullcontext() if lite else refused(), transaction.atomic(), write_scope():
        run(f"UPDATE {one} SET word = 'before'")
        append([entry()], last=True)
        run(f"UPDATE {one} SET word = 'after'")
    assert words() == (["after"] if lite else ["one"])

    with transaction.atomic(), write_scope():
        run(f"UPDATE {one} SET word = 'whole'")
        append([entry()], last=True)
    assert words() == ["whole"]
    with refused(), transaction.atomic():
        run(f"UPDATE {one} SET word = 'outside'")


def test_a_last_entry_that_a_savepoint_takes_back_does_not_stand_for_the_change(one: str) -> None:
    def change() -> None:
        run(f"UPDATE {one} SET word = 'other'")
        with suppress(ZeroDivisionError), transaction.atomic():
            append([entry()], last=True)
            raise ZeroDivisionError

    with pytest.raises(UnjournalledWrite), transaction.atomic(), write_scope():
        change()
    assert words() == ["one"]


def test_a_last_entry_in_a_scope_within_another_leaves_the_outer_one_open(one: str) -> None:
    with transaction.atomic(), write_scope():
        with write_scope():
            run(f"UPDATE {one} SET word = 'inner'")
            append([entry()], last=True)
        run(f"UPDATE {one} SET word = 'outer'")
    assert words() == ["outer"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite asks its guards itself")
@pytest.mark.usefixtures("one")
def test_guards_that_stood_before_are_made_anew_by_the_migration_and_go_on_refusing() -> None:
    migration = import_module("audit.migrations.0009_guards_ask_first")
    with connection.schema_editor() as editor:
        migration.ask_always(None, editor)
        before = definition()
        migration.ask_first(None, editor)

    assert "WHEN" not in before
    assert "WHEN" in definition()
    with refused(), transaction.atomic():
        run(CHANGES[0])
    with pytest.raises(UnjournalledWrite), transaction.atomic(), write_scope():
        run(CHANGES[0])


def definition() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = 'guard_tests_thing_scope'")
        ((made,),) = cursor.fetchall()
    return str(made)
