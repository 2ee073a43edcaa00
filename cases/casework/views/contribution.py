"""Adding, correcting and withdrawing facts. What was typed is kept whatever goes wrong."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.casework import commands, queries
from cases.casework.forms import ContributionForm, ReasonForm, initial_of, new_submission
from cases.casework.views.frame import reading_of
from cases.casework.views.outcome import status_of
from cases.disclosure.audience import audience
from cases.disclosure.reading import Reading
from foundation.errors import Problem, Unavailable
from foundation.routes import Shows, route


@route("contribution_add", shows=Shows.RULES)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, number: str) -> HttpResponse:
    """The form made from the catalogue for the reader's agency."""
    reading = reading_of(request, route="contribution_add", event="contribution.form")
    place, problem = _place(request, reading, number)
    only = frozenset(request.GET.get("velden", "").split(",")) - {""}
    form = _form(reading, place, request.POST or None, only=only, initial={"person": request.GET.get("persoon", "")})
    submission = request.POST.get("submission") or new_submission()
    if request.method == "POST" and problem is None and form.is_valid():
        problem = _try(form, lambda: commands.add_contribution(reading, number, form.given(submission=submission)))
        if problem is None and form.is_valid():
            messages.success(request, _("Uw bijdrage is opgeslagen."))
            return HttpResponseRedirect(_asked(request, place))
    context = _context(reading, place, form, submission=submission, problem=problem) | {
        "title": _("Bijdrage toevoegen"),
        "intro": _("Vul in wat u weet. Leeg laten mag. Bij elk veld staat wie het te zien krijgt."),
        "save_label": _("Voeg toe"),
        "draft_key": ":".join(["bijdrage", number, *sorted(only)]),
        "done_url": _asked(request, place),
        "cancel_url": _asked(request, place),
    }
    return render(request, "cases/casework/contribution_form.html", context, status=status_of(form, problem))


@route("contribution_correct", shows=Shows.CASE_DATA)
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, number: str, uid: UUID) -> HttpResponse:
    """The source corrects its own facts; the former version stays in the history."""
    reading = reading_of(request, route="contribution_correct", event="contribution.opened")
    place = queries.place_of(reading, number)
    own = queries.own_contribution(reading, place, uid)
    fields = reading.policy.catalogue.by_code
    initial = initial_of(own.values, fields) | {
        "observed_on": own.observed_on, "kind": own.kind, "reliability": own.reliability,
        "valid_until": own.valid_until,
    }  # fmt: skip
    form = _form(reading, place, request.POST or None, section=own.section, ask_reason=True, initial=initial)
    problem = None
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        problem = _try(form, lambda: commands.correct_contribution(reading, number, uid, form.given(), reason=reason))
        if problem is None and form.is_valid():
            messages.success(request, _("De correctie is opgeslagen. De eerdere versie blijft in de geschiedenis."))
            return HttpResponseRedirect(_back(place))
    context = _context(reading, place, form, submission="", problem=problem) | {
        "title": _("Bijdrage corrigeren"),
        "intro": _("U verbetert gegevens van uw eigen organisatie. Wie ze las, ziet voortaan de nieuwe versie."),
        "save_label": _("Corrigeer"),
        "draft_key": f"correctie:{uid}",
    }
    return render(request, "cases/casework/contribution_form.html", context, status=status_of(form, problem))


@route("contribution_withdraw", shows=Shows.NOTHING)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, number: str, uid: UUID) -> HttpResponse:
    """The source takes its facts back, with a reason."""
    reading = reading_of(request, route="contribution_withdraw", event="contribution.withdrawal")
    place = queries.place_of(reading, number)
    form = ReasonForm(request.POST or None)
    problem = None
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        problem = _try(form, lambda: commands.withdraw_contribution(reading, number, uid, reason=reason))
        if problem is None and form.is_valid():
            messages.success(request, _("De bijdrage is ingetrokken. Niemand leest hem vanaf nu."))
            return HttpResponseRedirect(_back(place))
    context = {
        "title": _("Bijdrage intrekken"),
        "intro": _(
            "Vanaf nu leest niemand deze gegevens meer, ook eerdere versies niet. "
            "Dat dit gebeurde, blijft in het logboek."
        ),
        "form": form,
        "problem": problem,
        "save_label": _("Trek in"),
        "cancel_url": _back(place),
        "case": {"title": number},
    }
    return render(request, "cases/casework/confirm.html", context, status=status_of(form, problem))


def _place(request: HttpRequest, reading: Reading, number: str) -> tuple[queries.Place, Problem | None]:
    """The case with the names of its persons; for a form that was sent, without them when nothing can be
    journalled now: then nobody is named, and what was typed stays on the screen."""
    try:
        return queries.place_with_people(reading, number, request.session), None
    except Unavailable as away:
        if request.method != "POST":
            raise
        return queries.place_of(reading, number), away


def _back(place: queries.Place) -> str:
    return reverse("partner_case" if place.partner else "case", args=[place.case.number])


def _asked(request: HttpRequest, place: queries.Place) -> str:
    """Where one goes on: to the question that this contribution answers (`vraag`), else to the case."""
    try:
        return reverse("request_answer", args=[place.case.number, UUID(request.GET.get("vraag", ""))])
    except (ValueError, NoReverseMatch):
        return _back(place)


def _form(
    reading: Reading,
    place: queries.Place,
    data: Any,
    *,
    section: str = "",
    ask_reason: bool = False,
    only: frozenset[str] = frozenset(),
    initial: dict[str, Any] | None = None,
) -> ContributionForm:
    return ContributionForm(
        data,
        catalogue=reading.policy.catalogue,
        agency_type=reading.visit.agency.type,
        people=list(place.people) if not section else [],
        audience=audience(reading, place.case, under=place.under),
        area=place.case.kind == "area",
        section=section,
        ask_reason=ask_reason,
        only=only,
        initial=initial or {},
    )


def _context(
    reading: Reading,
    place: queries.Place,
    form: ContributionForm,
    *,
    submission: str,
    problem: Problem | None,
) -> dict[str, Any]:
    shown = [
        {"field_label": form[field.code].label, "agencies": form.seen_by[field.code]}
        for field in form.facts
        if form.seen_by[field.code]
    ]
    return {
        "form": form,
        "groups": form.groups(),
        "audience": shown,
        "problem": problem,
        "submission": submission,
        "draft_minutes": settings.DRAFT_MINUTES,
        "done_url": _back(place),
        "cancel_url": _back(place),
        "case": {"title": place.case.number},
    }


def _try(form: Any, act: Callable[[], Any]) -> Problem | None:
    """Run a command; field errors go to the form, any other refusal comes back to be shown above it."""
    try:
        act()
    except Problem as problem:
        errors = getattr(problem, "errors", ())
        if errors and hasattr(form, "take"):
            form.take(errors)
            return None
        if problem.field in form.fields:
            form.add_error(problem.field, f"{problem.sentence} {problem.remedy}")
            return None
        return problem
    return None
