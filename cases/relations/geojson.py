"""Reads a reference map from GeoJSON and says what is wrong with it. Nothing is written here. Source: RFC 7946.

A feature with a `soort` is an outline (`naam`, optional `code`); one with a `postcode` is an address point (`straat`,
`huisnummer`). The names are those of Dutch open data (BAG, CBS), so that an export needs little work.
"""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from cases.relations.models import MapAddress, MapShape, ShapeKind
from foundation.errors import Invalid

MOST_FAULTS = 20
POSTCODE = re.compile(r"[1-9][0-9]{3}[A-Z]{2}")
NUMBER = re.compile(r"[0-9]{1,5}(-?[A-Za-z0-9]{1,4})?")
_DEPTH = {"Point": 0, "LineString": 1, "Polygon": 2, "MultiLineString": 2, "MultiPolygon": 3}
_LEAST = {"LineString": 2, "MultiLineString": 2, "Polygon": 4, "MultiPolygon": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class MapFile:
    """A map that is in order: unsaved rows of one dataset."""

    dataset: str
    shapes: tuple[MapShape, ...]
    addresses: tuple[MapAddress, ...]


def read_map(text: str) -> MapFile:
    """The map in `text`. Raises Invalid that names each wrong feature and how to mend it; then nothing is read."""
    try:
        content = json.loads(text)
    except ValueError as fault:
        raise Invalid(
            _("Dit bestand is geen JSON: %(fault)s.") % {"fault": fault}, field="area",
            remedy=_("Sla het opnieuw op als GeoJSON."),
        ) from None  # fmt: skip
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(content, dict) or not isinstance(features, list) or content.get("type") != "FeatureCollection":
        _refuse(_("Dit is geen FeatureCollection."), _("Sla de kaart op als één GeoJSON-verzameling."))
    if content.get("crs") and "CRS84" not in str(content["crs"]) and "4326" not in str(content["crs"]):
        _refuse(_("De kaart staat in een ander stelsel dan WGS84."), _("Zet de coördinaten om naar WGS84 (lon, lat)."))
    dataset = str(content.get("name") or "").strip()[:60]
    if not dataset:
        _refuse(_("De kaart heeft geen naam."), _("Zet bovenaan “name”: zo vervangt een nieuwe kaart de oude."))
    reader = _Reader(dataset)
    for n, feature in enumerate(features):
        reader.take(n, feature)
    if not features:
        _refuse(_("De kaart is leeg."), _("Voeg vlakken en adrespunten toe."))
    if reader.faults:
        raise Invalid(
            _("%(n)d onderdelen van de kaart kloppen niet.") % {"n": len({place for place, _why in reader.faults})},
            errors=tuple(reader.faults[:MOST_FAULTS]), field=reader.faults[0][0],
            remedy=_("Verbeter ze en lees de kaart opnieuw in; er is niets opgeslagen."),
        )  # fmt: skip
    return MapFile(dataset=dataset, shapes=tuple(reader.shapes), addresses=tuple(reader.addresses.values()))


def _refuse(sentence: str, remedy: str) -> NoReturn:
    raise Invalid(sentence, field="area", remedy=remedy)


class _Reader:
    def __init__(self, dataset: str) -> None:
        self.dataset = dataset
        self.shapes: list[MapShape] = []
        self.addresses: dict[str, MapAddress] = {}
        self.faults: list[tuple[str, str]] = []

    def take(self, n: int, feature: Any) -> None:
        place = f"features[{n}]"
        known = feature.get("properties") if isinstance(feature, dict) else None
        if not isinstance(known, dict) or not isinstance(feature.get("geometry"), dict):
            self.faults.append((place, _("heeft geen properties of geen geometry")))
            return
        geometry = feature["geometry"]
        fault = geometry_fault(geometry)
        if fault:
            self.faults.append((place, fault))
        elif "soort" in known:
            self._shape(place, known, geometry)
        elif "postcode" in known:
            self._address(place, known, geometry)
        else:
            self.faults.append((place, _("heeft geen “soort” (vlak) en geen “postcode” (adres)")))

    def _shape(self, place: str, known: dict[str, Any], geometry: dict[str, Any]) -> None:
        kind, name = str(known["soort"]), str(known.get("naam") or "").strip()
        if kind not in ShapeKind.values:
            self.faults.append(
                (place, _("onbekende soort “%(kind)s”; kies uit %(all)s") % {"kind": kind[:20], "all": _kinds()})
            )
        elif not name or len(name) > 120:
            self.faults.append((place, _("heeft geen naam, of een te lange")))
        else:
            xs, ys = zip(*points_of(geometry), strict=True)
            self.shapes.append(
                MapShape(
                    dataset=self.dataset, name=name, name_key=key_of(name), kind=kind,
                    code=str(known.get("code") or "").strip().lower()[:20], geometry=geometry,
                    west=min(xs), south=min(ys), east=max(xs), north=max(ys),
                )
            )  # fmt: skip

    def _address(self, place: str, known: dict[str, Any], geometry: dict[str, Any]) -> None:
        postcode = str(known["postcode"]).replace(" ", "").upper()
        number, street = str(known.get("huisnummer") or "").strip(), str(known.get("straat") or "").strip()
        if not POSTCODE.fullmatch(postcode):
            self.faults.append((place, _("de postcode is geen vier cijfers met twee letters")))
        elif not NUMBER.fullmatch(number):
            self.faults.append((place, _("het huisnummer is geen getal met een korte toevoeging")))
        elif not street or len(street) > 120:
            self.faults.append((place, _("heeft geen straat, of een te lange")))
        elif geometry["type"] != "Point":
            self.faults.append((place, _("een adres is een Point")))
        else:
            key = f"{postcode}{number.replace('-', '')}".upper()
            if key in self.addresses:
                self.faults.append((place, _("dit adres staat er al: %(key)s") % {"key": key}))
                return
            lon, lat = geometry["coordinates"][:2]
            self.addresses[key] = MapAddress(
                dataset=self.dataset, street=street, number=number, postcode=postcode, key=key,
                street_key=key_of(f"{street} {number.replace('-', '')}"), lon=lon, lat=lat,
            )  # fmt: skip


def key_of(name: str) -> str:
    """A name as it is compared: small letters, single spaces."""
    return " ".join(name.casefold().split())


def points_of(geometry: dict[str, Any]) -> Iterator[tuple[float, float]]:
    """Every point of a geometry that is in order."""
    queue: list[Any] = [geometry["coordinates"]]
    while queue:
        item = queue.pop()
        if item and isinstance(item[0], int | float):
            yield float(item[0]), float(item[1])
        else:
            queue.extend(item)


def geometry_fault(geometry: dict[str, Any]) -> str:
    """Why this is no geometry that can be drawn; "" when it is."""
    type_ = geometry.get("type")
    if type_ not in _DEPTH:
        return _("kan %(type)s niet tekenen") % {"type": str(type_)[:30]}
    return _coordinates_fault(geometry.get("coordinates"), _DEPTH[type_], type_)


def _coordinates_fault(found: Any, depth: int, type_: str) -> str:
    if depth == 0:
        return _point_fault(found)
    if not isinstance(found, list) or not found:
        return _("de coördinaten kloppen niet met %(type)s") % {"type": type_}
    if depth == 1:
        fault = next((fault for point in found if (fault := _point_fault(point))), "")
        if fault or type_ == "Point":
            return fault
        if len(found) < _LEAST[type_]:
            return _("heeft te weinig punten voor %(type)s") % {"type": type_}
        if "Polygon" in type_ and found[0] != found[-1]:
            return _("de ring is niet gesloten: het laatste punt is niet het eerste")
        return ""
    return next((fault for part in found if (fault := _coordinates_fault(part, depth - 1, type_))), "")


def _point_fault(point: Any) -> str:
    if not isinstance(point, list) or len(point) < 2 or not all(_is_number(part) for part in point[:2]):
        return _("een punt is geen [lon, lat]")
    lon, lat = point[:2]
    if -180 <= lon <= 180 and -90 <= lat <= 90:
        return ""
    if 0 < lon < 300_000 and 300_000 < lat < 630_000:
        return _("staat in RD (Rijksdriehoek); zet de coördinaten om naar WGS84")
    return _("ligt buiten de wereld: lon -180 tot 180, lat -90 tot 90")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _kinds() -> str:
    return ", ".join(ShapeKind.values)
