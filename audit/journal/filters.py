"""What an officer looks for in the journal, as a value and as a queryset. Reading it out is in queries.py."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from audit.journal import models
from audit.journal.articles import under
from audit.journal.commitments import pseudonym
from audit.journal.entry import BITS_PER_COLUMN
from audit.journal.uids import floor_of
from foundation.errors import Invalid


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Narrowing of the list; None means "any", an empty tuple means "none fits", so nothing is found.

    subjects, cases, readers, agencies: references. field: a bit. article: as articles.fits. since inclusive, until
    exclusive.
    Raises Invalid for a moment outside 1970-9000, which no uid can stand for, and for text with a NUL.
    """

    subjects: tuple[str, ...] | None = None
    cases: tuple[str, ...] | None = None
    readers: tuple[str, ...] | None = None
    agencies: tuple[str, ...] | None = None
    field: int | None = None
    event_type: str = ""
    outcome: str = ""
    since: datetime | None = None
    until: datetime | None = None
    break_glass: bool | None = None
    article: str = ""

    def __post_init__(self) -> None:
        for name in ("since", "until"):
            moment = getattr(self, name)
            if moment is not None and not 1970 < moment.year < 9000:
                raise Invalid(_("Deze datum valt buiten het logboek."), field=name, remedy=_("Kies een andere datum."))
        lists = (self.subjects, self.cases, self.readers, self.agencies, (self.event_type, self.outcome, self.article))
        if any("\0" in text for texts in lists for text in texts or ()):
            raise Invalid(_("Deze zoektekst bevat een onleesbaar teken."), remedy=_("Typ de tekst opnieuw."))


def matching(wanted: Filter, *, scope_agency_ref: str | None, before: str = "") -> "QuerySet[models.Entry]":
    """Entries, newest first. Included if, and only if

    - the reader belongs to `scope_agency_ref` (None: any agency);
    - every narrowing of `wanted` that is not None or "" fits;
    - the entry is older than `before` (a uid), when given.
    Everything is a range or a look-up of an index ending in uid, the order of the list.
    """
    entries = models.Entry.objects.order_by("-uid")
    if scope_agency_ref is not None:
        entries = entries.filter(agency_ref=scope_agency_ref)
    for column, references in (
        ("case_ref", wanted.cases),
        ("actor_ref", wanted.readers),
        ("agency_ref", wanted.agencies),
    ):
        if references is not None:
            entries = entries.filter(**{f"{column}__in": references})
    if wanted.subjects is not None:
        entries = entries.filter(uid__in=_about(wanted.subjects, scope_agency_ref))
    if wanted.article:
        entries = under(entries, wanted.article)
    return _in_period(_with_fields(_of_sort(entries, wanted), wanted), wanted, before)


def _of_sort(entries: "QuerySet[models.Entry]", wanted: Filter) -> "QuerySet[models.Entry]":
    if wanted.event_type:
        entries = entries.filter(event_type=wanted.event_type)
    if wanted.outcome:
        entries = entries.filter(outcome=wanted.outcome)
    if wanted.break_glass is not None:
        entries = entries.filter(break_glass=wanted.break_glass)
    # SQLite takes a partial index only for a condition that stands in the text, not in a parameter.
    if wanted.outcome not in ("", "ok"):
        entries = entries.extra(where=["NOT (audit_entry.outcome = 'ok')"])
    if wanted.break_glass:
        entries = entries.extra(where=["audit_entry.break_glass"])
    return entries


def _with_fields(entries: "QuerySet[models.Entry]", wanted: Filter) -> "QuerySet[models.Entry]":
    if wanted.field is None:
        return entries
    column, bit = divmod(wanted.field, BITS_PER_COLUMN)
    return entries.alias(hit=F(f"fields_{column}").bitand(1 << bit)).exclude(hit=0)


def _in_period(entries: "QuerySet[models.Entry]", wanted: Filter, before: str) -> "QuerySet[models.Entry]":
    if wanted.since:
        entries = entries.filter(uid__gte=floor_of(wanted.since))
    if wanted.until:
        entries = entries.filter(uid__lt=floor_of(wanted.until))
    if before:
        entries = entries.filter(uid__lt=cursor_uid(before))
    return entries


def cursor_uid(text: str) -> UUID:
    """The uid of a page cursor. Raises Invalid."""
    try:
        return UUID(text)
    except ValueError as error:
        sentence, remedy = _("Deze plaats in het logboek bestaat niet."), _("Begin bij het begin.")
        raise Invalid(sentence, remedy=remedy, field="before") from error


def _about(subjects: tuple[str, ...], scope_agency_ref: str | None) -> "QuerySet[models.Part, Any]":
    agencies = [scope_agency_ref] if scope_agency_ref is not None else reading_agencies()
    wanted = [pseudonym(subject, agency_ref=agency) for subject in subjects for agency in agencies]
    return models.Part.objects.filter(pseudonym__in=wanted).values("entry_uid")


def reading_agencies() -> list[str]:
    """Every agency_ref in the journal: one index seek an agency, whatever the number of entries."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE seen(ref) AS ("
            " SELECT (SELECT min(agency_ref) FROM audit_entry)"
            " UNION ALL"
            " SELECT (SELECT min(agency_ref) FROM audit_entry WHERE agency_ref > seen.ref)"
            " FROM seen WHERE seen.ref IS NOT NULL"
            ") SELECT ref FROM seen WHERE ref IS NOT NULL"
        )
        return [ref for (ref,) in cursor.fetchall()]
