"""Triggers by which the index of rooms loses a row together with the words, whatever deletes them.

A word of a room can be deleted by a command, by retention or by hand; none of them has to remember the index.
"""

from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper

from cases.search.full_text import ROOMS

TABLES = (
    "cases_action",
    "cases_actionresult",
    "cases_addendum",
    "cases_admission",
    "cases_attachment",
    "cases_closing",
    "cases_decision",
    "cases_embargo",
    "cases_escalation",
    "cases_escalationanswer",
    "cases_extractreason",
    "cases_goal",
    "cases_note",
    "cases_parkedpoint",
    "cases_picture",
    "cases_position",
    "cases_relation",
    "cases_reply",
    "cases_report",
    "cases_request",
    "cases_reviewnote",
    "cases_triagestep",
)
"""Where the words of rooms stand that search knows; a test compares it with the rooms."""
# ruff: noqa: S608 - names of our own, no input
_FUNCTION = f"""
CREATE OR REPLACE FUNCTION cases_unsearch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM {ROOMS.table} WHERE uid = OLD.uid;
  RETURN OLD;
END $$
"""


def following(vendor: str, tables: Iterable[str] = TABLES) -> Iterable[str]:
    """Statements that make the triggers, where they are not there yet."""
    if vendor == "postgresql":
        yield _FUNCTION
    for table in tables:
        name = f"{table}_unsearched"
        if vendor == "postgresql":
            yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
            yield f"CREATE TRIGGER {name} AFTER DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION cases_unsearch()"
        else:
            yield (
                f"CREATE TRIGGER IF NOT EXISTS {name} AFTER DELETE ON {table} BEGIN "
                f"DELETE FROM {ROOMS.table} WHERE uid = OLD.uid; END"
            )


def unfollowing(vendor: str) -> Iterable[str]:
    """Statements that take them away."""
    for table in TABLES:
        on = f" ON {table}" if vendor == "postgresql" else ""
        yield f"DROP TRIGGER IF EXISTS {table}_unsearched{on}"
    if vendor == "postgresql":
        yield "DROP FUNCTION IF EXISTS cases_unsearch()"


def mend_following(connection: BaseDatabaseWrapper) -> None:
    """Put back what a migration that altered a table lost: SQLite makes such a table anew, without triggers."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        if ROOMS.table in tables:
            for statement in following(connection.vendor, [table for table in TABLES if table in tables]):
                cursor.execute(statement)
