"""The frames of a channel's socket, both ways, and its close codes. docs/kanalen-protocol.md is made from this.

Subprotocol `verbond.street.1`; every frame is one JSON object with a `type`. What a client sends is checked here for
its form alone; whether it may is for the commands.
"""

from collections.abc import Iterable
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from realtime.channels.commands.saying import LONGEST, MOST_PIECES, Said
from realtime.channels.models import Channel, Event, Kind
from realtime.channels.telling import Told

SUBPROTOCOL = "verbond.street.1"
LARGEST_FRAME = 16 * 1024
"""Characters of a frame from a client."""

BAD_FRAME, NOT_SIGNED_IN, ENDED, NOT_YOURS, TOO_SLOW, TOO_FAST, TOO_MANY, RESTART = (
    4400, 4401, 4403, 4404, 4408, 4429, 4503, 4012,
)  # fmt: skip
CODES = {
    BAD_FRAME: "bad_frame",
    NOT_SIGNED_IN: "not_signed_in",
    ENDED: "right_ended",
    NOT_YOURS: "not_your_channel",
    TOO_SLOW: "no_hello",
    TOO_FAST: "too_fast",
    TOO_MANY: "too_many_sockets",
    RESTART: "restart",
}
"""Close code → its name, as the frame `revoked` carries it too."""


class _Frame(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PieceIn(_Frame):
    """A part of a message."""

    field: str = Field(max_length=40)
    text: str = Field(max_length=LONGEST)


class FactIn(_Frame):
    """A fact of the case by reference."""

    contribution: UUID
    field: str = Field(max_length=40)


class Hello(_Frame):
    """The first frame, and again whenever the client misses something.

    ticket: needed in the first one. after: the last event the client holds. view: the name of the rights under which
    it holds what it holds; under another name the server begins anew (`welcome.fresh`).
    """

    type: Literal["hello"]
    ticket: str = Field(default="", max_length=1000)
    after: UUID | None = None
    view: str = Field(default="", max_length=16)


class Say(_Frame):
    """Say something. Answered by `accepted` (stored) or `refused`; the same `client` again is stored once."""

    type: Literal["say"]
    client: UUID
    kind: Literal["message", "status", "fact", "photo", "place", "task", "question", "handover", "alarm"] = "message"
    pieces: list[PieceIn] = Field(default_factory=list, max_length=MOST_PIECES)
    target: UUID | None = None
    to: str = Field(default="", max_length=32)
    fact: FactIn | None = None

    def said(self) -> Said:
        """As the command takes it."""
        fact = (self.fact.contribution, self.fact.field) if self.fact else None
        pieces = tuple((piece.field, piece.text) for piece in self.pieces)
        return Said(client=self.client, kind=self.kind, pieces=pieces, target=self.target, to=self.to, fact=fact)


class Seen(_Frame):
    """The owner of the phone saw everything up to this event."""

    type: Literal["seen"]
    event: UUID


class Bye(_Frame):
    """The client goes by itself."""

    type: Literal["bye"]


ClientFrame = Annotated[Hello | Say | Seen | Bye, Field(discriminator="type")]
CLIENT: TypeAdapter[Any] = TypeAdapter(ClientFrame)


def event_frame(told: Told, *, after: UUID | None) -> dict[str, Any]:
    """The frame `event` as every reader of one view gets it; `after` names the event before it in that view."""
    event = told.event
    frame: dict[str, Any] = {
        "type": "event",
        "id": str(event.uid),
        "after": str(after) if after else None,
        "kind": event.kind,
        "at": event.given_at.isoformat(),
        "by": _author(event),
    }
    if told.target is not None:
        frame["target"] = str(told.target)
    if event.heard:
        frame["between"] = event.heard.split()
    if event.client is not None:
        frame["client"] = str(event.client)
    if event.kind == Kind.NOTICE:
        frame["notice"] = {"what": event.notice, "who": event.notice_by}
    else:
        frame["pieces"] = [_piece(piece.code, piece.text, piece.value, piece.article) for piece in told.pieces]
    return frame


def _author(event: Event) -> dict[str, Any]:
    author = event.author
    return {
        "member": str(author.uid) if author else None,
        "name": author.professional.name if author else "",
        "agency": event.source.code,
        "monogram": event.source.monogram,
    }


def _piece(code: str, text: str | None, value: str, article: str) -> dict[str, Any]:
    if text is None:
        return {"field": code, "withheld": True, "article": article}
    piece = {"field": code, "text": text, "article": article}
    return piece | {"value": value} if value else piece


def members_frame(channel: Channel, members: Iterable[Any]) -> dict[str, Any]:
    """The frame `members`: who belongs to the channel now, and who leads it."""
    return {
        "type": "members",
        "title": channel.title,
        "ends": channel.ends_at.isoformat(),
        "members": [
            {
                "member": str(one.uid), "name": one.professional.name, "agency": one.agency.code,
                "monogram": one.agency.monogram, "leads": one.membership_id == channel.leader_id,
            }
            for one in members
        ],
    }  # fmt: skip
