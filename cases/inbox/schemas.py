"""What the API of this room takes and gives. Made from answers of queries; what is silent is not in it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Schema

from cases.casework.schemas import SourceOut
from cases.inbox.changes import CaseNews
from cases.inbox.queries import Escalated, Inbox


class WaitingOut(Schema):
    """Something that waits for the reader."""

    kind: str
    what: str
    place: str
    url: str
    since: datetime
    due_on: date | None
    overdue: bool


class ChangeOut(Schema):
    """Something that changed in a case: how many, by whom, when; no values."""

    kind: str
    n: int
    when: datetime | None
    phase: str
    sources: list[SourceOut]


class CaseNewsOut(Schema):
    """A case with what changed since `seen` (null: never opened)."""

    number: str
    seen: datetime | None
    changes: list[ChangeOut]


class InboxOut(Schema):
    """The inbox at the moment `at`; `next` is the cursor for `after`."""

    at: datetime
    waiting: list[WaitingOut]
    cases: list[CaseNewsOut]
    next: str


class ReadIn(Schema):
    """Mark what changed in these cases as read, up to `until` (null: now)."""

    cases: list[str]
    until: datetime | None = None


class EscalationIn(Schema):
    """A question to the own leadership; `blocked_by` is the code of a participant, or empty."""

    question: str
    blocked_by: str = ""
    submission: UUID | None = None


class DecisionIn(Schema):
    """The decision of the leadership."""

    words: str


class MadeOut(Schema):
    """The uuid of what was made."""

    uid: UUID


class EscalationOut(Schema):
    """An escalation as its asker and the own leadership read it."""

    uid: UUID
    case: str
    question: str
    decision: str
    state: str
    level: int
    asked_at: datetime
    answer_by: date
    seen_at: datetime | None
    decided_at: datetime | None
    blocked_by: SourceOut | None


def inbox_out(found: Inbox) -> dict[str, Any]:
    """The inbox."""
    names = ("kind", "what", "place", "url", "since", "due_on", "overdue")
    return {
        "at": found.at,
        "waiting": [{name: getattr(line, name) for name in names} for line in found.waiting],
        "cases": [_case(news) for news in found.news.cases],
        "next": found.news.cursor,
    }


def escalation_out(found: Escalated) -> dict[str, Any]:
    """One escalation."""
    names = ("uid", "question", "decision", "state", "level", "asked_at", "answer_by", "seen_at", "decided_at")
    return {name: getattr(found, name) for name in names} | {
        "case": found.number,
        "blocked_by": _source(found.blocked_by) if found.blocked_by else None,
    }


def _case(news: CaseNews) -> dict[str, Any]:
    return {
        "number": news.answer.head.number,
        "seen": news.seen,
        "changes": [
            {
                "kind": change.kind, "n": change.n, "when": change.when, "phase": change.phase,
                "sources": [_source(source) for source in change.sources],
            }
            for change in news.changes
        ],
    }  # fmt: skip


def _source(source: Any) -> dict[str, str]:
    return {"code": source.code, "type": source.type, "name": source.name}
