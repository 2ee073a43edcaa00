"""Erasing personal parts of the journal. Entries, hashes and proofs stay whole."""

from collections.abc import Sequence

from django.db import transaction

from audit.journal import models
from audit.journal.appender import append
from audit.journal.entry import Entry
from audit.journal.scope import erase_scope


@transaction.atomic
def erase_parts(commitments: Sequence[bytes], *, entry: Entry) -> int:
    """Delete personal parts for good and journal it as `entry`; returns how many there were.

    Entries and their hashes stay as they are: without the salt a commitment can no longer be opened.
    Raises JournalUnavailable; then nothing is erased.
    Source: audit design 4.8; AVG art. 17.
    """
    with erase_scope(reason=entry.event_type):
        erased, _ = models.Part.objects.filter(commitment__in=list(commitments)).delete()
        append([entry])
    return erased
