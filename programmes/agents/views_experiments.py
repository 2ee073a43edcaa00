"""The pages of experiments, for partners; beginning and ending one for who may, a lesson card for who leads."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.routes import Shows, route
from programmes.agents import commands, events, forms
from programmes.agents.commands.experiments import Ended, Tried
from programmes.agents.queries import known_names
from programmes.agents.rights import check_experiments, experiment_for, kept_out, may_experiment
from programmes.agents.words import DECISION_TONES
from programmes.plans import choices
from programmes.plans.form_pages import act_and_return, form_page, visit_of
from programmes.plans.rights import may_lead, programme_for

both = require_http_methods(["GET", "POST"])


@route("experiment", shows=Shows.RULES)
@require_safe
def experiment(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One experiment, without whose it is."""
    visit = visit_of(request)
    found = experiment_for(visit, uid)
    leads = may_lead(visit, found.programme) and not kept_out(visit)
    context = {
        "it": found, "programme": found.programme, "tab": "agents", "partner": True,
        "tone": DECISION_TONES.get(found.decision, "info"),
        "may_end": found.ended_on is None and may_experiment(visit, found.programme),
        "may_teach": leads and found.ended_on is not None and found.lesson_id is None,
        "lesson": found.lesson if leads else None,
    }  # fmt: skip
    return render(request, "programmes/agents/experiment.html", context)


@route("experiment_new", shows=Shows.RULES)
@both
def experiment_new(request: HttpRequest, code: str) -> HttpResponse:
    """Begin an experiment."""
    visit = visit_of(request)
    programme = programme_for(visit, code)
    check_experiments(visit, programme, event=events.EXPERIMENT)
    lists: forms.Lists = {
        "area": choices.areas(programme), "agent": [("", _("Niemand in het bijzonder")), *known_names(visit, programme)]
    }  # fmt: skip

    def act(given: dict[str, Any]) -> None:
        whose = given.pop("agent")
        commands.start_experiment(visit, code, Tried(agent=UUID(whose) if whose else None, **given))

    return form_page(
        request, forms.ExperimentForm(request.POST or None, lists=lists), act, title=_("Experiment beginnen"),
        submit=_("Begin"), back=reverse("programme_agents", args=[code]), done=_("Het experiment is begonnen."),
        lead=_("Klein, kort en met een vraag. Alle partners lezen mee: schrijf geen namen."),
    )  # fmt: skip


@route("experiment_end", shows=Shows.RULES)
@both
def experiment_end(request: HttpRequest, uid: UUID) -> HttpResponse:
    """End an experiment."""
    visit = visit_of(request)
    found = experiment_for(visit, uid)
    check_experiments(visit, found.programme, event=events.EXPERIMENT_ENDED)
    return form_page(
        request, forms.EndForm(request.POST or None), lambda given: commands.end_experiment(visit, uid, Ended(**given)),
        title=_("Experiment afronden"), lead=found.niche, submit=_("Rond af"), back=reverse("experiment", args=[uid]),
        done=_("Het experiment is afgerond."),
    )  # fmt: skip


@route("experiment_lesson", shows=Shows.RULES)
@require_POST
def experiment_lesson(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Make a lesson card of it."""
    act = lambda: commands.make_lesson(visit_of(request), uid)  # noqa: E731
    return act_and_return(
        request, act, back=reverse("experiment", args=[uid]),
        done=_("De leerkaart staat als concept klaar. Een andere organisatie kijkt haar na."),
    )  # fmt: skip
