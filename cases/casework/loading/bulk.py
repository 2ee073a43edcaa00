"""Many rows into one table at the speed of the database: COPY on PostgreSQL, a prepared row on SQLite.

No signals, no defaults: every column is given. Guards hold here too, so call inside a write scope.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from cases.records.sealed import SealedField

Row = Sequence[Any]
_NEED_CONVERTING = (models.DateField, models.UUIDField, models.BooleanField, SealedField)
"""Kinds of columns whose Python value is not what the driver wants; text and numbers go as they are."""


def reserve(connection: BaseDatabaseWrapper, model: type[models.Model], count: int) -> Sequence[int]:
    """`count` row numbers of a table that nobody else will use, in rising order. Inside a transaction."""
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [table, column, count]
            )
            return sorted(number for (number,) in cursor.fetchall())
        # An IMMEDIATE transaction is the only writer, so the numbers after the highest are free.
        cursor.execute(f"SELECT COALESCE(MAX({column}), 0) FROM {table}")  # noqa: S608 - our own names
        highest = cursor.fetchone()[0]
        cursor.execute("SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = %s", [table])
        first = max(highest, cursor.fetchone()[0]) + 1
    return range(first, first + count)


class Bulk:
    """Inserts rows of the given attributes ("case_id", "starts", …) into the table of a model."""

    def __init__(self, connection: BaseDatabaseWrapper, model: type[models.Model], columns: Sequence[str]) -> None:
        by_name = {field.attname: field for field in model._meta.concrete_fields}
        fields = [by_name[name] for name in columns]
        names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
        self._connection = connection
        self._into = f"{model._meta.db_table} ({names})"
        self._marks = ", ".join(["%s"] * len(fields))
        self._converters: list[tuple[int, Callable[..., Any]]] = [
            (place, field.get_db_prep_save) for place, field in enumerate(fields) if isinstance(field, _NEED_CONVERTING)
        ]

    def insert(self, rows: Iterable[Row]) -> int:
        """Insert the rows; returns how many."""
        ready = [self._ready(row) for row in rows]
        with self._connection.cursor() as cursor:
            if self._connection.vendor == "postgresql":
                with cursor.copy(f"COPY {self._into} FROM STDIN") as copy:
                    for row in ready:
                        copy.write_row(row)
            else:
                cursor.executemany(f"INSERT INTO {self._into} VALUES ({self._marks})", ready)  # noqa: S608
        return len(ready)

    def _ready(self, row: Row) -> list[Any]:
        found = list(row)
        for place, convert in self._converters:
            if found[place] is not None:
                found[place] = convert(found[place], connection=self._connection)
        return found
