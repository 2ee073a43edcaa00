"""The full-text half of both indexes: FTS5 beside the table on SQLite, an index on its words on PostgreSQL.

Kept in step by the database itself, in the transaction of the write. No ranking: weights come from all documents
together, so that an order by them would tell about documents that the reader may not know of.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from cases.disclosure.wordforms import Question


@dataclass(frozen=True, slots=True)
class Half:
    """The full-text half of one table: the table with a column `words`, and what stands beside it."""

    table: str
    words: str


FACTS, ROOMS = Half("cases_searchrow", "cases_searchwords"), Half("cases_roomrow", "cases_roomwords")
"""The words of facts, and those of the rooms around a case: apart, so that neither slows the other down."""
HALVES = (FACTS, ROOMS)
COMMON = 20_000
"""Rows with a word from which it counts as common: some tenth of a second to fetch."""
_VECTOR = "array_to_tsvector(string_to_array(words, ' '))"
_TRIGGERS = ("added", "gone", "changed")

# ruff: noqa: S608 - names of our own, no input


def _sqlite(half: Half) -> tuple[str, ...]:
    table, words = half.table, half.words
    return (
        # Only that a word stands in a row: no places, no sizes. The words themselves stay in the table (content).
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {words} USING fts5(words, content='{table}', content_rowid='id', "
        "columnsize=0, detail=none, prefix='2 3', tokenize='unicode61 remove_diacritics 0')",
        f"CREATE TRIGGER IF NOT EXISTS {table}_added AFTER INSERT ON {table} BEGIN "
        f"INSERT INTO {words}(rowid, words) VALUES (NEW.id, NEW.words); END",
        f"CREATE TRIGGER IF NOT EXISTS {table}_gone AFTER DELETE ON {table} BEGIN "
        f"INSERT INTO {words}({words}, rowid, words) VALUES ('delete', OLD.id, OLD.words); END",
        f"CREATE TRIGGER IF NOT EXISTS {table}_changed BEFORE UPDATE ON {table} BEGIN "
        f"SELECT RAISE(ABORT, 'search: a row of the index is replaced, never changed'); END",
    )


def making(vendor: str, half: Half = FACTS) -> Iterable[str]:
    """Statements that make the full-text half, where it is not there yet, and fill it from the table."""
    if vendor == "postgresql":
        return (f"CREATE INDEX IF NOT EXISTS {half.words} ON {half.table} USING gin ({_VECTOR})",)
    return (*_sqlite(half), f"INSERT INTO {half.words}({half.words}) VALUES ('rebuild')")


def unmaking(vendor: str, half: Half = FACTS) -> Iterable[str]:
    """Statements that take it away."""
    if vendor == "postgresql":
        return (f"DROP INDEX IF EXISTS {half.words}",)
    triggers = (f"DROP TRIGGER IF EXISTS {half.table}_{name}" for name in _TRIGGERS)
    return (*triggers, f"DROP TABLE IF EXISTS {half.words}")


def wanted(vendor: str, question: Question) -> str:
    """The question as this database takes it; its words are letters and digits alone, so that nothing else gets in."""
    if vendor == "postgresql":
        return " & ".join([*(f"'{w}'" for w in question.words), *([f"'{question.start}':*"] if question.start else [])])
    return " ".join([*(f'"{w}"' for w in question.words), *([f'"{question.start}"*'] if question.start else [])])


def joined(vendor: str, cases: str, *, common: bool) -> str:
    """FROM and WHERE for the rows `s` in which a question (the last parameter) is found, beside `p`, the SQL `cases`.

    common: on SQLite then the cases go first, in their order, and a page is full long before they are at their end.
    """
    table, words = FACTS.table, FACTS.words
    if vendor == "postgresql":
        return f"FROM {table} s JOIN ({cases}) p ON p.case_id = s.case_id WHERE {_VECTOR} @@ %s::tsquery"
    # CROSS JOIN: SQLite cannot know how many rows have a word, and keeps to this order. The plus sign keeps it from
    # looking up each of them in each case.
    if common:
        return (
            f"FROM ({cases}) p CROSS JOIN {table} s ON s.case_id = p.case_id "
            f"WHERE +s.id IN (SELECT rowid FROM {words} WHERE {words} MATCH %s)"
        )
    return (
        f"FROM {words} w CROSS JOIN {table} s ON s.id = w.rowid CROSS JOIN ({cases}) p ON p.case_id = s.case_id "
        f"WHERE {words} MATCH %s"
    )


_PLACED = """
    LEFT JOIN cases_signal g ON s.room = 'report' AND g.file_id = s.case_id
    LEFT JOIN cases_signal m ON m.id = g.merged_into_id
