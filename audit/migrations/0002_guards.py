"""Partitions of audit_entry on PostgreSQL, and the triggers that keep the journal append-only."""

from django.db import migrations

from audit.journal.guards import AppendOnly
from audit.journal.partitions import PartitionByMonth


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_journal")]

    operations = [
        PartitionByMonth(),
        AppendOnly("audit_entry"),
        AppendOnly("audit_part"),
        AppendOnly("audit_fieldset"),
    ]
