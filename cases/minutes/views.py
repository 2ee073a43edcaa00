"""The page of minutes, approving and correcting them, and the PDF: ordered, followed, fetched."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agreements.parties.signin import check_strong_and_fresh
from cases.casework.views.frame import reading_of
from cases.minutes import commands, lines, pages, papers, queries
from cases.minutes.events import ADDED, APPROVED, ORDERED, PREPARED, READ
from cases.papers.leaving import pdf_answer
from foundation.errors import Invalid, Problem, Refused, Unavailable
from foundation.routes import Shows, route


@route("minutes", shows=Shows.CASE_DATA)
@require_safe
def minutes(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The minutes as the reader's agency gets them."""
    return _page(request, uid, route="minutes")


@route("minutes_approve", shows=Shows.NOTHING)
@require_POST
def approve(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The reader's agency approves the minutes as it received them."""
    commands.approve(reading_of(request, route="minutes_approve", event=APPROVED), uid)
    messages.success(request, _("Uw organisatie is akkoord met dit verslag."))
    return HttpResponseRedirect(reverse("minutes", args=[uid]))


@route("minutes_addendum", shows=Shows.CASE_DATA)
@require_POST
def addendum(request: HttpRequest, uid: UUID, item: UUID) -> HttpResponse:
    """A correction to one item; what was typed stays on the screen when it cannot be added."""
    reading = reading_of(request, route="minutes_addendum", event=ADDED)
    text = request.POST.get("text", "")
    try:
        commands.add_addendum(reading, uid, item, text=text, submission=_submission(request))
    except (Invalid, Refused, Unavailable) as problem:
        if getattr(problem, "is_recorded", False):
            raise
        typed = {"item": str(item), "text": text, "problem": problem}
        return _page(request, uid, route="minutes_addendum", typed=typed, status=problem.status)
    messages.success(request, _("Uw correctie staat als aanvulling bij het verslag."))
    return HttpResponseRedirect(reverse("minutes", args=[uid]))


@route("minutes_paper", shows=Shows.NOTHING)
@require_safe
def paper(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How far the PDF is, as a part of the page."""
    reading = reading_of(request, route="minutes_paper", event=READ)
    line, batch, taken = lines.status(reading, uid)
    context = pages.paper_context(str(uid), line, batch, leads=lines.leads(reading, taken.minutes))
    if not request.htmx:  # type: ignore[attr-defined]
        return HttpResponseRedirect(reverse("minutes", args=[uid]))
    return render(request, "cases/papers/_paper.html", context)


@route("minutes_order", shows=Shows.NOTHING)
@require_POST
def order(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Have one's own PDF made, and go and look."""
    reading = reading_of(request, route="minutes_order", event=ORDERED)
    papers.order(reading, uid, request.session, language=reading.visit.language)
    return _to_paper(request, uid)


@route("minutes_order_all", shows=Shows.NOTHING)
@require_POST
def order_all(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Have the PDFs of all recipients made."""
    papers.order_for_all(reading_of(request, route="minutes_order_all", event=ORDERED), uid)
    return _to_paper(request, uid)


@route("minutes_fetch", shows=Shows.CASE_DATA)
@require_safe
def fetch(request: HttpRequest, uid: UUID, paper: UUID) -> HttpResponse:
    """The PDF itself, for its recipient alone."""
    check_strong_and_fresh(request)
    reading = reading_of(request, route="minutes_fetch", event=PREPARED)
    found = papers.fetch(reading, uid, paper, request.session, language=reading.visit.language)
    return pdf_answer(found)


def _to_paper(request: HttpRequest, uid: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("minutes", args=[uid]) + "#pdf")


def _page(
    request: HttpRequest, uid: UUID, *, route: str, typed: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    reading = reading_of(request, route=route, event=READ)
    view = queries.read_minutes(reading, uid, request.session)
    line, batch, _taken = lines.status(reading, uid)
    context = pages.minutes_context(reading, view)
    context |= pages.paper_context(str(uid), line, batch, leads=view.leads)
    problem: Problem | None = typed["problem"] if typed else None
    context |= {
        "typed": typed,
        "problem": problem,
        "submission": request.POST.get("submission") or str(uuid4()),
    }
    return render(request, "cases/minutes/minutes.html", context, status=status)


def _submission(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("submission", ""))
    except ValueError:
        return None
