"""Each read of notices: which field of which source, never a value. Every look is journalled, as announced."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from audit.journal.apart import keep
from audit.journal.entry import Entry
from cases.disclosure.reading import Reading
from cases.notices import events
from cases.notices.models import FactNotice
from cases.notices.rights import notice_for, notices_for, passes_on
from foundation.masks import bits, from_hex

MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notice as its reader gets it. fields: codes of what this reader had of it. done_at: by them, or the officer."""

    uid: UUID
    number: str
    kind: str
    source: str
    fields: tuple[str, ...]
    at: datetime
    done_at: datetime | None


def overview(reading: Reading) -> tuple[Notice, ...]:
    """The notices for this reader, newest first."""
    found = list(notices_for(reading)[:MOST])
    shown = tuple(_shown(reading, one) for one in found)
    _journal([_entry(reading, events.LISTED, one) for one in found] or [reading.entry(event=events.LISTED)])
    return shown


def one_notice(reading: Reading, uid: UUID) -> Notice:
    """One of them. Raises NotFound."""
    found = notice_for(reading, uid)
    _journal([_entry(reading, events.READ, found)])
    return _shown(reading, found)


def _journal(entries: list[Entry]) -> None:
    keep(entries)


def _entry(reading: Reading, event: str, found: FactNotice) -> Entry:
    return reading.entry(
        event=event, case_ref=found.case.ref, subject_ref=found.person.subject.ref if found.person else "",
        announced=_mask(reading, found), because=events.BY_DUTY, detail={"notice": str(found.uid)},
    )  # fmt: skip


def _mask(reading: Reading, found: FactNotice) -> int:
    """What this reader had of it: an officer all that the agency had, others what they read themselves."""
    if passes_on(reading):
        return from_hex(found.fields)
    mine = found.readers.filter(professional_id=reading.visit.professional_id).values_list("fields", flat=True)
    return from_hex(mine.first() or "0")


def _shown(reading: Reading, found: FactNotice) -> Notice:
    by_bit = reading.policy.catalogue.by_bit
    mine = found.readers.filter(professional_id=reading.visit.professional_id).values_list("seen_at", flat=True)
    return Notice(
        uid=found.uid, number=found.case.number, kind=found.kind, source=found.source.name_in(reading.visit.language),
        fields=tuple(by_bit[bit].code for bit in bits(_mask(reading, found)) if bit in by_bit), at=found.at,
        done_at=found.settled_at if passes_on(reading) else mine.first(),
    )  # fmt: skip
