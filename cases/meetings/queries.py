"""Reads of meetings as such: which there are for a reader, when they are expected, who comes. No facts.

What is on the agenda is in queries_agenda.py. Everything is counted per reader: items that are not theirs show
nowhere, not in a time, a number or a name of somebody who comes for them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import get_language

from agreements.parties.models import Agency
from agreements.parties.reader import current_memberships
from cases.disclosure.answer import Source
from cases.disclosure.reading import Reading
from cases.disclosure.visibility import CASE_ROLES
from cases.meetings.models import AgendaItem, Answer, Invitation, Meeting, MeetingState, SecrecyAcceptance
from cases.meetings.rights import Seats, invitations_to, is_chair, meeting_for, meetings_for, seats_of
from cases.meetings.seating import Seat, Window, seats_at, window_of

PAST = 30
"""Meetings of the past on one page."""
COMING = (MeetingState.PLANNED, MeetingState.RUNNING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """An invitation as the reader may know it. `people`: "" for whoever the agency sends."""

    id: int
    agency: Source
    people: str
    answer: str
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingLine:
    """A meeting in a list. The times are those at which the reader is expected; items and guests are theirs.

    has_minutes: whether minutes of it will exist for the reader; a third party gets an extract instead.
    """

    uid: UUID
    title: str
    starts: datetime
    ends: datetime
    place: str
    link: str
    state: str
    lead: Source
    chair: str
    leads: bool
    n_cases: int
    guests: tuple[Guest, ...]
    my_answer: str | None
    secrecy: bool
    has_minutes: bool

    @property
    def minutes(self) -> int:
        """From the first moment that the reader is expected until the last."""
        return int((self.ends - self.starts).total_seconds() // 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meetings:
    """What is to come, soonest first, and what was, newest first. `older`: the next page of what was, or 0."""

    coming: tuple[MeetingLine, ...]
    past: tuple[MeetingLine, ...]
    older: int


def meeting_list(reading: Reading, *, page: int = 1) -> Meetings:
    """The meetings of this reader."""
    found = meetings_for(reading)
    coming = list(_coming(found))
    past = found.filter(state__in=[MeetingState.ENDED, MeetingState.CANCELLED]).order_by("-starts_at", "-pk")
    before = list(past[(page - 1) * PAST : page * PAST + 1])
    lines = _lines(reading, [*coming, *before[:PAST]])
    coming_lines = sorted(lines[: len(coming)], key=lambda line: line.starts)
    return Meetings(
        coming=tuple(coming_lines),
        past=tuple(lines[len(coming) :]),
        older=page + 1 if len(before) > PAST else 0,
    )


def waiting_for_answer(reading: Reading) -> tuple[MeetingLine, ...]:
    """The meetings to come and under way to which the reader was invited without having answered, soonest first."""
    open_ = invitations_to(reading).filter(answer=Answer.NONE)
    lines = _lines_to_come(reading, meetings_for(reading).filter(pk__in=open_.values("meeting_id")))
    return tuple(line for line in lines if waits_for_answer(line))


def next_meeting(reading: Reading) -> MeetingLine | None:
    """The first one to come or under way, by when it begins for the reader."""
    return next(iter(_lines_to_come(reading, meetings_for(reading))), None)


def _lines_to_come(reading: Reading, meetings: QuerySet[Meeting]) -> list[MeetingLine]:
    found = list(_coming(meetings))
    return sorted(_lines(reading, found), key=lambda line: line.starts) if found else []


def _coming(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    return meetings.filter(state__in=COMING).order_by("starts_at", "pk")


def meeting_line(reading: Reading, uid: UUID) -> MeetingLine:
    """One meeting. Raises NotYourMeeting (journalled)."""
    return line_of(reading, meeting_for(reading, uid))


def line_of(reading: Reading, meeting: Meeting) -> MeetingLine:
    """One meeting that the reader was let into."""
    return _lines(reading, [meeting])[0]


def _lines(reading: Reading, meetings: list[Meeting]) -> list[MeetingLine]:
    """In a fixed number of queries, however many meetings there are."""
    items: dict[int, list[AgendaItem]] = {meeting.pk: [] for meeting in meetings}
    for item in AgendaItem.objects.filter(meeting__in=meetings).select_related("case"):
        items[item.meeting_id].append(item)
    case_ids = {item.case_id for rows in items.values() for item in rows}
    seats = seats_of(reading, case_ids)
    beside = seats_at(seats.live, at=reading.at)
    invitations: dict[int, list[Invitation]] = {meeting.pk: [] for meeting in meetings}
    rows = Invitation.objects.filter(meeting__in=meetings).select_related("agency", "professional")
    for row in rows.order_by("agency__name", "pk"):
        invitations[row.meeting_id].append(row)
    signed = set(
        SecrecyAcceptance.objects.filter(
            meeting__in=meetings, professional_id=reading.visit.professional_id, agency_id=reading.visit.agency.id
        ).values_list("meeting_id", flat=True)
    )
    return [
        _line(reading, meeting, items[meeting.pk], seats, invitations[meeting.pk], beside, secrecy=meeting.pk in signed)
        for meeting in meetings
    ]


def _line(
    reading: Reading,
    meeting: Meeting,
    items: list[AgendaItem],
    seats: Seats,
    invitations: list[Invitation],
    beside: tuple[Seat, ...],
    *,
    secrecy: bool,
) -> MeetingLine:
    leads = is_chair(reading, meeting)
    own = own_items(reading, meeting, items, seats)
    mine = {item.case_id for item in own}
    near = [seat for seat in beside if seat.case_id in mine]
    guests = tuple(_guest(reading, row) for row in invitations if leads or _is_known(reading, meeting, row, near))
    window = window_for_reader(reading, meeting, items, own)
    return MeetingLine(
        uid=meeting.uid,
        title=meeting.title,
        starts=window.starts,
        ends=window.ends,
        place=meeting.place,
        link=meeting.link,
        state=meeting.state,
        lead=source_of(meeting.lead),
        chair=meeting.chair.name,
        leads=leads,
        n_cases=sum(item.case_id is not None for item in own),
        guests=guests,
        my_answer=_my_answer(guests),
        secrecy=secrecy,
        has_minutes=any(item.case_id is None or item.case_id in seats.live for item in own),
    )


def _is_known(reading: Reading, meeting: Meeting, row: Invitation, near: list[Seat]) -> bool:
    """Whether the reader may know that somebody was invited: of the lead, a colleague, or at one of their own items.

    Who comes only for another case would tell that there is one.
    """
    if row.agency_id in (meeting.lead_id, reading.visit.agency.id):
        return True
    return any(seat.agency.pk == row.agency_id and seat.is_for(row.professional_id) for seat in near)


def own_items(reading: Reading, meeting: Meeting, items: Iterable[AgendaItem], seats: Seats) -> list[AgendaItem]:
    """Of the items of a meeting those that exist for the reader; the rule of rights.items_for, for many meetings."""
    pinned = reading.visit.case_pinned
    rows = [row for row in items if not pinned or (row.case is not None and row.case.number == pinned)]
    if is_chair(reading, meeting):
        return rows
    mine = seats.live | seats.third
    return [row for row in rows if row.case_id is None or row.case_id in mine]


def window_for_reader(reading: Reading, meeting: Meeting, items: list[AgendaItem], own: list[AgendaItem]) -> Window:
    """When the reader is expected: who leads it for all of it, others for their own items."""
    return window_of(meeting, items, own=None if is_chair(reading, meeting) else own)


def _guest(reading: Reading, row: Invitation) -> Guest:
    visit = reading.visit
    mine = row.agency_id == visit.agency.id and row.professional_id in (None, visit.professional_id)
    return Guest(
        id=row.pk,
        agency=source_of(row.agency),
        people=row.professional.name if row.professional else "",
        answer=row.answer,
        mine=mine,
    )


def _my_answer(guests: Iterable[Guest]) -> str | None:
    """What the reader answered; None: not invited. By name goes before the agency's invitation."""
    mine = [guest for guest in guests if guest.mine]
    named = next((guest for guest in mine if guest.people), None)
    found = named or next(iter(mine), None)
    return found.answer if found else None


