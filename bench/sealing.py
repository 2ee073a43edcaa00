"""Rows D1, D2 and D7: what sealing costs the writers, and how far it is behind them.

Four writers append one entry a transaction: processes on PostgreSQL, threads of one process on SQLite, which is what
serves there. `sealed`: as the product keeps a read, with a sealer and its signer at work in a process beside them.
`plain`: the same rows and columns, without lanes and without a sealer. `chained`: as plain, but every row carries the
hash of the one before it, which the writers take from one another (on PostgreSQL SELECT … FOR UPDATE; on SQLite the
transaction is the only writer anyway). The three wait their turn on SQLite alike.
"""

import hashlib
import math
import multiprocessing
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections, transaction

from bench import stores
from bench.apart import apart, renew
from bench.report import Row, at_least, at_most
from bench.stores import Store

WRITERS = 4
_NOWHERE: Any = (None, None, None)
SECONDS = 3.0
ROUNDS = 5
_WRITERS = {"sqlite": "threads", "postgresql": "processes"}
_NOWHERE: Any = (None, None, None)


def rows() -> Iterator[Row]:
    """D1, D2 and D7, on each database vendor."""
    for vendor in stores.vendors():
        yield from _rows_of(vendor)


def _rows_of(vendor: str) -> Iterator[Row]:
    """D1 and D2: appends a second of four writers; D7: how long an entry waits for its place in the tree."""
    found: dict[str, list[float]] = {"sealed": [], "plain": [], "chained": []}
    waits: dict[str, list[float]] = {name: [] for name in found}
    lags: list[float] = []
    names = list(found)
    with apart(vendor, "sealing") as store:
        for number in range(ROUNDS):
            for name in names[number % 3 :] + names[: number % 3]:
                rate, seen, longest = round_of(store, name)
                found[name].append(rate)
                waits[name].append(longest)
                lags += seen
    told = ", ".join(
        f"{name} {statistics.median(rates):,.0f}/s (longest wait {max(waits[name]) * 1e3:,.0f} ms)"
        for name, rates in found.items()
    )
    detail = f"{WRITERS} {_WRITERS[vendor]}, one entry a transaction, {ROUNDS} rounds of {SECONDS:g} s: {told}"
    yield _ratio(f"D1 {vendor}", found, "plain", 0.8, detail)
    yield at_least(f"D2 {vendor}", _median_ratio(found, "chained"), 2, detail)
    interval = settings.SEAL_INTERVAL_SECONDS
    p99 = quantile(lags, 0.99)
    looks = (
        f"p99 of {len(lags):,} entries, from recording to the commit that seals: {p99:.2f} s, half of them"
        f" {quantile(lags, 0.5):.2f} s; a round every {interval:g} s"
    )
    yield at_most(f"D7 {vendor}", p99 / interval, 2, looks)


def quantile(values: list[float], share: float) -> float:
    """The smallest value that this share of them does not pass."""
    return sorted(values)[math.ceil(share * len(values)) - 1]


def _ratio(row: str, found: dict[str, list[float]], against: str, bar: float, detail: str) -> Row:
    ratio = _median_ratio(found, against)
    return Row(row=row, figure=f"{ratio:.2f}×", bar=f"≥ {bar:g}×", holds=round(ratio, 2) >= bar, detail=detail)


def _median_ratio(found: dict[str, list[float]], against: str) -> float:
    pairs = zip(found["sealed"], found[against], strict=True)
    return statistics.median(mine / theirs for mine, theirs in pairs)


def round_of(store: Store, name: str) -> tuple[float, list[float], float]:
    """Entries a second of all writers together, how long each waited for its seal, and the longest append."""
    renew(store)
    with stores.use(store), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_head (hash text NOT NULL)")
        cursor.execute("INSERT INTO bench_head VALUES (%s)", ["00" * 32])
    stores._forget(store)
    spawn = multiprocessing.get_context("fork")
    threads = store.vendor == "sqlite"
    go = spawn.Barrier(WRITERS + (name == "sealed"))
    told, lags = spawn.Queue(), spawn.Queue()
    writers = (
        [spawn.Process(target=_threads, args=(store, name, go, told))]
        if threads
        else [spawn.Process(target=_write, args=(store, name, go, told)) for _ in range(WRITERS)]
    )
    workers = [*writers, *([spawn.Process(target=_seal, args=(store, go, lags))] if name == "sealed" else [])]
    for worker in workers:
        worker.start()
    counts = [told.get(timeout=120) for _ in range(WRITERS)]
    seen = lags.get(timeout=120) if name == "sealed" else []
    for worker in workers:
        worker.join()
    return sum(count for count, _longest in counts) / SECONDS, seen, max(longest for _count, longest in counts)


