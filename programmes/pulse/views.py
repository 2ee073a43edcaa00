"""The pages of the pulse, for partners of the programme."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from foundation.routes import Shows, route
from programmes.plans.form_pages import form_page, visit_of
from programmes.plans.rights import led_by
from programmes.pulse import commands, events, queries
from programmes.pulse.forms import HowForm, OwnerForm, PulseForm
from programmes.pulse.plots import HIDDEN, is_low, plot_of, spoken_score
from programmes.pulse.queries import PulsePage

both = require_http_methods(["GET", "POST"])


@route("programme_pulse", shows=Shows.NOTHING)
@require_safe
def pulse(request: HttpRequest, code: str) -> HttpResponse:
    """The scores over time, and the agenda."""
    visit = visit_of(request)
    page = queries.pulse_page(visit, commands.partner_in(visit, code, event=events.READ))
    context = {
        "page": page, "programme": page.programme, "tab": "pulse", "fewest": settings.PULSE_FEWEST,
        "totals": [plot_of(line) for line in page.totals] if page.quarters else [], "table": _table(page),
        "partners": [{"name": name, "plots": [plot_of(line) for line in lines]} for name, lines in page.partners],
        "open": [point for point in page.points if point.settled_on is None],
        "settled": [point for point in page.points if point.settled_on is not None],
    }  # fmt: skip
    return render(request, "programmes/pulse/pulse.html", context)


def _table(page: PulsePage) -> dict[str, Any] | None:
    """The newest quarter: a row for each criterion, a column for each partner."""
    if not page.quarters:
        return None
    columns = [lines for _name, lines in page.partners]
    return {
        "quarter": page.quarters[-1].code, "names": [name for name, _lines in page.partners],
        "rows": [
            {"title": plot_of(total).title, "cells": [_cell(line.scores[-1]) for line in (total, *cells)]}
            for total, *cells in zip(page.totals, *columns, strict=True)
        ],
    }  # fmt: skip


def _cell(score: queries.Score) -> dict[str, Any]:
    hidden = score.mean is None
    return {"text": HIDDEN if hidden else spoken_score(score), "spoken": spoken_score(score), "is_low": is_low(score)}


@route("programme_pulse_answer", shows=Shows.NOTHING)
@both
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Seven scores and some words."""
    visit = visit_of(request)
    commands.partner_in(visit, code, event=events.ANSWERED)
    form = PulseForm(request.POST or None)
    return form_page(
        request, form, lambda given: _answer(visit, code, given), title=_("Hoe werken wij samen?"),
        submit=_("Verstuur"), back=reverse("programme_pulse", args=[code]), done=_("Bedankt. Uw antwoord is geteld."),
        lead=_("Een minuut, één keer per kwartaal. Wij tellen uw cijfers op bij die van uw organisatie en bewaren niet "
               "wie welk cijfer gaf. Cijfers zijn te zien als het kwartaal om is en %(n)d mensen antwoordden.")
        % {"n": settings.PULSE_FEWEST},
    )  # fmt: skip


def _answer(visit: Any, code: str, given: dict[str, Any]) -> None:
    scores = {key: value for key, value in given.items() if key != "text"}
    commands.answer(visit, code, scores=scores, text=given["text"])


@route("programme_agenda_own", shows=Shows.NOTHING)
@both
def own(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    """A point gets an owner."""
    act = commands.own_point
    form = OwnerForm(request.POST or None)
    return _point_page(request, code, uid, form, act, title=_("Wie pakt dit punt op?"), event=events.OWNED)


@route("programme_agenda_settle", shows=Shows.NOTHING)
@both
def settle(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    """A point is settled."""
    act = commands.settle_point
    form = HowForm(request.POST or None)
    return _point_page(request, code, uid, form, act, title=_("Agendapunt afhandelen"), event=events.SETTLED)


def _point_page(
    request: HttpRequest, code: str, uid: UUID, form: forms.Form, act: Any, *, title: str, event: str
) -> HttpResponse:
    visit = visit_of(request)
    led_by(visit, code, event=event)
    return form_page(
        request, form, lambda given: act(visit, code, uid, **given), title=title, submit=_("Bewaar"),
        back=reverse("programme_pulse", args=[code]), done=_("De agenda is bijgewerkt."),
    )  # fmt: skip
