"""The pages of mediation: public results and one's own rounds, one round, and the forms of its steps."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.routes import Shows, route
from programmes.mediation import commands, events, forms, queries
from programmes.mediation.models import RoundState
from programmes.mediation.rights import may_speak, party_of_round, round_for, round_led_by
from programmes.plans import choices
from programmes.plans.form_pages import act_and_return, form_page, visit_of, visitor
from programmes.plans.rights import is_partner, led_by, may_lead, pact_in_force

both = require_http_methods(["GET", "POST"])


@route("programme_mediation", shows=Shows.RULES, public=True)
@require_safe
def mediation(request: HttpRequest, code: str) -> HttpResponse:
    """Results for everybody, rounds for those invited."""
    visit = visitor(request)
    page = queries.mediation_page(visit, code)
    context = {
        "page": page, "programme": page.programme, "tab": "mediation",
        "partner": is_partner(visit, page.programme, pact_in_force(page.programme)),
    }  # fmt: skip
    return render(request, "programmes/mediation/list.html", context)


@route("mediation_round", shows=Shows.RULES)
@require_safe
def round_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One round, for those invited."""
    visit = visit_of(request)
    found = round_for(visit, uid)
    context = {
        "round": found, "programme": found.programme, "leads": may_lead(visit, found.programme), "tab": "mediation",
        "partner": is_partner(visit, found.programme, pact_in_force(found.programme)),
        "parties": [{"party": one, "own": may_speak(visit, one, found)} for one in found.parties.all()],
        "actions": [{"action": one, "own": may_speak(visit, one.party, found)} for one in found.actions.all()],
    }  # fmt: skip
    return render(request, "programmes/mediation/round.html", context)


@route("programme_mediation_new", shows=Shows.RULES)
@both
def mediation_new(request: HttpRequest, code: str) -> HttpResponse:
    """A new round."""
    visit = visit_of(request)
    led_by(visit, code, event=events.INVITED)
    return form_page(
        request, forms.RoundForm(request.POST or None, agencies=choices.agencies()),
        lambda given: commands.start_round(visit, code, **given), title=_("Bemiddeling beginnen"),
        lead=_("Wie u uitnodigt, leest mee. De uitkomst is pas openbaar als alle partijen dat goed vinden."),
        submit=_("Nodig uit"), back=reverse("programme_mediation", args=[code]),
        done=_("De partijen zijn uitgenodigd."),
    )  # fmt: skip


@route("mediation_position", shows=Shows.RULES)
@both
def position(request: HttpRequest, uid: UUID, party: int) -> HttpResponse:
    """How a party sees it."""
    visit = visit_of(request)
    found = party_of_round(visit, uid, party, event=events.POSITION, state=RoundState.INVITED)
    form = forms.TextForm(request.POST or None, initial={"text": found.position})
    title = _("Standpunt van %(name)s") % {"name": found.name}
    return _step(request, form, uid, lambda given: commands.give_position(visit, uid, party, **given), title)


@route("mediation_diagnosis", shows=Shows.RULES)
@both
def diagnosis(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The shared diagnosis."""
    visit = visit_of(request)
    round_led_by(visit, uid, event=events.DIAGNOSED, state=RoundState.INVITED)
    form = forms.TextForm(request.POST or None)
    return _step(request, form, uid, lambda given: commands.diagnose(visit, uid, **given), _("Gezamenlijke diagnose"))


@route("mediation_action", shows=Shows.RULES)
@both
def action(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A small action."""
    visit = visit_of(request)
    found = round_led_by(visit, uid, event=events.ACTION, state=RoundState.DIAGNOSED)
    form = forms.ActionForm(request.POST or None, parties=[(one.pk, one.name) for one in found.parties.all()])
    title = _("Kleine actie, binnen twee weken te zien")
    return _step(request, form, uid, lambda given: commands.add_action(visit, uid, **given), title)


@route("mediation_evaluation", shows=Shows.RULES)
@both
def evaluation(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What came of it, back to residents."""
    visit = visit_of(request)
    round_led_by(visit, uid, event=events.EVALUATED, state=RoundState.DONE)
    form = forms.TextForm(request.POST or None)
    return _step(request, form, uid, lambda given: commands.evaluate(visit, uid, **given), _("Terug naar bewoners"))


@route("mediation_consent", shows=Shows.RULES)
@both
def consent(request: HttpRequest, uid: UUID, party: int) -> HttpResponse:
    """Whether the result may be public."""
    visit = visit_of(request)
    found = party_of_round(visit, uid, party, event=events.CONSENTED, state=RoundState.EVALUATED)

    def act(given: dict[str, Any]) -> None:
        commands.consent(visit, uid, party, public=given["public"] == "yes")

    title = _("Openbaar maken: %(name)s") % {"name": found.name}
    return _step(request, forms.ConsentForm(request.POST or None), uid, act, title)


@route("mediation_agree", shows=Shows.RULES)
@require_POST
def agree(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The actions are agreed on."""
    act = lambda: commands.agree(visit_of(request), uid)  # noqa: E731
    return act_and_return(request, act, back=_back(uid), done=_("De acties zijn afgesproken."))


@route("mediation_action_done", shows=Shows.RULES)
@require_POST
def action_done(request: HttpRequest, uid: UUID, action: int) -> HttpResponse:
    """An action is done."""
    act = lambda: commands.finish_action(visit_of(request), uid, action)  # noqa: E731
    return act_and_return(request, act, back=_back(uid), done=_("De actie is gedaan."))


def _step(
    request: HttpRequest, form: django_forms.Form, uid: UUID, act: Callable[[dict[str, Any]], Any], title: str
) -> HttpResponse:  # fmt: skip
    return form_page(
        request, form, act, title=title, submit=_("Leg vast"), back=_back(uid), done=_("Dit is vastgelegd.")
    )


def _back(uid: UUID) -> str:
    return reverse("mediation_round", args=[uid])
