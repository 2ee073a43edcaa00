"""The forms of programmes: each is one page with one command."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from foundation.routes import Shows, route
from programmes.plans import choices, commands, events, forms
from programmes.plans.form_pages import form_page, visit_of
from programmes.plans.rights import check_may_start, goal_led_by, led_by, project_of

both = require_http_methods(["GET", "POST"])


@route("programme_new", shows=Shows.NOTHING)
@both
def programme_new(request: HttpRequest) -> HttpResponse:
    """A new programme of one's own agency."""
    visit = visit_of(request)
    check_may_start(visit)
    form = forms.ProgrammeForm(request.POST or None, areas=choices.areas())
    return form_page(
        request, form, lambda given: commands.start_programme(visit, **given), title=_("Nieuw wijkprogramma"),
        lead=_("Uw organisatie is de trekker. Tot u het vaststelt, ziet alleen uw organisatie het."),
        submit=_("Stel voor"), back=reverse("programmes"), done=_("Het programma is voorgesteld."),
    )  # fmt: skip


@route("programme_pillar_add", shows=Shows.NOTHING)
@both
def pillar_add(request: HttpRequest, code: str) -> HttpResponse:
    """A pillar."""
    visit = visit_of(request)
    led_by(visit, code, event=events.PILLAR)
    return form_page(
        request, forms.PillarForm(request.POST or None), lambda given: commands.add_pillar(visit, code, **given),
        title=_("Pijler toevoegen"), submit=_("Voeg toe"), back=reverse("programme", args=[code]),
        done=_("De pijler is toegevoegd."),
    )  # fmt: skip


@route("programme_goal_add", shows=Shows.NOTHING)
@both
def goal_add(request: HttpRequest, code: str) -> HttpResponse:
    """A goal, as a draft; said beforehand when there are many."""
    visit = visit_of(request)
    programme = led_by(visit, code, event=events.GOAL)
    form = forms.GoalForm(
        request.POST or None, pillars=choices.pillars(programme), areas=choices.areas(programme),
        indicators=choices.indicators(get_language() or "nl"),
    )  # fmt: skip
    return form_page(
        request, form, lambda given: commands.add_goal(visit, code, **_goal(given)), title=_("Doel toevoegen"),
        lead=choices.focus_sentence(programme), submit=_("Voeg toe als concept"),
        back=reverse("programme", args=[code]), done=_("Het doel staat er als concept. Stel het vast op deze pagina."),
    )  # fmt: skip


def _goal(given: dict[str, Any]) -> dict[str, Any]:
    return given | {"pillar": int(given["pillar"])}


@route("programme_plan_add", shows=Shows.NOTHING)
@both
def plan_add(request: HttpRequest, code: str) -> HttpResponse:
    """A plan of at most four years."""
    visit = visit_of(request)
    led_by(visit, code, event=events.PLAN)
    return form_page(
        request, forms.PlanForm(request.POST or None), lambda given: commands.add_plan(visit, code, **given),
        title=_("Uitvoeringsplan toevoegen"), submit=_("Voeg toe"), back=reverse("programme", args=[code]),
        done=_("Het uitvoeringsplan is toegevoegd."),
    )  # fmt: skip


@route("programme_project_add", shows=Shows.NOTHING)
@both
def project_add(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    """A project under a goal."""
    visit = visit_of(request)
    goal = goal_led_by(visit, uid, event=events.PROJECT)
    form = forms.ProjectForm(
        request.POST or None, plans=choices.plans(goal.pillar.programme), owners=choices.agencies()
    )
    return form_page(
        request, form, lambda given: commands.add_project(visit, uid, **(given | {"plan": int(given["plan"])})),
        title=_("Project toevoegen"), lead=goal.title, submit=_("Voeg toe"), back=reverse("programme", args=[code]),
        done=_("Het project is toegevoegd."),
    )  # fmt: skip


@route("programme_project_end", shows=Shows.NOTHING)
@both
def project_end(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    """A project ends, with its result and its lesson."""
    visit = visit_of(request)
    project = project_of(visit, uid, event=events.PROJECT_ENDED)
    return form_page(
        request, forms.EndForm(request.POST or None), lambda given: commands.end_project(visit, uid, **given),
        title=_("Project afronden"), lead=project.title, submit=_("Rond af"), back=reverse("programme", args=[code]),
        done=_("Het project is afgerond. Resultaat en les staan op deze pagina."),
    )  # fmt: skip


@route("programme_report", shows=Shows.NOTHING)
@both
def report(request: HttpRequest, code: str) -> HttpResponse:
    """A report on a pillar, for everybody."""
    visit = visit_of(request)
    programme = led_by(visit, code, event=events.REPORTED)
    form = forms.ReportForm(request.POST or None, pillars=choices.pillars(programme))
    return form_page(
        request, form, lambda given: commands.report_pillar(visit, code, **(given | {"pillar": int(given["pillar"])})),
        title=_("Bericht over een pijler"), submit=_("Publiceer"), back=reverse("programme", args=[code]),
        lead=_("Een bericht noemt altijd beide kanten: zonder een sociaal én een repressief project kan het niet."),
        done=_("Het bericht is gepubliceerd."),
    )  # fmt: skip
