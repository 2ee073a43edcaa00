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
COMMON = 20_000
"""Rows with a word from which it counts as common: some tenth of a second to fetch."""
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


def wanted(vendor: str, question: Question) -> str:
    """The question as this database takes it; its words are letters and digits alone, so that nothing else gets in."""
    if vendor == "postgresql":
        return " & ".join([*(f"'{w}'" for w in question.words), *([f"'{question.start}':*"] if question.start else [])])
    return " ".join([*(f'"{w}"' for w in question.words), *([f'"{question.start}"*'] if question.start else [])])


def joined(vendor: str, cases: str, *, common: bool) -> str:
    """FROM and WHERE for the rows `s` in which a question (the last parameter) is found, beside `p`, the SQL `cases`.

    common: on SQLite then the cases go first, in their order, and a page is full long before they are at their end.
    """
    if vendor == "postgresql":
        return f"FROM {TABLE} s JOIN ({cases}) p ON p.case_id = s.case_id WHERE {_VECTOR} @@ %s::tsquery"
    # CROSS JOIN: SQLite cannot know how many rows have a word, and keeps to this order. The plus sign keeps it from
    # looking up each of them in each case.
    if common:
        return (
            f"FROM ({cases}) p CROSS JOIN {TABLE} s ON s.case_id = p.case_id "
            f"WHERE +s.id IN (SELECT rowid FROM {WORDS} WHERE {WORDS} MATCH %s)"
        )
    return (
        f"FROM {WORDS} w CROSS JOIN {TABLE} s ON s.id = w.rowid CROSS JOIN ({cases}) p ON p.case_id = s.case_id "
        f"WHERE {WORDS} MATCH %s"
    )


def is_common(connection: BaseDatabaseWrapper, question: Question) -> bool:
    """Whether so many rows hold it that SQLite had better not fetch them all; PostgreSQL plans for itself."""
    if connection.vendor == "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT COUNT(*) FROM (SELECT 1 FROM {WORDS} WHERE {WORDS} MATCH %s LIMIT %s)",
            [wanted(connection.vendor, question), COMMON],
        )
        return bool(cursor.fetchone()[0] == COMMON)


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
