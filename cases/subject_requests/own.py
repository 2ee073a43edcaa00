"""What one controller holds on the persons of a request: what it gave, what it wrote, and whether its people looked.

Rows stay sealed here; queries.py opens them through disclosure. Nothing of another agency comes in.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from django.apps import apps

from audit.journal.lookups import with_entries
from cases.disclosure.rows import WORDS_RELATIONS, Row, standing_rows, words_rows
from cases.records.models import Case, CaseSubject, SealedWords
from cases.subject_requests.models import DecisionSheet
from foundation import clock

FILES = "attachment"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPlace:
    """A person in a case whom this controller knows of. said: its word, if it spoke.

    rows: what it gave about them, and then what it wrote about them in the rooms around the case (those have id 0).
    """

    case: Case
    about: CaseSubject
    rows: tuple[Row, ...]
    said: bool | None

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
    return tuple(
        OwnPlace(case=place.case, about=place, rows=rows, said=said.get((place.case.uid, place.subject.uid)))
        for place in sorted(places, key=lambda place: (place.case.number, place.position, place.pk))
        if (rows := _given([*standing.get(place.case_id, ()), *written], place, sheet.agency_id))
        or place.subject.ref in looked
    )


def confirmed(places: tuple[OwnPlace, ...]) -> Iterator[OwnPlace]:
    """Those of which the controller said that it is them."""
    return (place for place in places if place.said)


@cache
def _rooms() -> tuple[type[SealedWords], ...]:
    """The tables of words; found, not listed, so that those of a new room are on the sheet.

    Not files: what opens one is itself a value, and their bytes are handed over apart.
    """
    found = (model for model in apps.get_app_config("cases").get_models() if issubclass(model, SealedWords))
    return tuple(model for model in found if model._meta.model_name != FILES)


def _written(places: list[CaseSubject], agency_id: int) -> list[Row]:
    """What the agency wrote about these persons, in whichever room; oldest first."""
    ids = [place.pk for place in places]
    found: list[Row] = []
    for model in _rooms() if ids else ():
        words = model._default_manager.filter(about_id__in=ids, source_id=agency_id, withdrawn_at=None)
        found += words_rows(words.select_related(*WORDS_RELATIONS))
    return sorted(found, key=lambda row: row.given_at)


def _given(rows: list[Row], place: CaseSubject, agency_id: int) -> tuple[Row, ...]:
    return tuple(row for row in rows if row.source_id == agency_id and row.about_id == place.pk)