def _threads(store: Store, name: str, go: Any, told: Any) -> None:
    """All writers, as threads of this process, each with a connection of its own to the store."""
    stores.switch(store)
    connections.settings["default"] = connection.settings_dict
    writers = [threading.Thread(target=_until_done, args=(name, go, told)) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()


def _write(store: Store, name: str, go: Any, told: Any) -> None:
    stores.switch(store)
    _until_done(name, go, told)


def _until_done(name: str, go: Any, told: Any) -> None:
    append = {"sealed": _sealed, "plain": partial(_bare, _plain), "chained": partial(_bare, _chained)}[name]
    append()
    go.wait(60)
    clock = time.perf_counter
    began = clock()
    until, done, longest = began + SECONDS, 0, 0.0
    while began < until:
        append()
        ended = clock()
        longest, began = max(longest, ended - began), ended
        done += 1
    connection.close()
    told.put((done, longest))


def _bare(append: Callable[[], None]) -> None:
    # On PostgreSQL both inserts are one trip that commits by itself, as the product's are; a chain holds its head.
    with nullcontext() if connection.vendor == "postgresql" and append is _plain else transaction.atomic():
        append()


def _seal(store: Store, go: Any, lags: Any) -> None:
    """Rounds as the product makes them (audit.sealing.loop), a second longer than the writers write."""
    from audit.sealing.loop import Loop
    from audit.signer.core import LocalSigner

    stores.switch(store)
    interval, rounds = settings.SEAL_INTERVAL_SECONDS, []
    with tempfile.TemporaryDirectory() as place:
        loop = Loop(LocalSigner.create(Path(place) / "signer", origin=settings.LOG_ORIGIN))
        loop.round()
        go.wait(60)
        until = time.monotonic() + SECONDS + interval
        while time.monotonic() < until:
            began = time.monotonic()
            done = loop.round()
            assert done is not None
            rounds.append((done.size, time.time()))
            if not done.more:
                time.sleep(max(0.0, interval - (time.monotonic() - began)))
    found = _lags(rounds)
    connection.close()
    lags.put(found)


def _lags(rounds: list[tuple[int, float]]) -> list[float]:
    """Per entry, from its moment of recording to the end of the round that sealed it; those of before the first out."""
    from audit.models import Entry, Leaf

    found: list[float] = []
    moments = dict(Entry.objects.values_list("uid", "recorded_at"))
    for (before, _at), (size, sealed) in pairwise(rounds):
        uids = Leaf.objects.filter(seq__gte=before, seq__lt=size).values_list("entry_uid", flat=True)
        found += [sealed - moments[uid].timestamp() for uid in uids]
    return found


def entry() -> Any:
    """A read of a case by the writer of this process."""
    from audit.journal.entry import Action, Because, Entry, Outcome

    return Entry(
        event_type="case.read", action=Action.READ, outcome=Outcome.OK, actor_ref=f"professional:{os.getpid()}",
        agency_ref="00000001001299992000", case_ref="case:1", subject_ref="subject:1", fields=0b1011,
        articles=("PGA-MD v2 art. 6.1",), because=Because(code="R2", fact_ref="participation:1"),
        purpose="pga_youth", route="case",
    )  # fmt: skip


def _sealed() -> None:
    from audit.journal.apart import append_apart

    append_apart([entry()])


def _plain(last: Callable[[list[Any]], None] = lambda row: None) -> None:
    """The rows of the appender, without a place in a lane."""
    from audit.journal import appender
    from audit.journal.rows import insert_together
    from foundation import clock

    batch = appender.Batch([entry()], at=clock.now())
    made = [list(row) for row in batch.entry_rows(connection, lambda connection, leaves: [_NOWHERE] * len(leaves))]
    last(made[0])
    entries = [tuple(row) for row in made]
    insert_together(
        connection,
        [("audit_entry", appender.ENTRY_COLUMNS, entries), ("audit_part", appender.PART_COLUMNS, batch.parts)],
    )


def _chained() -> None:
    lock = " FOR UPDATE" if connection.vendor == "postgresql" else ""

    def chain(row: list[Any]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT hash FROM bench_head{lock}")
            row[-1] = hashlib.sha256(bytes.fromhex(cursor.fetchone()[0]) + row[4]).digest()
            cursor.execute("UPDATE bench_head SET hash = %s", [row[-1].hex()])

    _plain(chain)
