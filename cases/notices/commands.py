"""A reader, or the agency's officer, has dealt with a notice. Telling is in telling.py."""

from uuid import UUID

from django.db import transaction

from audit.journal.appender import append
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from cases.disclosure.reading import Reading
from cases.notices.events import SEEN
from cases.notices.models import FactNotice, NoticeReader
from cases.notices.rights import notice_for, passes_on


def deal_with(reading: Reading, uid: UUID) -> None:
    """The own administration was brought in line with it; it no longer waits. Twice is once. Raises NotFound."""
    found = notice_for(reading, uid)
    mine = NoticeReader.objects.filter(notice=found, professional_id=reading.visit.professional_id, seen_at=None)
    with transaction.atomic(), write_scope():
        changed = mine.update(seen_at=reading.at)
        if passes_on(reading):
            waiting = FactNotice.objects.filter(pk=found.pk, settled_at=None)
            changed += waiting.update(settled_at=reading.at, settled_by_id=reading.visit.professional_id)
        if changed:
            subject = found.person.subject.ref if found.person else ""
            append([
                reading.entry(
                    event=SEEN, action=Action.UPDATE, case_ref=found.case.ref, subject_ref=subject,
                    detail={"notice": str(found.uid)},
                )
            ])  # fmt: skip
