"""Which words of a signal a page of it may ask for. Not here: opening them."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from cases.disclosure.rows import WORDS_RELATIONS
from cases.intake.models import Report, Signal, SignalState

TOLD = (Report.Sort.REPORT, Report.Sort.ADDITION)
"""What was reported; how to reach a reporter and why a signal was dismissed are asked for apart."""


def reports_of(signals: Iterable[Signal]) -> QuerySet[Report]:
    """What was reported in these signals and in those merged into them, oldest first."""
    ids = [signal.pk for signal in signals]
    found = Report.objects.filter(Q(signal__in=ids) | Q(signal__merged_into__in=ids), sort__in=TOLD)
    return found.filter(withdrawn_at=None).select_related("signal", *WORDS_RELATIONS).order_by("given_at", "id")


def reports_shown(signal: Signal) -> QuerySet[Report]:
    """What a page of this signal shows: of a dismissed one only why it was dismissed."""
    if signal.state == SignalState.DISMISSED:
        found = Report.objects.filter(signal=signal, sort=Report.Sort.DISMISSAL, withdrawn_at=None)
        return found.select_related("signal", *WORDS_RELATIONS)
    return reports_of([signal])


def signals_of(case_id: int) -> QuerySet[Signal]:
    """The signal that a case began with, and those linked to it."""
    return Signal.objects.filter(Q(file=case_id) | Q(linked_case=case_id, state=SignalState.LINKED))
