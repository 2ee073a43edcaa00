"""The API of reports and of taking entries over: the same commands as the pages, under the same path of disclosure."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from agreements.parties.api import bearer
from cases.disclosure.reading import Reading
from cases.papers.leaving import pdf_answer
from cases.papers.lines import line_of
from cases.papers.schemas import PaperOut
from foundation.routes import Shows, route
from realtime.channels.queries import opened
from realtime.report import papers, schemas
from realtime.report.events import ORDERED, PREPARED, READ
from realtime.report.taking import take_over

router = Router(tags=["channels"], auth=bearer)
_REPORT = "/channels/{uid}/report"


def _reading(request: HttpRequest, name: str, event: str) -> Reading:
    return Reading.begin(request.visit, route=f"api:{name}", event=event)  # type: ignore[attr-defined]


@router.get(_REPORT, response=schemas.ReportOut, operation_id="street_report")
@route("api:street_report", shows=Shows.CASE_DATA)
def street_report(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    """The report of a channel as the reader may have it on paper."""
    reading = _reading(request, "street_report", READ)
    here = opened(reading, uid, session=None, afterwards=True)
    return schemas.report_out(papers.report(reading, here, language=reading.visit.language))


@router.get(_REPORT + "/paper", response=schemas.StreetPapersOut, operation_id="street_report_paper")
@route("api:street_report_paper", shows=Shows.NOTHING)
def street_report_paper(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    """How far the reader's PDF is."""
    reading = _reading(request, "street_report_paper", READ)
    return schemas.papers_out(papers.status(reading, opened(reading, uid, session=None, afterwards=True)))


@router.post(_REPORT + "/paper", response={202: PaperOut}, operation_id="street_report_order")
@route("api:street_report_order", shows=Shows.NOTHING)
def street_report_order(request: HttpRequest, uid: UUID) -> tuple[int, Any]:
    """Have the reader's PDF made in the background."""
    reading = _reading(request, "street_report_order", ORDERED)
    return 202, line_of(papers.order(reading, uid, None, language=reading.visit.language))


@router.get(_REPORT + "/paper/{uuid:paper}", operation_id="street_report_fetch")
@route("api:street_report_fetch", shows=Shows.CASE_DATA)
def street_report_fetch(request: HttpRequest, uid: UUID, paper: UUID) -> HttpResponse:
    """The PDF (application/pdf), as the reader may have it at this moment; journalled as an export."""
    reading = _reading(request, "street_report_fetch", PREPARED)
    return pdf_answer(papers.fetch(reading, uid, paper, None, language=reading.visit.language))


@router.post("/channels/{uid}/taken", response={201: schemas.TakenOut}, operation_id="street_take")
@route("api:street_take", shows=Shows.NOTHING)
def street_take(request: HttpRequest, uid: UUID, body: schemas.TakeIn) -> tuple[int, dict[str, Any]]:
    """Take entries of one's own agency over into the case, or as a signal: all or none. The same again is once.

    A refusal names each entry that cannot go as `event:UID`.
    """
    reading = _reading(request, "street_take", "channel.read")
    return 201, schemas.taken_out(take_over(reading, uid, body.wanted(), None))
