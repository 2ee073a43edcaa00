"""A signal goes into triage: its file opens, under a number of its own. What triage does is in cases.triage."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from audit.journal.appender import append
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from cases.casework.numbering import next_number
from cases.disclosure.reading import Reading
from cases.intake.access import check_handler, held, signal_for
from cases.intake.commands.steps import note_step
from cases.intake.models import SignalState, SignalStep
from cases.records.models import Case, PhaseChange
from cases.records.phases import Phase, State
from foundation.errors import Refused


def take_into_triage(reading: Reading, number: str) -> Case:
    """The signal `number` becomes a case in triage, under a new number; returns the case.

    The file of a person has its person concerned (CaseSubject, position 0) since the report.
    Raises NotYourSignal; Refused when the reader is no case director of the agency that handles it, or when
    somebody was first. Source: domain 3 (by the case director), WGS art. 2.31(1).
    """
    found = signal_for(reading, number)
    with transaction.atomic(), write_scope():
        signal = held(found)
        check_handler(reading, signal)
        if "case_director" not in reading.visit.roles:
            raise Refused(
                _("Alleen een procesregisseur neemt een signaal in triage."),
                remedy=_("Stuur het signaal door naar het Zorg- en Veiligheidshuis."),
            )
        case = Case.objects.select_for_update().get(pk=signal.file_id)
        case.number = next_number(settings.CASE_PREFIX, at=reading.at)
        case.state, case.phase, case.phase_since = State.OPEN.value, Phase.TRIAGE.value, reading.at
        case.save(update_fields=["number", "state", "phase", "phase_since"])
        PhaseChange.objects.create(case=case, phase=case.phase, starts=reading.at, by_id=reading.visit.agency.id)
        signal.state, signal.settled_at = SignalState.IN_TRIAGE, reading.at
        signal.save(update_fields=["state", "settled_at"])
        note_step(reading, signal, SignalStep.Kind.IN_TRIAGE)
        append(
            [
                reading.entry(
                    event="signal.in_triage", action=Action.UPDATE, case_ref=case.ref, detail={"signal": signal.number}
                )
            ]
        )
    return case
