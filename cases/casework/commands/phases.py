"""A case goes on to its next phase after the meeting. Not here: triage and opening (cases.triage), closing (plans)."""

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.covenants.labels import label
from audit.journal.appender import append
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from cases.casework.rules import is_readable
from cases.disclosure.reading import Reading
from cases.disclosure.refusals import case_for
from cases.records.models import Case, PhaseChange
from cases.records.phases import Phase, State
from foundation.errors import Invalid, Refused

MOVES: dict[Phase, tuple[Phase, ...]] = {
    Phase.SIGNAL: (),
    Phase.TRIAGE: (),
    Phase.MEETING: (Phase.PLAN,),
    Phase.PLAN: (Phase.MONITORING,),
    Phase.MONITORING: (Phase.AFTERCARE,),
    Phase.AFTERCARE: (),
}
"""From each phase the phases that `move_phase` may go to. Out of triage only an admission leads (domain 3)."""


def may_move_phase(reading: Reading, case: Case) -> bool:
    """Whether this reader moves this case on: a case director, or a chair of the agency that leads it."""
    roles = reading.visit.roles
    return "case_director" in roles or ("chair" in roles and reading.visit.agency.id == case.lead_id)


def move_phase(reading: Reading, number: str, phase: str, reason: str = "") -> Case:
    """Case `number` goes on to `phase`; returns its row. Journalled as `case.phase`, with the reason.

    The reason is free text, so it stands in the journal, sealed, and in no column.
    Raises NotYourCase; Refused for who may not; Invalid for a phase that does not follow (also when somebody
    else was first), for a paused case, and for a reason that nobody could read.
    Source: WGS art. 2.31(5)-(6), domain 3.
    """
    case_for(reading, number)
    if not is_readable(reason):
        raise Invalid(_("Haal de onleesbare tekens weg."), field="reason", remedy=_("Typ de reden opnieuw."))
    with transaction.atomic(), write_scope():
        case = Case.objects.select_for_update().get(number=number)
        _check(reading, case, phase)
        enter_phase(reading, case, Phase(phase), reason=reason.strip())
    return case


def enter_phase(reading: Reading, case: Case, phase: Phase, *, reason: str = "") -> None:
    """Record that `case` enters `phase` now, unchecked; inside the caller's transaction and write scope."""
    before = case.phase
    case.phase, case.phase_since = phase.value, reading.at
    case.save(update_fields=["phase", "phase_since"])
    PhaseChange.objects.create(case=case, phase=phase.value, starts=reading.at, by_id=reading.visit.agency.id)
    append(
        [
            reading.entry(
                event="case.phase", action=Action.UPDATE, case_ref=case.ref, reason=reason,
                detail={"before": before, "after": phase.value},
            )
        ]
    )  # fmt: skip


def _check(reading: Reading, case: Case, phase: str) -> None:
    if not may_move_phase(reading, case):
        raise Refused(
            _("Alleen de procesregisseur of de voorzitter van de trekker brengt de casus naar een andere fase."),
            remedy=_("Vraag de procesregisseur."),
        )
    if case.state != State.OPEN:
        raise Invalid(
            _("Deze casus is gepauzeerd en houdt zijn fase."), field="phase", remedy=_("Hervat de casus eerst."),
        )  # fmt: skip
    after = MOVES[Phase(case.phase)]
    if phase not in after:
        known = ", ".join(label("phase", code) for code in after)
        raise Invalid(
            _("Na de fase %(phase)s volgt deze fase niet.") % {"phase": label("phase", case.phase)}, field="phase",
            remedy=_("Kies: %(phases)s.") % {"phases": known} if known else _("Deze fase eindigt anders."),
        )  # fmt: skip
