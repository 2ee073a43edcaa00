"""The shapes of minutes in the API."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Field, Schema

from cases.casework.schemas import SourceOut
from cases.disclosure.answer import Fact
from cases.minutes.answers import Item, MinutesView, Position
from cases.minutes.lines import BatchLine
from cases.papers.lines import PaperLine
from cases.papers.schemas import PaperOut


class WordsOut(Schema):
    """Words of the meeting, with who wrote them and the article that grants them ("" for one's own)."""

    uid: str
    field: str
    value: Any
    source: SourceOut
    article: str
    given_at: datetime


class PositionOut(Schema):
    """stance: agrees, dissents or abstains."""

    source: SourceOut
    stance: str
    reason: WordsOut | None


class PictureOut(Schema):
    domain: str
    words: WordsOut | None
    score: WordsOut | None
    positions: list[PositionOut]


class DecisionOut(Schema):
    """number: within this answer; mark: the same for every reader."""

    number: int
    mark: str
    words: WordsOut
    positions: list[PositionOut]


class ActionOut(Schema):
    """state: open, done, partly, not_done or impossible, now."""

    number: int
    mark: str
    words: WordsOut
    owner: SourceOut
    person: str
    due_on: date
    state: str


class ParkedOut(Schema):
    words: WordsOut
    resolved: bool


class PresentOut(Schema):
    agency: SourceOut
    people: list[str]


class ItemOut(Schema):
    """case: "" for a point without a case. purpose: "" when the token's purpose does not open it: then nothing is."""

    uid: str
    number: int
    title: str
    case: str
    purpose: str
    moved: bool
    present: list[PresentOut]
    pictures: list[PictureOut]
    decisions: list[DecisionOut]
    actions: list[ActionOut]
    stances: list[PositionOut]
    parked: list[ParkedOut]
    addenda: list[WordsOut]
    obligations: list[str]


class ApprovalOut(Schema):
    """agrees: null: no answer yet; false: asked for a correction."""

    agency: SourceOut
    agrees: bool | None
    at: datetime | None


class MinutesOut(Schema):
    """state: for_approval or approved. approve_before: the moment (exclusive) from which they stand by themselves."""

    meeting: str
    title: str
    chair: str
    lead: SourceOut
    began_at: datetime
    ended_at: datetime | None
    state: str
    approve_before: datetime
    approved_at: datetime | None
    approvals: list[ApprovalOut]
    may_speak: bool
    items: list[ItemOut]


class AddendumIn(Schema):
    """The same `submission` twice adds once."""

    text: str = Field(max_length=4000)
    submission: UUID | None = None


class AddendumOut(Schema):
    uid: str


class BatchOut(Schema):
    total: int
    done: int


class PapersOut(Schema):
    """paper: one's own, null when there is none. batch: those ordered for all, for who led the meeting."""

    paper: PaperOut | None
    batch: BatchOut | None


def minutes_out(view: MinutesView) -> dict[str, Any]:
    """The minutes for the API."""
    return {
        "meeting": view.meeting, "title": view.title, "chair": view.chair, "lead": asdict(view.lead),
        "began_at": view.began_at, "ended_at": view.ended_at, "state": view.state,
        "approve_before": view.approve_before, "approved_at": view.approved_at, "may_speak": view.may_speak,
        "approvals": [{"agency": asdict(row.source), "agrees": row.agrees, "at": row.at} for row in view.approvals],
        "items": [_item(item) for item in view.items],
    }  # fmt: skip


def papers_out(paper: PaperLine | None, batch: BatchLine | None) -> dict[str, Any]:
    """How far papers are, for the API."""
    return {"paper": paper and asdict(paper), "batch": batch and asdict(batch)}


def _item(item: Item) -> dict[str, Any]:
    return {
        "uid": item.uid, "number": item.number, "title": item.title, "case": item.case, "moved": item.moved,
        "purpose": item.answer.purpose if item.answer else "",
        "present": [{"agency": asdict(row.source), "people": list(row.people)} for row in item.present],
        "pictures": [
            {
                "domain": row.domain, "words": _words(row.words), "score": _words(row.score),
                "positions": _positions(row.positions),
            }
            for row in item.pictures
        ],
        "decisions": [
            {
                "number": row.number, "mark": row.mark, "words": _words(row.words),
                "positions": _positions(row.positions),
            }
            for row in item.decisions
        ],
        "actions": [
            {
                "number": row.number, "mark": row.mark, "words": _words(row.words), "owner": asdict(row.owner),
                "person": row.person, "due_on": row.due_on, "state": row.state,
            }
            for row in item.actions
        ],
        "stances": _positions(item.stances),
        "parked": [{"words": _words(row.words), "resolved": row.resolved} for row in item.parked],
        "addenda": [_words(fact) for fact in item.addenda],
        "obligations": list(item.obligations),
    }  # fmt: skip


def _positions(rows: tuple[Position, ...]) -> list[dict[str, Any]]:
    return [{"source": asdict(row.source), "stance": row.stance, "reason": _words(row.reason)} for row in rows]


def _words(fact: Fact | None) -> dict[str, Any] | None:
    if fact is None:
        return None
    return {
        "uid": fact.contribution, "field": fact.code, "value": fact.value, "source": asdict(fact.source),
        "article": "" if fact.is_own else str(fact.article), "given_at": fact.given_at,
    }  # fmt: skip
