"""Tickets for sockets: made for who holds a session or an access token, good for one opening within a minute.

A ticket travels in the first frame, never in an address. It carries no right: what its holder may is asked anew.
"""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.core import signing
from django.core.cache import cache

from cases.casework.purpose import declared
from cases.disclosure.reading import Reading
from realtime.channels.models import Channel

SECONDS = 60
_SALT = "verbond.street.ticket"


class BadTicket(ValueError):
    """It is no ticket, it is too old, it was used, or it is for another channel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """Who opens a socket. session: key of the session it stands on, "" for an access token; until: when that ends."""

    channel: str
    membership: int
    strength: str
    language: str
    purpose: str
    session: str = ""
    until: float = 0.0
    purposes_pinned: str | None = None
    case_pinned: str | None = None
    nonce: str = ""


def ticket_for(
    reading: Reading, channel: Channel, *, session: Mapping[str, Any] | None, session_key: str, until: float = 0.0
) -> str:
    """A ticket for this reader's socket on this channel."""
    visit = reading.visit
    ticket = Ticket(
        channel=channel.uid.hex, membership=visit.membership_id, strength=visit.strength, language=visit.language,
        purpose=declared(reading, channel.case, dict(session or {})), session=session_key, until=until,
        purposes_pinned=visit.purposes_pinned, case_pinned=visit.case_pinned, nonce=secrets.token_hex(12),
    )  # fmt: skip
    return signing.dumps(asdict(ticket), salt=_SALT, compress=True)


def take(text: str, *, channel: str) -> Ticket:
    """The ticket, used up. channel: hex of the channel that is opened. Raises BadTicket."""
    try:
        ticket = Ticket(**signing.loads(text, salt=_SALT, max_age=SECONDS))
    except (signing.BadSignature, TypeError) as wrong:
        raise BadTicket("signature") from wrong
    if ticket.channel != channel or not cache.add(f"street-ticket:{ticket.nonce}", 1, timeout=2 * SECONDS):
        raise BadTicket("used")
    return ticket


def path_of(channel: Channel) -> str:
    """The address of the socket of this channel."""
    return f"/ws/kanaal/{channel.uid}/"
