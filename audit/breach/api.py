"""Who was affected, for partner systems of privacy officers: the same right, reading and entry as the page."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema

from audit.breach import looking
from audit.breach.files import answer_of
from audit.journal.filters import Filter
from audit.journal.reading import admit
from foundation.errors import Invalid
from foundation.routes import Shows, route

router = Router(tags=["breach"])


class Asked(Schema):
    """Narrowing by reference; at least one. article: "PGA-MD", "PGA-MD v2" or "PGA-MD v2 art. 6.1"."""

    actor_ref: str = ""
    case_ref: str = ""
    article: str = ""
    since: datetime | None = None
    until: datetime | None = None


class CategoryOut(Schema):
    """A class of data that was shown; special ones stand first."""

    code: str
    label: str
    is_special: bool
    persons: int
    fields: list[str]


class NamelessOut(Schema):
    """Entries that name no person, or of whom the personal parts were erased."""

    reads: int
    fields: list[str]


class PersonOut(Schema):
    """One person; `fields` are catalogue codes. No fields: only that they are known here."""

    subject_ref: str
    case_ref: str
    agencies: list[str]
    first: datetime
    last: datetime
    reads: int
    fields: list[str]
    special_fields: list[str]


class AffectedOut(Schema):
    """What the notification asks for (AVG art. 33(3)): how many persons, which categories, and who."""

    persons: int
    persons_special: int
    reads: int
    first: datetime | None
    last: datetime | None
    agencies: list[str]
    categories: list[CategoryOut]
    nameless: NamelessOut
    affected: list[PersonOut]


@router.get("/breach/affected", response=AffectedOut, operation_id="breach_affected", summary="Who was affected")
@route("api:breach_affected", shows=Shows.JOURNAL)
def breach_affected(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """Who was affected by which fields, within what this privacy officer oversees. Asking is itself an entry."""
    officer = admit(getattr(request, "visit", None), route="api:breach_affected")
    wanted = Filter(
        readers=(asked.actor_ref,) if asked.actor_ref else None,
        cases=(asked.case_ref,) if asked.case_ref else None,
        article=asked.article,
        since=_aware(asked.since, "since"),
        until=_aware(asked.until, "until"),
    )
    return answer_of(looking.download(officer, wanted, form="api"))


def _aware(moment: datetime | None, name: str) -> datetime | None:
    if moment is not None and moment.tzinfo is None:
        sentence, remedy = _("Dit tijdstip heeft geen tijdzone."), _("Geef het als 2026-11-24T09:00:00Z.")
        raise Invalid(sentence, remedy=remedy, field=name)
    return moment
