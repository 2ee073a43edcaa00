"""Several questions in one trip to PostgreSQL, each put into words once per connection. SQLite is asked in turn."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import lru_cache
from typing import Any

import psycopg
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorDebugWrapper, CursorWrapper

Question = tuple[str, Sequence[Any]]
"""SQL and its parameters."""
_AS_THEY_ARE = frozenset({str, bytes, bool})


def untyped(value: Any) -> Any:
    """A parameter whose type the statement says ($1::bigint): as text, since psycopg has one for each size of a number.

    With each type PostgreSQL would keep the same statement once more.
    """
    return value if value is None or type(value) in _AS_THEY_ARE else str(value)


class _Prepared(psycopg.RawCursor[Any]):
    """Binds parameters on the server, and keeps every statement by name from its first use."""

    def execute(self, query: Any, params: Any = None, **how: Any) -> Any:
        return super().execute(_numbered(query), params, **how, prepare=True)


@lru_cache(maxsize=1024)
def _numbered(text: str) -> str:
    """With $1, $2 … as the server has them. Psycopg itself reads anew what is long or has more than fifty of them."""
    first, *rest = text.split("%s")
    numbered = first + "".join(f"${place}{more}" for place, more in enumerate(rest, 1))
    return numbered.replace("%%", "%")


def answers(connection: BaseDatabaseWrapper, questions: Sequence[Question]) -> list[list[Any]]:
    """The rows of each question, each asked after the one before it was answered; none of one that answers nothing.

    Outside a transaction a single one commits by itself. For SQL that is the same at every request: reading it anew,
    and planning it where the plan does not depend on the parameters, takes PostgreSQL longer than answering. Source:
    PostgreSQL manual, PREPARE and plan_cache_mode; psycopg manual, "Prepared statements" and "Pipeline mode".
    """
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            return [cursor.execute(text, params).fetchall() for text, params in questions]
    with _store(connection) as store:
        cursors = [_cursor(connection, store) for _ in questions]
        # The end of a pipeline is its one trip: rows are fetched after it. For a single question it would be another.
        with store.pipeline() if len(questions) > 1 else nullcontext():
            for cursor, (text, params) in zip(cursors, questions, strict=True):
                cursor.execute(text, params)
        return [cursor.fetchall() if cursor.description else [] for cursor in cursors]


@contextmanager
def _store(connection: BaseDatabaseWrapper) -> "Iterator[psycopg.Connection[Any]]":
    connection.ensure_connection()
    store: psycopg.Connection[Any] = connection.connection
    # Django says None, which keeps even these from being prepared. No other cursor of Django's prepares anything.
    store.prepare_threshold = 0
    with connection.wrap_database_errors:
        yield store


class _Logged(CursorDebugWrapper):
    """Notes each statement with its parameters in it, as Django's own cursor does."""

    def execute(self, sql: Any, params: Any = None) -> Any:
        with self.debug_sql(self.db.ops.compose_sql(sql, params)):
            return CursorWrapper.execute(self, sql, params)


def _cursor(connection: BaseDatabaseWrapper, store: "psycopg.Connection[Any]") -> CursorWrapper:
    # Whoever counts queries or looks into them sees these too.
    connection.validate_thread_sharing()
    return (_Logged if connection.queries_logged else CursorWrapper)(_Prepared(store), connection)
