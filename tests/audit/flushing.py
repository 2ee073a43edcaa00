"""Lets Django empty the tables after a transactional test, although the guards refuse it to everybody.

Only the suite does this, as owner of its own database. Call `let_flush_through` from a conftest.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.operations import BaseDatabaseOperations

_original = BaseDatabaseOperations.execute_sql_flush


def let_flush_through() -> None:
    """Wrap the statement that `flush` runs; calling it twice is harmless."""

    def execute_sql_flush(self: BaseDatabaseOperations, sql_list: list[str]) -> None:
        with guards_lifted(self.connection):
            _original(self, sql_list)

    BaseDatabaseOperations.execute_sql_flush = execute_sql_flush


@contextmanager
def guards_lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """No trigger fires on this connection for as long as the block lasts."""
    if connection.vendor == "postgresql":
        _run(connection, ["SET session_replication_role = replica"])
        try:
            yield
        finally:
            _run(connection, ["SET session_replication_role = origin"])
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers: list[tuple[Any, ...]] = cursor.fetchall()
    _run(connection, [f"DROP TRIGGER {name}" for name, _sql in triggers])
    try:
        yield
    finally:
        _run(connection, [sql for _name, sql in triggers])


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
