"""The page of timelines: choose what it is about, then who read what of it and why. Rules and entries: looking.py."""

from itertools import groupby
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from audit import ports
from audit.journal.reading import Officer, admit
from audit.journal.views import ROLE, shown
from audit.oversight import looking
from audit.oversight.notable import RULES
from audit.oversight.timeline import Timeline
from audit.oversight.words import REASONS, SORTS
from audit.ports import Sort
from foundation import clock
from foundation.errors import Invalid
from foundation.routes import Shows, route


class TimelineForm(forms.Form):
    """Of what, and of which."""

    use_required_attribute = False

    sort = forms.ChoiceField(
        label=gettext_lazy("Tijdlijn van"),
        choices=[(sort.value, SORTS[sort]) for sort in Sort],
        widget=forms.Select({"class": "ams-select"}),
    )
    text = forms.CharField(
        label=gettext_lazy("Welke?"),
        max_length=200,
        widget=forms.TextInput({"class": "ams-text-input"}),
        help_text=gettext_lazy("Een casusnummer, ook voor betrokkenen; een naam van een lezer of organisatie."),
        error_messages={"required": gettext_lazy("Typ een casusnummer of een naam.")},
    )


@route("oversight_timeline", shows=Shows.JOURNAL)
@require_safe
@never_cache
def timeline(request: HttpRequest) -> HttpResponse:
    """A timeline; a choice where the text stands for several; only the form when nothing is asked."""
    officer = admit(getattr(request, "visit", None), route="oversight_timeline")
    asked = bool(request.GET)
    form = TimelineForm(request.GET if asked else None, auto_id="tijdlijn-%s")
    context: dict[str, Any] = {"form": form, "asked": asked, "crumbs": [_crumb()]}
    if asked and form.is_valid():
        try:
            context |= _found(officer, form.cleaned_data, request.GET.get("before", ""))
        except Invalid as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.sentence)
    status = 422 if asked and not form.is_valid() else 200
    return render(request, "audit/oversight/timeline.html", context, status=status)


def url_of(sort: Sort, text: str, **more: str) -> str:
    """The address of a timeline; text: a reference, or what somebody would type."""
    return f"{reverse('oversight_timeline')}?{urlencode({'sort': sort.value, 'text': text, **more})}"


def _found(officer: Officer, given: dict[str, str], before: str) -> dict[str, Any]:
    sort = Sort(given["sort"])
    references = looking.found(officer, sort, given["text"])
    names = ports.labels_of(references)
    if len(references) != 1:
        choices = [{"label": names[ref], "url": url_of(sort, ref)} for ref in references]
        return {"choices": choices, "nothing": not choices}
    (reference,) = references
    page = looking.timeline_of(officer, sort, reference, before=before)
    rows = _rows(page)
    days = groupby(rows, key=lambda row: row["moment"].read.line.recorded_at.astimezone(clock.AMSTERDAM).date())
    return {
        "about": f"{SORTS[sort]}: {names[reference]}",
        "days": [(day, list(found)) for day, found in days],
        "older_url": url_of(sort, reference, before=page.older) if page.older else "",
    }


def _rows(page: Timeline) -> list[dict[str, Any]]:
    lines = shown(moment.read.line for moment in page.moments)
    roles = ports.labels_of(f"{ROLE}{code}" for moment in page.moments for code in moment.roles)
    return [
        {
            "moment": moment,
            "shown": line,
            "roles": [roles[f"{ROLE}{code}"].removeprefix(ROLE) for code in moment.roles],
            "reason": REASONS.get(moment.read.reason, moment.read.reason),
            "rules": [RULES[code] for code in moment.read.rules if code in RULES],
            "why_url": reverse("oversight_why", args=[moment.read.line.uid]),
        }
        for moment, line in zip(page.moments, lines, strict=True)
    ]


def _crumb() -> dict[str, str]:
    return {"label": _("Toezicht"), "url": reverse("oversight")}
