"""Fetches contributions as light tuples, still sealed. One query whatever the number of cases."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from django.db.models import QuerySet

from cases.disclosure.asking import Kept
from cases.records.models import CaseSubject, Contribution, Extract
from cases.records.sealed import SealedFacts


class End(NamedTuple):
    """The second person whom words are about, such as the other one of a relation."""

    about_id: int
    role: str
    position: int
    subject_uid: UUID
    born_on: date | None


class Row(NamedTuple):
    """One standing contribution: what decides about it, and its sealed values.

    heard: codes of the only agencies that may know of it, whatever the covenants say; "" is no such limit.
        Words of a meeting are heard by who was in the room.
    kind, reliability: what its source said of it; "" and None for words of a room, of which nobody says either.
    other: a second person whom it is about. It opens only as far as it would about either of them (a consent, an
        age or a hold of one does not serve the other), and the journal names both.
    """

    id: int
    uid: UUID
    case_id: int
    about_id: int | None
    role: str | None
    position: int | None
    subject_uid: UUID | None
    born_on: date | None
    source_id: int
    source_code: str
    source_type: str
    source_name: str
    under: str
    present: str
    values: SealedFacts
    kind: str
    reliability: int | None
    observed_on: date
    given_at: datetime
    valid_until: date | None
    heard: str = ""
    other: End | None = None


_COLUMNS = (
    "id", "uid", "case_id", "about_id", "about__role", "about__position", "about__subject__uid",
    "about__subject__born_on", "source_id", "source__code",
    "source__type", "source__name", "under", "present", "values", "kind", "reliability", "observed_on",
    "given_at", "valid_until",
)  # fmt: skip


def _standing() -> "QuerySet[Contribution, tuple[Any, ...]]":
    return Contribution.objects.filter(withdrawn_at__isnull=True).order_by("case_id", "id").values_list(*_COLUMNS)


STANDING = Kept(_standing, "case_id")
"""What every reading asks."""


def standing_rows(case_ids: Iterable[int], *, day: date) -> dict[int, list[Row]]:
    """Per case its contributions that were not withdrawn and are not past their date, oldest first."""
    return by_case(STANDING.ask(case_ids), day=day)


def by_case(found: Iterable[Sequence[Any]], *, day: date) -> dict[int, list[Row]]:
    """What STANDING found, per case, less what is past its date."""
    standing: dict[int, list[Row]] = defaultdict(list)
    for values in found:
        row = Row(*values)
        if row.valid_until is None or row.valid_until >= day:
            standing[row.case_id].append(row)
    return standing


def own_rows(case_id: int, *, agency_id: int, day: date) -> tuple[Row, ...]:
    """The standing contributions of one agency in one case: what a third party reported itself."""
    return tuple(row for row in standing_rows([case_id], day=day)[case_id] if row.source_id == agency_id)


def extract_row(extract: Extract) -> Row:
    """A pushed copy as a row, so that it opens by the same path. Load it with its source and person."""
    about, source = extract.about, extract.source
    return Row(
        id=-extract.pk, uid=extract.uid, case_id=extract.case_id,
        about_id=about.pk if about else None, role=about.role if about else None,
        position=about.position if about else None,
        subject_uid=about.subject.uid if about else None, born_on=about.subject.born_on if about else None,
        source_id=source.pk, source_code=source.code, source_type=source.type, source_name=source.name,
        under=extract.under, present=extract.present, values=extract.values, kind=Contribution.Kind.FACT,
        reliability=1, observed_on=extract.decided_at.date(), given_at=extract.decided_at, valid_until=None,
    )  # fmt: skip


def between(row: Row, other: CaseSubject) -> Row:
    """The same row as words about two persons. Load `other` with its subject."""
    subject = other.subject
    return row._replace(other=End(other.pk, other.role, other.position, subject.uid, subject.born_on))


class Said(Protocol):
    """What words of a room and events of a channel share; see SealedWords."""

    uid: Any
    case_id: Any
    about: Any
    source: Any
    under: Any
    present: Any
    values: Any
    heard: Any
    given_at: Any
    withdrawn_at: Any


def words_rows(words: Iterable[Said]) -> tuple[Row, ...]:
    """Words of a signal, a meeting or a plan as rows, so that they open by the same path; withdrawn ones are left out.

    Load them with `select_related(*WORDS_RELATIONS)`. A fact in the answer names its row in `contribution` (the uid).
    """
    return tuple(_words_row(found) for found in words if found.withdrawn_at is None)


WORDS_RELATIONS = ("about__subject", "source")
"""What `select_related` must bring along for `words_rows`."""


def _words_row(words: Said) -> Row:
    about, source = words.about, words.source
    return Row(
        id=0, uid=words.uid, case_id=words.case_id,
        about_id=about.pk if about else None, role=about.role if about else None,
        position=about.position if about else None,
        subject_uid=about.subject.uid if about else None, born_on=about.subject.born_on if about else None,
        source_id=source.pk, source_code=source.code, source_type=source.type, source_name=source.name,
        under=words.under, present=words.present, values=words.values, kind="",
        reliability=None, observed_on=words.given_at.date(), given_at=words.given_at, valid_until=None,
        heard=words.heard,
    )  # fmt: skip


def version_rows(uid: UUID, *, case_id: int, standing: Row | None) -> tuple[Row, ...]:
    """The versions of one contribution, newest first, under the rights of the present one.

    The person, source and covenants are those of `standing`: an old version opens by no other door. Without
    it there are none, after the same look-up: how long an answer takes must not tell what there is.
    """
    versions = (
        Contribution.history.filter(uid=uid, case_id=case_id)
        .order_by("-history_date", "-history_id")
        .values_list("present", "values", "kind", "reliability", "observed_on", "history_date", "valid_until")
    )
    found = list(versions)
    if standing is None:
        return ()
    return tuple(
        standing._replace(
            present=present, values=values, kind=kind, reliability=reliability,
            observed_on=observed_on, given_at=changed, valid_until=valid_until,
        )
        for present, values, kind, reliability, observed_on, changed, valid_until in found
    )  # fmt: skip
