"""The pages of change agents and social supervisors. Nothing of a person is in a message, a title or an address."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.routes import Shows, route
from programmes.agents import commands, events, forms, queries
from programmes.agents.models import AgentState, SocialSupervisor
from programmes.agents.rights import agent_for, led_for_agents, officers_for
from programmes.agents.rules import next_steps
from programmes.agents.words import DECISION_TONES, STATE_TONES
from programmes.plans import choices
from programmes.plans.form_pages import act_and_return, form_page, visit_of, visitor
from programmes.plans.models import Programme
from programmes.plans.rights import may_lead

both = require_http_methods(["GET", "POST"])
_PERSON = ("name", "contact", "languages", "network", "training", "pay")


@route("programme_agents", shows=Shows.RULES, public=True)
@never_cache
@require_safe
def agents(request: HttpRequest, code: str) -> HttpResponse:
    """How many for everybody; who they are for those who may know; experiments for partners."""
    page = queries.agents_page(visitor(request), code)
    context = {
        "page": page, "programme": page.programme, "partner": page.partner, "tab": "agents",
        "known": [
            {"agent": one.agent, "person": one.person, "tone": STATE_TONES[one.agent.state]} for one in page.known
        ],
        "experiments": [{"it": one, "tone": DECISION_TONES.get(one.decision, "info")} for one in page.experiments],
    }  # fmt: skip
    return render(request, "programmes/agents/list.html", context)


@route("agent", shows=Shows.RULES)
@never_cache
@require_safe
def agent(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One person, for who may know them."""
    visit = visit_of(request)
    found = queries.one_agent(visit, uid)
    made = found.agent
    context = {
        "agent": made, "person": found.person, "programme": made.programme, "tab": "agents", "partner": True,
        "tone": STATE_TONES[made.state], "leads": may_lead(visit, made.programme),
        "steps": bool(next_steps(made.state, screened=made.screened_on is not None)),
        "experiments": made.experiments.all(),
    }  # fmt: skip
    return render(request, "programmes/agents/agent.html", context)


@route("agent_new", shows=Shows.RULES)
@never_cache
@both
def agent_new(request: HttpRequest, code: str) -> HttpResponse:
    """Note somebody who agreed to that."""
    visit = visit_of(request)
    programme = led_for_agents(visit, code, event=events.NOTED)
    lists: forms.Lists = {"area": choices.areas(programme), "officer": _people(programme)}
    form = forms.AgentForm(request.POST or None, lists=lists)

    def act(given: dict[str, Any]) -> None:
        noted = commands.Noted(**{name: given.pop(name) for name in _PERSON})
        commands.note_agent(visit, code, noted, **given)

    return form_page(
        request, form, act, title=_("Sleutelfiguur vastleggen"), submit=_("Leg vast"), back=_list(code),
        lead=_("Vraag het eerst. Alleen de contactpersoon en de leiding van de trekker lezen dit; de politie nooit."),
        done=_("De sleutelfiguur is vastgelegd."),
    )  # fmt: skip


@route("agent_edit", shows=Shows.RULES)
@never_cache
@both
def agent_edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who somebody is, written anew."""
    visit = visit_of(request)
    found = queries.one_agent(visit, uid)
    form = forms.PersonForm(request.POST or None, initial=asdict(found.person))
    return form_page(
        request, form, lambda given: commands.change_agent(visit, uid, commands.Noted(**given)),
        title=_("Gegevens wijzigen"), submit=_("Bewaar"), back=_one(uid), done=_("De gegevens zijn gewijzigd."),
        lead=_("Wat er stond, wordt niet bewaard."),
    )  # fmt: skip


@route("agent_step", shows=Shows.RULES)
@both
def agent_step(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How far it is."""
    visit = visit_of(request)
    found = agent_for(visit, uid, event=events.MOVED)
    steps = next_steps(found.state, screened=found.screened_on is not None)
    form = forms.StepForm(request.POST or None, lists={"to": [(one, AgentState(one).label) for one in steps]})
    return form_page(
        request, form, lambda given: commands.move_agent(visit, uid, **given), title=_("Een stap verder"),
        submit=_("Leg vast"), back=_one(uid), done=_("Dit is vastgelegd."),
    )  # fmt: skip


@route("agent_officer", shows=Shows.RULES)
@both
def agent_officer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Another contact officer."""
    visit = visit_of(request)
    found = agent_for(visit, uid, event=events.OFFICER)
    led_for_agents(visit, found.programme.code, event=events.OFFICER)
    form = forms.OfficerForm(
        request.POST or None, lists={"officer": _people(found.programme)}, initial={"officer": found.officer_id}
    )
    return form_page(
        request, form, lambda given: commands.assign_officer(visit, uid, **given), title=_("Andere contactpersoon"),
        submit=_("Wijs aan"), back=_one(uid), done=_("De contactpersoon is gewijzigd."),
        lead=_("De vorige contactpersoon leest deze sleutelfiguur daarna niet meer."),
    )  # fmt: skip


@route("agent_withdraw", shows=Shows.RULES)
@both
def agent_withdraw(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Consent is withdrawn."""
    visit = visit_of(request)
    found = agent_for(visit, uid, event=events.WITHDRAWN)
    return form_page(
        request, Form(request.POST if request.method == "POST" else None),
        lambda _given: commands.withdraw(visit, uid), title=_("Toestemming ingetrokken"), submit=_("Wis nu"),
        lead=_("Naam, bereikbaarheid en alles wat u over deze persoon vastlegde, wordt meteen gewist. Dat kan niet "
               "terug. In het logboek blijft staan dat er iemand was, niet wie."),
        back=_list(found.programme.code), done=_("De gegevens zijn gewist."),
    )  # fmt: skip


@route("supervisor_new", shows=Shows.RULES)
@both
def supervisor_new(request: HttpRequest, code: str) -> HttpResponse:
    """Name a social supervisor."""
    visit = visit_of(request)
    programme = led_for_agents(visit, code, event=events.SUPERVISOR)
    lists: forms.Lists = {"area": choices.areas(programme), "membership": _people(programme)}
    return form_page(
        request, forms.SupervisorForm(request.POST or None, lists=lists),
        lambda given: commands.name_supervisor(visit, code, **given), title=_("Sociaal regisseur aanwijzen"),
        submit=_("Wijs aan"), back=_list(code), done=_("De sociaal regisseur is aangewezen."),
    )  # fmt: skip


@route("supervisor_end", shows=Shows.RULES)
@require_POST
def supervisor_end(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Somebody stops as social supervisor."""
    code = SocialSupervisor.objects.filter(uid=uid).values_list("programme__code", flat=True).first()
    act = lambda: commands.end_supervisor(visit_of(request), uid)  # noqa: E731
    return act_and_return(
        request, act, back=_list(code) if code else reverse("programmes"), done=_("De sociaal regisseur is gestopt.")
    )


def _people(programme: Programme) -> list[tuple[int, str]]:
    rows = officers_for(programme)
    return [(one.pk, f"{one.professional.name}, {one.agency.name}") for one in rows]


def _list(code: str) -> str:
    return reverse("programme_agents", args=[code])


def _one(uid: UUID) -> str:
    return reverse("agent", args=[uid])
