"""Where the signals of a case say that something happens, for the map of that case. Sealed; opened by disclosure."""

from django.db.models import Q

from cases.disclosure.rows import WORDS_RELATIONS, Row, words_rows
from cases.intake.models import Report, Signal, SignalState
from cases.records.models import Case
from cases.relations.places import supply_places

TOLD = (Report.Sort.REPORT, Report.Sort.ADDITION)


def signal_rows(case: Case) -> tuple[Row, ...]:
    """What was reported in the signal a case began with and in those linked to it or merged into these."""
    signals = Signal.objects.filter(Q(file=case) | Q(linked_case=case, state=SignalState.LINKED))
    reports = Report.objects.filter(
        Q(signal__in=signals) | Q(signal__merged_into__in=signals), sort__in=TOLD, withdrawn_at=None
    )
    return words_rows(reports.select_related(*WORDS_RELATIONS).order_by("given_at", "id"))


def supply() -> None:
    """Hand the map these rows; called once, from AppConfig.ready."""
    supply_places("intake", signal_rows)
