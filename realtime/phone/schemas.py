"""What the API tells of kinds and receipts: the frames `kinds`, `receipts` and `who` of the socket, field for field."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import Field


class ReadersOut(Schema):
    """Who will read it: how many other members, monograms of their agencies, and of those who learn only that it is."""

    people: int
    agencies: list[str]
    announced: list[str]


class KindOut(Schema):
    """A kind of words that the reader's agency can be a source of in this channel. kind: that of the event."""

    field: str
    kind: str
    label: str
    help: str
    readers: ReadersOut


class AgencyOut(Schema):
    """Another agency in the channel, to which a question can be put."""

    code: str
    monogram: str
    name: str


class KindsOut(Schema):
    """What the reader may say. labels: field → label of all fields of a channel. purpose: for which they read."""

    kinds: list[KindOut]
    labels: dict[str, str]
    agencies: list[AgencyOut]
    purpose: str


class ReceiptOut(Schema):
    """How far a message of the reader's agency got, of the members who may know of it; its author is not counted."""

    event: UUID
    may_know: int = Field(ge=0)
    stored: int = Field(ge=0)
    seen: int = Field(ge=0)


class SeenByOut(Schema):
    """How far it got with one member. state: seen, stored (on the phone) or away; at: when they saw it, if known."""

    name: str
    agency: str
    monogram: str
    state: str
    at: datetime | None


def receipts_out(events: dict[str, list[int]]) -> list[dict[str, Any]]:
    """The counts of the frame `receipts`, by name."""
    return [
        {"event": event, "may_know": counts[0], "stored": counts[1], "seen": counts[2]}
        for event, counts in events.items()
    ]
