"""Covenants and memberships change only inside a write scope, and an agreed version not at all."""

from django.db import migrations

from agreements.covenants.guards import KeepVersions
from audit.journal.guards import GuardTable

TABLES = (
    "agreements_agency",
    "agreements_clientkey",
    "agreements_covenant",
    "agreements_covenantversion",
    "agreements_membership",
    "agreements_party",
    "agreements_signature",
    "agreements_suspension",
)


class Migration(migrations.Migration):
    dependencies = [("agreements", "0001_initial"), ("audit", "0002_guards")]

    operations = [*(GuardTable(table) for table in TABLES), KeepVersions()]
