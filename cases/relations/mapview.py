"""The map as values for a template: outlines, houses, marks. Drawn from public geometry and from an answer alone.

No tiles: nothing is asked of a map server, so nobody's address leaves the installation, and it works offline.
What is shown, and how far the map is opened up, follows from the places that this reader may see.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db.models import Max, Min
from django.utils.translation import gettext as _

from agreements.policy.catalogue import Catalogue
from cases.casework.fact_rows import language
from cases.casework.pages import person_label
from cases.relations.matching import Point, find_places
from cases.relations.models import MapAddress, MapShape, ShapeKind
from cases.relations.pages import chip
from cases.relations.queries import SIGNAL_PLACE, Pictures, Spot

SCREEN = 760
"""The width of the map in pixels for which signs and letters are sized."""
TALL = 0.6
NARROWEST, ZOOM, STEP = 120, 0.6, 0.3
STREETS_FROM, PLACES_FROM, HOUSES_FROM, NUMBERS_FROM = 1300, 2000, 3200, 420
"""From how many metres across the names of streets and of places, houses and house numbers are drawn."""
MOST_HOUSES, MOST_SHAPES = 1500, 3000
LINES_FROM = 9000
"""Of a whole region only neighbourhoods, water and green are drawn."""
MARK = 30
"""The width of a mark on the screen."""
METRES = 110_574
_LAYERS = (ShapeKind.AREA, ShapeKind.GREEN, ShapeKind.WATER, ShapeKind.SQUARE, ShapeKind.STREET, ShapeKind.PLACE)
_FLAT = _LAYERS[:3]


@dataclass(frozen=True, slots=True)
class Plane:
    """Metres east and south of a corner, for degrees: exact enough for a town."""

    west: float
    north: float
    width: float
    height: float
    per_lon: float

    def xy(self, lon: float, lat: float) -> tuple[float, float]:
        return (lon - self.west) * self.per_lon, (self.north - lat) * METRES

    def lonlat(self, x: float, y: float) -> tuple[float, float]:
        return self.west + x / self.per_lon, self.north - y / METRES


@dataclass(frozen=True, slots=True)
class View:
    """What part of the plane is in sight: its middle and its width, in metres."""

    x: float
    y: float
    width: float

    @property
    def code(self) -> str:
        """As an address carries it."""
        return f"{round(self.x)},{round(self.y)},{round(self.width)}"

    @property
    def box(self) -> tuple[float, float, float, float]:
        height = self.width * TALL
        return self.x - self.width / 2, self.y - height / 2, self.width, height


def map_context(found: Pictures, catalogue: Catalogue, *, number: str, view: str) -> dict[str, Any]:
    """`spots`: the places as a list; `map`: the picture, or None when no map was read in or there is nothing to show.

    view: "x,y,width" in metres, from an earlier picture; anything else is the view to begin with.
    """
    spots = found.spots
    noted = [spot for spot in spots if spot.fact.code != "area_unit"]
    units = [str(spot.fact.value) for spot in spots if spot.fact.code == "area_unit"]
    places = find_places([str(spot.fact.value) for spot in noted]) if noted else []
    rows, marks = _rows(found, catalogue, spots, places, number=number)
    plane = _plane() if spots else None
    return {"spots": rows, "map": _picture(plane, marks, units, view) if plane else None}


def _rows(
    found: Pictures, catalogue: Catalogue, spots: Sequence[Spot], places: Sequence[tuple[Point, ...]], *, number: str
) -> tuple[list[dict[str, Any]], list[tuple[int, Point]]]:
    names = {person.subject: person_label(person, n) for n, person in enumerate(found.answer.disclosures, 1)}
    rows: list[dict[str, Any]] = []
    marks: list[tuple[int, Point]] = []
    waiting = iter(places)
    for spot in spots:
        points = () if spot.fact.code == "area_unit" else next(waiting)
        n = len({mark for mark, _point in marks}) + 1 if points else 0
        marks += [(n, point) for point in points]
        row = chip(
            spot.fact, catalogue, number=number, person=spot.subject, in_room=spot.fact.code == SIGNAL_PLACE
        )  # fmt: skip
        rows.append(
            {
                "number": n,
                "label": catalogue.by_code[spot.fact.code].label(language()),
                "person": names.get(spot.subject, "") if spot.subject else "",
                "row": row,
                "state": _state(spot, points),
            }
        )
    return rows, marks


def _state(spot: Spot, points: tuple[Point, ...]) -> str:
    if spot.fact.code == "area_unit":
        return _("aangegeven als vlak") if MapShape.objects.filter(code=spot.fact.value).exists() else _missing()
    return "" if points else _missing()


def _missing() -> str:
    return _("niet op de kaart gevonden")


def _plane() -> Plane | None:
    edges = MapShape.objects.aggregate(west=Min("west"), south=Min("south"), east=Max("east"), north=Max("north"))
    if edges["west"] is None:
        return None
    per_lon = METRES * math.cos(math.radians((edges["south"] + edges["north"]) / 2))
    return Plane(
        west=edges["west"], north=edges["north"], per_lon=per_lon,
        width=max((edges["east"] - edges["west"]) * per_lon, 1),
        height=max((edges["north"] - edges["south"]) * METRES, 1),
    )  # fmt: skip


def _picture(plane: Plane, marks: Sequence[tuple[int, Point]], units: Sequence[str], code: str) -> dict[str, Any]:
    whole = View(plane.width / 2, plane.height / 2, max(plane.width, plane.height / TALL) * 1.04)
    first = _first_view(plane, marks, units, whole)
    here = _asked(code, whole) or first
    west, north = plane.lonlat(here.box[0], here.box[1])
    east, south = plane.lonlat(here.box[0] + here.box[2], here.box[1] + here.box[3])
    sight = {"west__lte": east, "east__gte": west, "south__lte": north, "north__gte": south}
    drawn = _LAYERS if here.width <= LINES_FROM else _FLAT
    shapes = list(MapShape.objects.filter(kind__in=drawn, **sight)[:MOST_SHAPES])
    scale = here.width / SCREEN
    return {
        "box": " ".join(_n(part) for part in here.box),
        "scale": _n(scale, 4),
        "shapes": [
            _shape(plane, shape, chosen=shape.code in units and bool(shape.code))
            for kind in _LAYERS
            for shape in shapes
            if shape.kind == kind
        ],
        "names": [_name(plane, shape) for shape in shapes if _is_named(shape, here)],
        "houses": _houses(plane, here, west=west, south=south, east=east, north=north),
        "numbers": here.width <= NUMBERS_FROM,
        "marks": _marks(plane, marks, scale),
        "ways": _ways(here, first, whole),
        "bar": _bar(here),
    }


def _first_view(plane: Plane, marks: Sequence[tuple[int, Point]], units: Sequence[str], whole: View) -> View:
    """What is to be seen with some room around it: the neighbourhood and the marks of this reader, else the whole."""
    points = [plane.xy(point.lon, point.lat) for _number, point in marks]
    for shape in MapShape.objects.filter(code__in=[unit for unit in units if unit]):
        points += [plane.xy(shape.west, shape.north), plane.xy(shape.east, shape.south)]
    if not points:
        return whole
    left, right = min(x for x, _y in points), max(x for x, _y in points)
    top, bottom = min(y for _x, y in points), max(y for _x, y in points)
    width = max((right - left) * 1.2, (bottom - top) * 1.2 / TALL, 640)
    return _within(View((left + right) / 2, (top + bottom) / 2, min(width, whole.width)), whole)


def _asked(code: str, whole: View) -> View | None:
    try:
        x, y, width = (int(part) for part in code.split(","))
    except ValueError:
        return None
    return _within(View(x, y, min(max(width, NARROWEST), whole.width)), whole)


def _within(view: View, whole: View) -> View:
    """The same, moved so that it does not look past the edge of the map."""
    half, tall = view.width / 2, view.width * TALL / 2
    x = min(max(view.x, half), whole.x * 2 - half) if half < whole.x else whole.x
    y = min(max(view.y, tall), whole.y * 2 - tall) if tall < whole.y else whole.y
    return View(x, y, view.width)


def _ways(here: View, first: View, whole: View) -> list[dict[str, str]]:
    """Where one can go from here, as links that also work without scripts."""
    step = here.width * STEP
    found = [
        ("plus", _("Dichterbij"), View(here.x, here.y, max(here.width * ZOOM, NARROWEST))),
        ("minus", _("Verder weg"), View(here.x, here.y, min(here.width / ZOOM, whole.width))),
        ("chevron-left", _("Naar links"), View(here.x - step, here.y, here.width)),
        ("chevron-right", _("Naar rechts"), View(here.x + step, here.y, here.width)),
        ("chevron-up", _("Omhoog"), View(here.x, here.y - step, here.width)),
        ("chevron-down", _("Omlaag"), View(here.x, here.y + step, here.width)),
        ("", _("Terug naar het begin"), first),
        ("", _("Hele kaart"), whole),
    ]
    return [
        {"icon": icon, "label": label, "url": f"?kaart={_within(view, whole).code}#kaart"}
        for icon, label, view in found
    ]


def _shape(plane: Plane, shape: MapShape, *, chosen: bool) -> dict[str, Any]:
    x, y = plane.xy((shape.west + shape.east) / 2, (shape.south + shape.north) / 2)
    return {
        "kind": shape.kind, "chosen": chosen, "d": _path(plane, shape.geometry),
        "dot": {"x": _n(x), "y": _n(y)} if shape.kind == ShapeKind.PLACE else None,
    }  # fmt: skip


def _path(plane: Plane, geometry: dict[str, Any]) -> str:
    type_, found = geometry["type"], geometry["coordinates"]
    if type_ == "Point":
        return ""
    parts: Iterable[Any] = [found] if type_ == "LineString" else found
    if type_ == "MultiPolygon":
        parts = [ring for polygon in found for ring in polygon]
    end = "Z" if "Polygon" in type_ else ""
    return " ".join(
        "M" + " L".join(" ".join(_n(c) for c in plane.xy(point[0], point[1])) for point in part) + end for part in parts
    )


def _is_named(shape: MapShape, here: View) -> bool:
    if shape.kind == ShapeKind.PLACE:
        return here.width <= PLACES_FROM
    return shape.kind not in (ShapeKind.STREET, ShapeKind.SQUARE) or here.width <= STREETS_FROM


def _name(plane: Plane, shape: MapShape) -> dict[str, str]:
    x, y = plane.xy((shape.west + shape.east) / 2, (shape.south + shape.north) / 2)
    turn = 0.0
    if shape.kind == ShapeKind.STREET and shape.geometry["type"] == "LineString":
        line = [plane.xy(*point[:2]) for point in shape.geometry["coordinates"]]
        (x1, y1), (x2, y2) = max(pairwise(line), key=lambda pair: math.dist(*pair))
        x, y = (x1 + x2) / 2, (y1 + y2) / 2
        turn = math.degrees(math.atan2(y2 - y1, x2 - x1))
        turn = turn - 180 if turn > 90 else turn + 180 if turn < -90 else turn
    return {"x": _n(x), "y": _n(y), "turn": _n(turn), "text": shape.name, "kind": shape.kind}


def _houses(plane: Plane, here: View, *, west: float, south: float, east: float, north: float) -> list[dict[str, str]]:
    if here.width > HOUSES_FROM:
        return []
    found = MapAddress.objects.filter(lon__gte=west, lon__lte=east, lat__gte=south, lat__lte=north)
    houses = []
    for address in found[:MOST_HOUSES]:
        x, y = plane.xy(address.lon, address.lat)
        houses.append({"x": _n(x - 5), "y": _n(y - 5), "cx": _n(x), "cy": _n(y), "number": address.number})
    return houses


def _marks(plane: Plane, marks: Sequence[tuple[int, Point]], scale: float) -> list[dict[str, str]]:
    """A numbered sign per place; those that would hide each other stand side by side."""
    taken: list[tuple[float, float]] = []
    found = []
    for number, point in marks:
        x, y = plane.xy(point.lon, point.lat)
        while any(abs(x - a) < MARK * scale and abs(y - b) < MARK * scale for a, b in taken):
            x += MARK * scale
        taken.append((x, y))
        found.append({"x": _n(x), "y": _n(y), "number": str(number), "name": point.name})
    return found


def _bar(here: View) -> dict[str, str]:
    """A scale bar of a round length, about a sixth of the picture."""
    wish = here.width / 6
    size = 10 ** math.floor(math.log10(wish))
    length = next(size * part for part in (5, 2, 1) if size * part <= wish)
    left, top, _width, height = here.box
    margin = here.width / 45
    return {
        "x1": _n(left + margin), "x2": _n(left + margin + length), "y": _n(top + height - margin),
        "label": _("%(n)d m") % {"n": length},
    }  # fmt: skip


def _n(number: float, digits: int = 1) -> str:
    return f"{round(number, digits):.10g}"
