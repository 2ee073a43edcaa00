"""What the API of channels takes and gives."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from realtime.channels.models import Channel, Event, Kind
from realtime.channels.queries import Opened
from realtime.channels.telling import Told


class PlanIn(Schema):
    """A channel to open. under: code of a covenant of the case; members: row numbers of memberships."""

    case: str = Field(max_length=40)
    title: str = Field(max_length=80)
    scope: str = Field(max_length=9)
    under: str = Field(max_length=40)
    ends_at: datetime
    members: list[int] = Field(default_factory=list, max_length=500)
    submission: UUID | None = None


class ChangeIn(Schema):
    """Another end of the term."""

    ends_at: datetime


class MemberIn(Schema):
    """Whom to let in: the row number of a membership."""

    membership: int


class PieceIn(Schema):
    """A part of a message."""

    field: str = Field(max_length=40)
    text: str = Field(max_length=2000)


class FactIn(Schema):
    """A fact of the case by reference."""

    contribution: UUID
    field: str = Field(max_length=40)


class SayIn(Schema):
    """Something to say; sent again with the same `client` it is stored once."""

    client: UUID
    kind: str = Field(default=Kind.MESSAGE.value, max_length=8)
    pieces: list[PieceIn] = Field(default_factory=list, max_length=8)
    target: UUID | None = None
    to: str = Field(default="", max_length=32)
    fact: FactIn | None = None


class ChannelLine(Schema):
    """A channel in the list. log_until: of one that ended, until when who led it reads its log."""

    uid: UUID
    title: str
    scope: str
    case: str
    under: str
    lead: str
    ends_at: datetime
    log_until: datetime | None = None


class MemberOut(Schema):
    """A member."""

    member: UUID
    name: str
    agency: str
    leads: bool


class ChannelOut(ChannelLine):
    """A channel with its members. purpose: for which the reader reads it."""

    purpose: str
    me: UUID
    members: list[MemberOut]


class PieceOut(Schema):
    """A part of a message: its text with the article that grants it, or only that it is held."""

    field: str
    text: str | None
    withheld: bool
    article: str


class EventOut(Schema):
    """One event as the reader may know it."""

    id: UUID
    kind: str
    at: datetime
    agency: str
    name: str
    target: UUID | None
    notice: str
    pieces: list[PieceOut]


class LogOut(Schema):
    """A page of the log. after: cursor of the next page."""

    events: list[EventOut]
    after: UUID | None


class StoredOut(Schema):
    """A message that is stored."""

    client: UUID
    event: UUID


class TicketOut(Schema):
    """A ticket for the socket at `path`, good for one opening within `seconds`."""

    ticket: str
    path: str
    seconds: int


def ended_line(channel: Channel) -> dict[str, Any]:
    """One that ended, for the list."""
    return channel_line(channel) | {"ends_at": channel.ended_at, "log_until": channel.looked_back_until}


def channel_line(channel: Channel) -> dict[str, Any]:
    """A channel for the list."""
    return {
        "uid": channel.uid, "title": channel.title, "scope": channel.scope, "case": channel.case.number,
        "under": channel.under, "lead": channel.lead.code, "ends_at": channel.ends_at,
    }  # fmt: skip


def channel_out(here: Opened) -> dict[str, Any]:
    """A channel with its members."""
    members = [
        {"member": one.uid, "name": one.professional.name, "agency": one.agency.code,
         "leads": one.membership_id == here.channel.leader_id}
        for one in here.members
    ]  # fmt: skip
    return channel_line(here.channel) | {"purpose": here.hearer.purpose, "me": here.member.uid, "members": members}


def event_out(told: Told) -> dict[str, Any]:
    """One event."""
    event = told.event
    return {
        "id": event.uid, "kind": event.kind, "at": event.given_at, "agency": event.source.code,
        "name": _name(event), "target": told.target, "notice": event.notice,
        "pieces": pieces_out(told),
    }  # fmt: skip


def pieces_out(told: Told) -> list[dict[str, Any]]:
    """The parts of one event."""
    return [
        {"field": one.code, "text": one.text, "withheld": one.text is None, "article": one.article}
        for one in told.pieces
    ]  # fmt: skip


def _name(event: Event) -> str:
    return event.author.professional.name if event.author else event.notice_by
