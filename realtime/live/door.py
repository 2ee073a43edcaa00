"""Who stands behind a socket, and whether the channel is theirs. Not here: what they are told."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import translation

from agreements.covenants.pulse import pulse_at
from agreements.parties.models import Membership
from agreements.parties.reader import Visit, current_memberships, visit_of
from cases.casework.purpose import SESSION_KEY
from cases.disclosure.reading import Reading
from foundation import clock
from realtime.channels.models import Channel, ChannelMember
from realtime.channels.rights import channels_for, running, standing_members
from realtime.channels.telling import Hearer, hearer_of, view_name
from realtime.channels.tickets import BadTicket, Ticket, take
from realtime.live.protocol import CODES, ENDED, NOT_SIGNED_IN, NOT_YOURS

ROUTE = "street_socket"

View = tuple[str, frozenset[str], str, str]
"""What readers with equal rights share: see telling.Hearer.view."""


class Shut(Exception):
    """The door stays shut, or falls shut: with the close code that says why."""

    def __init__(self, code: int) -> None:
        super().__init__(CODES[code])
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """Somebody who may listen: their ticket, who they are, the channel as it stood, and the name of their rights."""

    ticket: Ticket
    hearer: Hearer
    member: ChannelMember
    channel: Channel
    view: str

    def reading(self, event: str) -> Reading:
        """A reading by this socket that begins now."""
        return Reading.begin(self.hearer.visit, route=ROUTE, event=event)


def admitted(uid: UUID, text: str) -> Pass:
    """Who holds this ticket, if they may listen now. Raises Shut; a ticket is used up whatever comes of it."""
    try:
        ticket = take(text, channel=uid.hex)
    except BadTicket as bad:
        raise Shut(NOT_SIGNED_IN) from bad
    return again(uid, ticket)


def again(uid: UUID, ticket: Ticket) -> Pass:
    """The pass of a ticket that was taken before, by the rights of now. Raises Shut."""
    visit = _visit(ticket)
    if visit is None:
        raise Shut(NOT_SIGNED_IN)
    reading = Reading.begin(visit, route=ROUTE, event="channel.read")
    channel = channels_for(reading).filter(uid=uid).first()
    if channel is None:
        raise Shut(NOT_YOURS)
    member = channel.members.filter(membership_id=visit.membership_id, left_at=None).get()
    chosen = {SESSION_KEY: {channel.case.number: ticket.purpose}} if ticket.purpose else {}
    hearer = hearer_of(reading, channel.case, member.uid, dict(chosen))
    return Pass(
        ticket=ticket, hearer=hearer, member=member, channel=channel,
        view=view_name(channel, hearer, pulse_at(reading.at)),
    )  # fmt: skip


def in_words(language: str = "") -> Any:
    """The language of who listens, for sentences on the socket."""
    return translation.override(language or settings.LANGUAGE_CODE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What one look at a channel found: its newest number, and a name for everything that rights rest on."""

    head: int
    is_open: bool
    rules: str
    sessions: frozenset[str]
    memberships: Mapping[int, str]
    channel: Channel

    def knows(self, passed: Pass, at: datetime) -> bool:
        """Whether the session or token stands and the membership is in force."""
        ticket = passed.ticket
        if ticket.session and ticket.session not in self.sessions:
            return False
        if ticket.until and at.timestamp() >= ticket.until:
            return False
        return ticket.membership in self.memberships


def look(channel_id: int, passes: Iterable[Pass]) -> Look:
    """The state that sockets depend on, in a handful of small queries."""
    now = clock.now()
    channel = Channel.objects.select_related("case").get(pk=channel_id)
    passes = list(passes)
    sessions = {one.ticket.session for one in passes if one.ticket.session}
    members = {one.ticket.membership for one in passes}
    standing = current_memberships().filter(pk__in=members) if members else []
    here = standing_members(channel, at=now).values_list("uid", flat=True)
    rules = (
        channel.revision, pulse_at(now), channel.case.phase, channel.case.state, channel.case.covenants,
        sorted(uid.hex for uid in here),
    )  # fmt: skip
    return Look(
        head=channel.head,
        channel=channel,
        is_open=Channel.objects.filter(running(now), pk=channel_id).exists(),
        rules=str(rules),
        sessions=frozenset(
            Session.objects.filter(session_key__in=sessions, expire_date__gt=now).values_list("session_key", flat=True)
        )
        if sessions
        else frozenset(),
        memberships={one.pk: " ".join(sorted(one.roles)) for one in standing},
    )


def code_for(passed: Pass, found: Look, at: datetime) -> int:
    """Why this socket must go now; 0 when it may stay."""
    if not found.knows(passed, at):
        return NOT_SIGNED_IN
    return 0 if found.is_open else ENDED


def _visit(ticket: Ticket) -> Visit | None:
    now = clock.now()
    if ticket.until and now.timestamp() >= ticket.until:
        return None
    if ticket.session and not Session.objects.filter(session_key=ticket.session, expire_date__gt=now).exists():
        return None
    found: Membership | None = current_memberships().filter(pk=ticket.membership).first()
    if found is None:
        return None
    return visit_of(
        found, strength=ticket.strength, trace_id=secrets.token_hex(16), language=ticket.language,  # type: ignore[arg-type]
        purpose=ticket.purposes_pinned, case=ticket.case_pinned,
    )  # fmt: skip