def source_of(agency: Agency) -> Source:
    """An agency for a chip, named in the language of the page."""
    return Source(code=agency.code, type=agency.type, name=agency.name_in(get_language() or "nl"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who can be sent to a meeting."""

    uuid: str
    name: str


def colleagues(reading: Reading) -> tuple[Person, ...]:
    """Who of the reader's own agency works on cases, but for the reader."""
    rows = current_memberships().filter(agency_id=reading.visit.agency.id).order_by("professional__name")
    return tuple(
        Person(uuid=str(row.professional.uuid), name=row.professional.name)
        for row in rows
        if CASE_ROLES & set(row.roles) and row.professional_id != reading.visit.professional_id
    )


def waits_for_answer(line: MeetingLine) -> bool:
    """Whether the reader was invited to a meeting that is still to come or under way, and has not answered."""
    return line.my_answer == Answer.NONE and line.state in COMING


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """Who accepted the statement of secrecy, for who leads the meeting."""

    agency: Source
    name: str
    guest: bool
    at: datetime


def acceptances(meeting: Meeting) -> tuple[Accepted, ...]:
    """Everybody who accepted the statement for this meeting. For its chair only."""
    rows = SecrecyAcceptance.objects.filter(meeting=meeting).select_related("agency", "professional")
    return tuple(
        Accepted(
            agency=source_of(row.agency),
            name=row.professional.name if row.professional else row.guest,
            guest=row.professional is None,
            at=row.accepted_at,
        )
        for row in rows.order_by("agency__name", "accepted_at")
    )


def agencies() -> tuple[Source, ...]:
    """All agencies of the installation, for inviting one that the agenda does not suggest."""
    return tuple(source_of(agency) for agency in Agency.objects.order_by("name"))
