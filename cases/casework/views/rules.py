"""What the rules say: the purpose one reads for, the rule sheet, and "Waarom?"."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from agreements.covenants import labels
from agreements.covenants.sentences import mend
from agreements.policy.vocabulary import PHASES
from cases.casework import pages, purpose, queries
from cases.casework.fact_rows import language
from cases.casework.forms import MomentForm
from cases.casework.views.frame import case_context, fragment, purpose_options, purpose_redirect, reading_of
from cases.disclosure.why import EmergencyWhy, rule_sheet, told
from cases.disclosure.why import why as explain_why
from foundation import clock
from foundation.errors import Invalid
from foundation.routes import Shows, route

GRADES = {
    "visible": gettext_lazy("zichtbaar voor u"),
    "announced": gettext_lazy("afgeschermd"),
    "silent": gettext_lazy("niet voor u"),
}


@route("case_purpose", shows=Shows.RULES)
@require_http_methods(["GET", "POST"])
def case_purpose(request: HttpRequest, number: str) -> HttpResponse:
    """Choose for which purpose to read this case; the choice is recorded and kept for the visit."""
    reading = reading_of(request, route="case_purpose", event="purpose.asked")
    found = queries.case_of(reading, number)
    problem = None
    if request.method == "POST":
        try:
            purpose.declare(reading, found, request.session, code=request.POST.get("purpose", ""))
            return HttpResponseRedirect(reverse("case", args=[number]))
        except Invalid as refusal:
            problem = refusal
    context: dict[str, Any] = {
        "purposes": purpose_options(reading, found, purpose.declared(reading, found, request.session)),
        "action_url": reverse("case_purpose", args=[number]),
        "cancel_url": reverse("case", args=[number]),
        "problem": problem,
    }
    template = fragment(request, "cases/casework/purpose.html", "cases/casework/_purpose.html")
    return render(request, template, context, status=problem.status if problem else 200)


@route("case_why", shows=Shows.RULES)
def case_why(request: HttpRequest, number: str) -> HttpResponse:
    """Why a field of a source is visible, announced or silent for this reader, now or at a past moment."""
    reading = reading_of(request, route="case_why", event="rule.explained")
    found = queries.case_of(reading, number)
    form = MomentForm(request.GET)
    if not form.is_valid():
        raise Invalid(
            _("Deze vraag is niet compleet: veld, bron of moment klopt niet."),
            field=next(iter(form.errors)), remedy=_("Kies het veld opnieuw op het regelblad."),
        )  # fmt: skip
    at = form.cleaned_data["op"] or reading.at
    answer = explain_why(
        reading,
        found,
        field=form.cleaned_data["veld"],
        source=form.cleaned_data["bron"],
        purpose=purpose.declared_at(reading, found, request.session, at=at),
        at=at,
        person=form.cleaned_data["persoon"],
    )
    field = reading.policy.catalogue.by_code[answer.field]
    explanation = answer.explanation
    context = {
        "field_label": field.label(language()),
        "source_label": answer.source.name,
        "grade": explanation.grade,
        "grade_label": GRADES[explanation.grade],
        "at": at.astimezone(clock.AMSTERDAM) if form.cleaned_data["op"] else None,
        "steps": [pages.step(step) for step in told(explanation)],
        "mend": [mend(step) for step in explanation.mend],
        "always_note": _(
            "Dit antwoord gaat over regels. Het is hetzelfde of er iets bekend is of niet, en ook als een "
            "bron of betrokkene iets heeft laten blokkeren."
        ),
        "at_form": MomentForm(initial=form.cleaned_data),
        "why_url": reverse("case_why", args=[number]),
        "back_url": reverse("case", args=[number]),
        **_emergency(answer.emergency, number),
    }
    return render(request, fragment(request, "cases/casework/why.html", "cases/casework/_why.html"), context)


def _emergency(found: EmergencyWhy | None, number: str) -> dict[str, Any]:
    """The one action under the chain: to what break-glass shows, or to taking it, where an article allows that."""
    if found is None:
        return {}
    article = {"article": str(found.article)}
    if found.until is None:
        label = _("Noodtoegang bij acuut gevaar (%(article)s)") % article
    else:
        until = date_format(found.until.astimezone(clock.AMSTERDAM), "H:i:s")
        label = _("Zichtbaar met noodtoegang: %(article)s, tot %(until)s") % (article | {"until": until})
    return {"ask_url": reverse("case_break_glass", args=[number]), "ask_label": label}


@route("case_rules", shows=Shows.RULES)
def case_rules(request: HttpRequest, number: str) -> HttpResponse:
    """ "Wat mag ik hier zien?": every field by every source, by the rules alone."""
    reading = reading_of(request, route="case_rules", event="rule.sheet")
    opened = queries.open_head(reading, number, request.session)
    answer, found = opened.answer, opened.case
    if not answer.purpose:
        return purpose_redirect(number)
    options = purpose.options_for(reading, found)
    chosen = request.GET.get("doel", "") or answer.purpose
    if chosen not in {option.code for option in options}:
        raise Invalid(_("De convenanten geven uw rol dit doel niet."), field="doel", remedy=_("Kies een ander doel."))
    phase = request.GET.get("fase", "")
    if phase and phase not in PHASES:
        raise Invalid(_("Deze fase bestaat niet."), field="fase", remedy=_("Kies een fase uit de lijst."))
    at = _moment(request.GET.get("op", ""))
    sheet = rule_sheet(reading, found, purpose=chosen, phase=phase, at=at)
    context = case_context(reading, opened, active="case_rules")
    context |= {
        "sheet": pages.sheet(
            sheet, reading.policy.catalogue, number=number, own=reading.visit.agency.code, area=found.kind == "area"
        ),
        "filters": {
            "purposes": [
                {"value": option.code, "label": str(option.label), "selected": option.code == chosen}
                for option in options
            ],
            "phases": [
                {
                    "value": code,
                    "label": labels.label("phase", code),
                    "selected": code == (phase or answer.head.phase),
                }
                for code in PHASES
            ],
            "at": date_format(at.astimezone(clock.AMSTERDAM), "Y-m-d\\TH:i") if at else "",
        },
    }
    return render(request, "cases/casework/rulesheet.html", context)


def _moment(text: str) -> datetime | None:
    """A device's local date and time, in Dutch time; None for an empty one."""
    if not text:
        return None
    form = MomentForm({"veld": "-", "bron": "-", "op": text})
    if not form.is_valid():
        raise Invalid(_("Dit moment is niet te lezen."), field="op", remedy=_("Kies een datum en tijd."))
    moment: datetime = form.cleaned_data["op"]
    if moment > clock.now():
        raise Invalid(_("Dat moment ligt in de toekomst."), field="op", remedy=_("Kies een moment tot en met nu."))
    return moment
