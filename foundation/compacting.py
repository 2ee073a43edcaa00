"""Makes a store forget the bytes of deleted rows as well: databases only unlink what is deleted."""

from collections.abc import Iterable

from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper


def rewrite(db: BaseDatabaseWrapper, tables: Iterable[str]) -> None:
    """Rewrite the store without what was deleted from these tables. Outside a transaction.

    SQLite: the whole file is rewritten and the write-ahead log emptied. PostgreSQL: each table that exists is
    rewritten (VACUUM FULL takes an exclusive lock: run it at night); its write-ahead log and backups keep old pages
    until they are recycled, see docs/bewaren.md.
    """
    # A cursor that this session left open would keep the old rows alive for it: begin with a fresh one.
    db.close()
    if db.vendor == "sqlite":
        _sqlite(db)
    else:
        _postgresql(db, sorted(set(tables)))


def forget(db: BaseDatabaseWrapper, tables: Iterable[str]) -> bool:
    """At once, the bytes of rows that were just deleted from these small tables; False when that has to wait.

    After the commit. SQLite has overwritten them in the file (secure_delete) and empties its write-ahead log;
    PostgreSQL rewrites each table. It waits for nobody long: what is in use now, `rewrite` takes at night.
    """
    try:
        if db.vendor == "sqlite":
            return _emptied_log(db)
        with db.cursor() as cursor:
            cursor.execute("SET lock_timeout = '2s'")
        try:
            _postgresql(db, sorted(set(tables)), checkpoint=False)
        finally:
            with db.cursor() as cursor:
                cursor.execute("RESET lock_timeout")
    except DatabaseError:
        return False
    return True


def _emptied_log(db: BaseDatabaseWrapper) -> bool:
    with db.cursor() as cursor:
        before = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute("PRAGMA busy_timeout = 2000")
        try:
            return not cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(before)}")


def _sqlite(db: BaseDatabaseWrapper) -> None:
    with db.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _postgresql(db: BaseDatabaseWrapper, tables: list[str], *, checkpoint: bool = True) -> None:
    existing = set(db.introspection.table_names())
    with db.cursor() as cursor:
        for table in tables:
            if table in existing:
                # The first takes what no session of this database can see any more; the second alone would also
                # keep what a long transaction in any other database of the server might.
                cursor.execute(f"VACUUM (TRUNCATE FALSE) {db.ops.quote_name(table)}")
                cursor.execute(f"VACUUM (FULL) {db.ops.quote_name(table)}")
        if checkpoint:
            cursor.execute("CHECKPOINT")
