"""Who sits at an item and who could: the list of attendance as the chair and the wall show it. Names no subjects."""

from dataclasses import dataclass

from django.db.models import Q

from agreements.models import Agency
from agreements.parties.reader import current_memberships
from cases.disclosure.reading import Reading
from cases.disclosure.visibility import CASE_ROLES
from cases.meetings.models import AgendaItem, Attendance, Invitation, SecrecyAcceptance
from cases.meetings.seating import seats_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """Somebody on the list of an item.

    waits: the agency left and the chair has not confirmed. takes_part: it has a seat at this case; who has none sits
    in the room from the item before, and the screen shows nothing of this case. accepted: the secrecy.
    """

    row: int
    agency: Agency
    name: str
    is_mine: bool
    by_link: bool
    is_here: bool
    waits: bool
    takes_part: bool
    accepted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Chair:
    """An empty chair: an agency that may sit at this item, and the people that can take it.

    people: uuid and name of professionals; guests: names of guests who accepted the secrecy.
    """

    agency: Agency
    third: bool
    people: tuple[tuple[str, str], ...]
    guests: tuple[str, ...]


def sitting_at(reading: Reading, item: AgendaItem) -> tuple[Sitting, ...]:
    """Who is there, or gone without the chair's word; by name of the agency."""
    rows = Attendance.objects.filter(Q(left_at=None) | Q(released_at=None), item=item)
    rows = rows.select_related("agency", "professional").order_by("agency__name", "arrived_at", "pk")
    here = {row.agency_id for row in rows if row.left_at is None}
    seated = {seat.agency.pk for seat in seats_at([item.case_id], at=reading.at)}
    accepted = set(
        SecrecyAcceptance.objects.filter(meeting=item.meeting).values_list("agency_id", "professional_id", "guest")
    )
    return tuple(
        Sitting(
            row=row.pk, agency=row.agency, name=row.professional.name if row.professional else row.guest,
            is_mine=row.professional_id == reading.visit.professional_id, by_link=row.place == "link",
            is_here=row.left_at is None, waits=row.left_at is not None,
            takes_part=item.case_id is None or row.agency_id in seated,
            accepted=(row.agency_id, row.professional_id, row.guest) in accepted,
        )
        for row in rows
        if row.left_at is None or row.agency_id not in here
    )  # fmt: skip


def empty_chairs(reading: Reading, item: AgendaItem) -> tuple[Chair, ...]:
    """Who could come in: agencies with a seat at this case (without a case: the invited), and who of them."""
    sitting: set[tuple[int, int | None]] = set(
        Attendance.objects.filter(item=item, left_at=None).values_list("agency_id", "professional_id")
    )
    invited: dict[int, list[tuple[str, str, int]]] = {}
    agencies: dict[int, Agency] = {}
    for row in Invitation.objects.filter(meeting=item.meeting).select_related("agency", "professional"):
        agencies[row.agency_id] = row.agency
        if row.professional:
            invited.setdefault(row.agency_id, []).append(
                (str(row.professional.uuid), row.professional.name, row.professional.pk)
            )
    seats = {seat.agency.pk: seat for seat in seats_at([item.case_id], at=reading.at)}
    if item.case_id is not None:
        agencies = {pk: seat.agency for pk, seat in seats.items()}
    found = []
    for pk, agency in sorted(agencies.items(), key=lambda pair: pair[1].name):
        seat = seats.get(pk)
        named = [(one.uuid, one.name, one.id) for one in seat.people] if seat and seat.people else []
        people = [one for one in (named or invited.get(pk) or _team(pk)) if (pk, one[2]) not in sitting]
        guests = _guests(item, pk)
        if people or guests:
            found.append(
                Chair(
                    agency=agency, third=bool(seat and seat.third),
                    people=tuple((uuid, name) for uuid, name, _pk in people), guests=guests,
                )
            )  # fmt: skip
    return tuple(found)


def _team(agency_id: int) -> list[tuple[str, str, int]]:
    """Everybody of an agency whose work is in cases, by name."""
    rows = current_memberships().filter(agency_id=agency_id).order_by("professional__name")
    return [
        (str(row.professional.uuid), row.professional.name, row.professional.pk)
        for row in rows
        if CASE_ROLES & set(row.roles)
    ]


def _guests(item: AgendaItem, agency_id: int) -> tuple[str, ...]:
    rows = SecrecyAcceptance.objects.filter(meeting=item.meeting, agency_id=agency_id).exclude(guest="")
    there = set(Attendance.objects.filter(item=item, left_at=None).values_list("guest", flat=True))
    return tuple(guest for guest in rows.values_list("guest", flat=True) if guest not in there)
