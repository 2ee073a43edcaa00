"""The frames that a server sends, as models: for the JSON Schemas and for tests. Sending itself builds plain dicts.

A room that adds state (extras.py) has its own frames; their types are not among these.
"""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from realtime.channels.models import Kind


class _Frame(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Author(_Frame):
    """Who said it. member: null for a notice of the channel itself."""

    member: UUID | None
    name: str
    agency: str
    monogram: str


class PieceShown(_Frame):
    """A part of a message that the reader may read. value: the code of a choice."""

    field: str
    text: str
    article: str
    value: str = ""


class PieceWithheld(_Frame):
    """A part of which the reader may only know that it is held."""

    field: str
    withheld: Literal[True]
    article: str


class Notice(_Frame):
    """What happened to the channel itself, and to whom."""

    what: str
    who: str


class EventFrame(_Frame):
    """One event of the log as this view may know it. after: the event before it in the same view."""

    type: Literal["event"]
    id: UUID
    after: UUID | None
    kind: Literal[tuple(Kind.values)]  # type: ignore[valid-type]
    at: datetime
    by: Author
    pieces: list[PieceShown | PieceWithheld] | None = None
    notice: Notice | None = None
    target: UUID | None = None
    between: list[str] | None = None
    client: UUID | None = None


class Member(_Frame):
    """A member of the channel."""

    member: UUID
    name: str
    agency: str
    monogram: str
    leads: bool


class Members(_Frame):
    """Who belongs to the channel now; sent again when that changes."""

    type: Literal["members"]
    title: str
    ends: datetime
    members: list[Member]


class Welcome(_Frame):
    """The first answer to `hello`. fresh: throw away what you hold of this channel and begin anew.

    offline: article → for how many minutes its words may be kept without a connection; others are never kept.
    """

    type: Literal["welcome"]
    version: Literal[1]
    view: str
    fresh: bool
    me: UUID
    under: str
    purpose: str
    title: str
    ends: datetime
    members: list[Member]
    offline: dict[str, int]


class Digest(_Frame):
    """Too much was missed: only the last `shown` events follow, the others are in the log at `link`."""

    type: Literal["digest"]
    shown: int
    link: str


class Head(_Frame):
    """You are up to date when `last` is the last event you hold."""

    type: Literal["head"]
    last: UUID | None


class Accepted(_Frame):
    """What was sent as `client` is stored as `event`."""

    type: Literal["accepted"]
    client: UUID
    event: UUID


class RefusedFrame(_Frame):
    """It is not stored. again: send it again later with the same `client`; otherwise the owner must change `field`."""

    type: Literal["refused"]
    client: UUID | None
    code: str
    said: str = ""
    remedy: str = ""
    field: str = ""
    article: str = ""
    again: bool = False


class Revoked(_Frame):
    """The line is closed next, for this reason (CODES)."""

    type: Literal["revoked"]
    code: str
    said: str


ServerFrame = Annotated[
    Welcome | Members | Digest | EventFrame | Head | Accepted | RefusedFrame | Revoked, Field(discriminator="type")
]
SERVER: TypeAdapter[Any] = TypeAdapter(ServerFrame)
TYPES = frozenset({"welcome", "members", "digest", "event", "head", "accepted", "refused", "revoked"})
"""Types of the frames above."""
