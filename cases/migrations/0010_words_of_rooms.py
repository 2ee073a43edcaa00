"""The index of the words of rooms: its table, its full-text half, and the triggers that take a row along."""

from typing import Any

from django.db import migrations, models
from django.db.models.deletion import CASCADE, PROTECT

from audit.journal.guards import GuardTable
from cases.search.following import following, unfollowing
from cases.search.full_text import ROOMS, making, unmaking


def make(apps: Any, schema_editor: Any) -> None:
    """Make it all, empty. Filling it is `manage.py reindex`: a migration opens no words."""
    vendor = schema_editor.connection.vendor
    for statement in (*making(vendor, ROOMS), *following(vendor)):
        schema_editor.execute(statement, params=None)


def unmake(apps: Any, schema_editor: Any) -> None:
    """Take it away again."""
    vendor = schema_editor.connection.vendor
    for statement in (*unfollowing(vendor), *unmaking(vendor, ROOMS)):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0009_relations"),
        ("agreements", "0004_guards"),
        ("audit", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="RoomRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("room", models.CharField(max_length=24)),
                ("uid", models.UUIDField(db_index=True)),
                ("under", models.CharField(max_length=200)),
                ("heard", models.CharField(blank=True, max_length=400)),
                ("bit", models.PositiveSmallIntegerField()),
                ("words", models.TextField()),
                ("about", models.ForeignKey(null=True, on_delete=CASCADE, related_name="+", to="cases.casesubject")),
                ("case", models.ForeignKey(on_delete=CASCADE, related_name="+", to="cases.case")),
                ("other", models.ForeignKey(null=True, on_delete=CASCADE, related_name="+", to="cases.casesubject")),
                (
                    "source",
                    models.ForeignKey(db_index=False, on_delete=PROTECT, related_name="+", to="agreements.agency"),
                ),
            ],
        ),
        GuardTable("cases_roomrow"),
        migrations.RunPython(make, unmake),
    ]
