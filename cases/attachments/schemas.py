"""What the API of this room takes and gives. Made from answers of queries; what is silent is not in it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema

from cases.attachments.queries import Held
from cases.casework.schemas import SourceOut


class AttachmentIn(Schema):
    """Beside the file: `field` is a catalogue code, `person` a subject of the case (left out: the main one)."""

    field: str
    caption: str = ""
    person: UUID | None = None
    submission: UUID | None = None


class WithdrawalIn(Schema):
    """Why a file is taken back."""

    reason: str


class MadeOut(Schema):
    """The uuid of what was made."""

    uid: UUID


class AttachmentOut(Schema):
    """A file that the reader may see: what it is, with source and article; its bytes are under `/content`."""

    uid: UUID
    field: str
    subject: str | None
    source: SourceOut
    article: str
    given_at: datetime
    name: str
    type: str
    size: int
    pages: int
    sha256: str
    caption: str
    is_new: bool


class AnnouncedFileOut(Schema):
    """A file of which the reader may only know that it is held, by whom and under which article."""

    field: str
    subject: str | None
    source: SourceOut
    article: str


class AttachmentListOut(Schema):
    """The files of a case that the reader may know of."""

    attachments: list[AttachmentOut]
    announced: list[AnnouncedFileOut]


def list_out(held: tuple[Held, ...]) -> dict[str, Any]:
    """What the reader may know, as the API gives it."""
    return {
        "attachments": [attachment_out(found) for found in held if found.fact],
        "announced": [_announced_out(found) for found in held if found.told],
    }


def attachment_out(held: Held) -> dict[str, Any]:
    """One file without its key."""
    fact = held.fact
    if fact is None:
        raise ValueError("an announced file has no values")
    measures = {name: fact.value[name] for name in ("name", "type", "size", "pages", "sha256", "caption")}
    return measures | {
        "uid": fact.contribution, "field": fact.code, "subject": held.subject, "source": fact.source,
        "article": str(fact.article), "given_at": fact.given_at, "is_new": fact.is_new,
    }  # fmt: skip


def _announced_out(held: Held) -> dict[str, Any]:
    told = held.told
    if told is None:
        raise ValueError("a visible file is not announced")
    return {"field": told.code, "subject": held.subject, "source": told.source, "article": str(told.article)}