"""
_PLACES = """p.case_id IN (
    s.case_id, m.file_id, CASE g.state WHEN 'linked' THEN g.linked_case_id END,
    CASE m.state WHEN 'linked' THEN m.linked_case_id END
)"""
"""Where words are read: in their own case; those of a signal also where it was linked or merged (intake.reported)."""


def joined_in_rooms(vendor: str, cases: str) -> str:
    """The same for words of rooms: each row once for every case of `cases` on whose pages it can stand."""
    table, words = ROOMS.table, ROOMS.words
    if vendor == "postgresql":
        return f"FROM {table} s {_PLACED} JOIN ({cases}) p ON {_PLACES} WHERE {_VECTOR} @@ %s::tsquery"
    return (
        f"FROM {words} w CROSS JOIN {table} s ON s.id = w.rowid {_PLACED} CROSS JOIN ({cases}) p ON {_PLACES} "
        f"WHERE {words} MATCH %s"
    )


def is_common(connection: BaseDatabaseWrapper, question: Question) -> bool:
    """Whether so many rows hold it that SQLite had better not fetch them all; PostgreSQL plans for itself."""
    if connection.vendor == "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT COUNT(*) FROM (SELECT 1 FROM {FACTS.words} WHERE {FACTS.words} MATCH %s LIMIT %s)",
            [wanted(connection.vendor, question), COMMON],
        )
        return bool(cursor.fetchone()[0] == COMMON)


def mend(connection: BaseDatabaseWrapper) -> None:
    """Make what is missing of the full-text halves, after a migration.

    One that alters the table makes it anew on SQLite, without its triggers: words would no longer follow the facts.
    """
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        for half in HALVES:
            if half.table in tables and not _stands(connection, cursor, half):
                for statement in making(connection.vendor, half):
                    cursor.execute(statement)


def _stands(connection: BaseDatabaseWrapper, cursor: Any, half: Half) -> bool:
    """Whether all of it is there."""
    if connection.vendor == "postgresql":
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [half.words])
        return bool(cursor.fetchone()[0])
    cursor.execute(
        "SELECT COUNT(*) FROM sqlite_master WHERE name = %s OR type = 'trigger' AND name IN (%s, %s, %s)",
        [half.words, *(f"{half.table}_{name}" for name in _TRIGGERS)],
    )
    return bool(cursor.fetchone()[0] == 1 + len(_TRIGGERS))


def remake(connection: BaseDatabaseWrapper) -> None:
    """Make the full-text halves anew from the tables, whatever became of them. PostgreSQL's own cannot go astray."""
    if connection.vendor == "postgresql":
        mend(connection)
        return
    with connection.cursor() as cursor:
        for half in HALVES:
            for statement in (*unmaking(connection.vendor, half), *making(connection.vendor, half)):
                cursor.execute(statement)


def shed(connection: BaseDatabaseWrapper) -> None:
    """Rewrite the full-text halves so that words of rows that are gone leave their pages. Inside a write scope.

    FTS5 only marks a row as gone until its segments are merged. PostgreSQL does this in VACUUM, which cannot be
    done inside a transaction.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for half in HALVES:
                cursor.execute(f"INSERT INTO {half.words}({half.words}) VALUES ('optimize')")
