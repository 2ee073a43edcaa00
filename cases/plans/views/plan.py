"""The plan of a case, with its quick line; goals and actions; the reader's own actions over all cases."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.casework import queries as casework
from cases.casework.forms import new_submission
from cases.casework.views.frame import case_context, purpose_redirect, reading_of
from cases.disclosure.reading import Reading
from cases.plans import choices, closed, commands, mine, pages, queries
from cases.plans.forms import GoalForm, GoalStateForm, QuickActionForm, SettleForm
from cases.plans.quick import read_line
from cases.plans.views.shared import attempt, form_page, status_of
from cases.plans.words import domain_choices
from foundation import clock
from foundation.errors import Invalid, Problem
from foundation.routes import Shows, route

USUAL_DAYS = 14
"""How far ahead the day of a new action stands, until somebody says otherwise."""


@route("case_plan", shows=Shows.CASE_DATA)
@require_GET
def case_plan(request: HttpRequest, number: str) -> HttpResponse:
    """Goals, actions, reviews and effects of one case, as far as the reader may know them."""
    return _plan_page(request, number, data=None, problem=None)


@route("plan_action_add", shows=Shows.CASE_DATA)
@require_http_methods(["GET", "POST"])
def plan_action_add(request: HttpRequest, number: str) -> HttpResponse:
    """One typed line becomes an action; what does not fit comes back on the same page."""
    if request.method == "GET":
        return HttpResponseRedirect(reverse("case_plan", args=[number]))
    reading = reading_of(request, route="plan_action_add", event="plan.read")
    case = casework.case_of(reading, number)
    form = _quick_form(reading, case, queries.open_plan(reading, number, request.session), request.POST)
    problem = attempt(form, lambda: _add(reading, number, form)) if form.is_valid() else None
    if problem is None and form.is_valid():
        messages.success(request, _("De actie staat in het plan."))
        return HttpResponseRedirect(f"{reverse('case_plan', args=[number])}?nieuw=1")
    return _plan_page(request, number, data=form, problem=problem)


@route("action_settle", shows=Shows.CASE_DATA)
@require_POST
def action_settle(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What became of an action: one tap for done, two with a reason. Comes back to where it was pressed."""
    reading = reading_of(request, route="action_settle", event="plan.read")
    number = mine.case_of_action(reading, uid)
    back = reverse("my_actions") if request.POST.get("back") == "acties" else ""
    back = back or (reverse("case_plan", args=[number]) if number else reverse("worklist"))
    form = SettleForm(request.POST)
    problem = None
    if form.is_valid():
        state, result = form.cleaned_data["state"], form.cleaned_data["result"]
        problem = attempt(form, lambda: commands.settle_action(reading, uid, state=state, result=result))
    if problem is not None and problem.status != 422:
        raise problem
    if problem is None and form.is_valid():
        messages.success(request, _("Vastgelegd."))
        return HttpResponseRedirect(back)
    return form_page(
        request, form, number=number, title=_("Actie afronden"), save_label=_("Leg vast"), problem=problem,
        cancel_url=back, back=request.POST.get("back", ""),
    )  # fmt: skip


@route("plan_goal_add", shows=Shows.NOTHING)
@require_http_methods(["GET", "POST"])
def plan_goal_add(request: HttpRequest, number: str) -> HttpResponse:
    """A new goal in one life domain."""
    reading = reading_of(request, route="plan_goal_add", event="plan.read")
    casework.case_of(reading, number)
    domains = domain_choices(reading.policy.catalogue)
    form = GoalForm(request.POST or None, domains=domains, initial={"submission": new_submission()})
    problem = None
    if request.method == "POST" and form.is_valid():
        problem = attempt(form, lambda: commands.add_goal(reading, number, **form.cleaned_data))
        if problem is None and form.is_valid():
            messages.success(request, _("Het doel staat in het plan."))
            return HttpResponseRedirect(reverse("case_plan", args=[number]))
    return form_page(
        request, form, number=number, title=_("Doel toevoegen"), save_label=_("Voeg toe"), problem=problem,
        draft_key=f"doel:{number}", draft_minutes=settings.DRAFT_MINUTES,
    )  # fmt: skip


