"""Rows D1, D2 and D7: what sealing costs the writers on PostgreSQL, and how far it is behind them.

Four processes append one entry a transaction. `sealed`: as the product does, with a sealer at work beside them.
`plain`: the same rows and columns, without lanes and without a sealer. `chained`: as plain, but every row carries the
hash of the one before it, which the writers take from one another (SELECT … FOR UPDATE).
"""

import hashlib
import multiprocessing
import os
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection, transaction

from bench import stores
from bench.report import Row, at_least, at_most
from bench.stores import Store

WRITERS = 4
SECONDS = 3.0
ROUNDS = 5
INTERVAL = 1.0


class _Own(Store):
    """A store of this row's own: it is emptied before every round."""

    @property
    def name(self) -> str:
        return f"bench_sealing_{stores.fingerprint()}"


def rows() -> Iterator[Row]:
    """D1 and D2: appends a second of four writers; D7: the age of the oldest entry that waits, when it is sealed."""
    if not stores.postgres_answers():
        return
    base, store = stores.ready(Store(vendor="postgresql", size=0)), _Own(vendor="postgresql", size=0)
    stores._drop(store)
    stores._create(store, template=base)
    found: dict[str, list[float]] = {"sealed": [], "plain": [], "chained": []}
    lags: list[float] = []
    names = list(found)
    try:
        for number in range(ROUNDS):
            for name in names[number % 3 :] + names[: number % 3]:
                _empty(store)
                rate, seen = _round(store, name)
                found[name].append(rate)
                lags += seen
    finally:
        stores._drop(store)
    told = ", ".join(f"{name} {statistics.median(rates):,.0f}/s" for name, rates in found.items())
    detail = f"{WRITERS} writers, one entry a transaction, {ROUNDS} rounds of {SECONDS:g} s: {told}"
    yield _ratio("D1 postgresql", found, "plain", 0.8, detail)
    yield at_least("D2 postgresql", _median_ratio(found, "chained"), 2, detail)
    p99 = statistics.quantiles(lags, n=100)[98]
    looks = f"p99 of {len(lags)} looks just before sealing: {p99:.2f} s; a round every {INTERVAL:g} s"
    yield at_most("D7 postgresql", p99 / INTERVAL, 2, looks)


def _empty(store: Store) -> None:
    tables = "audit_entry, audit_part, audit_leaf, audit_tile, audit_lane, audit_flaw, bench_head"
    with psycopg.connect(settings.POSTGRES, dbname=store.name) as raw:
        raw.execute("SET session_replication_role = replica")
        raw.execute("CREATE TABLE IF NOT EXISTS bench_head (hash bytea NOT NULL)")
        raw.execute(f"TRUNCATE {tables}")
        raw.execute("INSERT INTO bench_head VALUES (%s)", [b"\x00" * 32])


def _ratio(row: str, found: dict[str, list[float]], against: str, bar: float, detail: str) -> Row:
    ratio = _median_ratio(found, against)
    return Row(row=row, figure=f"{ratio:.2f}×", bar=f"≥ {bar:g}×", holds=round(ratio, 2) >= bar, detail=detail)


def _median_ratio(found: dict[str, list[float]], against: str) -> float:
    pairs = zip(found["sealed"], found[against], strict=True)
    return statistics.median(mine / theirs for mine, theirs in pairs)


def _round(store: Store, name: str) -> tuple[float, list[float]]:
    """Entries a second of all writers together, and the lags seen meanwhile."""
    spawn = multiprocessing.get_context("fork")
    ready = WRITERS + (name == "sealed")
    go, counts, lags = spawn.Barrier(ready), spawn.Queue(), spawn.Queue()
    workers = [spawn.Process(target=_write, args=(store, name, go, counts)) for _ in range(WRITERS)]
    if name == "sealed":
        workers.append(spawn.Process(target=_seal, args=(store, go, lags)))
    for worker in workers:
        worker.start()
    total = sum(counts.get(timeout=120) for _ in range(WRITERS))
    seen = lags.get(timeout=120) if name == "sealed" else []
    for worker in workers:
        worker.join()
    return total / SECONDS, seen


def _write(store: Store, name: str, go: Any, counts: Any) -> None:
    stores.switch(store)
    append = {"sealed": _sealed, "plain": _plain, "chained": _chained}[name]
    with transaction.atomic():
        append()
    go.wait(60)
    until, done = time.monotonic() + SECONDS, 0
    while time.monotonic() < until:
        with transaction.atomic():
            append()
        done += 1
    connection.close()
    counts.put(done)


def _seal(store: Store, go: Any, lags: Any) -> None:
    from audit.sealing.sealer import seal_all
    from audit.sealing.state import seal_lag

    stores.switch(store)
    seal_all()
    go.wait(60)
    until, seen = time.monotonic() + SECONDS, []
    while time.monotonic() < until:
        time.sleep(INTERVAL)
        seen.append(seal_lag().seconds)
        seal_all(within=INTERVAL)
    connection.close()
    lags.put(seen)


def _entry() -> Any:
    from audit.journal.entry import Action, Entry, Outcome

    return Entry(
        event_type="case.read", action=Action.READ, outcome=Outcome.OK, actor_ref=f"professional:{os.getpid()}",
        agency_ref="00000001001299992000", case_ref="case:1", subject_ref="subject:1", fields=0b1011,
        purpose="pga_youth", route="case",
    )  # fmt: skip


def _sealed() -> None:
    from audit.journal.appender import append

    append([_entry()])


def _plain(last: Callable[[list[Any]], None] = lambda row: None) -> None:
    """The rows of the appender, without a place in a lane."""
    from audit.journal import appender
    from foundation import clock

    batch = appender._Batch([_entry()], at=clock.now())
    real, appender.lanes.places = appender.lanes.places, lambda connection, leaves: [(None, None, None)] * len(leaves)
    try:
        made = [list(row) for row in batch.entry_rows(connection)]
    finally:
        appender.lanes.places = real
    last(made[0])
    appender.insert(connection, "audit_entry", appender.ENTRY_COLUMNS, [tuple(row) for row in made])
    appender.insert(connection, "audit_part", appender.PART_COLUMNS, batch.parts)


def _chained() -> None:
    def chain(row: list[Any]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT hash FROM bench_head FOR UPDATE")
            row[-1] = hashlib.sha256(bytes(cursor.fetchone()[0]) + row[4]).digest()
            cursor.execute("UPDATE bench_head SET hash = %s", [row[-1]])

    _plain(chain)
