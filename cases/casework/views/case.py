"""One case: what we know together, its timeline, its participants, the versions of a contribution."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.covenants import labels
from cases.casework import beside, pages, queries, words
from cases.casework.fact_rows import partner
from cases.casework.views.frame import bar_for, case_context, purpose_redirect, reading_of
from cases.disclosure.reading import Reading
from foundation.routes import Shows, route


@route("case", shows=Shows.CASE_DATA)
def case(request: HttpRequest, number: str) -> HttpResponse:
    """The joint picture, for the reader or as another participant would see of it (`als`)."""
    preview = request.GET.get("als", "")
    reading = reading_of(request, route="case", event="case.previewed" if preview else "case.read")
    opened = queries.open_case(reading, number, request.session, preview=preview)
    answer = opened.answer
    if not answer.purpose:
        return purpose_redirect(number)
    _note_once(request, reading, opened)
    catalogue = reading.policy.catalogue
    context = case_context(reading, opened, active="case", preview=preview)
    step = pages.next_step(answer.head)
    context |= {
        "domains": pages.domains(answer, catalogue, editable=not preview),
        "hidden_note": _("Elk veld noemt zijn bron en artikel. Wat u niet mag zien staat er niet, of als afgeschermd."),
        "next_steps": [step] if step else [],
        "participants": [{"agency": partner(type_), "people": ""} for type_ in answer.head.partners],
        "participants_url": reverse("case_participants", args=[number]),
        "obligations": [labels.label("obligation", code) for code in answer.obligations],
        "rulesheet_url": reverse("case_rules", args=[number]),
        "beside": [] if preview else beside.groups_of(reading, number),
    }
    return render(request, "cases/casework/case.html", context)


@route("case_timeline", shows=Shows.CASE_DATA)
def timeline(request: HttpRequest, number: str) -> HttpResponse:
    """What happened, by day: phases, and the fields that were added, without their values."""
    reading = reading_of(request, route="case_timeline", event="case.timeline")
    opened = queries.open_timeline(reading, number, request.session)
    if not opened.answer.purpose:
        return purpose_redirect(number)
    context = case_context(reading, opened, active="case_timeline")
    events = pages.timeline(opened.answer, reading.policy.catalogue, queries.phase_lines(reading, opened.case))
    return render(request, "cases/casework/timeline.html", context | {"timeline": events})


@route("case_participants", shows=Shows.CASE_DATA)
def participants(request: HttpRequest, number: str) -> HttpResponse:
    """Who takes part, since when, and how."""
    reading = reading_of(request, route="case_participants", event="case.participants")
    opened = queries.open_head(reading, number, request.session)
    if not opened.answer.purpose:
        return purpose_redirect(number)
    context = case_context(reading, opened, active="case_participants")
    context["participants"] = [_participant(found) for found in queries.participants(reading, opened.case)]
    return render(request, "cases/casework/participants.html", context)


@route("case_versions", shows=Shows.CASE_DATA)
def versions(request: HttpRequest, number: str, uid: UUID) -> HttpResponse:
    """The versions of one contribution, each through the same mask as the present one."""
    reading = reading_of(request, route="case_versions", event="contribution.history")
    answer = queries.versions(reading, number, uid, request.session)
    catalogue = reading.policy.catalogue
    context: dict[str, Any] = {
        "bar": bar_for(reading, answer),
        "case": {"title": number},
        "back_url": reverse("case", args=[number]),
        "title": _("Versies van deze bijdrage"),
        "versions": pages.versions(answer, catalogue),
    }
    return render(request, "cases/casework/history.html", context)


def _participant(found: queries.Participant) -> dict[str, Any]:
    return {
        "agency": {"monogram": found.type, "name": found.name, "type": found.type},
        "people": ", ".join(found.people) or _("het hele team"),
        "since": found.starts,
        "until": found.ends,
        "capacity_label": labels.listed(labels.labels("capacity", found.capacities)),
        "reason": found.reason,
        "mode_label": words.MODES[found.mode],
    }


def _note_once(request: HttpRequest, reading: Reading, opened: queries.Opened) -> None:
    """The first look in a session marks the visit; later looks keep what was new then marked as new."""
    visited = request.session.get("visited", [])
    if opened.case.number not in visited:
        queries.note_visit(reading, opened.case)
        request.session["visited"] = [*visited, opened.case.number]
