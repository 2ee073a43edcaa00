"""Which agencies may sit at which cases, and when their items are due. For invitations, mail and calendar; no facts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from agreements.parties.models import Agency, Professional
from cases.meetings.models import AgendaItem, Invitation, ItemState, Meeting
from cases.meetings.rights import INVITED
from cases.records.models import Circumstance, Participation
from cases.records.phases import READABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A professional by whom an agency takes part."""

    id: int
    uuid: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """An agency may sit at a case: as a participant, or as a third party that the controllers invited.

    people: the professionals it takes part with; empty: its whole team.
    """

    agency: Agency
    case_id: int
    third: bool
    people: tuple[Named, ...]

    def is_for(self, professional_id: int | None) -> bool:
        """Whether this person may take the seat; None: whoever the agency sends, whom it chooses by the case."""
        return professional_id is None or not self.people or professional_id in {person.id for person in self.people}


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """From when until when somebody is expected."""

    starts: datetime
    ends: datetime


def seats_at(case_ids: Iterable[int | None], *, at: datetime) -> tuple[Seat, ...]:
    """Every seat at these cases at `at`, by name of the agency. Source: WGS art. 2.31(5) and (9), domain 5."""
    ids = [pk for pk in case_ids if pk is not None]
    rows = (
        Participation.objects.filter(
            Q(ends=None) | Q(ends__gt=at), case_id__in=ids, is_open=True, starts__lte=at,
            case__state__in=sorted(state.value for state in READABLE),
        )
        .select_related("agency")
        .prefetch_related("members__professional")
        .order_by("agency__name", "case_id")
    )  # fmt: skip
    invited = _invited(ids, at=at)
    found = []
    for row in rows:
        third = row.mode == Participation.Mode.EXTRACT
        if third and not {(row.case_id, None), (row.case_id, row.agency_id)} & invited:
            continue
        people = () if row.everyone else tuple(_named(member.professional) for member in row.members.all())
        # Named people of whom none is left take no seat: an empty tuple would seat the whole team.
        if row.everyone or people:
            found.append(Seat(agency=row.agency, case_id=row.case_id, third=third, people=people))
    return tuple(found)


def _named(person: Professional) -> Named:
    return Named(id=person.pk, uuid=str(person.uuid), name=person.name)


def _invited(ids: list[int], *, at: datetime) -> set[tuple[int, int | None]]:
    rows = Circumstance.objects.filter(
        Q(ends=None) | Q(ends__gt=at), case_id__in=ids, nature=Circumstance.Nature.CONDITION, code=INVITED,
        starts__lte=at,
    )  # fmt: skip
    return set(rows.values_list("case_id", "recipient_id"))


def planned_starts(meeting: Meeting, items: Iterable[AgendaItem]) -> dict[int, datetime]:
    """By item id when it is due, counting the minutes of all that goes before it; what moved away takes no time."""
    at, found = meeting.starts_at, {}
    for item in items:
        found[item.pk] = at
        if item.state != ItemState.MOVED:
            at += timedelta(minutes=item.minutes)
    return found


def window_of(meeting: Meeting, items: Iterable[AgendaItem], *, own: Iterable[AgendaItem] | None) -> Window:
    """When somebody with these `own` items is expected; None, or no items of their own: the whole meeting.

    Of the other items nothing shows in it but that one's own begin when they begin.
    """
    mine = list(own or ())
    if not mine:
        return Window(starts=meeting.starts_at, ends=meeting.starts_at + timedelta(minutes=meeting.minutes))
    starts = planned_starts(meeting, items)
    return Window(
        starts=starts[mine[0].pk],
        ends=max(starts[item.pk] + timedelta(minutes=item.minutes) for item in mine),
    )


def window_for(meeting: Meeting, items: list[AgendaItem], seats: Iterable[Seat], invitation: Invitation) -> Window:
    """When who was invited so is expected."""
    mine = {
        seat.case_id
        for seat in seats
        if seat.agency.pk == invitation.agency_id and seat.is_for(invitation.professional_id)
    }
    return window_of(meeting, items, own=[item for item in items if item.case_id is None or item.case_id in mine])
