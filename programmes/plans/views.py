"""The pages of programmes: the public part for everybody, more for partners. Forms are in views_writing.py."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.routes import Shows, route
from programmes.plans import commands, queries
from programmes.plans.acting import LEADING
from programmes.plans.form_pages import act_and_return, visit_of, visitor
from programmes.plans.pages import programme_context


@route("programmes", shows=Shows.NOTHING, public=True)
@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    """All programmes."""
    visit = visitor(request)
    may_start = visit is not None and bool(visit.roles & LEADING)
    context = {"programmes": queries.programmes(visit), "may_start": may_start, "tab": "programmes"}
    return render(request, "programmes/plans/list.html", context)


@route("programme", shows=Shows.NOTHING, public=True)
@require_safe
def programme(request: HttpRequest, code: str) -> HttpResponse:
    """One programme with its pillars, goals and projects."""
    visit = visitor(request)
    page = queries.programme_page(visit, code)
    context = programme_context(page, visit=visit, language=get_language() or "nl")
    return render(request, "programmes/plans/programme.html", context)


@route("programme_move", shows=Shows.NOTHING)
@require_POST
def move(request: HttpRequest, code: str) -> HttpResponse:
    """A programme goes a step further."""
    return act_and_return(
        request, lambda: commands.move_programme(visit_of(request), code, to=request.POST.get("to", "")),
        back=reverse("programme", args=[code]), done=_("Het programma is een stap verder."),
    )  # fmt: skip


@route("programme_goal_decide", shows=Shows.NOTHING)
@require_POST
def goal_decide(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    """A goal is decided on."""
    return act_and_return(
        request, lambda: commands.decide_goal(visit_of(request), uid), back=reverse("programme", args=[code]),
        done=_("Het doel is vastgesteld en openbaar."),
    )  # fmt: skip


@route("programme_project_start", shows=Shows.NOTHING)
@require_POST
def project_start(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    """A project begins."""
    return act_and_return(
        request, lambda: commands.start_project(visit_of(request), uid), back=reverse("programme", args=[code]),
        done=_("Het project is begonnen."),
    )  # fmt: skip
