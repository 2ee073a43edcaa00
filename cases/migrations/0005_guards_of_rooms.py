"""Tables of the rooms around a case take a change only inside a write scope, beside a journal entry."""

from django.db import migrations

from audit.journal.guards import GuardTable

TABLES = (
    "cases_action",
    "cases_actionresult",
    "cases_addendum",
    "cases_admission",
    "cases_agendaitem",
    "cases_approval",
    "cases_attendance",
    "cases_closing",
    "cases_decision",
    "cases_destruction",
    "cases_embargo",
    "cases_escalation",
    "cases_escalationanswer",
    "cases_extractposition",
    "cases_extractproposal",
    "cases_extractreason",
    "cases_goal",
    "cases_informing",
    "cases_invitation",
    "cases_knownanswer",
    "cases_knowncheck",
    "cases_measurement",
    "cases_meeting",
    "cases_minutes",
    "cases_note",
    "cases_parkedpoint",
    "cases_picture",
    "cases_position",
    "cases_renewal",
    "cases_renewalconsent",
    "cases_reply",
    "cases_report",
    "cases_request",
    "cases_retentionhold",
    "cases_review",
    "cases_reviewnote",
    "cases_searchrow",
    "cases_secrecyacceptance",
    "cases_secrecydeclaration",
    "cases_signal",
    "cases_signalstep",
    "cases_triage",
    "cases_triagestep",
)
VERSIONS = (
    "cases_historicalaction",
    "cases_historicalactionresult",
    "cases_historicaladdendum",
    "cases_historicaladmission",
    "cases_historicalclosing",
    "cases_historicaldecision",
    "cases_historicalembargo",
    "cases_historicalescalation",
    "cases_historicalescalationanswer",
    "cases_historicalextractproposal",
    "cases_historicalextractreason",
    "cases_historicalgoal",
    "cases_historicalmeasurement",
    "cases_historicalnote",
    "cases_historicalparkedpoint",
    "cases_historicalpicture",
    "cases_historicalposition",
    "cases_historicalreply",
    "cases_historicalreport",
    "cases_historicalrequest",
    "cases_historicalreviewnote",
    "cases_historicaltriagestep",
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_from_signal_to_aftercare"), ("audit", "0002_guards")]

    operations = [
        *(GuardTable(table) for table in TABLES),
        *(GuardTable(table, history=True) for table in VERSIONS),
    ]
