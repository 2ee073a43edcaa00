"""Row A8: a covenant changes while people read, and how much memory a hundred covenants take."""

import hashlib
import shutil
import sqlite3
import statistics
import threading
import time
import tracemalloc
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

from django.conf import settings
from django.db import connections, transaction

from agreements.covenants import ahead, in_force
from agreements.covenants.epoch import Epoch
from agreements.covenants.models import Covenant, CovenantVersion, Party
from agreements.models import Agency
from agreements.policy.catalogue import load_catalogue
from agreements.policy.compile import compile_policy
from agreements.policy.decide import decide
from agreements.policy.document import CovenantDocument
from audit.journal.appender import append
from audit.journal.entry import Action, Entry, Outcome
from audit.journal.scope import write_scope
from bench.caseload import READERS
from bench.client import Client
from bench.generated import ENDS, STARTS, document_of, generate, questions
from bench.report import Row
from bench.stores import Store, ready, switch, use
from foundation import canonical, clock

COVENANTS, ARTICLES = 100, 20
MIB = 2**20
SECONDS, PAUSE = 8.0, 0.8


def rows() -> Iterator[Row]:
    """Requests that waited, then memory."""
    store = _store_of_many_covenants()
    switch(store)
    client = Client(READERS["10 %"][1])
    client.get("/api/v1/cases")
    still = _read(client)
    # As a server has it.
    with ahead.watching(), _changes(store) as changed, _compiles() as compiled:
        moving = _read(client)
    took = f"compiling took {statistics.median(compiled) * 1e3:.0f} ms; " if compiled else ""
    yield Row(
        row="A8 waiting",
        figure=f"{len(compiled)} of {len(moving):,}",
        bar="0",
        holds=not compiled,
        detail=f"requests that compiled or waited for it, {COVENANTS} covenants of {ARTICLES} articles, during "
        f"{len(changed)} suspensions and resumptions by another process; {took}longest request "
        f"{max(moving) * 1e3:.0f} ms, without changes {max(still) * 1e3:.0f} ms",
    )
    yield _memory()


def _read(client: Client) -> list[float]:
    """Seconds of each request, one after another."""
    found = []
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        began = time.perf_counter()
        client.get("/api/v1/cases")
        found.append(time.perf_counter() - began)
    return found


_SUSPEND = (
    "INSERT INTO agreements_suspension (covenant_id, starts, reason)"
    " SELECT id, ?, 'meting' FROM agreements_covenant WHERE code = 'CONV-000'"
)
_RESUME = "UPDATE agreements_suspension SET ends = ? WHERE ends IS NULL"


@contextmanager
def _changes(store: Store) -> Iterator[list[str]]:
    """Somebody else suspends a covenant or resumes it every so often, until the block ends."""
    made: list[str] = []
    over = threading.Event()

    def change() -> None:
        while not over.wait(PAUSE):
            other = sqlite3.connect(store.path, timeout=20, isolation_level=None)
            # What the guards of a program's own writes ask.
            other.create_function("audit_scope", 0, lambda: "write")
            stamp, now = uuid.uuid4().hex, f"{clock.now():%Y-%m-%d %H:%M:%S.%f}"
            other.execute("BEGIN IMMEDIATE")
            other.execute(_RESUME if len(made) % 2 else _SUSPEND, [now])
            other.execute("UPDATE agreements_policyepoch SET number = number + 1, stamp = ?", [stamp])
            other.execute("COMMIT")
            other.close()
            made.append(stamp)

    thread = threading.Thread(target=change)
    thread.start()
    try:
        yield made
    finally:
        over.set()
        thread.join()


@contextmanager
def _compiles() -> Iterator[list[float]]:
    """Seconds of each time that the thread of the requests compiled rules, or waited for another that did."""
    taken: list[float] = []
    original, requests = in_force._compiled, threading.get_ident()

    def timed(asked: Epoch) -> object:
        began = time.perf_counter()
        try:
            return original(asked)
        finally:
            if threading.get_ident() == requests:
                taken.append(time.perf_counter() - began)

    in_force._compiled = timed  # type: ignore[assignment]
    try:
        yield taken
    finally:
        in_force._compiled = original


def _memory() -> Row:
    """The compiled policy with its documents, and with its memos as full as seventy thousand questions make them."""
    asked = questions(generate(covenants=COVENANTS, articles=ARTICLES), 70_000)
    tracemalloc.start()
    world = generate(covenants=COVENANTS, articles=ARTICLES)
    documents, _ = tracemalloc.get_traced_memory()
    policy = compile_policy(world.catalogue, world.versions)
    index, _ = tracemalloc.get_traced_memory()
    for question in asked:
        decide(policy, question)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return Row(
        row="A8 memory",
        figure=f"{peak / MIB:.1f} MiB",
        bar="≤ 64 MiB",
        holds=peak <= 64 * MIB,
        detail=f"at its most: documents {documents / MIB:.1f}, index {(index - documents) / MIB:.1f}, the rest answers "
        f"kept of {len(asked):,} questions; {COVENANTS} × {ARTICLES} articles",
    )


# --- the store -----------------------------------------------------------------------------------------------


class _Many(Store):
    """The store of ten cases with a hundred covenants more; made anew in every run."""

    @property
    def name(self) -> str:
        return "covenants"


def _store_of_many_covenants() -> Store:
    small, many = ready(Store(vendor="sqlite", size=10)), _Many(vendor="sqlite", size=10)
    connections["default"].close()
    for path in settings.STORES.glob("covenants.sqlite3*"):
        path.unlink()
    with use(small) as wrapper, wrapper.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copyfile(small.path, many.path)
    with use(many):
        _add_covenants()
    return many


@transaction.atomic
def _add_covenants() -> None:
    dice, catalogue = Random(7), load_catalogue()
    agencies = list(Agency.objects.all())
    entry = Entry(
        event_type="covenant.loaded", action=Action.CREATE, outcome=Outcome.OK, actor_ref="operator:bench",
        agency_ref="installation",
    )  # fmt: skip
    with write_scope(reason="bench"):
        for number in range(COVENANTS):
            described = document_of(dice, catalogue, f"CONV-{number:03d}", ARTICLES)
            _add_covenant(CovenantDocument.model_validate(described), agencies)
        append([entry])


def _add_covenant(document: CovenantDocument, agencies: list[Agency]) -> None:
    covenant = Covenant.objects.create(code=document.code, title=document.title, regime=document.regime, bureau="ZVH")
    content = canonical.canonical_bytes(document.model_dump(mode="json", by_alias=True, exclude_none=True)).decode()
    digest = hashlib.sha256(content.encode()).hexdigest()
    CovenantVersion.objects.create(
        covenant=covenant, number=1, text=content, document=content, sha256=digest, starts=STARTS,
        ends=ENDS, state="agreed", loaded_at=clock.now(),
    )  # fmt: skip
    capacities = document.capacities
    Party.objects.bulk_create(
        Party(covenant=covenant, agency=agency, capacity=capacities[agency.type], starts=STARTS)
        for agency in agencies
        if agency.type in capacities
    )
