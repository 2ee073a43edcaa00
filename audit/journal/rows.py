"""Putting rows into the tables of the log, in as few trips as it takes. Which rows is said elsewhere."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from foundation.prepared import Question, answers, untyped

Row = tuple[Any, ...]
Table = tuple[str, tuple[str, ...], list[Row]]
"""A table, its columns, and rows for it."""
MANY = 150
"""From so many rows on COPY is quicker than one statement with a list for each column (PostgreSQL)."""


def is_one_trip(connection: BaseDatabaseWrapper, tables: Sequence[Table]) -> bool:
    """Whether insert_together sends all of it as one statement, so that it stands whole or not at all."""
    return connection.vendor == "postgresql" and sum(len(rows) for _table, _columns, rows in tables) < MANY


def insert_together(
    connection: BaseDatabaseWrapper, tables: Sequence[Table], asking: Sequence[Question] = ()
) -> list[list[Any]]:
    """Insert rows into several tables, in this order; returns the rows of each question, asked behind it.

    The forms were measured against each other (1 to 1,000 rows).
    """
    filled = [one for one in tables if one[2]]
    if filled and is_one_trip(connection, filled):
        # 21 entries with their parts: 1.6 ms with its commit, against 2.4 ms for a transaction with two COPYs.
        *before, last = _inserts(filled, "")
        also = ", ".join(f"put_{n} AS ({text})" for n, text in enumerate(before))
        return answers(connection, [(f"WITH {also} {last}" if also else last, params_of(filled)), *asking])[1:]
    with connection.cursor() as cursor:
        for table, columns, rows in filled:
            if connection.vendor == "sqlite":
                # A prepared row stepped n times in C: 1.0 ms, against 1.7 ms for a list of n VALUES (50 rows).
                cursor.executemany(_one(table, columns, "%s"), rows)
            else:
                with cursor.copy(f"COPY {table} ({_names(columns)}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
    return answers(connection, asking) if asking else []


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


def parts_where(tables: Sequence[Table], condition: str) -> str:
    """The same inserts as parts of a larger statement (PostgreSQL), done where the condition holds.

    Their parameters are `params_of` these tables.
    """
    filled = [one for one in tables if one[2]]
    return ", ".join(f"put_{n} AS ({text})" for n, text in enumerate(_inserts(filled, f" WHERE {condition}")))


def params_of(tables: Sequence[Table]) -> list[Any]:
    """A parameter for each column: its value, or a list that holds its values."""
    found: list[Any] = []
    for _table, _columns, rows in tables:
        found += map(untyped, rows[0]) if len(rows) == 1 else map(_list, zip(*rows, strict=True))
    return found


def _inserts(tables: Sequence[Table], condition: str) -> list[str]:
    return [_insert(table, columns, len(rows) == 1) + condition for table, columns, rows in tables]


@cache
def _insert(table: str, columns: tuple[str, ...], is_one: bool) -> str:
    """A statement for rows of a table, whatever their number: a parameter for each column holds its values.

    is_one: for a single row, whose values need no lists, which the server would take apart again.
    """
    kinds = _kinds(table, columns)
    if is_one:
        return f"{_into(table, columns)} SELECT {', '.join(f'%s::{kind}' for kind in kinds)}"
    lists = ", ".join(f"%s::{kind}[]" for kind in kinds)
    return f"{_into(table, columns)} SELECT * FROM unnest({lists})"  # noqa: S608


def _kinds(table: str, columns: tuple[str, ...]) -> list[str]:
    model = next(one for one in apps.get_app_config("audit").get_models() if one._meta.db_table == table)
    kinds = (str(model._meta.get_field(name).db_type(connections["default"])) for name in columns)
    # Without a length: with one PostgreSQL would cut off what is too long, instead of refusing it.
    return [kind.partition("(")[0] for kind in kinds]


def _list(values: Iterable[Any]) -> str:
    """A literal of an array. Source: PostgreSQL manual, 8.15.2."""
    return f"{{{','.join(map(_element, values))}}}"


def _element(value: Any) -> str:
    kind = type(value)
    if kind is int:
        return str(value)
    if kind is bytes:
        return f'"\\\\x{value.hex()}"'
    if value is None:
        return "NULL"
    if kind is bool:
        return "t" if value else "f"
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _into(table: str, columns: tuple[str, ...]) -> str:
    return f"INSERT INTO {table} ({_names(columns)})"


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in columns)
