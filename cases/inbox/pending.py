"""What waits for a reader in this room: escalations to decide, what came of their own, and questions to explain."""

from django.urls import reverse
from django.utils.translation import gettext as _

from audit.oversight.asking import waiting_for
from cases.casework.pending import Pending
from cases.disclosure.reading import Reading
from cases.inbox.models import Escalation, EscalationState
from cases.inbox.rights import escalations_for, may_decide
from foundation import clock


def pending_for(reading: Reading) -> tuple[Pending, ...]:
    """Questions to this reader as leadership; own ones that nobody answered in time or that were just decided."""
    lines = (_line(reading, found) for found in escalations_for(reading).filter(read_at=None))
    return (*(line for line in lines if line is not None), *_explanations(reading))


def _explanations(reading: Reading) -> tuple[Pending, ...]:
    """Questions of a privacy officer about the reader's own reads. They name no case: one may be about several."""
    if reading.visit.case_pinned:
        return ()
    return tuple(
        Pending(
            kind="explanation", what=_("De privacy officer vraagt uitleg over inzages van u"), place=_("Mijn inzages"),
            url=reverse("own_question", args=[asked.uid]), since=asked.asked_at, due_on=asked.answer_by,
            overdue=asked.late,
        )
        for asked in waiting_for(reading.visit)
    )  # fmt: skip


def is_late(escalation: Escalation) -> bool:
    """Whether its day passed without a decision, also before the daily run has said so."""
    return escalation.state != EscalationState.DECIDED and (
        escalation.state == EscalationState.UNANSWERED or escalation.answer_by < clock.today()
    )


def _line(reading: Reading, found: Escalation) -> Pending | None:
    what = _what(reading, found)
    if not what:
        return None
    decided = found.state == EscalationState.DECIDED
    return Pending(
        kind="escalation", what=what, place=found.case.number, url=reverse("escalation", args=[found.uid]),
        since=found.decided_at or found.given_at, due_on=None if decided else found.answer_by,
        overdue=not decided and found.answer_by < clock.today(),
    )  # fmt: skip


def _what(reading: Reading, found: Escalation) -> str:
    if found.entered_by_id == reading.visit.professional_id:
        if found.state == EscalationState.DECIDED:
            return _("Uw leiding besloot op uw opschaling")
        return _("Uw opschaling is niet op tijd beantwoord") if is_late(found) else ""
    if not may_decide(reading, found):
        return ""
    return _("Uw team vraagt u een besluit")
