"""The API of areas: open to everybody, as the pages are."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from foundation.routes import Shows, route
from programmes.areas.models import Area
from programmes.areas.queries import Value, one_area

router = Router(tags=["areas"])


class AreaLine(Schema):
    """An area in the list."""

    code: str
    name: str
    city: str
    source: str
    dated: date


class ValueOut(Schema):
    """A number of a year; null where it is about too few people."""

    year: int
    value: Decimal | None


class SeriesOut(Schema):
    """One indicator of an area over the years, beside the city."""

    indicator: str
    pillar: str
    unit: str
    upward: bool
    area: list[ValueOut]
    city: list[ValueOut]
    source: str
    dated: date


class AreaOut(AreaLine):
    """An area with its outline (GeoJSON) and numbers."""

    geometry: dict[str, Any]
    indicators: list[SeriesOut]


@router.get("/areas", response=list[AreaLine], operation_id="areas")
@route("api:areas", shows=Shows.NOTHING, public=True)
def areas(request: HttpRequest) -> list[dict[str, Any]]:
    """All areas."""
    return [_line(one) for one in Area.objects.defer("geometry")]


@router.get("/areas/{code}", response=AreaOut, operation_id="area")
@route("api:area", shows=Shows.NOTHING, public=True)
def area(request: HttpRequest, code: str) -> dict[str, Any]:
    """One area with its numbers over the years."""
    found, series = one_area(code)
    return _line(found) | {
        "geometry": found.geometry,
        "indicators": [
            {
                "indicator": one.indicator.code, "pillar": one.indicator.pillar, "unit": one.indicator.unit,
                "upward": one.indicator.upward, "area": _values(one.area), "city": _values(one.city),
                "source": one.source, "dated": one.dated,
            }
            for one in series
        ],
    }  # fmt: skip


def _line(area: Area) -> dict[str, Any]:
    return {"code": area.code, "name": area.name, "city": area.city, "source": area.source, "dated": area.dated}


def _values(found: tuple[Value, ...]) -> list[dict[str, Any]]:
    return [{"year": one.year, "value": one.value} for one in found]
