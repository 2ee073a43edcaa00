"""What one controller holds on the persons of a request: its own contributions, and whether its people looked.

Rows stay sealed here; queries.py opens them through disclosure. Nothing of another agency comes in.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from audit.journal.lookups import with_entries
from cases.disclosure.rows import Row, standing_rows
from cases.records.models import Case, CaseSubject
from cases.subject_requests.models import DecisionSheet
from foundation import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPlace:
    """A person in a case whom this controller knows of. rows: what it gave about them. said: its word, if it spoke."""

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
    return tuple(
        OwnPlace(case=place.case, about=place, rows=rows, said=said.get((place.case.uid, place.subject.uid)))
        for place in sorted(places, key=lambda place: (place.case.number, place.position, place.pk))
        if (rows := _given(standing.get(place.case_id, ()), place, sheet.agency_id)) or place.subject.ref in looked
    )


def confirmed(places: tuple[OwnPlace, ...]) -> Iterator[OwnPlace]:
    """Those of which the controller said that it is them."""
    return (place for place in places if place.said)


def _given(rows: "list[Row] | tuple[Row, ...]", place: CaseSubject, agency_id: int) -> tuple[Row, ...]:
    return tuple(row for row in rows if row.source_id == agency_id and row.about_id == place.pk)
