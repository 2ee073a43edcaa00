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
from agreements.covenants.standing import covenants_of_party
from agreements.parties.models import Membership
from agreements.parties.reader import current_memberships, visit_of
from cases.casework.purpose import SESSION_KEY
from cases.disclosure.reading import Reading
from cases.disclosure.visibility import CASE_ROLES
from cases.records.phases import READABLE
from foundation import clock
from realtime.channels.models import Channel, ChannelMember
from realtime.channels.rights import channels_for, standing_in
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
    """Somebody who may listen: their ticket, who they are, the channel as it stood, and the name of their rights.

    rules: what this pass was made by; when a look finds other ones, it is made anew before anything is told by it.
    """

    ticket: Ticket
    hearer: Hearer
    member: ChannelMember
    channel: Channel
    view: str
    rules: str

    def reading(self, event: str) -> Reading:
        """A reading by this socket that begins now."""
        return Reading.begin(self.hearer.visit, route=ROUTE, event=event)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What one look at a channel found: its newest number, and everything that the rights of sockets rest on.

    here: membership → uid of the member, of all who may be in the channel now. sessions, memberships: those asked
    for that stand.
    """

    head: int
    is_open: bool
    pulse: str
    channel: Channel
    here: Mapping[int, UUID]
    sessions: frozenset[str]
    memberships: Mapping[int, Membership]

    @property
    def names(self) -> str:
        """A name for who belongs to the channel, who leads it and until when."""
        return str((self.channel.revision, sorted(uid.hex for uid in self.here.values())))

    def rules(self, ticket: Ticket) -> str:
        """A name for what the rights of who holds this ticket rest on."""
        case, membership = self.channel.case, self.memberships.get(ticket.membership)
        roles = sorted(membership.roles) if membership else None
        return str((self.pulse, case.phase, case.state, case.covenants, roles, self.here.get(ticket.membership)))

    def code(self, ticket: Ticket, at: datetime) -> int:
        """Why a socket must go at once; 0 when it may stay as far as it shows without asking the covenants."""
        if ticket.session and ticket.session not in self.sessions:
            return NOT_SIGNED_IN
        if ticket.until and at.timestamp() >= ticket.until:
            return NOT_SIGNED_IN
        if ticket.membership not in self.memberships:
            return NOT_SIGNED_IN
        return 0 if self.is_open and ticket.membership in self.here else ENDED


def look(wanted: Mapping[int, Iterable[Ticket]]) -> dict[int, Look]:
    """The state that sockets depend on, of all these channels, in a handful of small queries.

    wanted: row number of a channel → the tickets of its sockets.
    """
    # First the rules: a change between the queries then shows at the next look, and is never taken for seen.
    now = clock.now()
    pulse = pulse_at(now)
    tickets = [ticket for found in wanted.values() for ticket in found]
    sessions = {ticket.session for ticket in tickets if ticket.session}
    standing = Session.objects.filter(session_key__in=sessions, expire_date__gt=now)
    alive = frozenset(standing.values_list("session_key", flat=True)) if sessions else frozenset()
    hats = {ticket.membership for ticket in tickets}
    memberships = {one.pk: one for one in current_memberships().filter(pk__in=hats)} if hats else {}
    here: dict[int, dict[int, UUID]] = {pk: {} for pk in wanted}
    members = standing_in(wanted, at=now)
    for pk, membership, uid in members.values_list("channel_id", "membership_id", "uid"):
        here[pk][membership] = uid
    channels = Channel.objects.select_related("case", "lead", "leader__professional").filter(pk__in=list(wanted))
    return {
        channel.pk: Look(
            head=channel.head, channel=channel, pulse=pulse, here=here[channel.pk], sessions=alive,
            memberships=memberships,
            is_open=channel.closed_at is None and channel.opened_at <= now < channel.ends_at
            and channel.case.state in _READABLE,
        )
        for channel in channels
    }  # fmt: skip


_READABLE = frozenset(state.value for state in READABLE)


def admitted(uid: UUID, text: str) -> Pass:
    """Who holds this ticket, if they may listen now. Raises Shut; a ticket is used up whatever comes of it."""
    try:
        ticket = take(text, channel=uid.hex)
    except BadTicket as bad:
        raise Shut(NOT_SIGNED_IN) from bad
    channel = Channel.objects.filter(uid=uid).only("pk").first()
    found = look({channel.pk: [ticket]}).get(channel.pk) if channel else None
    if found is None:
        raise Shut(NOT_YOURS)
    try:
        passed = passed_by(found, ticket)
    except Shut as shut:
        raise Shut(NOT_YOURS if shut.code == ENDED else shut.code) from shut
    # The same question as every page asks.
    if not channels_for(passed.reading("channel.read")).filter(uid=uid).exists():
        raise Shut(NOT_YOURS)
    return passed


def passed_by(found: Look, ticket: Ticket, before: Pass | None = None) -> Pass:
    """The pass of a ticket by the rights that this look found. Raises Shut (not signed in, or the right ended)."""
    if code := found.code(ticket, clock.now()):
        raise Shut(code)
    visit = visit_of(
        found.memberships[ticket.membership], strength=ticket.strength,  # type: ignore[arg-type]
        trace_id=before.hearer.visit.trace_id if before else secrets.token_hex(16), language=ticket.language,
        purpose=ticket.purposes_pinned, case=ticket.case_pinned,
    )  # fmt: skip
    channel = found.channel
    reading = Reading.begin(visit, route=ROUTE, event="channel.read")
    covenants = covenants_of_party(
        reading.policy, agency=reading.agency, covenants=channel.case.covenant_codes, at=reading.at
    )
    if (
        not visit.roles & CASE_ROLES
        or visit.case_pinned not in (None, "", channel.case.number)
        or channel.under not in covenants
    ):
        raise Shut(ENDED)
    uid = found.here[ticket.membership]
    member = before.member if before and before.member.uid == uid else ChannelMember.objects.get(uid=uid)
    chosen = {SESSION_KEY: {channel.case.number: ticket.purpose}} if ticket.purpose else {}
    hearer = hearer_of(reading, channel.case, uid, dict(chosen))
    return Pass(
        ticket=ticket, hearer=hearer, member=member, channel=channel, rules=found.rules(ticket),
        view=view_name(channel, hearer, found.pulse),
    )  # fmt: skip


def in_words(language: str = "") -> Any:
    """The language of who listens, for sentences on the socket."""
    return translation.override(language or settings.LANGUAGE_CODE)
