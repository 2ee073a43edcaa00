"""Drafts, motions and keys change only inside a write scope too; tables that 0003 rebuilt get their guards back."""

from django.db import migrations

from agreements.covenants.guards import KeepVersions
from audit.journal.guards import GuardTable

TABLES = (
    "agreements_consent",
    "agreements_covenant",
    "agreements_covenantversion",
    "agreements_draft",
    "agreements_draftparty",
    "agreements_findinganswer",
    "agreements_housekey",
    "agreements_motion",
    "agreements_party",
    "agreements_remark",
    "agreements_revision",
    "agreements_sealedversion",
    "agreements_signature",
    "agreements_signingkey",
)


class Migration(migrations.Migration):
    dependencies = [("agreements", "0003_living_covenants"), ("audit", "0002_guards")]

    operations = [*(GuardTable(table) for table in TABLES), KeepVersions()]
