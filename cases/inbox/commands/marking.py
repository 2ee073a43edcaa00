"""Marking what changed in a case as read."""

from datetime import datetime

from cases.disclosure.reading import Reading
from cases.disclosure.refusals import case_for
from cases.records.models import CaseVisit


def mark_read(reading: Reading, number: str, *, until: datetime | None = None) -> None:
    """What came in case `number` up to `until` (now) is no longer new for this professional.

    until: when the list was made that the reader looked at, so that what came since stays new. Never goes back.
    Raises NotYourCase.
    """
    taking = case_for(reading, number)
    moment = min(until, reading.at) if until else reading.at
    if taking.seen is not None and taking.seen >= moment:
        return
    CaseVisit.objects.update_or_create(
        professional_id=reading.visit.professional_id, case=taking.case, defaults={"seen_at": moment}
    )
