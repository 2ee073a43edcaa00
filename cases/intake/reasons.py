"""R5: a signal that led to the case and that this professional reported, or one that waits for their agency."""

from django.utils.translation import gettext as _

from audit.journal.reasons import ReasonCode
from audit.ports import Ground
from cases.disclosure.grounds import row_of, supply_ground
from cases.disclosure.reasons import supply_fact
from cases.intake.models import Signal

REPORTED = """
SELECT 'signal:' || CAST(x.uid AS text) FROM cases_signal x
WHERE (x.file_id = {case} OR x.linked_case_id = {case}) AND x.entered_by_id = {person} LIMIT 1
"""
TO_HANDLE = """
SELECT 'signal:' || CAST(x.uid AS text) FROM cases_signal x
WHERE x.file_id = {case} AND x.handler_id = {agency} AND x.state IN ('new', 'forwarded') LIMIT 1
"""


def supply_reasons() -> None:
    """Tell disclosure where this stands; called once, from AppConfig.ready."""
    supply_fact("intake.reported", ReasonCode.INTAKE, REPORTED)
    supply_fact("intake.handling", ReasonCode.INTAKE, TO_HANDLE)
    supply_ground("signal", _signal)


def _signal(reference: str) -> Ground | None:
    row = row_of(Signal.objects.all(), reference)
    if row is None:
        return None
    return Ground(title=_("Signaal dat de lezer deed, of dat op de eigen organisatie wacht"), since=row.received_at)
