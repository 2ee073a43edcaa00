"""Finds the places that a text names on the reference map: an address, a square, a street. Knows nobody's rights.

It is asked about texts that a reader may see, and looks them up in public geometry; nothing is sent anywhere.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cases.relations.geojson import key_of
from cases.relations.models import MapAddress, MapShape, ShapeKind

POSTCODE = re.compile(r"\b([1-9]\d{3})\s?([A-Za-z]{2})\b")
NUMBER = re.compile(r"(?<![\w-])(\d{1,5})(?:\s?-\s?([A-Za-z0-9]{1,4})|([A-Za-z]))?(?![\w-])")
WORD = re.compile(r"[^\W\d_][\w'.-]*")
LONGEST = 4
"""Words in the name of a street or a place that are looked at together."""
_ORDER = (ShapeKind.PLACE, ShapeKind.SQUARE, ShapeKind.STREET, ShapeKind.GREEN, ShapeKind.WATER, ShapeKind.AREA)
MOST = 3
"""Points that one text gets on the map; a text that names more is no place."""


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the map, lon and lat, and what it is called there."""

    lon: float
    lat: float
    name: str


def find_places(texts: Sequence[str]) -> list[tuple[Point, ...]]:
    """For each text the points it names, most exact kind first; none when the map does not know it."""
    keys = [_address_keys(text) for text in texts]
    streets = [_street_keys(text) for text in texts]
    names = [_name_keys(text) for text in texts]
    by_key = _addresses("key", keys)
    by_street = _addresses("street_key", streets)
    shapes: dict[str, list[MapShape]] = {}
    for shape in MapShape.objects.filter(name_key__in={key for found in names for key in found}):
        shapes.setdefault(shape.name_key, []).append(shape)
    found = []
    for n, text in enumerate(texts):
        exact = [by_key[key] for key in keys[n] if key in by_key]
        if not exact and not POSTCODE.search(text):
            # Without a postcode the street and the number must do.
            exact = [by_street[key] for key in streets[n] if key in by_street]
        points = [Point(a.lon, a.lat, str(a)) for a in dict.fromkeys(exact)]
        points += _named(shapes, names[n], exact=bool(exact))
        found.append(tuple(dict.fromkeys(points))[:MOST])
    return found


def _addresses(column: str, keys: Iterable[list[str]]) -> dict[str, MapAddress]:
    every = {key for found in keys for key in found}
    rows = MapAddress.objects.filter(**{f"{column}__in": every}).order_by("-id") if every else ()
    return {getattr(row, column): row for row in rows}


def _named(shapes: dict[str, list[MapShape]], names: list[str], *, exact: bool) -> list[Point]:
    """The most exact kind of place that is named; beside an address only places with a name of their own."""
    known = [shape for name in names for shape in shapes.get(name, ())]
    for kind in _ORDER[:1] if exact else _ORDER:
        if found := [shape for shape in known if shape.kind == kind]:
            return [Point((s.west + s.east) / 2, (s.south + s.north) / 2, s.name) for s in found]
    return []


def _numbers(text: str) -> list[tuple[int, str]]:
    """(where, number with its addition) of each house number; a postcode is none."""
    taken = [found.span() for found in POSTCODE.finditer(text)]
    return [
        (found.start(), f"{found[1]}{found[2] or found[3] or ''}")
        for found in NUMBER.finditer(text)
        if not any(start <= found.start() < end for start, end in taken)
    ]


def _address_keys(text: str) -> list[str]:
    postcodes = [f"{found[1]}{found[2]}".upper() for found in POSTCODE.finditer(text)]
    return [f"{postcode}{number}".upper() for postcode in postcodes for _at, number in _numbers(text)]


def _street_keys(text: str) -> list[str]:
    keys = []
    for at, number in _numbers(text):
        words = [word[0] for word in WORD.finditer(text[:at])][-LONGEST:]
        keys += [key_of(f"{' '.join(words[n:])} {number}") for n in range(len(words))]
    return keys


def _name_keys(text: str) -> list[str]:
    words = [word[0].rstrip(".'-") for word in WORD.finditer(text)]
    return [
        key_of(" ".join(words[start : start + size]))
        for size in range(LONGEST, 0, -1)
        for start in range(len(words) - size + 1)
    ]
