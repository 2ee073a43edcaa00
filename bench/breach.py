"""Row D6: who was affected by a breach, against a bare index scan of the same entries and their parts.

The log is made by the database itself, a row for each number: ten million entries unless BENCH_LOG says otherwise.
One reader in a hundred read what leaked; the parts of those are really sealed, so that persons can be opened.
"""

import os
import sqlite3
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection

from bench import stores
from bench.report import Row, at_most
from bench.stores import Store
from bench.timing import take_turns

LOG = int(os.environ.get("BENCH_LOG", "10000000"))
READERS = 100
READS_EACH = 20
"""How often the reader of the leak read each person."""
AGENCY = "00000001001299992000"
LEAKED = "professional:7"
ARTICLES = (("PGA-MD v2 art. 6.1",), ("PGA-MD v2 art. 6.1", "PGA-MD v2 art. 7"), ("JS-MD v1 art. 6.12",))


class _Log(Store):
    """A store of this row's own, with a log of so many entries."""

    @property
    def name(self) -> str:
        return f"bench_log_{self.size}_{stores.fingerprint()}"


def rows() -> Iterator[Row]:
    """D6, on each database vendor."""
    for vendor in stores.vendors():
        yield from _rows_of(vendor)


def _rows_of(vendor: str) -> Iterator[Row]:
    from audit.breach import queries
    from audit.journal.filters import Filter

    store = _Log(vendor=vendor, size=LOG)
    if not stores._exists(store):
        _make(store)
    with stores.use(store):
        wanted = Filter(readers=(LEAKED,))
        found = queries.affected(wanted, scope_agency_ref=None)
        hits, persons = _bare()
        if (found.reads, len(found.persons)) != (hits, persons):
            raise SystemExit(f"D6: {found.reads} reads of {len(found.persons)} persons, not {hits} of {persons}")
        taken = take_turns(
            {"breach": lambda: queries.affected(wanted, scope_agency_ref=None), "bare": _scan}, rounds=5
        )  # fmt: skip
        detail = (
            f"{hits:,} of {LOG:,} entries, {persons:,} persons: {taken.median('breach'):.2f} s"
            f" against {taken.median('bare'):.2f} s"
        )
        yield at_most(f"D6 {vendor}", taken.ratio("breach", "bare"), 3, detail)


