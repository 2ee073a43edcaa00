"""The page with the course of reads: a drawing made here, and the same numbers as tables. Counting: plot.py."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from audit import ports
from audit.journal.reading import admit
from audit.oversight import looking
from audit.oversight.plot import Plot, Series
from audit.oversight.timeline_views import url_of
from audit.ports import Sort
from foundation.routes import Shows, route

STEP, BAR = 54, 34
TOP, BOTTOM = 22, 170
"""Per week so much room and so wide a bar, between these heights, in the units of the picture."""
SMALL_STEP, SMALL_BAR, SMALL_HEIGHT = 9, 7, 28


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One week as drawn: all reads, and from below those without an explanation. middle: where its words stand."""

    x: int
    y: int
    height: int
    dark_y: int
    dark_height: int
    middle: int
    label_y: int
    label: str
    reads: int
    unexplained: int
    break_glass: int


@route("oversight_plot", shows=Shows.JOURNAL)
@require_safe
@never_cache
def plot(request: HttpRequest) -> HttpResponse:
    """Reads per week and per agency, with a table for who does not see the drawing."""
    officer = admit(getattr(request, "visit", None), route="oversight_plot")
    found = looking.plot_of(officer)
    names = ports.labels_of(series.agency_ref for series in found.agencies)
    context = {
        "bars": _bars(found),
        "width": STEP * len(found.weeks),
        "whole": found.whole,
        "unexplained": sum(found.whole.unexplained),
        "break_glass": sum(found.whole.break_glass),
        "agencies": [_agency(series, names) for series in found.agencies],
        "weeks": [date_format(week, "j b") for week in found.weeks],
        "others": any(not series.own for series in found.agencies),
        "crumbs": [{"label": _("Toezicht"), "url": reverse("oversight")}],
    }
    return render(request, "audit/oversight/plot.html", context)


def _bars(found: Plot) -> list[Bar]:
    whole = found.whole
    most = max(*whole.reads, 1)
    rows = zip(found.weeks, whole.reads, whole.unexplained, whole.break_glass, strict=True)
    return [_bar(place, date_format(week, "j b"), most, *counts) for place, (week, *counts) in enumerate(rows)]


def _bar(place: int, label: str, most: int, reads: int, unexplained: int, break_glass: int) -> Bar:
    height, dark = (round((BOTTOM - TOP) * count / most) for count in (reads, unexplained))
    left = place * STEP + (STEP - BAR) // 2
    return Bar(
        x=left, y=BOTTOM - height, height=height, dark_y=BOTTOM - dark, dark_height=dark, middle=left + BAR // 2,
        label_y=BOTTOM - height - 6, label=label, reads=reads, unexplained=unexplained, break_glass=break_glass,
    )  # fmt: skip


def _agency(series: Series, names: dict[str, str]) -> dict[str, Any]:
    most = max(*series.reads, 1)
    heights = [round(SMALL_HEIGHT * count / most) for count in series.reads]
    return {
        "series": series,
        "name": names[series.agency_ref],
        "url": url_of(Sort.AGENCY, series.agency_ref) if series.own and series.total else "",
        "unexplained": sum(series.unexplained),
        "break_glass": sum(series.break_glass),
        "bars": [
            {"x": place * SMALL_STEP, "y": SMALL_HEIGHT - height, "height": height, "width": SMALL_BAR}
            for place, height in enumerate(heights)
        ],
        "small_width": SMALL_STEP * len(heights),
        "small_height": SMALL_HEIGHT,
    }
