"""The API of this room: the same queries and commands as the pages, under the same path of disclosure."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from agreements.parties.api import bearer
from cases.disclosure.reading import Reading
from cases.minutes import commands, lines, papers, queries, schemas
from cases.minutes.events import ADDED, APPROVED, ORDERED, PREPARED, READ
from cases.minutes.schemas import minutes_out, papers_out
from cases.papers.leaving import pdf_answer
from cases.papers.lines import line_of
from cases.papers.schemas import PaperOut
from foundation.routes import Shows, route

router = Router(tags=["minutes"], auth=bearer)


def _reading(request: HttpRequest, name: str, event: str) -> Reading:
    return Reading.begin(request.visit, route=f"api:{name}", event=event)  # type: ignore[attr-defined]


@router.get("/meetings/{uuid:uid}/minutes", response=schemas.MinutesOut, operation_id="minutes_read")
@route("api:minutes_read", shows=Shows.CASE_DATA)
def minutes_read(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    """The minutes of a meeting as the reader may know them for the token's purpose."""
    return minutes_out(queries.read_minutes(_reading(request, "minutes_read", READ), uid, None))


@router.post("/meetings/{uuid:uid}/minutes/approval", response={204: None}, operation_id="minutes_approve")
@route("api:minutes_approve", shows=Shows.NOTHING)
def minutes_approve(request: HttpRequest, uid: UUID) -> tuple[int, None]:
    """The reader's agency approves the minutes as it received them. Twice is once."""
    commands.approve(_reading(request, "minutes_approve", APPROVED), uid)
    return 204, None


@router.post(
    "/meetings/{uuid:uid}/minutes/items/{uuid:item}/addenda",
    response={201: schemas.AddendumOut},
    operation_id="minutes_addendum",
)
@route("api:minutes_addendum", shows=Shows.NOTHING)
def minutes_addendum(request: HttpRequest, uid: UUID, item: UUID, body: schemas.AddendumIn) -> tuple[int, Any]:
    """Correct the minutes of an item at which the reader's agency sat. The minutes themselves stay as they are."""
    reading = _reading(request, "minutes_addendum", ADDED)
    added = commands.add_addendum(reading, uid, item, text=body.text, submission=body.submission)
    return 201, {"uid": str(added.uid)}


@router.get("/meetings/{uuid:uid}/minutes/paper", response=schemas.PapersOut, operation_id="minutes_paper")
@route("api:minutes_paper", shows=Shows.NOTHING)
def minutes_paper(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    """How far the reader's PDF is."""
    paper, batch, _taken = lines.status(_reading(request, "minutes_paper", READ), uid)
    return papers_out(paper, batch)


@router.post("/meetings/{uuid:uid}/minutes/paper", response={202: PaperOut}, operation_id="minutes_order")
@route("api:minutes_order", shows=Shows.NOTHING)
def minutes_order(request: HttpRequest, uid: UUID) -> tuple[int, Any]:
    """Have the reader's PDF made in the background."""
    reading = _reading(request, "minutes_order", ORDERED)
    return 202, line_of(papers.order(reading, uid, None, language=reading.visit.language))


@router.post("/meetings/{uuid:uid}/minutes/papers", response={202: schemas.BatchOut}, operation_id="minutes_order_all")
@route("api:minutes_order_all", shows=Shows.NOTHING)
def minutes_order_all(request: HttpRequest, uid: UUID) -> tuple[int, Any]:
    """Have the PDFs of all recipients made, by who led the meeting. Each can be fetched by its recipient alone."""
    return 202, papers.order_for_all(_reading(request, "minutes_order_all", ORDERED), uid)


@router.get("/meetings/{uuid:uid}/minutes/paper/{uuid:paper}", operation_id="minutes_fetch")
@route("api:minutes_fetch", shows=Shows.CASE_DATA)
def minutes_fetch(request: HttpRequest, uid: UUID, paper: UUID) -> HttpResponse:
    """The PDF (application/pdf), as the reader may have it at this moment; a read for export, journalled as such."""
    reading = _reading(request, "minutes_fetch", PREPARED)
    return pdf_answer(papers.fetch(reading, uid, paper, None, language=reading.visit.language))
