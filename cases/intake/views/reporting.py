"""Reporting a signal, and every step with one. What was typed is kept whatever goes wrong."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.casework.fact_rows import language
from cases.casework.views.frame import reading_of
from cases.disclosure.reading import Reading
from cases.intake import choices, commands, pages, queries
from cases.intake.access import may_report
from cases.intake.forms import Errors, ReportForm, as_uuid, new_submission
from cases.intake.screening import warnings
from cases.intake.steps import STEPS, Step, step_named
from cases.intake.ways import ways_in
from foundation.errors import NotFound, Problem
from foundation.routes import Shows, route


@route("signal_new", shows=Shows.RULES)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form on the phone: what, who or where, how soon, how sure; and beforehand who reads it."""
    reading = reading_of(request, route="signal_new", event="signal.form")
    may_report(reading)
    ways = ways_in(reading)
    about = tuple(kind for kind in ("person", "area") if ways.of(kind))
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ReportForm(*sent, catalogue=reading.policy.catalogue, about=about, english=language() == "en")
    submission = request.POST.get("submission") or new_submission()
    found: tuple[str, ...] = ()
    problem = None
    if request.method == "POST" and form.is_valid():
        found = _reconsider(form)
        if not found:
            problem = attempt(form, lambda: commands.report_signal(reading, form.reported(submission=submission)))
            if problem is None and form.is_valid():
                messages.success(request, _("Uw signaal is verstuurd. U ziet het hieronder terug."))
                return HttpResponseRedirect(reverse("signal_list"))
    context = {
        "form": form, "problem": problem, "submission": submission, "audience": pages.audience(reading, ways),
        "warnings": found, "draft_minutes": settings.DRAFT_MINUTES, "about": about, "again": bool(request.FILES),
    }  # fmt: skip
    status = 422 if found else status_of(form, problem)
    return render(request, "cases/intake/report_form.html", context, status=status)


@route("signal_step", shows=Shows.CASE_DATA)
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """One step with a signal: a small form of its own, so that it also works without scripts."""
    if code not in STEPS:
        raise NotFound(_("Deze stap bestaat niet."), remedy=_("Ga terug naar het signaal."))
    reading = reading_of(request, route="signal_step", event="signal.form")
    taken = step_named(code)
    may = choices.may_take(reading, number, code)
    form = taken.form(reading, number, request.POST or None)
    problem = None
    if request.method == "POST" and form.is_valid():
        submission = as_uuid(request.POST.get("submission", ""))
        problem = attempt(form, lambda: taken.act(reading, number, form.cleaned_data, submission))
        if problem is None and form.is_valid():
            messages.success(request, taken.done)
            return HttpResponseRedirect(_after(reading, number))
    context = _step_context(taken, number, form, problem, may=may) | {
        "submission": request.POST.get("submission") or new_submission()
    }
    return render(request, "cases/intake/step.html", context, status=status_of(form, problem))


def attempt(form: Errors, act: Callable[[], Any]) -> Problem | None:
    """Run a command; field errors go to the form, any other refusal comes back to be shown above it."""
    try:
        act()
    except Problem as problem:
        if errors := getattr(problem, "errors", ()):
            form.take(errors)
            return None
        if problem.field in form.fields and not form.fields[problem.field].widget.is_hidden:
            form.add_error(problem.field, f"{problem.sentence} {problem.remedy}")
            return None
        return problem
    return None


def status_of(form: Errors, problem: Problem | None) -> int:
    """The HTTP status of a form page."""
    if problem is not None:
        return problem.status
    return 422 if form.is_bound and not form.is_valid() else 200


def _reconsider(form: ReportForm) -> tuple[str, ...]:
    """What the text seems to hold that should not be there; nothing once somebody chose to send it all the same."""
    if form.data.get("reconsidered"):
        return ()
    return warnings(form.cleaned_data["seen"], person=form.cleaned_data["person"])


def _after(reading: Reading, number: str) -> str:
    """Where one goes after a step: to the signal, or to the list when the signal went elsewhere."""
    return reverse("signal", args=[number]) if queries.exists(reading, number) else reverse("signal_list")


def _step_context(taken: Step, number: str, form: Errors, problem: Problem | None, *, may: bool) -> dict[str, Any]:
    return {
        "title": taken.title,
        "intro": taken.intro,
        "warning": taken.warning,
        "save_label": taken.save,
        "form": form,
        "problem": problem,
        "may": may,
        "number": number,
        "cancel_url": reverse("signal", args=[number]),
    }
