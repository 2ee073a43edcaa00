"""Who was affected by which fields, out of the journal: grouped in the database, persons opened one part each.

Counted are reads and executed acts that took place: what was refused showed nothing, and what somebody wrote was
theirs. Which fields, the query copies say; who, the erasable parts. Who may ask is in looking.py.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.dateparse import parse_datetime

from audit.journal import models
from audit.journal.commitments import open_part
from audit.journal.entry import mask_of_columns
from audit.journal.filters import Filter, matching

SHOWN = ("R", "E")
_CHUNK = 500
_COLUMNS = ("uid", "recorded_at", "agency_ref", "fields_0", "fields_1", "fields_2")

_NEVER, _ALWAYS = datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC)

# One row per pseudonym (which is one person at one agency); NULL for entries that name nobody (any more).
_GROUPED = (
    "WITH hit AS ({hit}) SELECT p.pseudonym, hit.agency_ref, count(*), min(CAST(hit.uid AS varchar(36))),"
    " min(hit.recorded_at), max(hit.recorded_at), {fields}"
    " FROM hit LEFT JOIN audit_part p ON p.entry_uid = hit.uid AND p.pseudonym IS NOT NULL"
    " GROUP BY p.pseudonym, hit.agency_ref{more}"
)
_MASKS = "hit.fields_0, hit.fields_1, hit.fields_2"
_OR = "bit_or(hit.fields_0), bit_or(hit.fields_1), bit_or(hit.fields_2)"


@dataclass(slots=True, kw_only=True)
class Affected:
    """One person with what was shown of them. fields: mask; 0: only that they are known here. reads: entries.

    subject_ref: from the erasable part; "" when that part cannot be opened. case_ref: of the first of these entries.
    """

    subject_ref: str
    case_ref: str
    reads: int
    fields: int
    first: datetime
    last: datetime
    agencies: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """Everybody affected, by first moment, and what they have in common.

    reads, fields, first, last: over all entries. nameless: entries that name no person: of a case as a whole, or of
    somebody whose personal parts were erased; nameless_fields: mask of what they showed.
    """

    persons: tuple[Affected, ...]
    agencies: tuple[str, ...]
    reads: int
    fields: int
    first: datetime | None
    last: datetime | None
    nameless: int
    nameless_fields: int


@dataclass(slots=True)
class _Group:
    reads: int = 0
    fields: int = 0
    first_uid: str = "g"  # after every hexadecimal digit
    first: datetime = _NEVER
    last: datetime = _ALWAYS
    agencies: set[str] = field(default_factory=set)

    def add(self, other: "_Group") -> None:
        self.reads += other.reads
        self.fields |= other.fields
        self.first_uid = min(self.first_uid, other.first_uid)
        self.first, self.last = min(self.first, other.first), max(self.last, other.last)
        self.agencies |= other.agencies


def affected(wanted: Filter, *, scope_agency_ref: str | None) -> Breach:
    """Who was affected by the entries that fit `wanted`, among those of the agency in scope (None: of all).

    Raises Invalid as Filter does.
    """
    groups = _groups(wanted, scope_agency_ref)
    nobody = groups.pop(b"", _Group())
    persons = _persons(groups)
    whole = _Group()
    for group in (*groups.values(), nobody):
        whole.add(group)
    return Breach(
        persons=persons,
        agencies=tuple(sorted(whole.agencies)),
        reads=whole.reads,
        fields=whole.fields,
        first=whole.first if whole.reads else None,
        last=whole.last if whole.reads else None,
        nameless=nobody.reads,
        nameless_fields=nobody.fields,
    )


def statement(wanted: Filter, *, scope_agency_ref: str | None) -> tuple[str, tuple[Any, ...]]:
    """The one query over the journal, with its parameters."""
    found = matching(wanted, scope_agency_ref=scope_agency_ref).order_by()
    hit, params = found.filter(action__in=SHOWN, outcome="ok").values(*_COLUMNS).query.sql_with_params()
    # SQLite has no bit_or: there one row comes per mask, of which a person has few, and they are joined here.
    fields, more = (_OR, "") if connection.vendor == "postgresql" else (_MASKS, f", {_MASKS}")
    return _GROUPED.format(hit=hit, fields=fields, more=more), params


def _groups(wanted: Filter, scope: str | None) -> dict[bytes, _Group]:
    """By pseudonym; b"" for the entries that name nobody."""
    sql, params = statement(wanted, scope_agency_ref=scope)
    found: dict[bytes, _Group] = {}
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        for pseudonym, agency, reads, uid, first, last, *fields in cursor:
            group = _Group(
                reads=reads, fields=mask_of_columns((fields[0], fields[1], fields[2])), first_uid=uid,
                first=_moment(first), last=_moment(last), agencies={agency},
            )  # fmt: skip
            found.setdefault(bytes(pseudonym or b""), _Group()).add(group)
    return found


def _moment(value: datetime | str) -> datetime:
    """What the database gives for an aggregate of moments: SQLite its text."""
    moment = parse_datetime(value) if isinstance(value, str) else value
    if moment is None:
        raise ValueError(f"{value!r} is no moment")
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _persons(groups: dict[bytes, _Group]) -> tuple[Affected, ...]:
    """Groups as persons: one part of each is opened, and somebody whom two agencies read becomes one."""
    by_person: dict[str, _Group] = {}
    for chunk in _chunks(groups.items()):
        names = _opened([group.first_uid for _pseudonym, group in chunk])
        for pseudonym, group in chunk:
            # What cannot be opened stays a person: the number for the notification must not fall short.
            key = names.get(UUID(group.first_uid), "") or f"?{pseudonym.hex()}"
            by_person.setdefault(key, _Group()).add(group)
    cases = dict(_cases([group.first_uid for group in by_person.values()]))
    found = [
        Affected(
            subject_ref="" if key.startswith("?") else key, case_ref=cases.get(UUID(group.first_uid), ""),
            reads=group.reads, fields=group.fields, first=group.first, last=group.last,
            agencies=tuple(sorted(group.agencies)),
        )
        for key, group in by_person.items()
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda person: (person.first, person.subject_ref)))


def _opened(uids: Sequence[str]) -> dict[UUID, str]:
    """Entry -> the person it is about."""
    parts = models.Part.objects.filter(entry_uid__in=uids, pseudonym__isnull=False, kind=models.PartKind.SUBJECT)
    opened = {part.entry_uid: open_part(part) for part in parts.iterator()}
    return {uid: clear.content.decode(errors="replace") for uid, clear in opened.items() if clear}


def _cases(uids: Sequence[str]) -> Iterator[tuple[UUID, str]]:
    for chunk in _chunks(uids):
        yield from models.Entry.objects.filter(uid__in=chunk).values_list("uid", "case_ref")


def _chunks(items: Iterable[Any]) -> Iterator[list[Any]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, _CHUNK)):
        yield chunk
