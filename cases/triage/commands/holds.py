"""The hold of each filter: what it does not show is withheld from everybody but its source, whatever is granted."""

from collections.abc import Iterable

from django.db.models import Q

from cases.disclosure.reading import Reading
from cases.records.models import Case, Circumstance
from cases.triage.filters import INTAKE, OPEN, WEIGH, held_at
from cases.triage.parties import open_participations
from foundation.masks import to_hex

CODE = "triage_filter"


def hold_for(reading: Reading, case: Case, filter_: int, *, hits: Iterable[int] = ()) -> None:
    """End the hold of the former filter and put that of `filter_`; none at the last. Inside a write scope.

    hits: agencies that know the person. At filter 3 the others who take part are held as at filter 1: only those
    with a hit give minimal facts (domain 4).
    """
    standing = Circumstance.objects.filter(Q(ends=None) | Q(ends__gt=reading.at), case=case, code=CODE)
    standing.update(ends=reading.at)
    if filter_ == OPEN:
        return
    _hold(reading, case, held_at(reading.policy.catalogue, filter_), source_id=None)
    if filter_ == WEIGH:
        less = held_at(reading.policy.catalogue, INTAKE)
        known = set(hits)
        for row in open_participations(reading, case):
            if row.agency_id not in known:
                _hold(reading, case, less, source_id=row.agency_id)


def _hold(reading: Reading, case: Case, fields: int, *, source_id: int | None) -> None:
    Circumstance.objects.create(
        case=case, nature=Circumstance.Nature.HOLD, code=CODE, source_id=source_id, fields=to_hex(fields),
        starts=reading.at, recorded_by=f"{reading.visit.name}, {reading.visit.agency.name}"[:120],
    )  # fmt: skip
