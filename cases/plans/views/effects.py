"""Reviews and measured effects of one case."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.casework import queries as casework
from cases.casework.pages import case_title, person_label
from cases.casework.views.frame import purpose_redirect, reading_of
from cases.disclosure.answer import Answer
from cases.plans import choices, commands, queries
from cases.plans.forms import MeasureForm, ReviewForm
from cases.plans.views.shared import attempt, form_page
from cases.plans.words import part_labels
from foundation import clock
from foundation.routes import Shows, route


@route("plan_review", shows=Shows.NOTHING)
@require_http_methods(["GET", "POST"])
def plan_review(request: HttpRequest, number: str, uid: UUID) -> HttpResponse:
    """Hold a review: what was found, and what it comes to."""
    reading = reading_of(request, route="plan_review", event="plan.read")
    casework.case_of(reading, number)
    form = ReviewForm(request.POST or None)
    problem = None
    if request.method == "POST" and form.is_valid():
        problem = attempt(form, lambda: commands.hold_review(reading, number, uid, **form.cleaned_data))
        if problem is None and form.is_valid():
            messages.success(request, _("De evaluatie is vastgelegd. De volgende staat gepland."))
            return HttpResponseRedirect(reverse("case_plan", args=[number]))
    return form_page(
        request, form, number=number, title=_("Evaluatie vastleggen"), save_label=_("Leg vast"), problem=problem,
        draft_key=f"evaluatie:{uid}", draft_minutes=settings.DRAFT_MINUTES,
    )  # fmt: skip


@route("plan_measure", shows=Shows.CASE_DATA)
@require_http_methods(["GET", "POST"])
def plan_measure(request: HttpRequest, number: str) -> HttpResponse:
    """Enter effects at one moment; what one's own agency measured then stands filled in."""
    reading = reading_of(request, route="plan_measure", event="plan.read")
    opened = casework.open_head(reading, number, request.session)
    if not opened.answer.purpose:
        return purpose_redirect(number)
    people = _people(opened.answer, choices.people_of(opened.case))
    chosen = {"moment": request.GET.get("moment", ""), "person": request.GET.get("persoon", "")}
    initial = _initial(reading, number, request.session, chosen, people) if request.method == "GET" else {}
    form = MeasureForm(
        request.POST or None, parts=part_labels(reading.policy.catalogue), people=people, initial=initial
    )
    problem = None
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        person = UUID(cleaned["person"]) if cleaned.get("person") else None
        problem = attempt(
            form,
            lambda: commands.record_measurement(
                reading, number, moment=cleaned["moment"], on=cleaned["on"], scores=form.scores(), person=person
            ),
        )
        if problem is None and form.is_valid():
            messages.success(request, _("De meting is vastgelegd."))
            return HttpResponseRedirect(f"{reverse('case_plan', args=[number])}#effect")
    return form_page(
        request, form, number=number, title=_("Effect meten"), save_label=_("Leg vast"), problem=problem,
        template="cases/plans/measure.html", draft_key=f"meting:{number}", draft_minutes=settings.DRAFT_MINUTES,
        case={"title": case_title(opened.answer)},
    )  # fmt: skip


def _people(head: Answer, places: tuple[tuple[str, int], ...]) -> list[tuple[str, str]]:
    known = {person.subject: person_label(person, 0) for person in head.disclosures if person.first("full_name")}
    return [
        (uid, known.get(uid) or _("Betrokkene %(n)d") % {"n": place})
        for place, (uid, _position) in enumerate(places, 1)
    ]


def _initial(
    reading: Any, number: str, session: Any, chosen: dict[str, str], people: list[tuple[str, str]]
) -> dict[str, Any]:
    """The own measurement that was asked for, else the next moment that the own agency did not measure."""
    subject = chosen["person"] if chosen["person"] in dict(people) else next((uid for uid, _name in people), None)
    moment, found = queries.own_scores(reading, number, session, moment=chosen["moment"], subject=subject)
    initial: dict[str, Any] = {"moment": moment, "person": subject, "on": found.on if found else clock.today()}
    return initial | (dict(found.fact.value) if found else {})
