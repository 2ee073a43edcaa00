"""The privacy officer's pages of reviews: parse, one read or command, answer."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from audit import ports
from audit.journal.reading import admit
from audit.reviews import commands, reading
from audit.reviews.models import Side, Verdict
from foundation.errors import Invalid, Problem, Refused
from foundation.routes import Shows, route


class JudgeForm(forms.Form):
    """An officer's judgement."""

    use_required_attribute = False

    verdict = forms.ChoiceField(
        label=gettext_lazy("Was deze noodtoegang terecht?"), choices=Verdict.choices,
        widget=forms.RadioSelect, error_messages={"required": gettext_lazy("Kies of de noodtoegang terecht was.")},
    )  # fmt: skip
    words = forms.CharField(
        label=gettext_lazy("Waarom vindt u dat?"), max_length=2000,
        widget=forms.Textarea(attrs={"class": "ams-text-area", "rows": 3}),
        help_text=gettext_lazy("De lezer krijgt dit te zien zodra beide beoordelingen er zijn."),
        error_messages={"required": gettext_lazy("Schrijf waarom u dit vindt.")},
    )  # fmt: skip


@route("reviews", shows=Shows.JOURNAL)
@require_safe
@never_cache
def reviews(request: HttpRequest) -> HttpResponse:
    """The acts of break-glass that this officer oversees, with their deadlines."""
    officer = admit(getattr(request, "visit", None), route="reviews")
    found = reading.reviews(officer)
    names = ports.labels_of(ref for line in found for ref in (line.reader_ref, line.agency_ref, line.case_ref))
    return render(request, "audit/reviews/list.html", {"lines": [_line(line, names) for line in found]})


@route("review", shows=Shows.JOURNAL)
@require_http_methods(["GET", "POST"])
@never_cache
def review(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One act: who, why, what was read, and the judgements."""
    officer = admit(getattr(request, "visit", None), route="review")
    form, problem = JudgeForm(request.POST if request.method == "POST" else None), None
    if request.method == "POST" and form.is_valid():
        problem = _judge(officer, uid, form)
        if problem is None and form.is_valid():
            messages.success(request, _("Uw beoordeling is vastgelegd."))
            return HttpResponseRedirect(reverse("review", args=[uid]))
    shown = reading.one_review(officer, uid)
    context = _page(shown) | {"form": form, "problem": problem}
    status = problem.status if problem else 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "audit/reviews/review.html", context, status=status)


def _judge(officer: Any, uid: UUID, form: JudgeForm) -> Problem | None:
    try:
        commands.judge(officer, uid, **form.cleaned_data)
    except Invalid as problem:
        if problem.field in form.fields:
            form.add_error(problem.field, f"{problem.sentence} {problem.remedy}")
            return None
        return problem
    except Refused as problem:
        return problem
    return None


def _line(line: reading.ReviewLine, names: dict[str, str]) -> dict[str, Any]:
    return {
        "line": line,
        "url": reverse("review", args=[line.uid]),
        "reader": names.get(line.reader_ref, ""),
        "agency": names.get(line.agency_ref, ""),
        "case": names.get(line.case_ref, ""),
        "outcome": str(Verdict(line.outcome).label) if line.outcome else "",
    }


def _page(shown: reading.ReviewShown) -> dict[str, Any]:
    line = shown.line
    refs = {line.reader_ref, line.agency_ref, line.case_ref, *shown.sources}
    refs |= {ref for judged in shown.judged for ref in (judged.officer_ref, judged.agency_ref)}
    names = ports.labels_of(sorted(refs))
    return {
        "found": shown,
        "shown": _line(line, names),
        "sources": [names.get(ref, ref) for ref in shown.sources],
        "judged": [
            {
                "given": judged,
                "verdict": str(Verdict(judged.verdict).label),
                "side": str(Side(judged.side).label),
                "officer": names.get(judged.officer_ref, ""),
                "agency": names.get(judged.agency_ref, ""),
            }
            for judged in shown.judged
        ],
        "crumbs": [{"label": _("Noodtoegang"), "url": reverse("reviews")}],
    }
