"""The full-text half of the index: FTS5 beside the table on SQLite, an index on its words on PostgreSQL.

Kept in step by the database itself, in the transaction of the write. No ranking: weights come from all documents
together, so that an order by them would tell about documents that the reader may not know of.
"""

from collections.abc import Iterable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from cases.disclosure.wordforms import Question

TABLE = "cases_searchrow"
WORDS = "cases_searchwords"
_VECTOR = "array_to_tsvector(string_to_array(words, ' '))"

# ruff: noqa: S608 - names of our own, no input
_SQLITE = (
    # Only that a word stands in a row: no places, no sizes. The words themselves stay in the table (content).
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {WORDS} USING fts5(words, content='{TABLE}', content_rowid='id', "
    "columnsize=0, detail=none, prefix='2 3', tokenize='unicode61 remove_diacritics 0')",
    f"CREATE TRIGGER IF NOT EXISTS {TABLE}_added AFTER INSERT ON {TABLE} BEGIN "
    f"INSERT INTO {WORDS}(rowid, words) VALUES (NEW.id, NEW.words); END",
    f"CREATE TRIGGER IF NOT EXISTS {TABLE}_gone AFTER DELETE ON {TABLE} BEGIN "
    f"INSERT INTO {WORDS}({WORDS}, rowid, words) VALUES ('delete', OLD.id, OLD.words); END",
    f"CREATE TRIGGER IF NOT EXISTS {TABLE}_changed BEFORE UPDATE ON {TABLE} BEGIN "
    f"SELECT RAISE(ABORT, 'search: a row of the index is replaced, never changed'); END",
)
_TRIGGERS = ("added", "gone", "changed")
_POSTGRESQL = (f"CREATE INDEX IF NOT EXISTS {WORDS} ON {TABLE} USING gin ({_VECTOR})",)


def making(vendor: str) -> Iterable[str]:
    """Statements that make the full-text half, where it is not there yet, and fill it from the table."""
    return _POSTGRESQL if vendor == "postgresql" else (*_SQLITE, f"INSERT INTO {WORDS}({WORDS}) VALUES ('rebuild')")


def unmaking(vendor: str) -> Iterable[str]:
    """Statements that take it away."""
    if vendor == "postgresql":
        return (f"DROP INDEX IF EXISTS {WORDS}",)
    triggers = (f"DROP TRIGGER IF EXISTS {TABLE}_{name}" for name in _TRIGGERS)
    return (*triggers, f"DROP TABLE IF EXISTS {WORDS}")


def matching(vendor: str, question: Question) -> tuple[str, str, str]:
    """FROM, condition and its one parameter for the rows `s` in which the question is found."""
    if vendor == "postgresql":
        words = [f"'{word}'" for word in question.words] + ([f"'{question.start}':*"] if question.start else [])
        return f"{TABLE} s", f"{_VECTOR} @@ %s::tsquery", " & ".join(words)
    words = [f'"{word}"' for word in question.words] + ([f'"{question.start}"*'] if question.start else [])
    # CROSS JOIN: first the words, then their rows; SQLite cannot know how few these are.
    return f"{WORDS} w CROSS JOIN {TABLE} s ON s.id = w.rowid", f"{WORDS} MATCH %s", " ".join(words)


def mend(connection: BaseDatabaseWrapper) -> None:
    """Make what is missing of the full-text half, after a migration.

    One that alters the table makes it anew on SQLite, without its triggers: words would no longer follow the facts.
    """
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        if TABLE in tables and not _stands(connection, cursor):
            for statement in making(connection.vendor):
                cursor.execute(statement)


def _stands(connection: BaseDatabaseWrapper, cursor: Any) -> bool:
    """Whether all of it is there."""
    if connection.vendor == "postgresql":
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [WORDS])
        return bool(cursor.fetchone()[0])
    cursor.execute(
        "SELECT COUNT(*) FROM sqlite_master WHERE name = %s OR type = 'trigger' AND name IN (%s, %s, %s)",
        [WORDS, *(f"{TABLE}_{name}" for name in _TRIGGERS)],
    )
    return bool(cursor.fetchone()[0] == 1 + len(_TRIGGERS))


def remake(connection: BaseDatabaseWrapper) -> None:
    """Make the full-text half anew from the table, whatever became of it. PostgreSQL's own index cannot go astray."""
    if connection.vendor == "postgresql":
        mend(connection)
        return
    with connection.cursor() as cursor:
        for statement in (*unmaking(connection.vendor), *making(connection.vendor)):
            cursor.execute(statement)


def shed(connection: BaseDatabaseWrapper) -> None:
    """Rewrite the full-text half so that words of rows that are gone leave its pages. Inside a write scope.

    FTS5 only marks a row as gone until its segments are merged. PostgreSQL does this in VACUUM, which cannot be
    done inside a transaction.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {WORDS}({WORDS}) VALUES ('optimize')")
