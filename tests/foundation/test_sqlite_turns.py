"""The wait for SQLite's write lock: in turn, no longer than was said, and not held by who is dead."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connections

from foundation.sqlite3.base import DatabaseWrapper


@pytest.fixture
def store(tmp_path: Path, django_db_blocker: Any) -> Iterator[Callable[..., DatabaseWrapper]]:
    """Makes connections to one file."""
    made: list[DatabaseWrapper] = []

    def connect(**options: Any) -> DatabaseWrapper:
        described = {
            "ENGINE": "foundation.sqlite3", "NAME": str(tmp_path / "store.sqlite3"),
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=WAL;", **options},
        }  # fmt: skip
        settings = connections.configure_settings({"default": described})["default"]
        made.append(DatabaseWrapper(settings, alias="turns"))
        made[-1].inc_thread_sharing()
        return made[-1]

    # A store of its own, not the suite's.
    with django_db_blocker.unblock():
        connect().cursor().execute("CREATE TABLE line (who text)")
        yield connect
        for one in made:
            one.close()


def write(connection: DatabaseWrapper, who: str) -> None:
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    try:
        connection.cursor().execute("INSERT INTO line VALUES (%s)", [who])
        connection.commit()
    finally:
        connection.set_autocommit(True)


def test_who_waits_gets_in_although_another_writes_without_a_pause(store: Callable[..., DatabaseWrapper]) -> None:
    busy, stop, written = store(timeout=20), threading.Event(), []

    def go_on() -> None:
        while not stop.is_set():
            write(busy, "busy")
            written.append(1)

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        waiting = store(timeout=20)
        for _ in range(20):
            before = len(written)
            write(waiting, "waiting")
            # One that was writing and one that stood in line before us; without turns it is hundreds.
            assert len(written) - before <= 4
    finally:
        stop.set()
        thread.join()


def test_it_waits_as_long_as_was_said_and_then_says_that_the_store_is_locked(
    store: Callable[..., DatabaseWrapper], tmp_path: Path
) -> None:
    impatient = store(timeout=0.2)
    other = sqlite3.connect(tmp_path / "store.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    with pytest.raises(OperationalError, match="locked"):
        write(impatient, "impatient")
    assert 0.2 <= time.monotonic() - began < 2
    other.close()

    write(impatient, "impatient")

    assert impatient.cursor().execute("SELECT count(*) FROM line").fetchone() == (1,)
    assert impatient.cursor().execute("PRAGMA busy_timeout").fetchone() == (200,)
