"""Fixtures of the ground floor's tests."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from audit import ports
from audit.journal import models
from audit.journal.guards import GuardTable
from tests.audit.flushing import guards_lifted, let_flush_through
from tests.audit.stand_ins import UpperFloor

let_flush_through()


@pytest.fixture(autouse=True)
def empty_register(request: pytest.FixtureRequest) -> None:
    """These tests register small catalogues of their own, so the real one must not stand in the way."""
    transactional = {"transactional_db", "live_server"} & set(request.fixturenames)
    marker = request.node.get_closest_marker("django_db")
    if transactional or (marker and marker.kwargs.get("transaction")):
        return
    if marker or "db" in request.fixturenames:
        request.getfixturevalue("db")
        with guards_lifted(connection, "audit_fieldset"):
            run("DELETE FROM audit_fieldset")


@pytest.fixture
def upper_floor() -> Iterator[UpperFloor]:
    """The ports as one upper floor would fill them, in place of the real ones."""
    real = dict(ports._supplies)
    ports._supplies.clear()
    floor = UpperFloor()
    floor.supply()
    yield floor
    ports._supplies.clear()
    ports._supplies.update(real)


@pytest.fixture
def thing(db: Any) -> str:
    """A guarded table of one column."""
    return guarded_table("tests_thing", history=False)


@pytest.fixture
def thing_history(db: Any) -> str:
    """A guarded history table of one column."""
    return guarded_table("tests_historicalthing", history=True)


def guarded_table(name: str, *, history: bool) -> str:
    run(f"CREATE TABLE {name} (id integer PRIMARY KEY, word varchar(40) NOT NULL)")
    for statement in GuardTable(name, history).statements(connection.vendor):
        run(statement)
    return name


def run(sql: str, params: list[Any] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


def newest() -> models.Entry:
    return models.Entry.objects.order_by("-uid")[0]


def run_fault(table: str) -> None:
    """From now on, in this transaction, the database fails on every insert into `table`."""
    if connection.vendor == "sqlite":
        run(f"CREATE TRIGGER fault BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'disk is full'); END")
        return
    run(
        "CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'disk_full'; END $$"
    )
    run(f"CREATE TRIGGER fault BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION fault()")