@route("plan_goal", shows=Shows.NOTHING)
@require_POST
def plan_goal(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How a goal stands."""
    reading = reading_of(request, route="plan_goal", event="plan.read")
    number = mine.case_of_goal(reading, uid)
    form = GoalStateForm(request.POST)
    problem: Problem | None = None
    if form.is_valid():
        problem = attempt(form, lambda: commands.change_goal(reading, uid, **form.cleaned_data))
    if problem is not None and problem.status != 422:
        raise problem
    if problem is None and form.is_valid():
        messages.success(request, _("Vastgelegd."))
        return HttpResponseRedirect(reverse("case_plan", args=[number]))
    return form_page(request, form, number=number, title=_("Doel bijwerken"), save_label=_("Leg vast"), problem=problem)


@route("my_actions", shows=Shows.CASE_DATA)
@require_GET
def my_actions(request: HttpRequest) -> HttpResponse:
    """The open actions of the reader's agency over all its cases, the reader's own first."""
    reading = reading_of(request, route="my_actions", event="actions.list")
    found = mine.my_actions(reading, request.session)
    cases = [pages.my_case(case, reading.policy.catalogue) for case in found]
    context = {
        "cases": cases,
        "n_actions": sum(len(case["actions"]) for case in cases),
        "n_late": sum(action["overdue"] for case in cases for action in case["actions"]),
        "team": mine.late_of_team(reading),
        "closed_url": reverse("closed_cases") if closed.may_look(reading) else "",
    }
    return render(request, "cases/plans/my_actions.html", context)


def _plan_page(request: HttpRequest, number: str, *, data: Any, problem: Problem | None) -> HttpResponse:
    reading = reading_of(request, route="case_plan", event="plan.read")
    opened = casework.open_head(reading, number, request.session)
    if not opened.answer.purpose:
        return purpose_redirect(number)
    plan = queries.open_plan(reading, number, request.session)
    form = data or _quick_form(reading, plan.case, plan, None)
    context = case_context(reading, opened, active="case_plan")
    context |= pages.plan_page(plan, opened.answer, reading.policy.catalogue)
    context |= {
        "form": form,
        "problem": problem,
        "action_url": reverse("plan_action_add", args=[number]),
        "again": "nieuw" in request.GET or form.is_bound,
    }
    return render(request, "cases/plans/plan.html", context, status=status_of(form, problem))


def _quick_form(reading: Reading, case: Any, plan: queries.Plan, data: Any) -> QuickActionForm:
    goals = [(str(goal.uid), str(goal.fact.value)[:60]) for goal in plan.goals if goal.state == "open"]
    return QuickActionForm(
        data,
        owners=choices.owner_choices(reading, case),
        goals=goals,
        initial={"due_on": clock.today() + timedelta(days=USUAL_DAYS), "submission": new_submission()},
    )


def _add(reading: Reading, number: str, form: QuickActionForm) -> None:
    """What the line says goes before what the fields beside it hold."""
    cleaned = form.cleaned_data
    agencies = [(code, code.partition("-")[0]) for code, _label in form.fields["owner"].choices if ":" not in code]  # type: ignore[attr-defined]
    line = read_line(cleaned["text"], agencies=[pair for pair in agencies if pair[0]], today=clock.today())
    agency, person = (line.agency, None) if line.agency else form.chosen_owner()
    due_on = line.due_on or cleaned["due_on"]
    if not agency:
        raise Invalid(_("Kies wie dit doet."), field="owner", remedy=_("Of typ @ en de partner in de regel."))
    if due_on is None:
        raise Invalid(_("Kies een dag."), field="due_on", remedy=_("Of typ hem aan het eind van de regel."))
    commands.add_action(
        reading, number, text=line.text, owner_agency=agency, owner=person, due_on=due_on,
        goal=UUID(cleaned["goal"]) if cleaned["goal"] else None, submission=cleaned["submission"],
    )  # fmt: skip
