"""What one reading asks about many cases at once before it opens them: case, standing contributions, circumstances."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS

from cases.disclosure.asking import Kept, in_turn
from cases.disclosure.circumstances import NOTHING_RECORDED, RECORDED, Circumstances, gathered
from cases.disclosure.reading import Reading
from cases.disclosure.rows import STANDING, Row, by_case
from cases.records.models import Case
from foundation import clock

_COLUMNS = tuple(field.attname for field in Case._meta.concrete_fields)
_CASES = Kept(lambda: Case.objects.values_list(*_COLUMNS), "pk")


class File(NamedTuple):
    """A case as it stands now, still sealed."""

    case: Case
    rows: list[Row]
    recorded: Circumstances


def files_of(reading: Reading, case_ids: Iterable[int]) -> dict[int, File]:
    """The files of these cases, by row number. Whether the reader may know of them is for the caller to have settled.

    Circumstances are asked last: a hold that is recorded together with a contribution is never missed.
    """
    cases, rows, recorded = in_turn([_CASES, STANDING, RECORDED], case_ids)
    standing = by_case(rows, day=reading.at.astimezone(clock.AMSTERDAM).date())
    known = gathered(recorded, recipient=reading.visit.agency.id, at=reading.at)
    found = (Case.from_db(DEFAULT_DB_ALIAS, _COLUMNS, values) for values in cases)
    return {
        case.pk: File(case=case, rows=standing.get(case.pk, []), recorded=known.get(case.pk, NOTHING_RECORDED))
        for case in found
    }
