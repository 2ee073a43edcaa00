"""Questions of an officer about one's own reads, for the system the reader works in. Rights, entries: asking.py."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema

from audit.oversight import asking
from foundation.errors import Refused
from foundation.routes import Shows, route

router = Router(tags=["oversight"])


class NotByThisToken(Refused):
    """A token that is bound to one case answers for nothing else; a question may be about several."""

    code = "not_by_this_token"


class WaitingOut(Schema):
    """A question that waits for an answer, without its words. late: its day passed."""

    uid: UUID
    by_ref: str
    asked_at: datetime
    answer_by: date
    late: bool


class OwnReadOut(Schema):
    """One of the reads that a question is about."""

    uid: str
    recorded_at: datetime
    event_type: str
    case_ref: str
    purpose: str


class OwnQuestionOut(WaitingOut):
    """A question with its words and the answer; null once erased, or while there is none. closed: none is awaited."""

    question: str | None
    reads: list[OwnReadOut]
    answered_at: datetime | None
    answer: str | None
    closed: bool


class AnswerIn(Schema):
    """The explanation. It names no persons and nothing out of a case."""

    text: str = Field(max_length=2_000)


@router.get("/own-reads/questions", response=list[WaitingOut], operation_id="own_questions")
@route("api:own_questions", shows=Shows.OWN_ACCOUNT)
def own_questions(request: HttpRequest) -> Any:
    """Questions of a privacy officer about one's own reads that wait for an answer, oldest first."""
    return asking.waiting_for(_reader(request))


@router.get("/own-reads/questions/{uid}", response=OwnQuestionOut, operation_id="own_question")
@route("api:own_question", shows=Shows.OWN_ACCOUNT)
def own_question(request: HttpRequest, uid: str) -> dict[str, Any]:
    """One question, with the own reads that it is about. Reading it is itself an entry."""
    return _shown(asking.to_explain(_reader(request), uid, route="api:own_question"))


@router.post("/own-reads/questions/{uid}/answer", response=OwnQuestionOut, operation_id="own_question_answer")
@route("api:own_question_answer", shows=Shows.OWN_ACCOUNT)
def own_question_answer(request: HttpRequest, uid: str, given: AnswerIn) -> dict[str, Any]:
    """Explain, once and for good."""
    asking.answer(_reader(request), uid, text=given.text, route="api:own_question_answer")
    return _shown(asking.to_explain(_reader(request), uid, route="api:own_question_answer"))


def _reader(request: HttpRequest) -> Any:
    visit = getattr(request, "visit", None)
    if getattr(visit, "case_pinned", None):
        raise NotByThisToken(
            _("Dit token is voor één casus; een vraag kan over meer casussen gaan."),
            remedy=_("Vraag een token zonder casus."),
        )
    return visit


def _shown(found: asking.ToExplain) -> dict[str, Any]:
    asked = found.asked
    names = ("uid", "by_ref", "asked_at", "answer_by", "late", "question", "answered_at", "answer")
    reads = [
        {name: getattr(read.line, name) for name in ("uid", "recorded_at", "event_type", "case_ref", "purpose")}
        for read in found.reads
    ]
    return {**{name: getattr(asked, name) for name in names}, "reads": reads, "closed": found.closed}
