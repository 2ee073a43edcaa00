"""Takes areas, indicators and numbers in: all of a file or nothing, protected before it is stored, with an entry."""

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.db.models import F

from agreements.covenants.rules import Author
from audit.journal.appender import append
from audit.journal.entry import Action, Entry, Outcome
from audit.journal.scope import write_scope
from programmes.areas.events import AREAS_LOADED, NUMBERS_LOADED
from programmes.areas.models import Area, Edition, Indicator, Measurement
from programmes.areas.reading_files import read_areas, read_indicators, read_numbers
from programmes.areas.rules import protected

BATCH = 1000


def load_areas(text: str, *, source: str, dated: date, by: Author) -> int:
    """Take in the areas of a GeoJSON file; those with a known code are drawn anew. Returns how many. Raises Invalid."""
    areas = read_areas(text, source=source, dated=dated)
    with transaction.atomic(), write_scope(reason=AREAS_LOADED):
        for area in areas:
            fresh = {
                name: getattr(area, name)
                for name in ("name", "city", "geometry", "west", "south", "east", "north", "source", "dated")
            }
            Area.objects.update_or_create(code=area.code, defaults=fresh)
        _next_edition()
        append([_entry(AREAS_LOADED, by, areas=len(areas))])
    return len(areas)


def load_indicators(text: str, *, by: Author) -> int:
    """Take in the list of indicators, in its order. Returns how many. Raises Invalid."""
    items = read_indicators(text)
    with transaction.atomic(), write_scope(reason=AREAS_LOADED):
        for n, item in enumerate(items):
            fresh = {
                "label_nl": item.label["nl"], "label_en": item.label.get("en", item.label["nl"]),
                "pillar": item.pillar, "unit": item.unit, "upward": item.upward, "decimals": item.decimals, "order": n,
            }  # fmt: skip
            Indicator.objects.update_or_create(code=item.code, defaults=fresh)
        _next_edition()
        append([_entry(AREAS_LOADED, by, indicators=len(items))])
    return len(items)


def load_numbers(text: str, *, by: Author) -> tuple[int, int]:
    """Take in the numbers of a CSV. Returns how many were kept, how many are about too few people. Raises Invalid."""
    areas = dict(Area.objects.values_list("code", "pk"))
    indicators = {one.code: one for one in Indicator.objects.all()}
    numbers = read_numbers(text, areas=set(areas), units={code: one.unit for code, one in indicators.items()})
    years = {number.year for number in numbers}
    standing: dict[tuple[int | None, int, int], Decimal | None] = {
        (area, indicator, year): value
        for area, indicator, year, value in Measurement.objects.filter(year__in=years).values_list(
            "area_id", "indicator_id", "year", "value"
        )
    }
    rows = []
    for number in numbers:
        indicator = indicators[number.indicator]
        key = (areas.get(number.area), indicator.pk, number.year)
        value = protected(
            number.value, unit=indicator.unit, people=number.people, threshold=settings.SMALL_NUMBER,
            standing=standing.get(key),
        )  # fmt: skip
        rows.append(
            Measurement(
                area_id=key[0],
                indicator=indicator,
                year=number.year,
                value=value,
                source=number.source,
                dated=number.dated,
            )
        )
    hidden = sum(row.value is None for row in rows)
    with transaction.atomic(), write_scope(reason=NUMBERS_LOADED):
        _replace(rows, standing)
        _next_edition()
        append([_entry(NUMBERS_LOADED, by, numbers=len(rows), hidden=hidden)])
    return len(rows) - hidden, hidden


def _replace(rows: list[Measurement], standing: dict[tuple[int | None, int, int], Decimal | None]) -> None:
    fresh = []
    for row in rows:
        key = (row.area_id, row.indicator_id, row.year)
        if key in standing:
            kept = Measurement.objects.filter(indicator_id=row.indicator_id, year=row.year)
            kept = kept.filter(area=None) if row.area_id is None else kept.filter(area_id=row.area_id)
            kept.update(value=row.value, source=row.source, dated=row.dated)
        else:
            fresh.append(row)
    Measurement.objects.bulk_create(fresh, batch_size=BATCH)


def _next_edition() -> None:
    """Pages that were made before this import are made anew."""
    Edition.objects.get_or_create(pk=1)
    Edition.objects.filter(pk=1).update(number=F("number") + 1)


def _entry(event: str, by: Author, **detail: int) -> Entry:
    return Entry(
        event_type=event, action=Action.UPDATE, outcome=Outcome.OK, actor_ref=by.actor_ref, agency_ref=by.agency_ref,
        detail=detail,
    )  # fmt: skip
