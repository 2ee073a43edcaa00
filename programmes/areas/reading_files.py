"""Reads areas (GeoJSON, RFC 7946), indicators (YAML) and numbers (CSV, RFC 4180); says what is wrong with each line."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import yaml
from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cases.relations.geojson import geometry_fault, points_of
from foundation.errors import Invalid
from programmes.areas.models import Area, Pillar, Unit

COLUMNS = ("area", "indicator", "year", "value", "people", "source", "dated")
CITY = "stad"
"""What stands in the column `area` for a number of the whole city."""
MOST_FAULTS = 20


class IndicatorItem(BaseModel):
    """An indicator as the YAML names it."""

    model_config = ConfigDict(extra="forbid")
    code: str = Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")
    label: dict[str, str]
    pillar: Pillar
    unit: Unit
    upward: bool
    decimals: int = Field(default=0, ge=0, le=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """One line of a CSV. area: code, or "" for the city; people: how many it is about, None where nobody is counted."""

    line: int
    area: str
    indicator: str
    year: int
    value: Decimal
    people: int | None
    source: str
    dated: date


def read_areas(text: str, *, source: str, dated: date) -> list[Area]:
    """Unsaved areas from a FeatureCollection of polygons with `code`, `naam` and `stad`. Raises Invalid."""
    try:
        features = list(json.loads(text)["features"])
    except (ValueError, KeyError, TypeError):
        raise Invalid(
            _("Dit is geen GeoJSON-verzameling."), field="file",
            remedy=_("Sla de wijken op als FeatureCollection met code, naam en stad."),
        ) from None  # fmt: skip
    faults: list[tuple[str, str]] = []
    areas: dict[str, Area] = {}
    for n, feature in enumerate(features):
        place = f"features[{n}]"
        known = feature.get("properties") if isinstance(feature, dict) else None
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        if not isinstance(known, dict) or not isinstance(geometry, dict):
            faults.append((place, _("heeft geen properties of geen geometry")))
            continue
        fault = geometry_fault(geometry) or _unshaped(geometry)
        code, name, city = (str(known.get(key) or "").strip() for key in ("code", "naam", "stad"))
        if fault or not (code and name and city) or len(code) > 20 or len(name) > 120 or len(city) > 80:
            faults.append((place, fault or _("mist code, naam of stad, of een ervan is te lang")))
        elif code.lower() in areas:
            faults.append((place, _("deze code staat er al: %(code)s") % {"code": code}))
        else:
            areas[code.lower()] = _area(code.lower(), name, city, geometry, source=source, dated=dated)
    _raise(faults, _("onderdelen van de kaart kloppen niet"))
    return list(areas.values())


def _unshaped(geometry: dict[str, Any]) -> str:
    return "" if geometry["type"] in ("Polygon", "MultiPolygon") else _("is geen vlak (Polygon of MultiPolygon)")


def _area(code: str, name: str, city: str, geometry: dict[str, Any], *, source: str, dated: date) -> Area:
    xs, ys = zip(*points_of(geometry), strict=True)
    return Area(
        code=code, name=name, city=city, geometry=geometry, west=min(xs), south=min(ys), east=max(xs), north=max(ys),
        source=source, dated=dated,
    )  # fmt: skip


def read_indicators(text: str) -> list[IndicatorItem]:
    """The indicators of a YAML list, in order. Raises Invalid."""
    try:
        items = yaml.safe_load(text)
    except yaml.YAMLError as fault:
        raise Invalid(_("Geen geldige YAML: %(fault)s.") % {"fault": fault}, field="file") from None
    if not isinstance(items, list):
        raise Invalid(
            _("Dit is geen lijst van indicatoren."), field="file", remedy=_("Begin elke indicator met “- code:”.")
        )
    faults, found = [], []
    for n, item in enumerate(items):
        try:
            found.append(IndicatorItem.model_validate(item))
        except ValidationError as fault:
            first = fault.errors()[0]
            faults.append((f"[{n}].{'.'.join(str(part) for part in first['loc'])}", str(first["msg"])))
    _raise(faults, _("indicatoren kloppen niet"))
    return found


def read_numbers(text: str, *, areas: set[str], units: dict[str, str]) -> list[Number]:
    """The lines of a CSV with COLUMNS. areas: known codes; units: unit per known indicator. Raises Invalid."""
    reader = csv.reader(io.StringIO(text, newline=""))
    header = next(reader, [])
    if tuple(name.strip().lower() for name in header) != COLUMNS:
        raise Invalid(
            _("De eerste regel is niet: %(columns)s.") % {"columns": ",".join(COLUMNS)}, field="1",
            remedy=_("Zet de kolommen in deze volgorde, met komma's ertussen."),
        )  # fmt: skip
    faults: list[tuple[str, str]] = []
    found: list[Number] = []
    seen: set[tuple[str, str, int]] = set()
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        number, why = _number(reader.line_num, [cell.strip() for cell in cells], areas, units)
        key = (number.area, number.indicator, number.year) if number else ("", "", 0)
        if number is None or key in seen:
            faults.append((str(reader.line_num), why or _("staat er al: zelfde wijk, indicator en jaar")))
            continue
        seen.add(key)
        found.append(number)
    _raise(faults, _("regels kloppen niet"))
    return found


def _number(
    line: int, cells: list[str], areas: set[str], units: dict[str, str]
) -> tuple[Number | None, str]:  # fmt: skip
    if len(cells) != len(COLUMNS):
        return None, _("heeft %(n)d kolommen in plaats van %(most)d") % {"n": len(cells), "most": len(COLUMNS)}
    area, indicator, year, value, people, source, dated = cells
    area = "" if area.lower() == CITY else area.lower()
    if area and area not in areas:
        return None, _("kolom area: onbekende wijk %(code)s") % {"code": area}
    if indicator not in units:
        return None, _("kolom indicator: onbekend %(code)s") % {"code": indicator}
    for why in _faults(year, value, people, source, units[indicator]):
        return None, why
    try:
        day = date.fromisoformat(dated)
    except ValueError:
        return None, _("kolom dated: %(text)s is geen datum (2025-12-31)") % {"text": dated}
    made = Number(
        line=line, area=area, indicator=indicator, year=int(year), value=Decimal(value),
        people=int(people) if people else None, source=source, dated=day,
    )  # fmt: skip
    return made, ""


def _faults(year: str, value: str, people: str, source: str, unit: str) -> Iterator[str]:
    if not (year.isascii() and year.isdigit() and 1990 <= int(year) <= 2100):
        yield _("kolom year: %(text)s is geen jaar") % {"text": year}
    try:
        found = Decimal(value)
        fits = found.is_finite() and 0 <= found < 10**9 and (unit != Unit.SHARE or found <= 100)
    except InvalidOperation:
        fits = False
    if not fits:
        yield _("kolom value: %(text)s past niet") % {"text": value}
    if people and not (people.isascii() and people.isdigit() and len(people) < 10):
        yield _("kolom people: %(text)s is geen aantal") % {"text": people}
    if unit == Unit.SHARE and not people:
        yield _("kolom people: een percentage vraagt van hoeveel mensen")
    if not source or len(source) > 160:
        yield _("kolom source: noem de bron, in ten hoogste 160 tekens")


def _raise(faults: list[tuple[str, str]], what: str) -> None:
    if faults:
        raise Invalid(
            f"{len(faults)} {what}.", errors=tuple(faults[:MOST_FAULTS]), field=faults[0][0],
            remedy=_("Verbeter ze en lees het bestand opnieuw in; er is niets opgeslagen."),
        )  # fmt: skip
