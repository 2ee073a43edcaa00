"""A meeting as a calendar file: when, where, and the link to its page. It names no person and no case.

The few properties that this needs, written out by RFC 5545: lines end in CRLF, fold at 75 octets, text is escaped,
and moments are in UTC, so that no time zone needs defining.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

PRODUCT = "-//Verbond//Casusoverleg//NL"
TITLE = "Casusoverleg"
_BEGIN = datetime(2020, 1, 1, tzinfo=UTC)
_OCTETS = 75


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What a calendar may know of a meeting. `at`: when this file was made."""

    uid: UUID
    starts: datetime
    ends: datetime
    place: str
    url: str
    cancelled: bool
    at: datetime


def calendar_file(event: Event) -> bytes:
    """The file, in UTF-8."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH", "BEGIN:VEVENT",
        f"UID:{event.uid}",
        # Seconds, and not the meeting's own count of changes: that would tell of changes that are not the reader's.
        f"SEQUENCE:{int((event.at - _BEGIN).total_seconds())}",
        f"DTSTAMP:{_moment(event.at)}",
        f"DTSTART:{_moment(event.starts)}",
        f"DTEND:{_moment(event.ends)}",
        f"SUMMARY:{TITLE}",
        f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}",
        "CLASS:PRIVATE",
    ]  # fmt: skip
    if event.place:
        lines.append(f"LOCATION:{_text(event.place)}")
    if event.url:
        lines.append(f"URL:{event.url}")
        lines.append(f"DESCRIPTION:{_text(event.url)}")
    lines += ["END:VEVENT", "END:VCALENDAR"]
    return b"".join(_folded(line) for line in lines)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    """Source: RFC 5545, section 3.3.11."""
    for sign, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "")):
        value = value.replace(sign, escaped)
    return value


def _folded(line: str) -> bytes:
    """A line in pieces of at most 75 octets, never inside a sign. Source: RFC 5545, section 3.1."""
    pieces: list[bytes] = []
    piece = b""
    for sign in line:
        octets = sign.encode()
        # A continuation begins with a space, which counts as well.
        if len(piece) + len(octets) > _OCTETS - bool(pieces):
            pieces.append(piece)
            piece = b""
        piece += octets
    return b"\r\n ".join([*pieces, piece]) + b"\r\n"
