"""Tables of the rooms around a case take a change only inside a write scope, beside a journal entry."""

from django.db import migrations

from audit.journal.guards import GuardTable

TABLES = (
    "cases_action",
    "cases_addendum",
    "cases_agendaitem",
    "cases_approval",
    "cases_attendance",
    "cases_closing",
    "cases_decision",
    "cases_goal",
    "cases_invitation",
    "cases_measurement",
    "cases_meeting",
    "cases_minutes",
    "cases_parkedpoint",
    "cases_picture",
    "cases_position",
    "cases_review",
    "cases_secrecyacceptance",
    "cases_signal",
)
VERSIONS = (
    "cases_historicalaction",
    "cases_historicaladdendum",
    "cases_historicalclosing",
    "cases_historicaldecision",
    "cases_historicalgoal",
    "cases_historicalmeasurement",
    "cases_historicalparkedpoint",
    "cases_historicalpicture",
    "cases_historicalposition",
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_from_signal_to_aftercare"), ("audit", "0002_guards")]

    operations = [
        *(GuardTable(table) for table in TABLES),
        *(GuardTable(table, history=True) for table in VERSIONS),
    ]
