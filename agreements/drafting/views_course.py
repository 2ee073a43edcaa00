"""Pages of the parties and the course of a draft: who would sign, which steps there are, what was saved."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agreements.drafting import commands, editing, queries
from agreements.drafting.answers import Choices, DraftPage, StepView
from agreements.drafting.errors import StepRefused
from agreements.drafting.forms import BasedForm, StepForm
from agreements.drafting.forms_start import PartiesForm
from agreements.drafting.models import DraftState
from agreements.drafting.pages import frame, put_error, try_edit, visit_of, writable
from agreements.drafting.party_words import parties_for_text
from agreements.drafting.steps import Step
from foundation.errors import Invalid, NotFound
from foundation.routes import Shows, route

_LINE = (DraftState.DRAFT, DraftState.CONSULTATION, DraftState.FOR_SIGNATURE, DraftState.ADOPTED)


@route("draft_course", shows=Shows.RULES)
@never_cache
@require_safe
def course(request: HttpRequest, uid: Any) -> HttpResponse:
    """Who would sign in which capacity, the steps with what stands in their way, and every saved text."""
    return _course_page(request, uid)


@route("draft_parties", shows=Shows.RULES)
@require_POST
def parties(request: HttpRequest, uid: Any) -> HttpResponse:
    """These agencies would sign, and no others."""
    page = writable(request, uid)
    form = _parties_form(page, queries.choices(visit_of(request), uid), request.POST)
    if form.is_valid():
        try:
            commands.set_parties(visit_of(request), uid, parties=form.parties())
        except Invalid as problem:
            put_error(form, problem)
        else:
            messages.success(request, _("De partijen zijn bewaard."))
            return redirect("draft_course", uid=uid)
    return _course_page(request, uid, form=form)


@route("draft_parties_text", shows=Shows.RULES)
@never_cache
@require_http_methods(["GET", "POST"])
def parties_text(request: HttpRequest, uid: Any) -> HttpResponse:
    """Make the text name the parties that were chosen, after a look at what that changes."""
    page = writable(request, uid)
    named, bureau = parties_for_text(page)
    form = BasedForm(request.POST or None, initial={"base_revision": page.revision})
    back = reverse("draft_course", args=[uid])
    if request.method == "POST" and form.is_valid():
        operation = partial(editing.set_parties, parties=named, bureau=bureau)
        answer = try_edit(request, uid, operation, form=form, done=back)
        if answer is not None:
            return answer
    labels = {option.code: option.label for option in queries.choices(visit_of(request), uid).capacities}
    lines = [(labels[capacity], ", ".join(tokens)) for capacity, tokens in named.items()]
    if bureau:
        lines.append((labels["bureau"], bureau["code"]))
    title = _("Partijen overnemen in de tekst")
    context = {
        **frame(page, active="course", here=title),
        "form": form,
        "title": title,
        "intro": _("De tekst noemt daarna deze partijen. Rechten geeft dit niet: dat doen de regels."),
        "lines": lines,
        "label": _("Neem over in de tekst"),
        "back": back,
    }
    return render(request, "agreements/drafting/remove.html", context, status=422 if form.errors else 200)


@route("draft_step", shows=Shows.RULES)
@never_cache
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, uid: Any, step: str) -> HttpResponse:
    """Take one step, after a yes and, where the others are told one, a reason."""
    if step not in Step.values:
        raise NotFound(_("Deze stap bestaat niet."), remedy=_("Kies een stap bij Partijen en voortgang."))
    page = queries.draft_page(visit_of(request), uid)
    known = next((item for item in page.steps if item.code == step), None)
    form = StepForm(request.POST or None, asks_reason=bool(known and known.asks_reason))
    if request.method == "POST" and form.is_valid():
        try:
            commands.take_step(visit_of(request), uid, step=Step(step), reason=form.cleaned_data.get("reason", ""))
        except StepRefused as problem:
            for _place, sentence in problem.errors or (("", problem.sentence),):
                form.add_error(None, sentence)
            if known is None:
                messages.error(request, f"{problem.sentence} {problem.remedy}".strip())
        except Invalid as problem:
            put_error(form, problem)
        else:
            messages.success(request, _("Gedaan: %(step)s.") % {"step": Step(step).label})
            return redirect("draft_course", uid=uid)
    if known is None:
        return redirect("draft_course", uid=uid)
    title = known.label
    context = {
        **frame(page, active="course", here=title),
        "form": form,
        "title": title,
        "step": known,
        "about": _ABOUT[Step(step)],
        "back": reverse("draft_course", args=[uid]),
    }
    return render(request, "agreements/drafting/step.html", context, status=422 if form.errors else 200)


_ABOUT = {
    Step.OPEN_CONSULTATION: _lazy(
        "De andere partijen kunnen het concept dan lezen en er opmerkingen bij maken. U kunt de tekst blijven wijzigen."
    ),
    Step.BACK_TO_DRAFT: _lazy("De andere partijen lezen het concept dan niet meer. Opmerkingen blijven bewaard."),
    Step.PUT_UP: _lazy(
        "De tekst ligt daarna vast en krijgt een vingerafdruk. De tekenbevoegden van alle partijen kunnen tekenen."
    ),
    Step.TAKE_BACK: _lazy(
        "Handtekeningen die er al staan, vervallen; ze blijven bewaard als bewijs. Daarna kan de tekst weer veranderen."
    ),
    Step.DROP: _lazy("Het concept eindigt hier en kan niet meer verder. De tekst blijft leesbaar."),
}


def _parties_form(page: DraftPage, choices: Choices, sent: Any = None) -> PartiesForm:
    initial = {f"partij_{party.code}": party.capacity for party in page.parties}
    return PartiesForm(sent, agencies=choices.agencies, capacities=choices.capacities, initial=initial)


def _course_page(request: HttpRequest, uid: Any, *, form: PartiesForm | None = None) -> HttpResponse:
    visit = visit_of(request)
    page = queries.draft_page(visit, uid)
    shown = form or _parties_form(page, queries.choices(visit, uid))
    n = page.revision
    context = {
        **frame(page, active="course"),
        "line": _line(page),
        "form": shown,
        "mismatch": [party for party in page.parties if page.readable and party.expected != party.capacity],
        "steps": sorted((_step(page, item) for item in page.steps), key=lambda row: not row["forward"]),
        "revisions": [
            {"line": line, "url": reverse("draft_revision", args=[uid, line.number]), "newest": line.number == n}
            for line in queries.revisions_of(visit, uid)
        ],
    }
    return render(request, "agreements/drafting/course.html", context, status=422 if form and form.errors else 200)


def _step(page: DraftPage, item: StepView) -> Mapping[str, Any]:
    forward = item.code in (Step.OPEN_CONSULTATION, Step.PUT_UP)
    return {"item": item, "url": reverse("draft_step", args=[page.uid, item.code]), "forward": forward}


def _line(page: DraftPage) -> list[dict[str, str]]:
    """The course as a line: done, now, still to come; a draft that was dropped has only its end."""
    state = DraftState(page.state)
    if state is DraftState.DROPPED:
        return [{"label": str(state.label), "state": "current", "who": ""}]
    at = _LINE.index(state)
    who = {
        DraftState.DRAFT: _("jurist van %(owner)s schrijft"),
        DraftState.CONSULTATION: _("partijen lezen en maken opmerkingen"),
        DraftState.FOR_SIGNATURE: _("tekenbevoegden van alle partijen tekenen"),
        DraftState.ADOPTED: _("geldt vanaf de eerste dag van de looptijd"),
    }
    states = ["done" if place < at else "current" if place == at else "todo" for place in range(len(_LINE))]
    return [
        {"label": str(known.label), "state": done, "who": who[known] % {"owner": page.owner_name}}
        for known, done in zip(_LINE, states, strict=True)
    ]
