"""Invariants 3 and 8 for the journal: kill -9, a locked database, a program without our functions."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
ON_POSTGRES = "postgresql" in settings.DATABASES["default"]["ENGINE"]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[str]:
    """An empty journal of its own: a file, or a database beside the suite's."""
    if not ON_POSTGRES:
        name = str(tmp_path / "journal.sqlite3")
        task(name, "migrate")
        yield name
        return
    name = f"journal_kill_{os.getpid()}"
    with server() as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {name}")
        admin.execute(f"CREATE DATABASE {name}")
    task(name, "migrate")
    yield name
    with server() as admin:
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def address(name: str = "postgres") -> dict[str, Any]:
    given = settings.DATABASES["default"]
    keys = {"USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    return {"dbname": name} | {word: given[key] for key, word in keys.items() if given.get(key)}


def server(name: str = "postgres") -> Any:
    return psycopg.connect(**address(name), autocommit=True)


def start(database: str, what: str, **more: Any) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.faults.journal_process", database, what]
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"]}
    return subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, **more)


def task(database: str, what: str) -> str:
    process = start(database, what)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    return out.strip()


@contextmanager
def locked(database: str) -> Iterator[None]:
    """Somebody else holds the journal."""
    if ON_POSTGRES:
        with psycopg.connect(**address(database)) as other:
            other.execute("LOCK TABLE audit_entry IN EXCLUSIVE MODE")
            yield
        return
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    yield
    other.close()


@pytest.mark.slow
def test_what_was_acknowledged_is_there_exactly_once_after_kill_9(database: str) -> None:
    acknowledged: list[str] = []
    for round_ in range(3):
        writer = start(database, "write")
        assert writer.stdout
        acknowledged += [writer.stdout.readline().strip() for _ in range(40 + 17 * round_)]
        writer.send_signal(signal.SIGKILL)
        # What it still said before it died was acknowledged too; the last line may be torn.
        rest = writer.stdout.read().split("\n")
        acknowledged += [uid for uid in rest if len(uid) == 32]
        writer.wait()

    told = json.loads(task(database, "tell"))

    assert set(acknowledged) <= set(told["uids"])
    assert len(told["uids"]) == len(set(told["uids"]))
    assert told["whole"]
    # Three entries and one reader a time, all or none: a half batch would break the ratio.
    assert told["parts"] * 3 == len(told["uids"]) * 4
    # At most one batch a round was committed without its acknowledgement being heard.
    assert len(told["uids"]) - len(set(acknowledged)) <= 3 * 3


@pytest.mark.slow
def test_a_death_before_or_after_the_commit_and_a_database_that_goes_away_at_it_show_no_byte(database: str) -> None:
    for what, entries in (("die_before", 0), ("die_after", 1)):
        dying = start(database, what)
        assert dying.communicate(timeout=60)[0] == ""
        assert dying.returncode == -signal.SIGKILL
        assert len(json.loads(task(database, "tell"))["uids"]) == entries

    task(database, "break")

    assert task(database, "once") in ("OperationalError", "IntegrityError")
    assert task(database, "apart") == "503"
    assert len(json.loads(task(database, "tell"))["uids"]) == 1


@pytest.mark.slow
def test_while_the_database_is_locked_no_byte_is_shown(database: str) -> None:
    with locked(database):
        assert task(database, "once") in ("JournalUnavailable", "OperationalError")
        assert task(database, "apart") == "503"

    assert json.loads(task(database, "tell"))["uids"] == []
    assert task(database, "once") == "bytes of the case"
    assert len(json.loads(task(database, "tell"))["uids"]) == 1


@pytest.mark.slow
def test_a_foreign_program_cannot_delete_personal_parts_from_the_file(database: str) -> None:
    if ON_POSTGRES:
        pytest.skip("on PostgreSQL roles keep foreign programs out")
    task(database, "once")
    with sqlite3.connect(database) as foreign:
        for sql in ("DELETE FROM audit_part", "DELETE FROM audit_entry", "UPDATE audit_entry SET purpose = 'x'"):
            with pytest.raises(sqlite3.DatabaseError, match=r"no such function|append-only"):
                foreign.execute(sql)

    assert len(json.loads(task(database, "tell"))["uids"]) == 1
