"""Takes practice cases away, with their facts and versions. Demo only: a real case is erased by its retention term.

The journal keeps what was done with them; its entries can no longer be laid beside the rows.
"""

from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.db import transaction

from agreements.covenants.rules import Author
from audit.journal.appender import append
from audit.journal.entry import Action, Entry, Outcome
from audit.journal.scope import write_scope
from cases.casework.loading.statements import History
from cases.records.models import (
    Case,
    CaseSubject,
    CaseVisit,
    Circumstance,
    Contribution,
    Extract,
    Participation,
    ParticipationMember,
    Subject,
)
from foundation.errors import Refused


@transaction.atomic
def remove_cases(numbers: Mapping[Path, str], *, by: Author) -> int:
    """Remove the cases with these numbers; returns how many there were.

    numbers: by the file that loads the case again; nothing without such a file is ever removed.
    Raises Refused outside a demo.
    """
    if not settings.VERBOND_DEMO:
        raise Refused(
            "Alleen een demo-omgeving haalt casussen weg.", remedy="Een casus verdwijnt na haar bewaartermijn."
        )
    cases = list(Case.objects.filter(number__in=[number for number in numbers.values() if number]))
    if not cases:
        return 0
    with write_scope(reason="remove_cases"):
        _remove([case.pk for case in cases])
        append([_entry(case, by) for case in cases])
    return len(cases)


def _remove(ids: list[int]) -> None:
    people = list(Subject.objects.filter(case_subjects__case_id__in=ids).values_list("pk", flat=True))
    ParticipationMember.objects.filter(participation__case_id__in=ids).delete()
    for table in (Extract, Circumstance, Participation, CaseVisit):
        table.objects.filter(case_id__in=ids).delete()
    # _raw_delete: deleting through the signal would add a version that says so, to versions that go as well.
    for rows in (Contribution.objects.filter(case_id__in=ids), History.objects.filter(case_id__in=ids)):
        rows._raw_delete(rows.db)
    CaseSubject.objects.filter(case_id__in=ids).delete()
    Case.objects.filter(pk__in=ids).delete()
    Subject.objects.filter(pk__in=people, case_subjects__isnull=True).delete()


def _entry(case: Case, by: Author) -> Entry:
    return Entry(
        event_type="case.removed",
        action=Action.DELETE,
        outcome=Outcome.OK,
        actor_ref=by.actor_ref,
        agency_ref=by.agency_ref,
        case_ref=case.ref,
        purpose=case.purpose,
    )
