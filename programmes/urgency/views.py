"""The pages of urgency: tranches and outcomes for everybody, cases for who takes part, forms for who writes."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.routes import Shows, route
from programmes.areas.plots import shown
from programmes.plans import choices
from programmes.plans.acting import denied
from programmes.plans.form_pages import act_and_return, form_page, visit_of, visitor
from programmes.urgency import commands, events, forms, queries
from programmes.urgency.models import CaseState, TrancheState, UrgencyCase
from programmes.urgency.rights import case_for, check_board, check_may_open, may_open, may_submit, tranche_named

_TONES: dict[str, str] = {CaseState.SELECTED: "ok", CaseState.SCORED: "info", CaseState.NOT_YET: "warn"}
both = require_http_methods(["GET", "POST"])


@route("urgency_tranches", shows=Shows.NOTHING, public=True)
@require_safe
def tranches(request: HttpRequest) -> HttpResponse:
    """All tranches."""
    context = {"tranches": queries.tranches(), "may_open": may_open(visitor(request)), "tab": "urgency"}
    return render(request, "programmes/urgency/list.html", context)


@route("urgency_tranche", shows=Shows.NOTHING, public=True)
@require_safe
def tranche(request: HttpRequest, code: str) -> HttpResponse:
    """One tranche: criteria, outcome and reasons; one's own cases below."""
    page = queries.tranche_page(visitor(request), code)
    language = get_language() or "nl"
    context = {
        "page": page, "tranche": page.tranche,
        "chosen": [_case(one, language) for one in page.chosen],
        "not_yet": [_case(one, language) for one in page.not_yet],
        "may_close": page.decides and page.tranche.state == TrancheState.OPEN,
        "may_decide": page.decides and page.tranche.state == TrancheState.CLOSED,
    }  # fmt: skip
    return render(request, "programmes/urgency/tranche.html", context)


def _case(case: UrgencyCase, language: str) -> dict[str, Any]:
    return {
        "case": case, "supporters": [one.agency.name_in(language) for one in case.supports.all() if one.given_on],
        "figures": _figures(case, language),
    }  # fmt: skip


def _figures(case: UrgencyCase, language: str) -> list[dict[str, Any]]:
    return [
        {
            "label": one.indicator.label(language), "year": one.year, "value": shown(one.value, one.indicator),
            "city": shown(one.city, one.indicator) if one.city is not None else "", "source": one.source,
            "dated": one.dated,
        }
        for one in case.figures.all()
    ]  # fmt: skip


@route("urgency_open", shows=Shows.NOTHING)
@both
def open_tranche(request: HttpRequest) -> HttpResponse:
    """A new tranche, with one's own agency as its board."""
    visit = visit_of(request)
    check_may_open(visit)
    form = forms.TrancheForm(request.POST or None, assessors=choices.agencies())
    return form_page(
        request, form, lambda given: commands.open_tranche(visit, **(given | {"half": int(given["half"])})),
        title=_("Tranche openen"), submit=_("Open"), back=reverse("urgency_tranches"), done=_("De tranche is open."),
        lead=_("Uw organisatie is het bestuur: zij sluit de tranche en beslist, openbaar en met redenen."),
    )  # fmt: skip


@route("urgency_submit", shows=Shows.NOTHING)
@both
def submit(request: HttpRequest, code: str) -> HttpResponse:
    """Argue that a neighbourhood goes first."""
    visit = visit_of(request)
    found = tranche_named(code)
    if not may_submit(visit, found):
        denied(
            visit, events.SUBMITTED, _("Een urgentie dient de leiding van een gemeente in, zolang de tranche open is."),
            remedy=_("Vraag een teamleider of tekenbevoegde van de gemeente."),
        )  # fmt: skip
    form = forms.UrgencyForm(
        request.POST or None, areas=choices.areas(), indicators=choices.indicators(get_language() or "nl"),
        partners=[pair for pair in choices.agencies() if pair[0] != visit.agency.code],
    )  # fmt: skip
    return form_page(
        request, form, lambda given: commands.submit(visit, code, **given), title=_("Urgentie indienen"),
        submit=_("Dien in"), back=reverse("urgency_tranche", args=[code]), done=_("De urgentie is ingediend."),
        lead=_("Alleen de partners die u vraagt, de beoordelaar en het bestuur lezen dit. De uitkomst is openbaar."),
    )  # fmt: skip


@route("urgency_case", shows=Shows.NOTHING)
@require_safe
def case(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One case, whole."""
    page = queries.case_page(visit_of(request), uid)
    is_open = page.case.tranche.state == TrancheState.OPEN
    context = {
        "page": page, "case": page.case, "tranche": page.case.tranche,
        "figures": _figures(page.case, get_language() or "nl"),
        "may_support": page.own_support is not None and is_open,
        "tone": _TONES.get(page.case.state, ""),
    }  # fmt: skip
    return render(request, "programmes/urgency/case.html", context)


@route("urgency_support", shows=Shows.NOTHING)
@both
def support(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Support a case in one's own words."""
    visit = visit_of(request)
    found = case_for(visit, uid)
    return form_page(
        request, forms.SupportForm(request.POST or None), lambda given: commands.support(visit, uid, **given),
        title=_("Urgentie steunen"), lead=found.area.name, submit=_("Steun"), back=reverse("urgency_case", args=[uid]),
        done=_("Uw steun staat erbij."),
    )  # fmt: skip


@route("urgency_score", shows=Shows.NOTHING)
@both
def score(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The assessor's opinion."""
    visit = visit_of(request)
    found = case_for(visit, uid)
    return form_page(
        request, forms.ScoreForm(request.POST or None), lambda given: commands.score(visit, uid, **given),
        title=_("Urgentie beoordelen"), lead=found.area.name, submit=_("Geef oordeel"),
        back=reverse("urgency_case", args=[uid]), done=_("Uw oordeel is opgeslagen."),
    )  # fmt: skip


@route("urgency_close", shows=Shows.NOTHING)
@require_POST
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Nothing comes in any more."""
    return act_and_return(
        request, lambda: commands.close_tranche(visit_of(request), code), back=reverse("urgency_tranche", args=[code]),
        done=_("De tranche is gesloten; de beoordelaar kan beginnen."),
    )  # fmt: skip


@route("urgency_decide", shows=Shows.NOTHING)
@both
def decide(request: HttpRequest, code: str) -> HttpResponse:
    """The decision, with a reason for each neighbourhood."""
    visit = visit_of(request)
    found = tranche_named(code)
    check_board(visit, found, event=events.DECIDED)
    rows = [(str(one.uid), one.area.name, one.score) for one in found.cases.select_related("area")]
    form = forms.DecideForm(request.POST or None, cases=rows)
    return form_page(
        request, form, lambda _given: commands.decide(visit, code, **form.decision()), title=_("Besluit"),
        lead=_("Dit besluit is openbaar: wat is gekozen, wat niet, en waarom. Het verandert daarna niet meer."),
        submit=_("Beslis"), back=reverse("urgency_tranche", args=[code]), done=_("Het besluit is openbaar."),
    )  # fmt: skip
