"""The order of commits: which entries are to be sealed next. Every entry comes once, and none is passed by.

SQLite: one writer at a time holds the write lock from its first insert to its commit, so ids rise with commits, and
AUTOINCREMENT gives none twice. PostgreSQL: ids are given out before commits, so a later commit can have a lower one;
there the order is (tx, id), up to the oldest transaction of this database that is still open.
Source: audit design 2, "sequencing trap".
"""

import math
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper


class TransactionsRewound(RuntimeError):
    """The server's transaction numbers are behind what is sealed: this store was moved to another server.

    Remedy: stop the server and raise its counter above the highest number in audit_leaf (pg_resetwal -x, -e).
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Up to where entries are sealed: the number of leaves, and the last one's place in the order of commits."""

    size: int = 0
    entry_id: int = 0
    tx: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsealed:
    """An entry that is next to be sealed. tx is None on SQLite; lane, lane_seq and mac are in older entries."""

    entry_id: int
    tx: int | None
    uid: UUID
    recorded_at: datetime
    body: bytes
    leaf_hash: bytes
    lane: int | None
    lane_seq: int | None
    mac: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lag:
    """What waits to be sealed: rows (counted up to COUNTED) and the age of the oldest, in seconds.

    Endless seconds: nothing can be sealed in this store as it is (TransactionsRewound).
    """

    rows: int
    seconds: float


COUNTED = 100_000
_COLUMNS = "uid, recorded_at, body, leaf_hash, lane, lane_seq, mac"
_AFTER = {"sqlite": "id > %s", "postgresql": "(tx, id) > (%s::text::xid8, %s)"}
# A transaction that is provably another database's cannot precede anything here: its own lock names its backend, and a
# backend stays with its database. One whose lock is not there (yet, or any more) counts as ours.
_OLDEST_OPEN = """
(SELECT COALESCE(min(x.xid::text::bigint), pg_snapshot_xmax(pg_current_snapshot())::text::bigint)
 FROM pg_snapshot_xip(pg_current_snapshot()) AS x(xid)
 WHERE NOT EXISTS (
   SELECT 1 FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
   WHERE l.locktype = 'transactionid' AND l.mode = 'ExclusiveLock' AND l.granted
     AND l.transactionid::text::bigint = (x.xid::text::bigint & 4294967295)
     AND a.datname <> current_database()))::text::xid8"""
_NEXT = {
    "sqlite": f"SELECT id, NULL, {_COLUMNS} FROM audit_entry WHERE id > %s ORDER BY id LIMIT %s",  # noqa: S608
    "postgresql": (
        f"SELECT id, tx::text::bigint, {_COLUMNS} FROM audit_entry WHERE {_AFTER['postgresql']}"  # noqa: S608
        f" AND tx < {_OLDEST_OPEN} ORDER BY tx, id LIMIT %s"
    ),
}


def mark(connection: BaseDatabaseWrapper) -> Mark:
    """Up to where this store is sealed; one query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq, entry_id, tx FROM audit_leaf ORDER BY seq DESC LIMIT 1")
        row = cursor.fetchone()
    return Mark(size=row[0] + 1, entry_id=row[1], tx=row[2] or 0) if row else Mark()


def following(connection: BaseDatabaseWrapper, after: Mark, *, limit: int) -> list[Unsealed]:
    """At most `limit` entries behind `after`, in the order of commits, none of which anything can still precede."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT[connection.vendor], [*_place(connection, after), limit])
        rows = cursor.fetchall()
    return [_unsealed(row) for row in rows]


def anything_after(connection: BaseDatabaseWrapper, after: Mark) -> bool:
    """Whether entries wait, sealable yet or not; look-ups without any lock. Raises TransactionsRewound."""
    _check_era(connection, after)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT 1 FROM audit_entry WHERE {_AFTER[connection.vendor]} LIMIT 1",  # noqa: S608
            _place(connection, after),
        )
        return cursor.fetchone() is not None


def lag(connection: BaseDatabaseWrapper, *, now: datetime) -> Lag:
    """How many committed entries wait to be sealed, and how long the oldest does."""
    after = mark(connection)
    try:
        _check_era(connection, after)
    except TransactionsRewound:
        return Lag(rows=0, seconds=math.inf)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), min(recorded_at) FROM (SELECT recorded_at FROM audit_entry"  # noqa: S608
            f" WHERE {_AFTER[connection.vendor]} LIMIT {COUNTED}) waiting",
            _place(connection, after),
        )
        rows, oldest = cursor.fetchone()
    seconds = (now - _moment(oldest)).total_seconds() if rows else 0.0
    return Lag(rows=rows, seconds=max(0.0, seconds))


def _place(connection: BaseDatabaseWrapper, after: Mark) -> list[Any]:
    return [str(after.tx), after.entry_id] if connection.vendor == "postgresql" else [after.entry_id]


def _check_era(connection: BaseDatabaseWrapper, after: Mark) -> None:
    if connection.vendor != "postgresql" or not after.tx:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
        if cursor.fetchone()[0] <= after.tx:
            raise TransactionsRewound(f"entries are sealed up to transaction {after.tx}, which this server has not had")


def _unsealed(row: tuple[Any, ...]) -> Unsealed:
    entry_id, tx, uid, recorded_at, body, leaf_hash, lane, lane_seq, mac = row
    return Unsealed(
        entry_id=entry_id,
        tx=tx,
        uid=uid if isinstance(uid, UUID) else UUID(uid),
        recorded_at=_moment(recorded_at),
        body=_bytes(body),
        leaf_hash=_bytes(leaf_hash),
        lane=lane,
        lane_seq=lane_seq,
        mac=None if mac is None else _bytes(mac),
    )


def _moment(value: datetime | str) -> datetime:
    """SQLite keeps moments in UTC without saying so."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _bytes(value: Any) -> bytes:
    """SQLite keeps whatever type somebody put there; a wrong one must not keep the rest from being sealed."""
    return value.encode() if isinstance(value, str) else bytes(value)
