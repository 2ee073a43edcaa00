"""What is read of areas: all of them for one indicator and year, one with all its numbers. The same for everybody."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from cases.intake.neighbourhoods import supply_neighbourhoods
from foundation.errors import Invalid, NotFound
from programmes.areas.models import Area, Edition, Indicator, Measurement


class Value(NamedTuple):
    """A number of a year; None where it is about too few people."""

    year: int
    value: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One indicator of one area over the years, beside the whole city. source, dated: of the newest number."""

    indicator: Indicator
    area: tuple[Value, ...]
    city: tuple[Value, ...]
    source: str
    dated: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """All areas for one indicator in one year. values: area's row number → its number."""

    areas: tuple[Area, ...]
    indicators: tuple[Indicator, ...]
    indicator: Indicator | None
    year: int
    years: tuple[int, ...]
    values: Mapping[int, Decimal | None]
    city: Decimal | None
    source: str


def overview(*, indicator: str = "", year: str = "") -> Overview:
    """All areas for the indicator with this code (the first one by default) in this year (the newest by default).

    Raises NotFound for no such indicator, Invalid for a year without numbers of it.
    """
    indicators = tuple(Indicator.objects.all())
    areas = tuple(Area.objects.all())
    if not indicators:
        return Overview(
            areas=areas, indicators=(), indicator=None, year=0, years=(), values={}, city=None, source=""
        )  # fmt: skip
    chosen = next((one for one in indicators if one.code == indicator), None if indicator else indicators[0])
    if chosen is None:
        raise NotFound(_("Deze indicator bestaat niet."), remedy=_("Kies er een uit de lijst."))
    years = tuple(chosen.measurements.order_by("-year").values_list("year", flat=True).distinct())
    if year and year not in {str(one) for one in years}:
        raise Invalid(_("Van dit jaar zijn er geen cijfers."), field="jaar", remedy=_("Kies een jaar uit de lijst."))
    at = int(year) if year else (years[0] if years else 0)
    rows = list(chosen.measurements.filter(year=at))
    values = {row.area_id: row.value for row in rows}
    return Overview(
        areas=areas, indicators=indicators, indicator=chosen, year=at, years=years,
        values={pk: value for pk, value in values.items() if pk is not None}, city=values.get(None),
        source=rows[0].source if rows else "",
    )  # fmt: skip


def one_area(code: str) -> tuple[Area, tuple[Series, ...]]:
    """An area with all its numbers, beside the city's; three queries whatever their number. Raises NotFound."""
    area = area_named(code)
    return area, series_of(area)


def edition() -> int:
    """The number of the last import: whatever is made of numbers holds until the next."""
    return Edition.objects.filter(pk=1).values_list("number", flat=True).first() or 0


def area_named(code: str) -> Area:
    """The area with this code. Raises NotFound."""
    area = Area.objects.filter(code=code.lower()).defer("geometry").first()
    if area is None:
        raise NotFound(_("Deze wijk bestaat niet."), remedy=_("Kies er een van de kaart."))
    return area


def supply() -> None:
    """Hand the room of signals the neighbourhoods; called once, from AppConfig.ready."""
    supply_neighbourhoods(lambda: tuple(Area.objects.order_by("name").values_list("code", "name")))


def series_of(area: Area) -> tuple[Series, ...]:
    """Per indicator with numbers of this area or of the city, in order."""
    numbers: dict[int, dict[bool, list[Value]]] = defaultdict(lambda: {True: [], False: []})
    newest: dict[int, tuple[int, str, str]] = {}
    rows = Measurement.objects.filter(Q(area=area) | Q(area=None)).order_by("indicator_id", "year")
    for indicator, of, year, value, source, dated in rows.values_list(
        "indicator_id", "area_id", "year", "value", "source", "dated"
    ):
        numbers[indicator][of is not None].append(Value(year, value))
        if of is not None:
            newest[indicator] = (year, source, dated.isoformat())
    return tuple(
        Series(
            indicator=one, area=tuple(numbers[one.pk][True]), city=tuple(numbers[one.pk][False]),
            source=newest[one.pk][1], dated=newest[one.pk][2],
        )
        for one in Indicator.objects.all()
        if one.pk in newest
    )  # fmt: skip
