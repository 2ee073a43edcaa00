"""What the API of this room takes and gives. Made from answers of queries; what is silent is not in it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Field, Schema

from cases.casework.schemas import SourceOut
from cases.disclosure.answer import Fact
from cases.requests.foresight import Foreseen
from cases.requests.queries import Asked, Noted


class RequestIn(Schema):
    """A question: `fields` are catalogue codes, `person` a subject of the case (null: the main one)."""

    agency: str
    fields: list[str] = Field(max_length=200)
    why: str
    due_on: date
    person: UUID | None = None
    submission: UUID | None = None


class SettlementIn(Schema):
    """Rounding a question off; `ground` is required unless all was given."""

    ground: str = ""
    words: str = ""


class NoteIn(Schema):
    """A note; `own_only` keeps it to the writer's agency."""

    words: str
    own_only: bool = False
    submission: UUID | None = None


class MadeOut(Schema):
    """The uuid of what was made."""

    uid: UUID


class SettledOut(Schema):
    """What came of a question: answered, partly or refused."""

    state: str


class WordsOut(Schema):
    """Words that the reader may read, with the article that gives them."""

    text: str
    article: str


class RequestOut(Schema):
    """A question; `state` is empty when the reader may only know that it is closed."""

    uid: UUID
    asker: SourceOut
    asked: SourceOut
    subject: str | None
    fields: list[str]
    given: list[str]
    due_on: date
    asked_at: datetime
    settled_at: datetime | None
    state: str
    overdue: bool
    why: WordsOut | None
    ground: str
    reply: WordsOut | None


class NoteOut(Schema):
    """A note that the reader may read."""

    uid: str
    source: SourceOut
    given_at: datetime
    words: WordsOut
    own_only: bool


class RequestListOut(Schema):
    """Questions and notes of one case."""

    requests: list[RequestOut]
    notes: list[NoteOut]


class ForeseenOut(Schema):
    """A field that may be asked: what the asker would know of the answer, and which agency types would read it."""

    field: str
    grade: str
    article: str
    others: list[str]


def request_out(found: Asked) -> dict[str, Any]:
    """One question."""
    names = ("uid", "subject", "fields", "given", "due_on", "asked_at", "settled_at", "state", "overdue", "ground")
    return {name: getattr(found, name) for name in names} | {
        "asker": _source(found.asker), "asked": _source(found.asked),
        "why": words_out(found.why), "reply": words_out(found.reply),
    }  # fmt: skip


def note_out(found: Noted) -> dict[str, Any]:
    """One note."""
    fact = found.fact
    return {
        "uid": fact.contribution, "source": _source(fact.source), "given_at": fact.given_at,
        "words": words_out(fact), "own_only": found.own_only,
    }  # fmt: skip


def foreseen_out(found: Foreseen) -> dict[str, Any]:
    """One field that may be asked."""
    return {
        "field": found.field.code, "grade": str(found.grade), "article": str(found.article or ""),
        "others": list(found.others),
    }  # fmt: skip


def words_out(fact: Fact | None) -> dict[str, str] | None:
    """Words with their article, or nothing."""
    return {"text": str(fact.value), "article": str(fact.article)} if fact else None


def _source(source: Any) -> dict[str, str]:
    return {"code": source.code, "type": source.type, "name": source.name}
