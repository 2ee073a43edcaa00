"""The map of all areas, coloured by one indicator; every colour has its number in the table beside it."""

import math
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse

from programmes.areas.models import Area, Indicator
from programmes.areas.plots import shown
from programmes.areas.queries import Overview
from programmes.areas.rules import breaks, shade

WIDTH = 720.0
Place = Callable[[float, float], tuple[float, float]]
"""Longitude and latitude → x and y on the map."""


def map_context(found: Overview) -> dict[str, Any] | None:
    """Shapes with their shade (1 to 5, 0 for what is not shown), the legend, and the size; None without areas."""
    if not found.areas or found.indicator is None:
        return None
    xy, height = placed(found.areas)
    borders = breaks([value for value in found.values.values() if value is not None])
    return {
        "width": f"{WIDTH:.0f}",
        "height": height,
        "shapes": [_shape(area, found, found.indicator, borders, xy) for area in found.areas],
        "legend": _legend(found, found.indicator, borders),
    }


def placed(areas: Sequence[Area]) -> tuple[Place, str]:
    """How a place on earth becomes one on a map of these areas, WIDTH wide, and how high that map is."""
    west, east = min(one.west for one in areas), max(one.east for one in areas)
    south, north = min(one.south for one in areas), max(one.north for one in areas)
    across = math.cos(math.radians((south + north) / 2))
    scale = WIDTH / max((east - west) * across, 1e-9)

    def xy(lon: float, lat: float) -> tuple[float, float]:
        return (lon - west) * across * scale, (north - lat) * scale

    return xy, f"{(north - south) * scale:.0f}"


def outline(geometry: dict[str, Any], xy: Place) -> str:
    """The outline of an area as an SVG path."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return " ".join(
        "M" + " L".join("{:.1f} {:.1f}".format(*xy(*point[:2])) for point in ring) + "Z"
        for polygon in polygons
        for ring in polygon
    )


def _shape(area: Area, found: Overview, indicator: Indicator, borders: list[Decimal], xy: Place) -> dict[str, Any]:
    value = found.values.get(area.pk)
    x, y = xy((area.west + area.east) / 2, (area.south + area.north) / 2)
    return {
        "name": area.name, "url": reverse("area", args=[area.code]), "d": outline(area.geometry, xy),
        "shade": shade(value, borders) if value is not None else 0, "value": shown(value, indicator),
        "short": shown(value, indicator) if value is not None else "–", "x": f"{x:.1f}", "y": f"{y:.1f}",
    }  # fmt: skip


def _legend(found: Overview, indicator: Indicator, borders: list[Decimal]) -> list[dict[str, Any]]:
    known = sorted(value for value in found.values.values() if value is not None)
    if not known:
        return []
    lows = [known[0], *borders]
    highs = [*borders, None]
    return [
        {"shade": n, "text": shown(low, indicator) + (" –" if high is not None else " +")}
        for n, (low, high) in enumerate(zip(lows, highs, strict=True), 1)
    ]
