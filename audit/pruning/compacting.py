"""Which tables of the journal are rewritten after pruning, so that the bytes go too."""

from django.db import connection

from foundation.compacting import rewrite

TABLES = frozenset({"audit_entry", "audit_part", "audit_mark"})


def compact() -> None:
    """Rewrite the journal without what was pruned. Outside a transaction; on PostgreSQL it locks: run it at night."""
    rewrite(connection, TABLES | _months())


def _months() -> set[str]:
    if connection.vendor != "postgresql":
        return set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'audit_entry'::regclass")
        return {name for (name,) in cursor.fetchall()}
