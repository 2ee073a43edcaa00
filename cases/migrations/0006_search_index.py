"""The full-text half of the search index, which Django's models cannot describe: FTS5 on SQLite, GIN on PostgreSQL."""

from typing import Any

from django.db import migrations

from cases.search.full_text import making, unmaking


def make(apps: Any, schema_editor: Any) -> None:
    """Make it beside the table of models.SearchRow. Filling it is `manage.py reindex`: a migration opens no facts."""
    for statement in making(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def unmake(apps: Any, schema_editor: Any) -> None:
    """Take it away again."""
    for statement in unmaking(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_guards_of_rooms")]

    operations = [migrations.RunPython(make, unmake)]
