"""Files, and photos of signals, take a change only inside a write scope, beside a journal entry."""

from django.db import migrations

from audit.journal.guards import GuardTable

TABLES = ("cases_attachment", "cases_attachmentbytes", "cases_signalphoto")
VERSIONS = ("cases_historicalattachment",)


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_attachments"), ("audit", "0002_guards")]

    operations = [
        *(GuardTable(table) for table in TABLES),
        *(GuardTable(table, history=True) for table in VERSIONS),
    ]
