"""A third party opens what was given to it: the first time is remembered."""

from django.db import transaction

from audit.journal.appender import append
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from cases.disclosure.reading import Reading
from cases.records.models import Extract


def note_opened(reading: Reading, number: str) -> None:
    """Remember the first time that the recipient opened its copies; later times are in the journal alone."""
    unopened = Extract.objects.filter(
        case__number=number, recipient_id=reading.visit.agency.id, opened_at=None, revoked_at=None
    )
    if not unopened.exists():
        return
    with transaction.atomic(), write_scope():
        found = list(unopened.select_related("case"))
        unopened.update(opened_at=reading.at)
        append(
            [
                reading.entry(
                    event="extract.first_opened", action=Action.UPDATE, case_ref=extract.case.ref,
                    detail={"extract": str(extract.uid)},
                )
                for extract in found
            ]
        )  # fmt: skip
