"""The order of commits: rolled-back ids, late commits, long transactions, and a sealer that comes back."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction

from audit.journal.appender import append
from audit.models import Entry, Flaw, Leaf, Tile
from audit.sealing import order, sealer
from audit.sealing.sealer import seal, seal_all
from audit.sealing.state import alarm, is_late, seal_lag
from tests.audit.conftest import run
from tests.audit.sealing.steps import flaws, sealed, tamper, tree_is_whole, write, write_and_take_back
from tests.audit.stand_ins import entry

pytestmark = pytest.mark.django_db(transaction=True)
only_on_postgres = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at a time")


@contextmanager
def open_transaction(n: int = 1) -> Iterator[Callable[[], list[str]]]:
    """Another connection with `n` entries that are not committed until what is given is called."""
    appended, commit = threading.Event(), threading.Event()
    uids: list[str] = []

    def other() -> None:
        with transaction.atomic():
            uids.extend(append([entry() for _ in range(n)]))
            appended.set()
            commit.wait(30)
        connection.close()

    thread = threading.Thread(target=other)
    thread.start()
    assert appended.wait(30)

    def finish() -> list[str]:
        commit.set()
        thread.join()
        return uids

    try:
        yield finish
    finally:
        finish()


def test_entries_are_sealed_once_and_in_the_order_of_their_commits() -> None:
    first = write(3)
    assert seal_all() == sealer.Sealed(size=3, rows=3)
    assert seal_all() == sealer.Sealed(size=3, rows=0)
    write_and_take_back(2)
    second = write(2)
    seal_all()

    assert sealed() == first + second
    assert tree_is_whole()


def test_ids_that_were_rolled_back_are_not_waited_for() -> None:
    write_and_take_back(4)
    uids = write(1)
    write_and_take_back(1)
    uids += write(1)

    seal_all()

    assert sealed() == uids


@only_on_postgres
def test_an_entry_with_a_lower_number_that_is_committed_later_is_not_passed_by() -> None:
    with open_transaction(2) as finish:
        after = write(2)
        seal_all()
        assert sealed() == [], "what could still be preceded waits"
        before = finish()
    assert Entry.objects.get(uid=before[0]).id < Entry.objects.get(uid=after[0]).id

    seal_all()

    assert sealed() == before + after
    assert flaws() == []


@only_on_postgres
def test_a_long_transaction_makes_the_lag_an_alarm(settings: Any, time_machine: Any) -> None:
    with open_transaction():
        write(3)
        seal_all()
        lag = seal_lag()
        assert (lag.rows, is_late(lag)) == (3, False)
        time_machine.move_to(datetime.now(UTC) + timedelta(seconds=settings.SEAL_LAG_ALARM_SECONDS + 1))  # noqa: TID251
        lag = seal_lag()
        assert is_late(lag)
        assert lag.seconds > settings.SEAL_LAG_ALARM_SECONDS

    seal_all()
    assert seal_lag() == order.Lag(rows=0, seconds=0.0)


@only_on_postgres
def test_a_transaction_of_another_database_holds_up_nothing() -> None:
    where = {name: connection.settings_dict[name] for name in ("HOST", "PORT", "USER", "PASSWORD")}
    parts = {name.lower(): value for name, value in where.items() if value}
    with psycopg.connect(**parts, dbname="postgres") as elsewhere:
        elsewhere.execute("SELECT pg_current_xact_id()")
        uids = write(3)
        seal_all()

        assert sealed() == uids


@only_on_postgres
def test_only_one_sealer_works_at_a_time() -> None:
    write()
    found: list[object] = []

    def another() -> None:
        found.append(seal())
        connection.close()

    with transaction.atomic():
        assert sealer._alone(connection)
        thread = threading.Thread(target=another)
        thread.start()
        thread.join()

    assert found == [None]
    assert seal() == sealer.Sealed(size=1, rows=1)


@only_on_postgres
def test_a_store_moved_to_a_server_with_lower_numbers_is_noticed() -> None:
    write()
    seal_all()
    tamper("UPDATE audit_leaf SET tx = tx + 1000000")
    write()

    with pytest.raises(order.TransactionsRewound):
        seal()
    assert is_late(seal_lag())
    assert alarm() == {"lag_seconds": None, "late": True}


def test_more_than_a_round_takes_is_sealed_in_rounds_and_fills_tiles() -> None:
    with transaction.atomic():
        append([entry() for _ in range(600)])
    one = seal(limit=300)
    assert one
    assert (one.rows, one.more) == (300, True)
    seal_all()

    assert Leaf.objects.count() == 600
    assert list(Tile.objects.order_by("index").values_list("level", "index", "width")) == [(0, 0, 256), (0, 1, 256)]
    assert tree_is_whole()
    assert flaws() == []


@pytest.mark.parametrize("table", ["audit_leaf", "audit_tile", "audit_lane"])
def test_a_round_that_breaks_off_leaves_nothing_and_the_next_one_does_it_whole(
    table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    uids = write(2)
    seal_all()
    with transaction.atomic():
        uids += append([entry() for _ in range(300)])
    broken_at = {"audit_leaf": "insert_together", "audit_tile": "tiles.store", "audit_lane": "_tell"}[table]

    def power_cut(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(f"audit.sealing.sealer.{broken_at}", power_cut)
        with pytest.raises(KeyboardInterrupt):
            seal_all()
    assert (Leaf.objects.count(), Tile.objects.count()) == (2, 0)

    seal_all()

    assert sealed() == uids
    assert tree_is_whole()
    assert flaws() == []


def test_a_clock_that_went_back_changes_no_order_and_is_told(time_machine: Any) -> None:
    moments = [
        datetime(2031, 3, 1, 12, tzinfo=UTC),
        datetime(1970, 1, 1, tzinfo=UTC),
        datetime(2031, 3, 1, 12, 0, 1, tzinfo=UTC),
    ]
    uids = []
    for moment in moments:
        time_machine.move_to(moment, tick=False)
        uids += write()
        seal_all()

    assert sealed() == uids
    assert [(flaw.kind, flaw.entry_uid.hex) for flaw in Flaw.objects.all()] == [("clock", uids[1])]
    assert tree_is_whole()


def test_a_clock_that_ran_ahead_and_is_put_right_is_told_once(time_machine: Any) -> None:
    noon = datetime(2031, 3, 1, 12, tzinfo=UTC)
    uids = []
    for hours in (0, 0, 24, 24, 0, 1, 2):
        time_machine.move_to(noon + timedelta(hours=hours), tick=False)
        uids += write()

    seal_all()

    assert sealed() == uids
    assert [(flaw.kind, flaw.entry_uid.hex) for flaw in Flaw.objects.all()] == [("clock", uids[4])]


def test_a_second_that_comes_twice_changes_no_order_gives_no_uid_twice_and_is_no_flaw(time_machine: Any) -> None:
    """What a leap second is to a computer: the last second of the day is counted again."""
    last = datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)
    uids = []
    for moment in (last, last + timedelta(milliseconds=900), last, last, last + timedelta(seconds=1)):
        time_machine.move_to(moment, tick=False)
        uids += write(2)

    seal_all()

    assert sealed() == uids
    assert len(set(uids)) == 10
    assert flaws() == []
    assert tree_is_whole()


def test_on_sqlite_ids_rise_with_commits_and_none_comes_twice() -> None:
    """What order.py relies on: also after a rollback, and after the newest row was removed by force."""
    if connection.vendor != "sqlite":
        pytest.skip("on PostgreSQL the order is (tx, id)")
    write(2)
    write_and_take_back(3)
    removed = write()
    highest = Entry.objects.get(uid=removed[0]).id
    tamper("DELETE FROM audit_entry WHERE uid = %s", removed)

    (uid,) = write()

    assert Entry.objects.get(uid=uid).id > highest
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'audit_entry'")
        assert "AUTOINCREMENT" in cursor.fetchone()[0]


@pytest.mark.parametrize("table", ["audit_leaf", "audit_tile", "audit_checkpoint", "audit_cosignature", "audit_flaw"])
def test_the_sealed_log_takes_no_change_and_no_removal(table: str) -> None:
    from django.db import IntegrityError

    from audit.models import Checkpoint, Cosignature
    from foundation import clock

    write(256)
    seal_all()
    now = clock.now()
    Checkpoint.objects.create(size=1, root=b"r" * 32, note="note", jws="", sealed_at=now)
    Cosignature.objects.create(size=1, witness="w", line="line", cosigned_at=now)
    Flaw.objects.create(found_at=now, kind="mac", size=1)
    bypasses = [f"DELETE FROM {table}", f"UPDATE {table} SET {'seq = seq' if table == 'audit_leaf' else 'size = size'}"]
    if table == "audit_tile":
        bypasses[1] = "UPDATE audit_tile SET width = width"
    if connection.vendor == "sqlite":
        bypasses.append(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
    else:
        bypasses.append(f"TRUNCATE {table}")

    for sql in bypasses:
        with pytest.raises(IntegrityError, match="audit: "), transaction.atomic():
            run(sql)
