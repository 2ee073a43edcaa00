"""Lets Django empty the tables after a transactional test, although the guards refuse it to everybody.

Only the suite does this, as owner of its own database. Call `let_flush_through` from a conftest. Most tables are
empty, so it looks first: truncating hundreds of tables takes PostgreSQL seconds, dropping every guard SQLite a tenth.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.operations import BaseDatabaseOperations


def let_flush_through() -> None:
    """Replace the statements that `flush` runs; calling it twice is harmless."""

    def execute_sql_flush(self: BaseDatabaseOperations, sql_list: list[str]) -> None:
        filled = _filled(self.connection, re.findall(r'"([^"]+)"', " ".join(sql_list)))
        with transaction.atomic(using=self.connection.alias), guards_lifted(self.connection, *filled):
            _run(self.connection, [f'DELETE FROM "{table}"' for table in filled])

    BaseDatabaseOperations.execute_sql_flush = execute_sql_flush


def _filled(connection: BaseDatabaseWrapper, tables: list[str]) -> list[str]:
    """Those of these tables that have a row."""
    if not tables:
        return []
    asked = " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM \"{table}\")" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return [name for (name,) in cursor.fetchall()]


@contextmanager
def guards_lifted(connection: BaseDatabaseWrapper, *tables: str) -> Iterator[None]:
    """No trigger fires on this connection while the block lasts; on SQLite only those of `tables`, if given."""
    if connection.vendor == "postgresql":
        _run(connection, ["SET session_replication_role = replica"])
        try:
            yield
        finally:
            _run(connection, ["SET session_replication_role = origin"])
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql, tbl_name FROM sqlite_master WHERE type = 'trigger'")
        found: list[tuple[Any, ...]] = cursor.fetchall()
    triggers = [(name, sql) for name, sql, table in found if not tables or table in tables]
    _run(connection, [f"DROP TRIGGER {name}" for name, _sql in triggers])
    try:
        yield
    finally:
        _run(connection, [sql for _name, sql in triggers])


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
