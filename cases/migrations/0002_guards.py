"""Tables of cases take a change only inside a write scope, beside a journal entry (audit design 4.2)."""

from django.db import migrations

from audit.journal.guards import GuardTable

TABLES = (
    "cases_case",
    "cases_casecovenant",
    "cases_casesubject",
    "cases_circumstance",
    "cases_contribution",
    "cases_extract",
    "cases_participation",
    "cases_participationmember",
    "cases_phasechange",
    "cases_subject",
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("audit", "0002_guards")]

    operations = [
        *(GuardTable(table) for table in TABLES),
        GuardTable("cases_historicalcontribution", history=True),
    ]
