"""The escalation of the demo: a professional asks her team leader for a decision in the case of Jayden."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from agreements.covenants.rules import operator
from agreements.parties.reader import visit_of
from agreements.parties.tokens import membership_for
from audit.journal.appender import append
from audit.journal.entry import Action, Entry, Outcome
from audit.journal.scope import write_scope
from cases.disclosure.reading import Reading
from cases.disclosure.visibility import live_participations
from cases.inbox import commands
from cases.inbox.models import Escalation, EscalationAnswer
from cases.records.models import Case, CaseVisit
from foundation import clock

NUMBER = "MD-2026-0418"
MARK = uuid5(NAMESPACE_URL, "verbond-demo-opschaling")
QUESTION = (
    "De avondbegeleiding stopt na vier weken, maar het gezin heeft haar langer nodig. "
    "Mag ik haar verlengen tot het besluit van de jeugdbescherming?"
)

LOOKED, LOOKED_DAYS_AGO = ("nadia", "ruben", "sanne", "marloes", "margot"), 10


@transaction.atomic
def load_demo_inbox() -> None:
    """Escalate as Sanne would, two days ago, and note when personas last looked; nothing when it was done."""
    if Escalation.objects.filter(submission=MARK).exists() or not Case.objects.filter(number=NUMBER).exists():
        return
    visit = visit_of(membership_for(persona="sanne"), strength="demo", trace_id="0" * 32)
    now = Reading.begin(visit, route="load_demo", event="escalation.asked")
    reading = replace(now, at=now.at - timedelta(days=2))
    commands.escalate(reading, NUMBER, question=QUESTION, blocked_by="JB-MD", submission=MARK)
    for persona in LOOKED:
        _looked(persona)


def _looked(persona: str) -> None:
    """They last looked a while ago, at cases that they took part in by then: so there is news for them."""
    visit = visit_of(membership_for(persona=persona), strength="demo", trace_id="0" * 32)
    seen = clock.now() - timedelta(days=LOOKED_DAYS_AGO)
    CaseVisit.objects.bulk_create(
        [
            CaseVisit(professional_id=visit.professional_id, case=taking.case, seen_at=seen)
            for taking in live_participations(visit, at=clock.now())
            if taking.starts < seen
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def remove_demo_inbox(numbers: Mapping[Path, str]) -> None:
    """Take escalations in the cases of the demo away, before the cases go."""
    found = list(Case.objects.filter(number__in=list(numbers.values())))
    tables = (EscalationAnswer, Escalation)
    if not any(table.objects.filter(case__in=found).exists() for table in tables):
        return
    by = operator("load_demo")
    with write_scope(reason="remove_demo_inbox"):
        for table in tables:
            rows = table.objects.filter(case__in=found)
            history = table.history.filter(case_id__in=[case.pk for case in found])
            # _raw_delete: deleting through the signal would add a version that says so, to versions that go as well.
            for gone in (rows, history):
                gone._raw_delete(gone.db)
        append(
            [
                Entry(
                    event_type="escalation.removed", action=Action.DELETE, outcome=Outcome.OK, actor_ref=by.actor_ref,
                    agency_ref=by.agency_ref, case_ref=case.ref,
                )
                for case in found
            ]
        )  # fmt: skip
