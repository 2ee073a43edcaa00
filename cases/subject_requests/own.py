"""What one controller holds on the persons of a request: what it gave, what it wrote, and whether its people looked.

Rows stay sealed here; queries.py opens them through disclosure. Nothing of another agency comes in.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from audit.journal.lookups import with_entries
from cases.attachments.models import Attachment
from cases.disclosure.rows import WORDS_RELATIONS, Row, standing_rows, words_rows
from cases.records.models import Case, CaseSubject
from cases.records.models.words import rooms_of_words
from cases.subject_requests.choices import Kind
from cases.subject_requests.models import DecisionSheet
from foundation import clock

FILES = "attachment"
"""Not on the sheet as words: what opens a file is itself a value, and its bytes are handed over apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPlace:
    """A person in a case whom this controller knows of. said: its word, if it spoke.

    rows: what it gave about them, and then what it wrote about them in the rooms around the case (those have id 0).
    files: what it gave as a file, unopened: uid and when; only where something may be erased.
    """

    case: Case
    about: CaseSubject
    rows: tuple[Row, ...]
    said: bool | None
    files: tuple[tuple[UUID, datetime], ...] = ()

    @property
    def uids(self) -> tuple[UUID, ...]:
        """Of all that is decided on, rows first."""
        return (*(row.uid for row in self.rows), *(uid for uid, _given_at in self.files))

    @property
    def key(self) -> tuple[UUID, UUID]:
        """(case, person)."""
        return (self.case.uid, self.about.subject.uid)


def own_places(sheet: DecisionSheet, *, agency_ref: str, at: datetime) -> tuple[OwnPlace, ...]:
    """The persons that the request may be about, as far as this controller gave facts or looked; by case number."""
    matches = set(sheet.request.matches.values_list("case", "subject"))
    found = CaseSubject.objects.filter(case__uid__in={case for case, _person in matches}).select_related(
        "case", "subject"
    )
    places = [place for place in found if (place.case.uid, place.subject.uid) in matches]
    said = {(row.case, row.subject): row.is_them for row in sheet.places.all()}
    looked = with_entries({place.subject.ref for place in places}, agency_ref=agency_ref)
    standing = standing_rows({p.case_id for p in places}, day=at.astimezone(clock.AMSTERDAM).date()) if places else {}
    written = _written(places, sheet.agency_id)
    files = _files(places, sheet.agency_id) if sheet.request.kind == Kind.ERASURE else {}
    return tuple(
        OwnPlace(
            case=place.case, about=place, rows=rows, said=said.get((place.case.uid, place.subject.uid)),
            files=tuple(files.get(place.pk, ())),
        )
        for place in sorted(places, key=lambda place: (place.case.number, place.position, place.pk))
        if (rows := _given([*standing.get(place.case_id, ()), *written], place, sheet.agency_id))
        or files.get(place.pk)
        or place.subject.ref in looked
    )  # fmt: skip


def rows_of(place: CaseSubject, agency_id: int, *, at: datetime) -> tuple[Row, ...]:
    """What stands of this agency about one person in one case. Load `place` with its case."""
    standing = standing_rows([place.case_id], day=at.astimezone(clock.AMSTERDAM).date())[place.case_id]
    return _given([*standing, *_written([place], agency_id)], place, agency_id)


def confirmed(places: tuple[OwnPlace, ...]) -> Iterator[OwnPlace]:
    """Those of which the controller said that it is them."""
    return (place for place in places if place.said)


def _written(places: list[CaseSubject], agency_id: int) -> list[Row]:
    """What the agency wrote about these persons, in whichever room; oldest first."""
    ids = [place.pk for place in places]
    found: list[Row] = []
    for model in rooms_of_words() if ids else ():
        if model._meta.model_name == FILES:
            continue
        words = model._default_manager.filter(about_id__in=ids, source_id=agency_id, withdrawn_at=None)
        found += words_rows(words.select_related(*WORDS_RELATIONS))
    return sorted(found, key=lambda row: row.given_at)


def _files(places: list[CaseSubject], agency_id: int) -> dict[int, list[tuple[UUID, datetime]]]:
    """Per place the files that the agency gave about that person, oldest first; none of them is opened."""
    found: dict[int, list[tuple[UUID, datetime]]] = defaultdict(list)
    given = Attachment.objects.filter(about__in=places, source_id=agency_id, withdrawn_at=None).order_by("given_at")
    for place, uid, at in given.values_list("about_id", "uid", "given_at"):
        if place is not None:
            found[place].append((uid, at))
    return found


def _given(rows: list[Row], place: CaseSubject, agency_id: int) -> tuple[Row, ...]:
    return tuple(row for row in rows if row.source_id == agency_id and row.about_id == place.pk)
