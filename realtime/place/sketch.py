"""A small map as shapes: streets, water, green and squares of one district, without tiles from elsewhere."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cases.relations.geojson import key_of
from cases.relations.models import MapShape, ShapeKind

METRES = 110_574
_ORDER = (ShapeKind.AREA, ShapeKind.GREEN, ShapeKind.WATER, ShapeKind.SQUARE, ShapeKind.STREET)
_NAMED = (ShapeKind.STREET, ShapeKind.SQUARE, ShapeKind.WATER)
MARGIN = 0.08


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """The picture in metres from its north-west corner, and what turns degrees into those metres."""

    west: float
    north: float
    per_lon: float
    width: float
    height: float
    shapes: tuple[dict[str, str], ...]
    names: tuple[dict[str, Any], ...]

    per_lat: float = METRES


def sketch(district: str) -> Sketch | None:
    """The map around the area of this name; of everything there is when no area is called so; None without a map."""
    area = MapShape.objects.filter(kind=ShapeKind.AREA, name_key=key_of(district)).first() if district else None
    shapes = MapShape.objects.filter(kind__in=_ORDER)
    if area is not None:
        shapes = shapes.filter(west__lte=area.east, east__gte=area.west, south__lte=area.north, north__gte=area.south)
    found = list(shapes[:2000])
    if not found:
        return None
    edge = [area] if area is not None else found
    west, east = min(one.west for one in edge), max(one.east for one in edge)
    south, north = min(one.south for one in edge), max(one.north for one in edge)
    per_lon = METRES * math.cos(math.radians((south + north) / 2))
    side = max((east - west) * per_lon, (north - south) * METRES, 1) * MARGIN
    west, north = west - side / per_lon, north + side / METRES
    width, height = (east - west) * per_lon + side, (north - south) * METRES + side

    def xy(lon: float, lat: float) -> tuple[float, float]:
        return (lon - west) * per_lon, (north - lat) * METRES

    return Sketch(
        west=west, north=north, per_lon=per_lon, width=width, height=height,
        shapes=tuple(
            {"kind": one.kind, "d": _path(one.geometry, xy)} for kind in _ORDER for one in found if one.kind == kind
        ),
        names=tuple(_name(one, xy) for one in found if one.kind in _NAMED),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """Somebody on the map: the middle and the size of their mark in metres, and their initials."""

    x: str
    y: str
    radius: str
    base: str
    size: str
    letters: str


def dots(shape: Sketch, places: Iterable[tuple[str, Mapping[str, Any]]]) -> tuple[Dot, ...]:
    """Marks for (name, position with lat and lon); js/place.js makes the same."""
    side = shape.width / 26
    found = []
    for name, position in places:
        x, y = (position["lon"] - shape.west) * shape.per_lon, (shape.north - position["lat"]) * shape.per_lat
        found.append(
            Dot(x=f"{x:.1f}", y=f"{y:.1f}", radius=f"{side / 2:.1f}", base=f"{y + side / 6:.1f}",
                size=f"{side / 2.2:.1f}", letters="".join(part[0] for part in name.split()[:2]))
        )  # fmt: skip
    return tuple(found)


def _path(geometry: dict[str, Any], xy: Any) -> str:
    type_, found = geometry["type"], geometry["coordinates"]
    if type_ == "Point":
        return ""
    lines = [found] if type_ == "LineString" else found
    if type_ == "MultiPolygon":
        lines = [ring for polygon in found for ring in polygon]
    end = "Z" if "Polygon" in type_ else ""
    return " ".join("M" + " L".join("{:.1f} {:.1f}".format(*xy(*point[:2])) for point in line) + end for line in lines)


def _name(shape: MapShape, xy: Any) -> dict[str, Any]:
    x, y = xy((shape.west + shape.east) / 2, (shape.south + shape.north) / 2)
    return {"x": f"{x:.1f}", "y": f"{y:.1f}", "text": shape.name, "kind": shape.kind}
