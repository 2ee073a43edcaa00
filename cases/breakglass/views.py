"""HTML faces of this room: parse, one command or query, answer. What was typed is kept whatever goes wrong."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from agreements.parties.signin import check_strong_and_fresh
from audit.reviews.models import Side, Verdict
from cases.breakglass import commands, events, queries
from cases.casework import pages
from cases.casework.fact_rows import fact_row, language
from cases.casework.views.frame import case_context, reading_of
from cases.casework.views.outcome import attempt, status_of
from cases.disclosure.emergency import Allowed
from cases.disclosure.reading import Reading
from foundation import clock
from foundation.routes import Shows, route


class BreakGlassForm(forms.Form):
    """Why somebody must know this now, and under which article."""

    use_required_attribute = False

    article = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Welk gevaar is er, en waarom moet u dit nu weten?"), max_length=2000,
        widget=forms.Textarea(attrs={"class": "ams-text-area", "rows": 3}),
        help_text=gettext_lazy("De privacy officers van de bron en van uw organisatie lezen dit meteen."),
        error_messages={"required": gettext_lazy("Schrijf welk gevaar er is en waarom u dit nu moet weten.")},
    )  # fmt: skip


@route("case_break_glass", shows=Shows.CASE_DATA)
@require_http_methods(["GET", "POST"])
def case_break_glass(request: HttpRequest, number: str) -> HttpResponse:
    """Take break-glass where an article allows it, and read what it opens while it stands."""
    reading = reading_of(request, route="case_break_glass", event=events.READ)
    form, problem = BreakGlassForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        check_strong_and_fresh(request)
        given = form.cleaned_data
        problem = attempt(form, lambda: commands.break_glass(reading, number, **given))
        if problem is None and form.is_valid():
            messages.warning(request, _("Noodtoegang is open. De privacy officers hebben bericht."))
            return HttpResponseRedirect(reverse("case_break_glass", args=[number]))
    found = queries.emergencies(reading, number, request.session)
    opened = queries.head(replace(reading, event=events.FORM), number, request.session)
    commands.note_outcome_read(reading, [item.act for item in found.past if item.judged])
    context = case_context(reading, opened, active="case_break_glass") | {
        "acts": [_act(reading, shown, number) for shown in found.shown],
        "offers": [_offer(item, reading) for item in found.allowed if not _stands(item, found)],
        "past": [_past(item) for item in found.past],
        "ends_in_ms": _ends_in_ms(reading, found),
        "form": form,
        "problem": problem,
    }
    return render(request, "cases/breakglass/break_glass.html", context, status=status_of(form, problem))


@route("break_glass_end", shows=Shows.NOTHING)
@require_POST
def break_glass_end(request: HttpRequest, number: str, uid: UUID) -> HttpResponse:
    """End an own act early."""
    commands.end_break_glass(reading_of(request, route="break_glass_end", event=events.ENDED), number, uid)
    messages.success(request, _("Uw noodtoegang is beëindigd."))
    return HttpResponseRedirect(reverse("case_break_glass", args=[number]))


def _stands(item: Allowed, found: queries.Emergencies) -> bool:
    return any(shown.standing.article.ref == item.article.ref for shown in found.shown)


def _ends_in_ms(reading: Reading, found: queries.Emergencies) -> int | None:
    """Until the first act ends: then an open page hides what it shows and is read anew."""
    ends = [shown.standing.until for shown in found.shown]
    return max(0, int((min(ends) - reading.at).total_seconds() * 1000)) if ends else None


def _offer(item: Allowed, reading: Reading) -> dict[str, Any]:
    catalogue, spoken = reading.policy.catalogue, language()
    fields = [field.label(spoken) for field in catalogue.fields if item.fields >> field.bit & 1]
    return {
        "key": item.key, "article": str(item.article.ref), "minutes": item.article.minutes,
        "hours": item.article.review_hours, "fields": fields,
        "sources": [agency.name_in(spoken) for agency in item.sources],
    }  # fmt: skip


def _act(reading: Reading, shown: queries.Shown, number: str) -> dict[str, Any]:
    catalogue, standing = reading.policy.catalogue, shown.standing
    people = []
    for position, person in enumerate(shown.answer.disclosures, 1):
        rows = [fact_row(fact, catalogue, number=number, person=person.subject) for fact in person.facts]
        # The versions of a contribution are read by ordinary rights.
        people.append(
            {"label": pages.person_label(person, position), "rows": [replace(row, history_url="") for row in rows]}
        )
    return {
        "article": str(standing.article.ref), "since": standing.since.astimezone(clock.AMSTERDAM),
        "until": standing.until.astimezone(clock.AMSTERDAM), "people": people,
        "end_url": reverse("break_glass_end", args=[number, standing.uid]),
    }  # fmt: skip


def _past(item: queries.Past) -> dict[str, Any]:
    act = item.act
    return {
        "article": f"{act.covenant} art. {act.article}", "since": act.given_at.astimezone(clock.AMSTERDAM),
        "until": (act.ended_at or act.until).astimezone(clock.AMSTERDAM),
        "judged": [
            {"verdict": str(Verdict(judged.verdict).label), "side": str(Side(judged.side).label), "words": judged.words}
            for judged in item.judged
        ],
    }  # fmt: skip
