"""Draws the map of the demo: the town of Maasdelta, which does not exist. The same points each time.

`python -m deploy.demo_map` writes deploy/demo/map/maasdelta.geojson; a test compares the file with what is drawn here.
"""

import json
import math
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parent / "demo" / "map" / "maasdelta.geojson"
WEST, NORTH = 3.62, 51.985
"""In the sea, so that no house of the demo stands on one of somebody."""
PER_LAT = 110_574
PER_LON = PER_LAT * math.cos(math.radians(NORTH))
Flat = tuple[float, float]

AREAS: tuple[tuple[str, str, tuple[Flat, ...]], ...] = (
    ("Waterkant", "bu99990001", ((60, 250), (1120, 205), (1130, 640), (40, 660))),
    ("De Terp", "bu99990002", ((30, 1070), (1150, 1050), (1180, 1560), (90, 1540))),
    ("Kruithof", "bu99990003", ((40, 660), (1130, 640), (1150, 1050), (30, 1070))),
    ("Havenkwartier", "bu99990004", ((1210, 200), (2290, 250), (2340, 640), (1210, 640))),
    ("Havenstraat e.o.", "bu99990005", ((1210, 640), (2340, 640), (2320, 1060), (1230, 1050))),
    ("Rietveld-Zuid", "bu99990006", ((1230, 1050), (2320, 1060), (2260, 1570), (1260, 1560))),
)
WATERS: tuple[tuple[str, tuple[Flat, ...]], ...] = (
    ("Maasarm", ((0, 0), (2400, 0), (2400, 215), (2290, 250), (1210, 200), (1120, 205), (60, 250), (0, 240))),
    ("Kadegracht", ((1120, 205), (1210, 200), (1210, 640), (1230, 1050), (1260, 1560), (1180, 1560), (1150, 1050),
                    (1130, 640))),
    ("Oude Haven", ((1760, 236), (2010, 247), (2000, 380), (1770, 372))),
)  # fmt: skip
GREENS: tuple[tuple[str, tuple[Flat, ...]], ...] = (
    ("Terpwiel", ((420, 1300), (700, 1290), (760, 1440), (520, 1500), (400, 1420))),
    ("Singelpark", ((1820, 1180), (2180, 1190), (2160, 1330), (1850, 1320))),
    ("Vestingwal", ((120, 960), (900, 940), (905, 985), (120, 1010))),
)
SQUARES: tuple[tuple[str, tuple[Flat, ...]], ...] = (
    ("Kadeplein", ((780, 350), (960, 345), (965, 450), (785, 455))),
    ("Raadhuisplein", ((820, 1130), (960, 1125), (965, 1220), (825, 1225))),
    ("Havenplein", ((1660, 800), (1790, 800), (1790, 880), (1660, 880))),
)
PLACES: tuple[tuple[str, Flat], ...] = (
    ("Tramhalte", (735, 400)), ("Steiger", (1375, 232)), ("Basketbalveld", (1500, 560)), ("Loods", (2160, 420)),
    ("Speeltuin", (330, 560)), ("Wasserette", (1560, 1420)), ("Stadskantoor", (890, 1150)),
)  # fmt: skip
STREETS: tuple[tuple[str, str, Flat, Flat, tuple[str, ...]], ...] = (
    # name, postcode, from, to, house numbers in their order along it, left and right in turn
    ("Waterkant", "3199CD", (110, 300), (740, 275), tuple(str(n) for n in range(196, 222))),
    ("Vuurtorenlaan", "3199EF", (120, 480), (700, 470), tuple(str(n) for n in range(1, 17))),
    ("Kadeplein", "3199AB", (760, 335), (985, 330), tuple(str(n) for n in range(35, 47))),
    ("Kade", "3196AA", (1240, 265), (1740, 285), tuple(str(n) for n in range(1, 16))),
    ("Loodsstraat", "3196BB", (1290, 430), (1720, 440), tuple(str(n) for n in range(2, 12))),
    ("Schippersgang", "3196DM", (2040, 300), (2060, 590), tuple(str(n) for n in range(1, 10))),
    ("Havenstraat", "3196HS", (1270, 760), (2250, 775), tuple(str(n) for n in range(1, 33))),
    ("Touwslagersgang", "3196HT", (1840, 840), (1835, 1020), tuple(str(n) for n in range(1, 7))),
    ("Buskruitlaan", "3195GH", (130, 760), (1060, 745), tuple(str(n) for n in range(98, 127))),
    ("Salpeterstraat", "3195GK", (300, 880), (820, 870), tuple(str(n) for n in range(1, 9))),
    ("Terpdijk", "3193BJ", (140, 1160), (760, 1150), (*map(str, range(55, 67)), "67-A", "67-B", "67-C", "68", "69")),
    ("Raadhuisplein", "3191AA", (800, 1115), (980, 1110), ("1", "2", "3")),
    ("Lisdodde", "3197CK", (1330, 1180), (1760, 1190), tuple(str(n) for n in range(2, 14))),
    ("Rietpad", "3197CL", (1340, 1370), (1760, 1375), tuple(str(n) for n in range(1, 9))),
)


def town() -> dict[str, Any]:
    """The map as a GeoJSON feature collection."""
    features = [_feature("buurt", name, _ring(points), code=code) for name, code, points in AREAS]
    features += [_feature("water", name, _ring(points)) for name, points in WATERS]
    features += [_feature("groen", name, _ring(points)) for name, points in GREENS]
    features += [_feature("plein", name, _ring(points)) for name, points in SQUARES]
    features += [
        _feature("straat", name, {"type": "LineString", "coordinates": [_lonlat(start), _lonlat(end)]})
        for name, _postcode, start, end, _numbers in STREETS
    ]
    features += [_feature("plek", name, _point(at)) for name, at in PLACES]
    for name, postcode, start, end, numbers in STREETS:
        features += [
            {
                "type": "Feature",
                "properties": {"postcode": postcode, "huisnummer": number, "straat": name},
                "geometry": _point(at),
            }
            for number, at in zip(numbers, _along(start, end, len(numbers)), strict=True)
        ]
    return {"type": "FeatureCollection", "name": "Maasdelta (verzonnen)", "features": features}


def text() -> str:
    """The file: one feature a line, so that a change can be read."""
    found = town()
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in found.pop("features"))
    return f'{json.dumps(found, ensure_ascii=False)[:-1]}, "features": [\n{lines}\n]}}\n'


def _feature(kind: str, name: str, geometry: dict[str, Any], **more: str) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"soort": kind, "naam": name, **more}, "geometry": geometry}


def _ring(points: tuple[Flat, ...]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [[_lonlat(point) for point in (*points, points[0])]]}


def _point(at: Flat) -> dict[str, Any]:
    return {"type": "Point", "coordinates": _lonlat(at)}


def _along(start: Flat, end: Flat, n: int) -> list[Flat]:
    """Places along a street, left and right in turn, fourteen metres from its middle."""
    length = math.dist(start, end)
    dx, dy = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    pairs = (n + 1) // 2
    found = []
    for k in range(n):
        at = length * (k // 2 + 0.5) / pairs
        side = 14 if k % 2 else -14
        found.append((start[0] + dx * at - dy * side, start[1] + dy * at + dx * side))
    return found


def _lonlat(point: Flat) -> list[float]:
    return [round(WEST + point[0] / PER_LON, 6), round(NORTH - point[1] / PER_LAT, 6)]


if __name__ == "__main__":
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(text(), encoding="utf-8")
