"""The page on which an admitted case is opened, and afterwards how it was."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agreements.covenants import labels
from cases.casework.fact_rows import monogram
from cases.casework.views.frame import case_context, purpose_redirect, reading_of
from cases.disclosure.reading import Reading
from cases.triage import commands, events, forms, queries_informing
from cases.triage.choices import opening_choices
from cases.triage.commands import Opened
from cases.triage.views.shared import attempt, status_of
from foundation.errors import Problem, Refused
from foundation.routes import Shows, route


@route("case_open", shows=Shows.CASE_DATA)
@never_cache
@require_http_methods(["GET", "POST"])
def open_case(request: HttpRequest, number: str) -> HttpResponse:
    """The form for the director; once the case was opened, how, for everybody who takes part."""
    reading = reading_of(request, route="case_open", event=events.OPENING_FORM)
    form: forms.OpeningForm | None = None
    problem: Problem | None = None
    if request.method == "POST":
        form = sent = _form(reading, number, request.POST)
        if sent.is_valid():
            problem = attempt(sent, lambda: commands.open_case(reading, number, _given(sent)))
            if problem is None and not sent.errors:
                messages.success(request, _("De casus is geopend en gaat naar het overleg."))
                return HttpResponseRedirect(reverse("case", args=[number]))
    if "case_director" not in reading.visit.roles and not queries_informing.was_opened(reading, number):
        raise Refused(
            _("Deze casus is nog niet geopend."), remedy=_("De procesregisseur opent hem na het besluit."),
        )  # fmt: skip
    page = queries_informing.opening_page(reading, number, request.session)
    if not page.opened.answer.purpose:
        return purpose_redirect(number)
    context = case_context(reading, page.opened, active="case_triage")
    if page.admission is not None:
        return render(request, "cases/triage/opened.html", context | {"admission": _admission(page.admission)})
    form = form or _form(reading, number, None)
    context |= _context(form, problem, number)
    return render(request, "cases/triage/open.html", context, status=status_of(form, problem))


def _form(reading: Reading, number: str, data: Any) -> forms.OpeningForm:
    choices = opening_choices(reading, number)
    taking = {forms.OpeningForm.name_of(code): reason for code, reason in choices.participants.items()}
    return forms.OpeningForm(
        data, purposes=choices.purposes, covenants=choices.covenants, agencies=choices.agencies,
        directors=choices.directors, standings=choices.standings,
        initial=choices.initial | taking if data is None else {},
    )  # fmt: skip


def _given(form: forms.OpeningForm) -> Opened:
    given = form.cleaned_data
    return Opened(
        purpose=given["purpose"], covenants=tuple(given["covenants"]), legal_basis=given["legal_basis"],
        proportionality=given["proportionality"], subsidiarity=given["subsidiarity"], lead=given["lead"],
        director=given["director"], participants=form.participants(),
    )  # fmt: skip


def _context(form: forms.OpeningForm, problem: Problem | None, number: str) -> dict[str, Any]:
    return {
        "form": form, "problem": problem,
        "draft_key": f"openen:{number}", "draft_minutes": settings.DRAFT_MINUTES,
        "done_url": reverse("case", args=[number]), "cancel_url": reverse("case_triage", args=[number]),
    }  # fmt: skip


def _admission(view: queries_informing.AdmissionView) -> dict[str, Any]:
    return {
        "purpose": labels.label("purpose", view.purpose), "covenants": ", ".join(view.covenants),
        "lead": monogram(view.lead), "director": view.director, "opened_at": view.opened_at,
        "reasons": view.reasons,
    }  # fmt: skip
