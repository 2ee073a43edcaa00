"""The page of triage: four filters, and what is done at each of them by a form of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cases.casework.views.frame import case_context, purpose_redirect, reading_of
from cases.disclosure.reading import Reading
from cases.triage import commands, events, forms, pages, queries, rights
from cases.triage.codes import Outcome
from cases.triage.views.shared import attempt, status_of
from foundation.errors import Invalid, Problem
from foundation.routes import Shows, route


@dataclass(slots=True)
class Tried:
    """What a form that was sent came to: done in words, or a refusal, or errors in the form."""

    name: str
    form: Form | None = None
    problem: Problem | None = None
    done: str = ""


@route("triage_start", shows=Shows.NOTHING)
@require_POST
def start(request: HttpRequest, number: str) -> HttpResponse:
    """The signal `number` goes into triage."""
    reading = reading_of(request, route="triage_start", event=events.STARTED)
    triage = commands.take_signal(reading, number)
    messages.success(request, _("De triage is begonnen. Wie het betreft, blijft weg tot filter 4."))
    return HttpResponseRedirect(reverse("case_triage", args=[triage.case.number]))


@route("case_triage", shows=Shows.CASE_DATA)
@never_cache
@require_http_methods(["GET", "POST"])
def triage(request: HttpRequest, number: str) -> HttpResponse:
    """What the filter shows; a form that was sent is done first, and comes back with its errors."""
    reading = reading_of(request, route="case_triage", event=events.READ)
    tried = Tried(name="")
    if request.method == "POST":
        tried = _ACTS.get(request.POST.get("doe", ""), _nothing)(request, reading, number)
        if tried.problem is None and tried.done:
            messages.success(request, tried.done)
            return HttpResponseRedirect(_after(reading, number))
    page = queries.triage_page(reading, number, request.session)
    if not page.opened.answer.purpose:
        return purpose_redirect(number)
    context = case_context(reading, page.opened, active="case_triage") | _context(reading, page, tried)
    return render(request, "cases/triage/triage.html", context, status=status_of(tried.form, tried.problem))


def _after(reading: Reading, number: str) -> str:
    """Back to triage; to the list when the case was not admitted, since nobody reads it any more."""
    gone = queries.is_rejected(number)
    return reverse("worklist") if gone else reverse("case_triage", args=[number])


def _nothing(request: HttpRequest, reading: Reading, number: str) -> Tried:
    unknown = Invalid(_("Deze stap bestaat niet."), field="doe", remedy=_("Laad de pagina opnieuw."))
    return Tried(name="", problem=unknown)


def _begin(request: HttpRequest, reading: Reading, number: str) -> Tried:
    problem = attempt(None, lambda: commands.start_triage(reading, number))
    return Tried(name="begin", problem=problem, done=_("De triage is begonnen."))


def _pass(request: HttpRequest, reading: Reading, number: str) -> Tried:
    to = request.POST.get("naar", "")
    problem = attempt(
        None,
        lambda: commands.pass_filter(reading, number, int(to) if to.isascii() and to.isdigit() and len(to) < 3 else 0),
    )
    return Tried(name="filter", problem=problem, done=_("U bent bij filter %(n)s.") % {"n": to})


def _ask(request: HttpRequest, reading: Reading, number: str) -> Tried:
    codes = request.POST.getlist("agencies")
    form = forms.AskForm(request.POST, agencies=[(code, code) for code in codes])
    problem = None
    if form.is_valid():
        problem = attempt(form, lambda: commands.ask(reading, number, agencies=codes))
    done = _("De vraag is gesteld. Wie meldde, zegt nu om wie het gaat.")
    return Tried(name="vraag", form=form, problem=problem, done="" if form.errors else done)


def _invite(request: HttpRequest, reading: Reading, number: str) -> Tried:
    problem = attempt(None, lambda: commands.invite_to_weigh(reading, number, request.POST.get("agency", "")))
    return Tried(name="mee", problem=problem, done=_("Deze organisatie weegt nu mee."))


def _fits(request: HttpRequest, reading: Reading, number: str) -> Tried:
    problem = attempt(None, lambda: commands.say_fits(reading, number))
    return Tried(name="past", problem=problem, done=_("Vastgelegd: de melding past bij het doel."))


def _judge(request: HttpRequest, reading: Reading, number: str) -> Tried:
    """Only the criteria that differ from how they stood when the page was made."""
    form = forms.CriteriaForm(request.POST)
    if form.is_valid():
        before = queries.triage_page(reading, number, request.session)
        form.initial = criteria_initial(before)
        for code, met, text in form.changed():
            problem = attempt(
                form,
                lambda code=code, met=met, text=text: commands.judge(reading, number, code, fulfilled=met, text=text),  # type: ignore[misc]
                names={"text": f"{code}_text"},
            )
            if problem is not None or form.errors:
                return Tried(name="criteria", form=form, problem=problem)
    return Tried(name="criteria", form=form, done="" if form.errors else _("Het oordeel is vastgelegd."))


def _propose(request: HttpRequest, reading: Reading, number: str) -> Tried:
    codes = [(code, code) for code in request.POST.getlist("agency") if code]
    form = forms.ProposalForm(request.POST, admit=True, more=True, agencies=codes)
    problem = None
    if form.is_valid():
        given = form.cleaned_data
        if given["outcome"] == Outcome.MORE_INFO:
            problem = attempt(form, lambda: commands.ask_more(reading, number, text=given["text"]))
        else:
            problem = attempt(
                form,
                lambda: commands.propose(
                    reading, number, given["outcome"], text=given["text"], destination=form.destination()
                ),
                names={"destination": form.place_of_destination()},
            )
    return Tried(
        name="voorstel", form=form, problem=problem, done="" if form.errors else _("Het voorstel is vastgelegd.")
    )


def _respond(request: HttpRequest, reading: Reading, number: str) -> Tried:
    form = forms.PositionForm(request.POST)
    problem = None
    if form.is_valid():
        agrees = request.POST.get("stem") == "ja"
        problem = attempt(
            form, lambda: commands.respond(reading, number, agrees=agrees, text=form.cleaned_data["reason"])
        )
    return Tried(
        name="standpunt", form=form, problem=problem, done="" if form.errors else _("Uw standpunt is vastgelegd.")
    )


_ACTS: dict[str, Callable[[HttpRequest, Reading, str], Tried]] = {
    "begin": _begin, "filter": _pass, "vraag": _ask, "mee": _invite, "past": _fits, "criteria": _judge,
    "voorstel": _propose, "standpunt": _respond,
}  # fmt: skip


def criteria_initial(page: queries.TriagePage) -> dict[str, str]:
    """How the criteria stand, as the form takes them."""
    found = {}
    for criterion in page.criteria:
        if criterion.step is not None:
            found[f"{criterion.code}_met"] = "ja" if criterion.step.fulfilled else "nee"
            found[f"{criterion.code}_text"] = criterion.step.text
    return found


def _context(reading: Reading, page: queries.TriagePage, tried: Tried) -> dict[str, Any]:
    number = page.opened.case.number
    return {
        "number": number,
        "stand": page.stand,
        "filters": pages.steps(page),
        "signal_number": page.signal_number,
        "ages": [age for age in page.ages if age],
        "severity": pages.severity(page),
        "facts": pages.facts(page, reading.policy.catalogue),
        "in_triage": page.opened.case.phase == "triage",
        "checks": [pages.check(check) for check in page.checks],
        "criteria": [
            {"code": item.code, "published": item.published, "step": pages.step(item.step) if item.step else None}
            for item in page.criteria
        ],
        "fits": [pages.step(view) for view in page.fits],
        "proposal": pages.step(page.proposal) if page.proposal else None,
        "positions": [pages.step(view) for view in page.positions],
        "outcome": pages.outcome(page),
        "may": dict.fromkeys(page.may, True),
        "next_filter": page.stand.filter + 1 if page.stand else 1,
        "invitable": page.invitable,
        "problem": tried.problem,
        "tried": tried.name,
        "draft_minutes": settings.DRAFT_MINUTES,
        "opening_url": reverse("case_open", args=[number]),
        **_forms(reading, page, tried),
    }


def _forms(reading: Reading, page: queries.TriagePage, tried: Tried) -> dict[str, Any]:
    """The forms of what this reader can do; the one that was sent comes back as it was."""
    may = page.may
    found: dict[str, Any] = {}
    if rights.JUDGE in may:
        found["criteria_form"] = forms.CriteriaForm(initial=criteria_initial(page))
    if rights.ASK in may and page.askable:
        found["ask_form"] = forms.AskForm(agencies=[(agency.code, agency.name) for agency in page.askable])
    if rights.PROPOSE in may:
        parties = queries.parties_for(reading, page.opened.case)
        found["proposal_form"] = forms.ProposalForm(
            admit=rights.ADMIT in may, more=rights.MORE in may, agencies=[(one.code, one.name) for one in parties]
        )
    if rights.RESPOND in may:
        found["position_form"] = forms.PositionForm()
    sent = {"criteria": "criteria_form", "vraag": "ask_form", "voorstel": "proposal_form", "standpunt": "position_form"}
    if tried.form is not None and sent.get(tried.name) in found:
        _rechoose(found[sent[tried.name]], tried.form)
        found[sent[tried.name]] = tried.form
        found["faulty_form"] = tried.form
    return found


def _rechoose(fresh: Form, sent: Form) -> None:
    """What may be chosen now, in the form that was sent."""
    for name, field in sent.fields.items():
        if hasattr(field, "choices") and name in fresh.fields:
            field.choices = fresh.fields[name].choices  # type: ignore[attr-defined]
