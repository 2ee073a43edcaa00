"""Connections to a SQLite file go from one thread to the next; none with something unfinished, none to another file."""

import os
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from foundation.sqlite3 import shelf
from foundation.sqlite3.base import DatabaseWrapper


@pytest.fixture
def connect(tmp_path: Path, django_db_blocker: Any) -> Iterator[Callable[[], DatabaseWrapper]]:
    """Makes what a thread connects with, each to the same file."""
    described = {"ENGINE": "foundation.sqlite3", "NAME": str(tmp_path / "store.sqlite3")}
    settings = connections.configure_settings({"default": described})["default"]

    def make() -> DatabaseWrapper:
        made = DatabaseWrapper(settings, alias="shelf")
        made.inc_thread_sharing()
        return made

    # A store of its own, not the suite's.
    with django_db_blocker.unblock():
        shelf.close_all()
        first = make()
        first.cursor().execute("CREATE TABLE line (who text)")
        first.close()
        yield make
        shelf.close_all()


def raw(connection: DatabaseWrapper) -> sqlite3.Connection:
    connection.ensure_connection()
    found: sqlite3.Connection = connection.connection
    return found


def lines(connection: DatabaseWrapper) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT who FROM line")
        return [who for (who,) in cursor.fetchall()]


def test_what_one_thread_closed_another_goes_on_with(connect: Callable[[], DatabaseWrapper]) -> None:
    here, found = connect(), []
    first = id(raw(here))
    here.close()

    def elsewhere() -> None:
        there = connect()
        found.append(id(raw(there)))
        there.cursor().execute("INSERT INTO line VALUES ('x')")
        there.close()

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()

    assert found == [first]
    assert lines(here) == ["x"]


def test_two_at_a_time_have_two(connect: Callable[[], DatabaseWrapper]) -> None:
    one, two = connect(), connect()
    assert raw(one) is not raw(two)


def test_what_was_begun_is_undone_and_not_taken_over(connect: Callable[[], DatabaseWrapper]) -> None:
    here = connect()
    here.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    here.cursor().execute("INSERT INTO line VALUES ('half')")
    here.close()

    there = connect()
    assert raw(there).in_transaction is False
    assert raw(there).isolation_level is None
    assert lines(there) == []


def test_one_that_somebody_still_reads_from_is_closed(connect: Callable[[], DatabaseWrapper]) -> None:
    """It would go on with a picture of the store from long ago."""
    here = connect()
    raw(here).executemany("INSERT INTO line VALUES (?)", [("a",), ("b",), ("c",)])
    reading = raw(here).execute("SELECT who FROM line")
    assert next(reading) == ("a",)
    here.close()

    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        next(reading)
    assert shelf._waiting == []
    assert lines(connect()) == ["a", "b", "c"]


def test_another_file_in_its_place_is_another_store(connect: Callable[[], DatabaseWrapper], tmp_path: Path) -> None:
    """Who puts a copy back does not go on with what was there before."""
    here = connect()
    here.cursor().execute("INSERT INTO line VALUES ('old')")
    here.close()
    with sqlite3.connect(tmp_path / "copy.sqlite3") as copy:
        copy.execute("CREATE TABLE line (who text)")
        copy.execute("INSERT INTO line VALUES ('new')")
    copy.close()
    os.replace(tmp_path / "copy.sqlite3", tmp_path / "store.sqlite3")

    assert lines(connect()) == ["new"]


def test_a_file_that_is_copied_is_whole_once_all_that_wait_are_closed(
    connect: Callable[[], DatabaseWrapper], tmp_path: Path
) -> None:
    """As the bench does, which makes one store out of another."""
    here = connect()
    here.cursor().execute("PRAGMA journal_mode=WAL")
    here.cursor().execute("INSERT INTO line VALUES ('x')")
    here.close()

    shelf.close_all()

    shutil.copyfile(tmp_path / "store.sqlite3", tmp_path / "copy.sqlite3")
    copy = sqlite3.connect(tmp_path / "copy.sqlite3")
    assert copy.execute("SELECT who FROM line").fetchall() == [("x",)]
    copy.close()


def test_no_more_wait_than_are_needed(connect: Callable[[], DatabaseWrapper]) -> None:
    many = [connect() for _ in range(shelf.MOST + 3)]
    for one in many:
        raw(one)
    for one in many:
        one.close()

    assert len(shelf._waiting) == shelf.MOST


def test_a_process_that_was_forked_off_opens_its_own(connect: Callable[[], DatabaseWrapper]) -> None:
    here = connect()
    raw(here)
    here.close()
    assert len(shelf._waiting) == 1
    told, tell = os.pipe()
    child = os.fork()
    if not child:
        os.write(tell, str(len(shelf._waiting)).encode())
        os._exit(0)
    os.waitpid(child, 0)

    assert os.read(told, 10) == b"0"
    assert len(shelf._waiting) == 1
    os.close(told)
    os.close(tell)
