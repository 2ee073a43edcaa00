"""Draws the fictional city of fifteen neighbourhoods and ten years of its numbers.

Run it as `python deploy/demo/areas/make_numbers.py`. Its output stands beside it, so that the demo needs no chance;
run it again after a change of what is below.
"""

import csv
import json
import random
from pathlib import Path

HERE = Path(__file__).resolve().parent
YEARS = range(2016, 2026)
WEST, NORTH, STEP_LON, STEP_LAT = 4.440, 51.925, 0.0125, 0.0075
# Name, households in hundreds, and how hard the times are there (0 easy, 1 hard).
AREAS = [
    ("Waterkant", 31, 0.75), ("De Terp", 24, 0.35), ("Kruithof", 28, 0.6), ("Havenkwartier", 36, 0.9),
    ("Havenstraat e.o.", 12, 0.85), ("Rietveld-Zuid", 40, 0.3), ("Sluisbuurt", 22, 0.5), ("De Loods", 18, 0.8),
    ("Oude Haven", 1, 0.55), ("Singelpark", 26, 0.15), ("Vesting", 20, 0.25), ("Nieuwland", 44, 0.45),
    ("Molenwijk", 33, 0.4), ("Kadekwartier", 29, 0.7), ("Polderrand", 15, 0.1),
]  # fmt: skip
# Code, unit, value where times are easy, where they are hard, change per year where they are hard, base per household.
INDICATORS = [
    ("school_dropout", "share", 3, 13, -0.5, 0.6), ("truancy", "count", 20, 90, -3, 0),
    ("preschool_places_used", "share", 92, 61, 1.6, 0.25), ("dutch_level", "share", 91, 68, 0.8, 0.9),
    ("youth_in_work", "share", 78, 55, 1.2, 0.5), ("benefits", "share", 7, 26, -0.7, 1.4),
    ("internships", "count", 60, 20, 4, 0), ("rent_arrears", "count", 30, 190, -9, 0),
    ("overcrowded", "share", 4, 15, -0.2, 1.0), ("new_homes", "count", 40, 15, 2, 0),
    ("street_violence", "count", 12, 70, -3, 0), ("burglary", "count", 25, 60, -4, 0),
    ("feels_safe", "share", 88, 58, 1.0, 1.6), ("nuisance", "count", 40, 210, -7, 0),
    ("liveability", "score", 7.6, 5.1, 0.09, 1.6), ("cohesion", "score", 7.0, 4.8, 0.06, 1.6),
]  # fmt: skip


def shapes() -> dict:
    """Five by three neighbourhoods with crooked borders."""
    chance = random.Random(15)  # noqa: S311
    corner = {
        (x, y): (WEST + x * STEP_LON + _crooked(chance, 0.0022), NORTH - y * STEP_LAT + _crooked(chance, 0.0014))
        for x in range(6)
        for y in range(4)
    }  # fmt: skip
    features = []
    for n, (name, _size, _hard) in enumerate(AREAS):
        x, y = n % 5, n // 5
        ring = [corner[x, y], corner[x + 1, y], corner[x + 1, y + 1], corner[x, y + 1], corner[x, y]]
        features.append(
            {
                "type": "Feature",
                "properties": {"code": f"bu9999{n + 1:04}", "naam": name, "stad": "Maasdelta"},
                "geometry": {"type": "Polygon", "coordinates": [[[round(a, 6), round(b, 6)] for a, b in ring]]},
            }
        )
    return {"type": "FeatureCollection", "name": "Maasdelta, vijftien wijken", "features": features}


def _crooked(chance: random.Random, most: float) -> float:
    return chance.uniform(-1, 1) * most


def numbers() -> list[list[object]]:
    """A line per neighbourhood, indicator and year, and the city's."""
    chance = random.Random(16)  # noqa: S311
    lines: list[list[object]] = []
    for code, unit, easy, hard, drift, base in INDICATORS:
        for year in YEARS:
            whole, weight = 0.0, 0.0
            for n, (_name, size, hardship) in enumerate(AREAS):
                households = size * 100 if size > 1 else 14
                people = max(round(households * base), 1) if base else None
                value = easy + (hard - easy) * hardship + drift * (0.4 + hardship) * (year - YEARS[0])
                value += chance.gauss(0, abs(hard - easy) * 0.03)
                if unit == "count":
                    value *= households / 3000
                value = max(min(value, 100 if unit == "share" else 10 if unit == "score" else 1e6), 0)
                shown = round(value) if unit == "count" else round(value, 1)
                lines.append([f"bu9999{n + 1:04}", code, year, shown, people or "", _source(code), f"{year}-12-31"])
                whole += shown if unit == "count" else shown * (people or 1)
                weight += people or 1
            city = round(whole) if unit == "count" else round(whole / weight, 1)
            lines.append(["stad", code, year, city, round(weight) if base else "", _source(code), f"{year}-12-31"])
    return lines


def _source(code: str) -> str:
    if code in ("liveability", "cohesion", "feels_safe"):
        return "Wijkpeiling Maasdelta (fictief)"
    return (
        "Politie Maasdelta (fictief)"
        if code in ("street_violence", "burglary", "nuisance")
        else "Gemeente Maasdelta, onderzoek en statistiek (fictief)"
    )


def main() -> None:
    """Write both files."""
    (HERE / "wijken.geojson").write_text(json.dumps(shapes(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    with (HERE / "cijfers.csv").open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("area", "indicator", "year", "value", "people", "source", "dated"))
        writer.writerows(numbers())


if __name__ == "__main__":
    main()
