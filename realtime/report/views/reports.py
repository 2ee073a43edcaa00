"""The report of a channel: to read and print, and as a PDF that is ordered, followed and fetched."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from agreements.parties.signin import check_strong_and_fresh
from cases.casework.views.frame import reading_of
from cases.papers.leaving import pdf_answer
from cases.papers.lines import PaperLine
from foundation.routes import Shows, route
from realtime.channels.queries import opened
from realtime.channels.rights import is_leader
from realtime.report import papers
from realtime.report.events import ORDERED, PREPARED, READ


@route("street_report", shows=Shows.CASE_DATA)
@require_safe
def street_report(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The report as the reader may have it."""
    reading = reading_of(request, route="street_report", event=READ)
    here = opened(reading, uid, session=request.session, afterwards=True)
    content = papers.report(reading, here, language=reading.visit.language)
    context = {
        "channel": here.channel,
        "leads": is_leader(reading, here.channel),
        "report": content.body,
        "watermark": content.has_watermark and reading.visit,
    }
    context |= _panel(uid, papers.status(reading, here))
    return render(request, "realtime/report/report.html", context)


@route("street_report_paper", shows=Shows.NOTHING)
@require_safe
def street_report_paper(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How far the PDF is, as a part of the page."""
    reading = reading_of(request, route="street_report_paper", event=READ)
    line = papers.status(reading, opened(reading, uid, session=request.session, afterwards=True))
    if not request.htmx:  # type: ignore[attr-defined]
        return HttpResponseRedirect(reverse("street_report", args=[uid]))
    return render(request, "cases/papers/_paper.html", _panel(uid, line))


@route("street_report_order", shows=Shows.NOTHING)
@require_POST
def street_report_order(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Have one's own PDF made, and go and look."""
    reading = reading_of(request, route="street_report_order", event=ORDERED)
    papers.order(reading, uid, request.session, language=reading.visit.language)
    return HttpResponseRedirect(reverse("street_report", args=[uid]) + "#pdf")


@route("street_report_fetch", shows=Shows.CASE_DATA)
@require_safe
def street_report_fetch(request: HttpRequest, uid: UUID, paper: UUID) -> HttpResponse:
    """The PDF itself, for its recipient alone."""
    check_strong_and_fresh(request)
    reading = reading_of(request, route="street_report_fetch", event=PREPARED)
    return pdf_answer(papers.fetch(reading, uid, paper, request.session, language=reading.visit.language))


def _panel(uid: UUID, line: PaperLine | None) -> dict[str, Any]:
    """The panel of the PDF; it is asked for again while something is being made."""
    is_done = line is not None and line.state == "done"
    return {
        "paper": line,
        "paper_busy": line is not None and line.is_busy,
        "paper_url": reverse("street_report_paper", args=[uid]),
        "order_url": reverse("street_report_order", args=[uid]),
        "fetch_url": reverse("street_report_fetch", args=[uid, line.uid]) if line and is_done else "",
    }
