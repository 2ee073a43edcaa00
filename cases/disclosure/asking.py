"""A question about cases that is put into words once: the ORM takes longer to phrase it than the database to answer."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from foundation.prepared import answers

_THESE = -4711
"""Stands for the row numbers while a question is phrased; no row has it."""
_AMONG = {"postgresql": "= ANY(%s::bigint[])", "sqlite": "IN (SELECT value FROM json_each(%s))"}

_Phrased = tuple[str, list[tuple[int, list[Any], Any]]]
"""The SQL, and per place in a row what turns what the database gives into what the ORM gives."""


class Kept:
    """The rows of a `values_list` query whose foreign key `column` is among the row numbers that are asked about.

    One text with one parameter whatever the numbers, so that nothing in between has to prepare it anew.
    """

    def __init__(self, query: "Callable[[], QuerySet[Any, tuple[Any, ...]]]", column: str) -> None:
        self._query, self._column = query, column
        self._phrased: dict[str, _Phrased] = {}

    def ask(self, numbers: Iterable[int]) -> list[Any]:
        """The rows, as sequences. Asks also when there are no numbers: how long it takes must not tell."""
        return in_turn([self], numbers)[0]

    def phrased(self) -> _Phrased:
        """The question for the database in use."""
        vendor = connection.vendor
        return self._phrased.get(vendor) or self._phrased.setdefault(vendor, self._phrase())

    def _phrase(self) -> _Phrased:
        query = self._query().filter(**{f"{self._column}__in": [_THESE]}).query
        compiler = query.get_compiler(connection=connection)
        text, params = compiler.as_sql()
        if tuple(params) != (_THESE,) or text.count("IN (%s)") != 1:
            raise TypeError("a kept question has no other parameter than its row numbers")
        converters = compiler.get_converters([column for column, _sql, _alias in compiler.select])
        turning = [(place, convert, column) for place, (convert, column) in converters.items()]
        return text.replace("IN (%s)", _AMONG[connection.vendor]), turning


def in_turn(questions: Sequence[Kept], numbers: Iterable[int]) -> list[list[Any]]:
    """The rows of each question about the same numbers. Each is asked after the one before it was answered.

    PostgreSQL is sent all of them at once: going to and fro takes longer than answering. By row numbers the plan is
    always the same.
    """
    these = ",".join(map(str, numbers))
    phrased = [question.phrased() for question in questions]
    form = "{%s}" if connection.vendor == "postgresql" else "[%s]"
    found = answers(connection, [(text, [form % these]) for text, _turning in phrased])
    return [
        [_converted(row, turning) for row in rows] if turning else rows
        for rows, (_text, turning) in zip(found, phrased, strict=True)
    ]


def _converted(row: Any, converters: list[tuple[int, list[Any], Any]]) -> list[Any]:
    values = list(row)
    for place, turning, column in converters:
        for turn in turning:
            values[place] = turn(values[place], column, connection)
    return values
