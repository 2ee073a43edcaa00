"""Reviews of break-glass for partner systems of privacy officers: the same right, reading and entry as the pages."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from audit.journal.reading import admit
from audit.reviews import commands, reading
from foundation.routes import Shows, route

router = Router(tags=["journal"])


class ReviewLineOut(Schema):
    """An act of break-glass to be reviewed. outcome: "" while a judgement is missing."""

    uid: UUID
    reader_ref: str
    agency_ref: str
    case_ref: str
    article: str
    opened_at: datetime
    until: datetime
    deadline: datetime
    outcome: str
    n_judged: int
    late: bool
    mine: bool


class ReadOut(Schema):
    """One reading under the act, by its journal entry; `fields` are catalogue codes."""

    uid: str
    at: datetime
    fields: list[str]


class JudgedOut(Schema):
    """One judgement."""

    side: str
    verdict: str
    officer_ref: str
    agency_ref: str
    given_at: datetime
    words: str


class ReviewOut(Schema):
    """One review with the reason, what was read and what was judged."""

    review: ReviewLineOut
    sources: list[str]
    reason: str
    reads: list[ReadOut]
    judged: list[JudgedOut]


class JudgementIn(Schema):
    """verdict: justified or unjustified."""

    verdict: str
    words: str


@router.get("/oversight/reviews", response=list[ReviewLineOut], operation_id="review_list")
@route("api:review_list", shows=Shows.JOURNAL)
def review_list(request: HttpRequest) -> list[Any]:
    """The reviews that this privacy officer oversees. Reading them is itself an entry."""
    return list(reading.reviews(admit(getattr(request, "visit", None), route="api:review_list")))


@router.get("/oversight/reviews/{uid}", response=ReviewOut, operation_id="review_detail")
@route("api:review_detail", shows=Shows.JOURNAL)
def review_detail(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    """One review. Reading it is itself an entry."""
    shown = reading.one_review(admit(getattr(request, "visit", None), route="api:review_detail"), uid)
    reads = [{"uid": read.uid, "at": read.at, "fields": [field.field for field in read.fields]} for read in shown.reads]
    return {
        "review": shown.line, "sources": list(shown.sources), "reason": shown.reason, "reads": reads,
        "judged": list(shown.judged),
    }  # fmt: skip


@router.post("/oversight/reviews/{uid}/judgement", response={204: None}, operation_id="review_judge")
@route("api:review_judge", shows=Shows.NOTHING)
def review_judge(request: HttpRequest, uid: UUID, body: JudgementIn) -> tuple[int, None]:
    """Give this officer's judgement, for good."""
    officer = admit(getattr(request, "visit", None), route="api:review_judge")
    commands.judge(officer, uid, verdict=body.verdict, words=body.words)
    return 204, None
