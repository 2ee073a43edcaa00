"""What the API of meetings takes and gives, before they run."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Field, Schema

from cases.meetings import pages
from cases.meetings.queries import MeetingLine
from cases.meetings.queries_agenda import ItemLine, MeetingPage


class AgencyOut(Schema):
    """An agency."""

    code: str
    type: str
    name: str


class GuestOut(Schema):
    """An invitation that the reader may know of. people: "" for whoever the agency sends."""

    id: int
    agency: AgencyOut
    people: str
    answer: str


class MeetingLineOut(Schema):
    """A meeting. The times are those at which the reader is expected; items and guests are those of the reader."""

    uid: UUID
    title: str
    starts: datetime
    ends: datetime
    place: str
    link: str
    state: str
    lead: AgencyOut
    chair: str
    leads: bool
    n_cases: int
    my_answer: str | None
    secrecy_accepted: bool
    guests: list[GuestOut]


class ActionOut(Schema):
    """An action agreed before."""

    text: str
    owner: AgencyOut
    person: str
    due_on: date
    state: str


class ItemOut(Schema):
    """An item of the agenda. title: who the case is about as the reader may know it, or the point. case: its number."""

    uid: UUID
    number: int
    starts: datetime
    minutes: int
    state: str
    title: str
    case: str
    third_party: bool
    closed: bool
    asked_by: datetime | None
    prepared: bool
    partners: list[AgencyOut]
    actions: list[ActionOut]


class MeetingOut(MeetingLineOut):
    """A meeting with the reader's items. agenda_minutes: for who leads it."""

    items: list[ItemOut]
    agenda_minutes: int | None


class MeetingListOut(Schema):
    """What is to come and what was."""

    coming: list[MeetingLineOut]
    past: list[MeetingLineOut]
    older: int


class SittingIn(Schema):
    """When and where. title and place name no persons."""

    title: str
    starts_at: datetime
    minutes: int = 90
    place: str = ""
    link: str = ""


class PlanIn(SittingIn):
    """The same `uid` twice plans one meeting."""

    uid: UUID | None = None


class ItemsIn(Schema):
    """Cases by number, or one point by its title."""

    cases: list[str] = Field(default_factory=list, max_length=40)
    title: str = ""
    minutes: int = 15


class ItemIn(Schema):
    """What changes of an item: its minutes, or its place from one."""

    minutes: int | None = None
    place: int | None = None


class AskIn(Schema):
    """Until when the parties prepare (null: no longer), and for which items (null: all)."""

    until: datetime | None = None
    items: list[UUID] | None = None


class InviteeIn(Schema):
    """An agency by its code, and who of it."""

    agency: str
    professional: UUID | None = None


class InvitationsIn(Schema):
    """Whom to invite."""

    invitees: list[InviteeIn] = Field(max_length=100)


class InvitedOut(Schema):
    """How many were new."""

    invited: int


class AnswerIn(Schema):
    """room, link or no."""

    coming: str


class HandOverIn(Schema):
    """The colleague who goes instead."""

    professional: UUID


class StatementOut(Schema):
    """The statement of secrecy, in the language of the reader."""

    version: str
    title: str
    sentences: list[str]


class SecrecyIn(Schema):
    """The version that was read."""

    version: str


def meeting_line(line: MeetingLine) -> dict[str, Any]:
    """A meeting in a list."""
    return {
        "uid": line.uid, "title": line.title, "starts": line.starts, "ends": line.ends, "place": line.place,
        "link": line.link, "state": line.state, "lead": line.lead, "chair": line.chair, "leads": line.leads,
        "n_cases": line.n_cases, "my_answer": line.my_answer, "secrecy_accepted": line.secrecy, "guests": line.guests,
    }  # fmt: skip


def whole_meeting(page: MeetingPage) -> dict[str, Any]:
    """A meeting with its items."""
    return meeting_line(page.line) | {"items": [_item(found) for found in page.items], "agenda_minutes": page.total}


def _item(found: ItemLine) -> dict[str, Any]:
    return {
        "uid": found.uid, "number": found.number, "starts": found.starts, "minutes": found.minutes,
        "state": found.state, "title": pages.item_title(found), "case": found.case_number,
        "third_party": found.third, "closed": found.closed, "asked_by": found.asked_by, "prepared": found.prepared,
        "partners": found.partners, "actions": found.actions,
    }  # fmt: skip
