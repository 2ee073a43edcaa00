"""The pages of signal patterns: all neighbourhoods, one, the numbers as a file, and the decision about a cluster."""

import csv
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.disclosure.reading import Reading
from foundation.routes import Shows, route
from programmes.patterns import commands, events, queries
from programmes.patterns.forms import DecideForm
from programmes.patterns.models import ClusterState
from programmes.patterns.words import cluster_context, kind_names, map_of, plot_of, short, shown
from programmes.plans.form_pages import form_page, visit_of

IN_TABLE = 5
"""Quarters beside each other in the table: the newest, and the year before it."""


def _reading(request: HttpRequest, name: str, event: str = events.READ) -> Reading:
    return Reading.begin(visit_of(request), route=name, event=event)


def _english() -> bool:
    return (get_language() or "nl").startswith("en")


@route("patterns", shows=Shows.NOTHING)
@require_safe
def patterns(request: HttpRequest) -> HttpResponse:
    """All neighbourhoods, coloured by one kind in one quarter; the table has the quarters beside each other."""
    page = queries.pattern_page(
        _reading(request, "patterns"), covenant=request.GET.get("convenant", ""), kind=request.GET.get("soort", ""),
        quarter=request.GET.get("kwartaal", ""),
    )  # fmt: skip
    names = kind_names(english=_english())
    context = _frame_context(page.frame) | {
        "page": page, "kind": names[page.kind], "kinds": [(code, names[code]) for code in page.kinds],
        "chosen": page.frame.quarters[page.at] if page.frame.quarters else None, "map": map_of(page, page.areas),
        "rows": [
            {"area": one, "cells": _cells(page.values[one.pk])}
            for one in page.areas
        ],
        "totals": _cells(page.totals), "table_quarters": page.frame.quarters[-IN_TABLE:],
        "clusters": [cluster_context(one, names) for one in page.clusters],
    }  # fmt: skip
    return render(request, "programmes/patterns/list.html", context)


def _cells(values: Sequence[int]) -> list[dict[str, str]]:
    return [{"short": short(n), "spoken": shown(n)} for n in values[-IN_TABLE:]]


@route("pattern_area", shows=Shows.NOTHING)
@require_safe
def area(request: HttpRequest, code: str) -> HttpResponse:
    """One neighbourhood: each kind over time."""
    page = queries.area_page(_reading(request, "pattern_area"), code, covenant=request.GET.get("convenant", ""))
    names = kind_names(english=_english())
    plots = [plot_of(names[kind], values, page.frame.quarters) for kind, values in page.values.items()]
    context = _frame_context(page.frame) | {
        "area": page.area, "plots": [one for one in plots if not one.is_hidden],
        "hidden": [one.title for one in plots if one.is_hidden],
        "clusters": [cluster_context(one, names) for one in page.clusters],
    }  # fmt: skip
    return render(request, "programmes/patterns/area.html", context)


@route("patterns_csv", shows=Shows.NOTHING)
@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """The same cells as CSV (RFC 4180); an empty number is too few to show."""
    frame, cells = queries.all_cells(_reading(request, "patterns_csv"), covenant=request.GET.get("convenant", ""))
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="signaalpatronen.csv"'
    writer = csv.writer(answer)
    writer.writerow(("covenant", "quarter", "area", "kind", "at_least", "suppressed", "source", "closed_on"))
    for cell in cells:
        quarter = cell.quarter
        writer.writerow((
            frame.covenant, quarter.code, cell.area.code, cell.kind, cell.at_least or "",
            str(not cell.at_least).lower(), quarter.source, quarter.closed_on.isoformat(),
        ))  # fmt: skip
    return answer


@route("pattern_decide", shows=Shows.NOTHING)
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What follows on a cluster."""
    reading = _reading(request, "pattern_decide", events.DECIDED)
    cluster = commands.cluster_for(reading, uid)
    commands.check_decides(reading)
    form = DecideForm(request.POST or None, meetings=queries.meetings_to_choose(reading))
    kind = kind_names(english=_english()).get(cluster.cell.kind, cluster.cell.kind)
    lead = _("%(kind)s in %(area)s, %(quarter)s: %(shown)s signalen.") % {
        "kind": kind, "area": cluster.cell.area.name, "quarter": cluster.cell.quarter.code,
        "shown": shown(cluster.cell.at_least),
    }  # fmt: skip
    return form_page(
        request, form, lambda given: act(reading, uid, given), title=_("Besluit over dit cluster"), lead=lead,
        submit=_("Leg vast"), back=reverse("patterns"), done=_("Uw besluit over het cluster is vastgelegd."),
    )  # fmt: skip


def act(reading: Reading, uid: UUID, given: dict[str, Any]) -> None:
    """The command of a filled-in form."""
    reason = given["reason"]
    if given["to"] == ClusterState.CASE:
        commands.propose_case(reading, uid, reason=reason)
    elif given["to"] == ClusterState.AGENDA:
        commands.put_on_agenda(reading, uid, reason=reason, meeting=UUID(given["meeting"]))
    else:
        commands.set_aside(reading, uid, reason=reason)


def _frame_context(frame: queries.Frame) -> dict[str, Any]:
    return {
        "frame": frame, "threshold": settings.SMALL_NUMBER, "least": settings.PATTERN_LEAST,
        "times": settings.PATTERN_TIMES, "wait": settings.PATTERN_WAIT_DAYS,
    }  # fmt: skip
