"""Entries in a transaction of their own: committed on return, all or none, whoever else waits."""

import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from audit.journal import apart, lanes, models
from audit.journal.apart import append_apart, keep
from audit.journal.entry import Because, Entry
from audit.journal.errors import JournalUnavailable
from audit.sealing.sealer import seal_all
from tests.audit.flushing import let_flush_through
from tests.audit.sealing.steps import flaws
from tests.audit.stand_ins import ZORRO, entry

pytestmark = pytest.mark.django_db(transaction=True)
let_flush_through()
KNOWN = Because(code="R2", fact_ref="participation:1")
sqlite_alone = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has no line")
postgresql_alone = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="what is said of its trips")


@pytest.fixture(autouse=True)
def _own_lanes() -> Iterator[None]:
    lanes.forget(connection)
    yield
    lanes.forget(connection)


class Store:
    """Stands before the store: holds the first commit up until told, counts commits, and can be away."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.sizes: list[int] = []
        self.first_came, self.go_on = threading.Event(), threading.Event()
        self.is_away: type[Exception] | None = None
        real = apart.insert_and_commit

        def commit(here: Any, tables: Any) -> None:
            self.sizes.append(len(tables[0][2]))
            if len(self.sizes) == 1:
                self.first_came.set()
                assert self.go_on.wait(20)
            elif self.is_away:
                raise self.is_away("database is locked")
            real(here, tables)

        monkeypatch.setattr(apart, "insert_and_commit", commit)


def at_once(store: Store, wanted: list[list[Entry]]) -> list[Any]:
    """What each gets who asks while the first is held up: uids, or the error."""

    def ask(entries: list[Entry]) -> Any:
        try:
            return append_apart(entries)
        except JournalUnavailable as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(wanted)) as pool:
        first = pool.submit(ask, wanted[0])
        assert store.first_came.wait(20)
        others = [pool.submit(ask, entries) for entries in wanted[1:]]
        line = apart._lines[str(connection.settings_dict["NAME"])]
        until = time.monotonic() + 20
        while len(line._waiting) < len(others) and time.monotonic() < until:
            time.sleep(0.001)
        store.go_on.set()
        return [future.result(20) for future in (first, *others)]


def told(uids: tuple[str, ...]) -> list[str]:
    return [models.Entry.objects.get(uid=UUID(uid)).event_type for uid in uids]


def holds(number: int) -> None:
    seal_all()
    assert models.Entry.objects.count() == number
    assert flaws() == []


@sqlite_alone
def test_who_waits_at_the_same_moment_is_committed_together_and_gets_the_own_uids(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = Store(monkeypatch)
    wanted = [[entry(event_type=f"case.{n}{k}", subject_ref=ZORRO) for k in range(n % 3 + 1)] for n in range(6)]

    got = at_once(store, wanted)

    assert store.sizes == [1, sum(len(entries) for entries in wanted[1:])]
    assert [told(uids) for uids in got] == [[one.event_type for one in entries] for entries in wanted]
    holds(sum(map(len, wanted)))


@sqlite_alone
def test_an_entry_that_cannot_be_written_takes_no_other_along(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        """No entry at all."""

    store = Store(monkeypatch)

    got = at_once(store, [[entry()], [entry()], [entry(), Broken()], [entry()]])  # type: ignore[list-item]

    assert [isinstance(one, JournalUnavailable) for one in got] == [False, False, True, False]
    holds(3)


@sqlite_alone
def test_when_the_store_is_away_all_who_waited_are_refused_after_one_try(monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(monkeypatch)
    store.is_away = OperationalError

    got = at_once(store, [[entry()] for _ in range(4)])

    assert [isinstance(one, JournalUnavailable) for one in got] == [False, True, True, True]
    assert store.sizes == [1, 3]
    assert all(one.remedy for one in got[1:])
    store.is_away = None
    append_apart([entry()])
    holds(2)


@sqlite_alone
def test_more_than_one_commit_may_hold_goes_in_several(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "MOST", 4)
    store = Store(monkeypatch)

    got = at_once(store, [[entry()], [entry()] * 3, [entry()] * 3, [entry()] * 9])

    assert sorted(store.sizes[1:]) == [3, 3, 9]
    assert [len(uids) for uids in got] == [1, 3, 3, 9]
    holds(16)


@sqlite_alone
def test_a_forked_process_does_not_wait_for_its_parents_line(monkeypatch: pytest.MonkeyPatch) -> None:
    append_apart([entry()])
    with apart._lines[str(connection.settings_dict["NAME"])]._turn:
        pid = os.fork()
        if pid == 0:
            os._exit(0 if not apart._lines else 1)
    assert os.waitpid(pid, 0)[1] == 0


@postgresql_alone
def test_an_entry_and_its_parts_take_one_trip() -> None:
    with CaptureQueriesContext(connection) as asked:
        (uid,) = append_apart([entry(subject_ref=ZORRO, actor_name="D. Kuipers", because=KNOWN)])

    assert len(asked.captured_queries) == 1
    assert (models.Entry.objects.get().uid.hex, models.Part.objects.count()) == (uid, 2)
    holds(1)


@pytest.mark.parametrize("number", [1, 12])
def test_entries_without_all_their_parts_are_none_at_all(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    real = apart.Batch.tables

    def twice_the_same(self: Any, *about: Any) -> Any:
        entries, (table, columns, parts) = real(self, *about)
        return [entries, (table, columns, [*parts, parts[0]])]

    monkeypatch.setattr(apart.Batch, "tables", twice_the_same)
    with pytest.raises(JournalUnavailable):
        append_apart([entry(subject_ref=ZORRO) for _ in range(number)])
    monkeypatch.undo()

    assert not models.Entry.objects.exists()
    assert not models.Part.objects.exists()
    append_apart([entry()])
    holds(1)


def test_lanes_go_on_from_apart_to_a_transaction_and_back() -> None:
    append_apart([entry()])
    with transaction.atomic():
        keep([entry()])
    keep([entry(), entry()])

    assert len(set(models.Entry.objects.values_list("lane", flat=True))) == 1
    assert sorted(models.Entry.objects.values_list("lane_seq", flat=True)) == [0, 1, 2, 3]
    holds(4)


def test_what_is_kept_in_a_transaction_goes_with_it() -> None:
    with pytest.raises(LookupError), transaction.atomic():  # noqa: PT012 - the error must come last
        keep([entry()])
        raise LookupError

    assert not models.Entry.objects.exists()
