"""On PostgreSQL the guards of tables that take a change in a write scope ask first whether they are needed."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from audit.journal.guards import PG_NEWS


def ask_first(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """The same guards with the question. Tables that come later are made with it."""
    _make_anew(editor, f"WHEN ({PG_NEWS}) ")


def ask_always(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """The other way."""
    _make_anew(editor, "")


def _make_anew(editor: BaseDatabaseSchemaEditor, condition: str) -> None:
    for table, name, made in _standing(editor):
        when = made[: made.index("FOR EACH ROW ")]
        call = made[made.index("EXECUTE FUNCTION ") :]
        editor.execute(f"DROP TRIGGER {name} ON {table}", params=None)
        editor.execute(f"{when}FOR EACH ROW {condition}{call}", params=None)


def _standing(editor: BaseDatabaseSchemaEditor) -> list[tuple[str, str, str]]:
    if editor.connection.vendor != "postgresql":
        return []
    with editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger "
            r"WHERE tgname LIKE 'guard\_%%\_scope' AND NOT tgisinternal ORDER BY tgname", []
        )
        return list(cursor.fetchall())


class Migration(migrations.Migration):

    dependencies = [("audit", "0008_integrity")]

    operations = [migrations.RunPython(ask_first, ask_always)]
