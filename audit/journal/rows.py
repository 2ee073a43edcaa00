"""Putting rows into the tables of the log, one statement whatever their number. Which rows is said elsewhere."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

Row = tuple[Any, ...]
Table = tuple[str, tuple[str, ...], list[Row]]
"""A table, its columns, and rows for it."""
FEW = 6
"""So many rows PostgreSQL gets in one trip: an entry and its parts. More go by COPY."""


def is_one_trip(connection: BaseDatabaseWrapper, tables: Sequence[Table]) -> bool:
    """Whether insert_together sends all of it at once, so that it is committed whole or not at all."""
    return connection.vendor == "postgresql" and sum(len(rows) for _table, _columns, rows in tables) <= FEW


def insert_together(connection: BaseDatabaseWrapper, tables: Sequence[Table]) -> None:
    """Insert rows into several tables, in this order.

    PostgreSQL gets few rows in one trip: an entry with its personal parts is what a message or a read waits for.
    """
    filled = [one for one in tables if one[2]]
    if not is_one_trip(connection, filled):
        for table, columns, rows in filled:
            insert(connection, table, columns, rows)
        return
    statements = [_many(table, columns, len(rows)) for table, columns, rows in filled]
    with connection.cursor() as cursor:
        cursor.execute("; ".join(statements), [value for _t, _c, rows in filled for row in rows for value in row])


def insert(connection: BaseDatabaseWrapper, table: str, columns: tuple[str, ...], rows: list[Row]) -> None:
    """Insert `rows` into `table`. The forms were measured against each other (50 rows)."""
    if not rows:
        return
    one = _one(table, columns, "%s")
    with connection.cursor() as cursor:
        if len(rows) == 1:
            cursor.execute(one, rows[0])
        elif connection.vendor == "sqlite":
            # A prepared row stepped n times in C: 1.0 ms, against 1.7 ms for a list of n VALUES.
            cursor.executemany(one, rows)
        else:
            # 2.4 ms, against 6.5 ms for a list of n VALUES and 5.5 ms for unnest().
            with cursor.copy(f"COPY {table} ({_names(columns)}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)


def insert_and_commit(connection: BaseDatabaseWrapper, tables: Sequence[Table]) -> None:
    """Insert rows into several tables in a transaction of their own, on SQLite.

    Past Django's cursors and atomic(), which take as long as the rows do. Raises DatabaseError: nothing stands then.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors:
        connection._start_transaction_under_autocommit()  # type: ignore[attr-defined] # the stubs do not know it
        store = connection.connection
        try:
            for table, columns, rows in tables:
                store.executemany(_one(table, columns, "?"), rows)
            store.execute("COMMIT")
        except BaseException:
            if store.in_transaction:
                store.execute("ROLLBACK")
            raise


@cache
def _one(table: str, columns: tuple[str, ...], mark: str) -> str:
    return f"{_into(table, columns)} VALUES ({', '.join([mark] * len(columns))})"


@cache
def _many(table: str, columns: tuple[str, ...], number: int) -> str:
    marks = f"({', '.join(['%s'] * len(columns))})"
    return f"{_into(table, columns)} VALUES {', '.join([marks] * number)}"


def _into(table: str, columns: tuple[str, ...]) -> str:
    return f"INSERT INTO {table} ({_names(columns)})"


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in columns)
