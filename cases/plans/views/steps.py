"""A case goes on: to plan, monitoring, aftercare; is closed; is opened again."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cases.casework import queries as casework
from cases.casework.fact_rows import monogram
from cases.casework.views.frame import reading_of
from cases.disclosure.answer import Source
from cases.disclosure.reading import Reading
from cases.plans import choices, closed, commands
from cases.plans.forms import AftercareForm, CloseForm, ProgressForm, ReopenForm, StartForm
from cases.plans.rules import aftercare_until
from cases.plans.views.shared import attempt, form_page, status_of
from foundation import clock
from foundation.errors import Invalid
from foundation.routes import Shows, route


@route("plan_phase", shows=Shows.NOTHING)
@require_http_methods(["GET", "POST"])
def plan_phase(request: HttpRequest, number: str) -> HttpResponse:
    """The next phase of a case, with what must be recorded at it."""
    reading = reading_of(request, route="plan_phase", event="plan.read")
    case = casework.case_of(reading, number)
    steps = {"meeting": _start, "plan": _monitor, "monitoring": _aftercare}
    if case.phase not in steps:
        raise Invalid(
            _("Na deze fase komt geen andere vanzelf."), remedy=_("Een casus in nazorg wordt afgesloten of heropend."),
        )  # fmt: skip
    commands.check_leads(reading, case)
    return steps[case.phase](request, reading, case)


def _start(request: HttpRequest, reading: Reading, case: Any) -> HttpResponse:
    form = StartForm(request.POST if request.method == "POST" else None)
    return _step(
        request, form, case, lambda: commands.start_plan(reading, case.number), title=_("Start het plan"),
        intro=_("Vanaf nu geldt wat het convenant voor de fase plan geeft. Er is een doel en een actie."),
        done=_("De casus is in de fase plan."),
    )  # fmt: skip


def _monitor(request: HttpRequest, reading: Reading, case: Any) -> HttpResponse:
    form = ProgressForm(request.POST or None)
    return _step(
        request, form, case,
        lambda: commands.start_monitoring(reading, case.number, progress=form.cleaned_data["progress"]),
        title=_("Naar monitoring"), intro=_("Het plan loopt. Leg vast hoe het gaat en wat is bijgesteld."),
        done=_("De casus is in de fase monitoring."), draft_key=f"monitoring:{case.number}",
    )  # fmt: skip


def _aftercare(request: HttpRequest, reading: Reading, case: Any) -> HttpResponse:
    """Two steps: fill in, then look at who loses sight of the case, and confirm.

    No draft on the device here: its script takes the page between the steps for a refusal.
    """
    owners = choices.owner_choices(reading, case)
    form = AftercareForm(request.POST or None, owners=owners, initial={"watch_until": aftercare_until(clock.today())})
    if request.method == "POST" and form.is_valid() and form.cleaned_data["seen"] != form.cleaned_data["watcher"]:
        watcher = form.cleaned_data["watcher"]
        sights = commands.sight_after(reading, case.number, watcher=watcher)
        form.data = {**request.POST.dict(), "seen": watcher}
        return form_page(
            request, form, number=case.number, title=_("Wie verliest het zicht?"), save_label=_("Start nazorg"),
            problem=None, template="cases/plans/aftercare.html", stays=[_sight(s) for s in sights if s.why],
            goes=[_sight(s) for s in sights if not s.why],
        )  # fmt: skip

    def act() -> None:
        cleaned = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
        commands.start_aftercare(reading, case.number, **cleaned)

    return _step(
        request, form, case, act, title=_("Naar nazorg"), save=_("Bekijk wie het zicht verliest"),
        intro=_("In nazorg leest alleen nog mee wie een open actie heeft, wie blijft kijken en wie de regie heeft."),
        done=_("De nazorg is begonnen."),
    )  # fmt: skip


def _sight(sight: commands.Sight) -> dict[str, Any]:
    words = {"watcher": _("blijft kijken"), "lead": _("heeft de regie"), "action": _("heeft een open actie")}
    return {
        "agency": monogram(Source(code=sight.code, type=sight.type, name=sight.name)),
        "why": words.get(sight.why, ""),
    }


def _step(request: HttpRequest, form: Any, case: Any, act: Any, **texts: Any) -> HttpResponse:
    problem = None
    if request.method == "POST" and form.is_valid():
        problem = attempt(form, act)
        if problem is None and form.is_valid():
            messages.success(request, texts["done"])
            return HttpResponseRedirect(reverse("case_plan", args=[case.number]))
    return form_page(
        request, form, number=case.number, title=texts["title"], save_label=texts.get("save") or texts["title"],
        problem=problem, intro=texts["intro"], draft_key=texts.get("draft_key", ""),
        draft_minutes=settings.DRAFT_MINUTES,
    )  # fmt: skip


@route("plan_close", shows=Shows.NOTHING)
@require_http_methods(["GET", "POST"])
def plan_close(request: HttpRequest, number: str) -> HttpResponse:
    """Close the case with its evaluation; from then on nobody opens it."""
    reading = reading_of(request, route="plan_close", event="plan.read")
    case = casework.case_of(reading, number)
    commands.check_closes(reading, case)
    form = CloseForm(request.POST or None)
    problem = None
    if request.method == "POST" and form.is_valid():
        problem = attempt(form, lambda: commands.close_case(reading, number, **form.cleaned_data))
        if problem is None and form.is_valid():
            messages.success(request, _("%(number)s is afgesloten en afgeschermd.") % {"number": number})
            return HttpResponseRedirect(reverse("closed_cases"))
    return form_page(
        request, form, number=number, title=_("Casus afsluiten"), save_label=_("Sluit de casus af"), problem=problem,
        warning=_("Na het afsluiten opent niemand de casus meer, u ook niet. Heropenen kan, met een reden."),
        draft_key=f"afsluiten:{number}", draft_minutes=settings.DRAFT_MINUTES,
    )  # fmt: skip


@route("closed_cases", shows=Shows.NOTHING)
@require_GET
def closed_cases(request: HttpRequest) -> HttpResponse:
    """The closed cases that this reader may open again, by number alone."""
    reading = reading_of(request, route="closed_cases", event="case.closed_list")
    cases = [
        {"number": case.number, "closed_at": case.closed_at, "url": reverse("case_reopen", args=[case.number])}
        for case in closed.closed_cases(reading)
    ]
    return render(request, "cases/plans/closed.html", {"cases": cases})


@route("case_reopen", shows=Shows.NOTHING)
@require_http_methods(["GET", "POST"])
def case_reopen(request: HttpRequest, number: str) -> HttpResponse:
    """Open a closed case again, with a reason. Raises NotYourCase for everybody who may not."""
    reading = reading_of(request, route="case_reopen", event="plan.read")
    commands.check_reopens(reading, number)
    form = ReopenForm(request.POST or None)
    problem = None
    if request.method == "POST" and form.is_valid():
        problem = attempt(form, lambda: commands.reopen_case(reading, number, **form.cleaned_data))
        if problem is None and form.is_valid():
            messages.success(request, _("%(number)s is weer open.") % {"number": number})
            return HttpResponseRedirect(reverse("case", args=[number]))
    return render(
        request, "cases/plans/form.html",
        {
            "form": form, "problem": problem, "title": _("Casus heropenen"), "save_label": _("Heropen de casus"),
            "case": {"title": number}, "cancel_url": reverse("closed_cases"), "cancel_label": _("Gesloten casussen"),
        },
        status=status_of(form, problem),
    )  # fmt: skip
