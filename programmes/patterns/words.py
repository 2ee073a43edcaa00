"""Released numbers, kinds and clusters for people: words, small pictures and the map. Nothing is counted here."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from agreements.covenants.in_force import catalogue
from programmes.areas.mapping import WIDTH, outline, placed
from programmes.areas.models import Area
from programmes.areas.plots import stretches
from programmes.areas.queries import Value
from programmes.patterns.models import SignalCluster, SignalQuarter
from programmes.patterns.queries import PatternPage

HIDDEN = "–"
SHADES = (1, 2, 3, 5, 10)
"""Where the five colours of the map begin, in thresholds: the same on every map, so that two maps compare."""
PLOT, LEFT, RIGHT, TOP, BOTTOM = 300, 8, 10, 10, 66


@dataclass(frozen=True, slots=True, kw_only=True)
class KindPlot:
    """One kind of signal over the quarters for a template. rows: the same as a table, newest first."""

    title: str
    newest: str
    is_hidden: bool
    paths: tuple[str, ...]
    dots: tuple[dict[str, str], ...]
    first: str
    last: str
    spoken: str
    rows: tuple[dict[str, str], ...]


def kind_names(*, english: bool) -> dict[str, str]:
    """Kind → its name, from the catalogue."""
    return {code: en if english else nl for code, nl, en in catalogue().by_code["signal_domain"].choices}


def shown(at_least: int) -> str:
    """A released number."""
    if not at_least:
        return _("te weinig om te tonen")
    return _("minstens %(n)s") % {"n": number_format(at_least, force_grouping=True)}


def short(at_least: int) -> str:
    """The same where there is little room."""
    return f"{number_format(at_least, force_grouping=True)}+" if at_least else HIDDEN


def plot_of(title: str, values: Sequence[int], quarters: Sequence[SignalQuarter]) -> KindPlot:
    """What is shown of one kind: a line, with a gap where it is too few."""
    top = max(values, default=0) or 1
    points = [Value(place, Decimal(value) if value else None) for place, value in enumerate(values)]

    def xy(one: Value) -> tuple[str, str]:
        x = LEFT + (PLOT - LEFT - RIGHT) * one.year / max(len(values) - 1, 1)
        return f"{x:.1f}", f"{BOTTOM - (BOTTOM - TOP) * float(one.value or 0) / top:.1f}"

    named = list(zip((one.code for one in quarters), map(shown, values), strict=True))
    return KindPlot(
        title=title, newest=shown(values[-1]) if values else "", is_hidden=not any(values),
        paths=stretches(points, xy),
        dots=tuple(dict(zip("xy", xy(one), strict=True)) for one in points if one.value is not None),
        first=named[0][0] if named else "", last=named[-1][0] if named else "",
        spoken=_("%(title)s: %(numbers)s.") % {
            "title": title, "numbers": ", ".join(f"{code} {text}" for code, text in named),
        },
        rows=tuple({"quarter": code, "text": text} for code, text in reversed(named)),
    )  # fmt: skip


def map_of(page: PatternPage, areas: Sequence[Area]) -> dict[str, Any] | None:
    """The outlines of the neighbourhoods with their shade; no place in one is on it. None without areas or numbers."""
    if not areas or not page.frame.quarters:
        return None
    xy, height = placed(areas)
    shapes = []
    for area in areas:
        x, y = xy((area.west + area.east) / 2, (area.south + area.north) / 2)
        value = page.values[area.pk][page.at]
        shapes.append(
            {
                "name": area.name, "url": reverse("pattern_area", args=[area.code]), "d": outline(area.geometry, xy),
                "shade": _shade(value), "short": short(value), "x": f"{x:.1f}", "y": f"{y:.1f}",
            }
        )  # fmt: skip
    return {"width": f"{WIDTH:.0f}", "height": height, "shapes": shapes, "legend": _legend()}


def _shade(value: int) -> int:
    return sum(value >= border * settings.SMALL_NUMBER for border in SHADES)


def _legend() -> list[dict[str, Any]]:
    lows = [border * settings.SMALL_NUMBER for border in SHADES]
    return [{"shade": n, "text": shown(low)} for n, low in enumerate(lows, start=1)]


def cluster_context(cluster: SignalCluster, names: dict[str, str]) -> dict[str, Any]:
    """A cluster for a template."""
    return {
        "cluster": cluster, "kind": names.get(cluster.cell.kind, cluster.cell.kind), "area": cluster.cell.area,
        "shown": shown(cluster.cell.at_least), "quarter": cluster.cell.quarter.code,
        "before": ", ".join(short(n) for n in cluster.before), "is_open": cluster.state == "proposed",
    }  # fmt: skip
