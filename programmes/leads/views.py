"""The pages about who leads: history and proposal for everybody, deciding for the leadership of the parties."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.routes import Shows, route
from programmes.leads import commands, events, forms, queries
from programmes.leads.rights import speaking_in
from programmes.plans.form_pages import act_and_return, form_page, visit_of, visitor

both = require_http_methods(["GET", "POST"])


@route("programme_lead", shows=Shows.RULES, public=True)
@require_safe
def lead(request: HttpRequest, code: str) -> HttpResponse:
    """Who leads, who led, who is proposed."""
    page = queries.lead_page(visitor(request), code)
    context = {"page": page, "programme": page.programme, "partner": page.partner, "tab": "programme"}
    return render(request, "programmes/leads/lead.html", context)


@route("lead_propose", shows=Shows.RULES)
@both
def lead_propose(request: HttpRequest, code: str) -> HttpResponse:
    """Propose another lead."""
    visit = visit_of(request)
    programme, parties = speaking_in(visit, code, event=events.PROPOSED)
    language = get_language() or "nl"
    agencies = [
        (one.agency.code, one.agency.name_in(language)) for one in parties if one.agency.pk != programme.lead_id
    ]  # fmt: skip
    return form_page(
        request, forms.ProposeForm(request.POST or None, agencies=agencies),
        lambda given: commands.propose_lead(visit, code, **given), title=_("Nieuwe trekker voorstellen"),
        submit=_("Stel voor"), back=reverse("programme_lead", args=[code]),
        done=_("Het voorstel ligt bij de partijen."),
        lead=_("De nieuwe trekker begint als die zelf ja zegt, en meer dan de helft van alle partijen bij het pact."),
    )  # fmt: skip


@route("lead_answer", shows=Shows.RULES)
@both
def lead_answer(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    """Answer a proposal."""
    visit = visit_of(request)
    speaking_in(visit, code, event=events.VOICED)
    page = queries.lead_page(visit, code)
    lead = page.proposed.agency.name if page.proposed else ""
    return form_page(
        request, forms.AnswerForm(request.POST or None),
        lambda given: commands.answer_lead(visit, uid, agrees=given["agrees"] == "yes"),
        title=_("Antwoord op het voorstel"), lead=lead, submit=_("Leg vast"),
        back=reverse("programme_lead", args=[code]), done=_("Uw antwoord is vastgelegd."),
    )  # fmt: skip


@route("lead_withdraw", shows=Shows.RULES)
@require_POST
def lead_withdraw(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    """Take a proposal back."""
    visit = visit_of(request)
    return act_and_return(
        request, lambda: commands.withdraw_lead(visit, uid), back=reverse("programme_lead", args=[code]),
        done=_("Het voorstel is ingetrokken. Een ander voorstel kan nu."),
    )  # fmt: skip