def _bare() -> tuple[int, int]:
    """The same answer by the shortest query: how many entries, of how many persons."""
    sql = (
        "SELECT count(*), count(DISTINCT p.pseudonym) FROM audit_entry e"
        " JOIN audit_part p ON p.entry_uid = e.uid AND p.pseudonym IS NOT NULL WHERE e.actor_ref = %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [LEAKED])
        hits, persons = cursor.fetchone()
        return hits, persons


def _scan() -> int:
    """The entries of the answer with their persons, read by index and fetched, and nothing done with them."""
    sql = (
        "SELECT e.recorded_at, e.agency_ref, e.fields_0, e.fields_1, e.fields_2, p.pseudonym FROM audit_entry e"
        " LEFT JOIN audit_part p ON p.entry_uid = e.uid AND p.pseudonym IS NOT NULL WHERE e.actor_ref = %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [LEAKED])
        return sum(1 for _row in cursor)


# --- making the log ------------------------------------------------------------------------------------------

# A uid of version 7 in the order of n, one a second; n of a reader is n % READERS.
_ENTRY = (
    "INSERT INTO audit_entry (uid, recorded_at, schema_v, body, leaf_hash, action, event_type, outcome, agency_ref,"
    " actor_ref, case_ref, purpose, legal_basis, route, break_glass, trace_id, span_id, policy_epoch,"
    " fields_0, fields_1, fields_2, articles_ref)"
)
_SECOND = 1_000
_PERSON = f"((n / {READERS}) % {{persons}})"


def _persons(size: int) -> int:
    return max(1, size // READERS // READS_EACH)


def _make(store: Store) -> None:
    """A draft takes the name only when it is whole."""
    began = time.monotonic()
    base, draft = stores.ready(Store(vendor=store.vendor, size=0)), Store(vendor=store.vendor, size=-1)
    stores._drop(draft)
    stores._create(draft, template=base)
    (_into_postgres if store.vendor == "postgresql" else _into_sqlite)(draft, store.size, _sets())
    stores._rename(draft, store)
    print(f"    made {store.vendor} log of {store.size:,} entries in {time.monotonic() - began:.0f} s", file=sys.stderr)


def _sets() -> list[tuple[int, str]]:
    """(number, body) of each set of articles: the body is what the number stands for."""
    from audit.journal.articles import ref_of
    from audit.journal.entry import body_bytes, canonical

    return [
        (ref_of(one), body_bytes(act=b"{}", matter=canonical({"articles": one, "uid": "0" * 32})).decode())
        for one in ARTICLES
    ]


def _values(sets: list[tuple[int, str]], uid: str, moment: str, hash_: str, body: str) -> str:
    ref = " ".join(f"WHEN {k} THEN {number}" for k, (number, _body) in enumerate(sets))
    return (
        f"SELECT {uid}, {moment}, 1, {body}, {hash_}, 'R', 'case.read', 'ok', '{AGENCY}',"
        f" 'professional:' || (n % {READERS}), 'case:' || (n % 20011), 'pga_youth', '', 'case', {{false}}, '', '', 1,"
        f" (n * 7919) % 1048576, (n * 104729) % 65536, 0, CASE n % {len(sets)} {ref} END"
    )


def _body(sets: list[tuple[int, str]], spelled: str) -> str:
    cases = " ".join(f"WHEN {k} THEN {spelled.format(body)}" for k, (_number, body) in enumerate(sets))
    return f"CASE n % {len(sets)} {cases} END"


def _into_postgres(store: Store, size: int, sets: list[tuple[int, str]]) -> None:
    from audit.journal.uids import floor_of
    from foundation import clock

    first = (clock.now() - timedelta(seconds=size)).replace(microsecond=0)
    start = floor_of(first).int >> 80
    uid = f"(lpad(to_hex({start} + n * {_SECOND}), 12, '0') || '7000a000' || lpad(to_hex(n), 12, '0'))::uuid"
    moment = f"'{first.isoformat()}'::timestamptz + n * interval '1 second'"
    values = _values(sets, uid, moment, "'\\x00'::bytea", _body(sets, "convert_to('{}', 'UTF8')")).replace(
        "{false}", "false"
    )
    with psycopg.connect(settings.POSTGRES, dbname=store.name) as raw:
        raw.execute("SET session_replication_role = replica")
        raw.execute("SET synchronous_commit = off")
        raw.execute("SET maintenance_work_mem = '512MB'")
        # Sorting ten million keys afterwards takes a tenth of the time of putting each in its place.
        indexes = raw.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN ('audit_entry', 'audit_part')"
            " AND indexname NOT IN (SELECT conname FROM pg_constraint)"
        ).fetchall()
        for name, _statement in indexes:
            raw.execute(f"DROP INDEX {name}")  # type: ignore[arg-type]
        raw.execute(f"{_ENTRY} {values} FROM generate_series(0::bigint, {size - 1}::bigint) AS n")  # type: ignore[arg-type]
        noise = "decode(md5(n::text) || md5((n + 1)::text), 'hex')"
        number = "decode(lpad(to_hex(n), 64, '0'), 'hex')"
        person = f"decode(md5({_PERSON.format(persons=_persons(size))}::text) || md5('p'), 'hex')"
        raw.execute(
            "INSERT INTO audit_part (commitment, entry_uid, kind, dek_id, ciphertext, pseudonym)"
            f" SELECT {number}, {uid}, 'subject', '2026-11', {noise}, {person}"
            f" FROM generate_series(0::bigint, {size - 1}::bigint) AS n WHERE n % {READERS} <> 7"  # type: ignore[arg-type]
        )
        with (
            raw.cursor() as cursor,
            cursor.copy(
                "COPY audit_part (commitment, entry_uid, kind, dek_id, ciphertext, pseudonym) FROM STDIN"
            ) as copy,
        ):
            for row in _sealed(size, start):
                copy.write_row(row)
        for _name, statement in indexes:
            raw.execute(statement.replace(" ON ONLY ", " ON "))
    with psycopg.connect(settings.POSTGRES, dbname=store.name, autocommit=True) as raw:
        raw.execute("VACUUM ANALYZE")


def _into_sqlite(store: Store, size: int, sets: list[tuple[int, str]]) -> None:
    from audit.journal.uids import floor_of
    from foundation import clock

    first = (clock.now() - timedelta(seconds=size)).replace(microsecond=0)
    start = floor_of(first).int >> 80
    uid = f"printf('%012x7000a000%012x', {start} + n * {_SECOND}, n)"
    moment = f"strftime('%Y-%m-%d %H:%M:%S', {int(first.timestamp())} + n, 'unixepoch')"
    values = _values(sets, uid, moment, "x'00'", _body(sets, "CAST('{}' AS BLOB)")).replace("{false}", "0")
    person = _PERSON.format(persons=_persons(size))
    numbers = f"WITH RECURSIVE c(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM c WHERE n < {size - 1})"
    with sqlite3.connect(store.path) as raw:
        raw.execute("PRAGMA synchronous=OFF")
        raw.execute("PRAGMA cache_size=-500000")
        guards = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        # Sorting ten million keys afterwards takes a tenth of the time of putting each in its place.
        indexes = raw.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
            " AND tbl_name IN ('audit_entry', 'audit_part')"
        ).fetchall()
        for kind, found in (("TRIGGER", guards), ("INDEX", indexes)):
            for name, _statement in found:
                raw.execute(f"DROP {kind} {name}")
        raw.execute(f"{_ENTRY} {numbers} {values} FROM c")
        raw.execute(
            "INSERT INTO audit_part (commitment, entry_uid, kind, dek_id, ciphertext, pseudonym)"
            f" {numbers} SELECT CAST(printf('%032d', n) AS BLOB), {uid}, 'subject', '2026-11', randomblob(92),"
            f" CAST(printf('%032d', {person}) AS BLOB) FROM c WHERE n % {READERS} <> 7"
        )
        raw.executemany(
            "INSERT INTO audit_part (commitment, entry_uid, kind, dek_id, ciphertext, pseudonym)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            _sealed(size, start),
        )
        for _name, statement in (*indexes, *guards):
            raw.execute(statement)
        raw.commit()
        raw.execute("ANALYZE")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()


def _sealed(size: int, start: int) -> Iterator[tuple[Any, ...]]:
    """The parts of the entries that leaked, as the appender seals them."""
    from audit.journal.commitments import Sealer
    from foundation import clock

    sealer = Sealer(clock.now())
    for n in range(7, size, READERS):
        person = f"subject:{n // READERS % _persons(size)}"
        commitment, ciphertext = sealer.seal("subject", person.encode())
        uid = f"{start + n * _SECOND:012x}7000a000{n:012x}"
        pseudonym = sealer.pseudonym(person, agency_ref=AGENCY)
        yield commitment, uid, "subject", sealer.dek_id, ciphertext, pseudonym
