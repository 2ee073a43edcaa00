"""A series as a small picture and as words. Numbers that are not shown are gaps in the line, and are said to be."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from programmes.areas.models import Indicator, Unit
from programmes.areas.queries import Series, Value

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 300, 84, 6, 6, 8, 66
"""Of a picture, in its own units; the years stand under BOTTOM."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """One indicator for a template: paths, the newest value in words, how it goes, and the numbers as a table."""

    code: str
    label: str
    pillar: str
    area_paths: tuple[str, ...]
    city_paths: tuple[str, ...]
    dot: dict[str, str] | None
    first_year: int
    last_year: int
    newest: str
    city: str
    tone: str
    change: str
    spoken: str
    source: str
    dated: str
    rows: tuple[dict[str, Any], ...]


def plots(found: Iterable[Series], *, language: str) -> list[Plot]:
    """Every series, in order."""
    return [_plot(one, language) for one in found]


def shown(value: Decimal | None, indicator: Indicator) -> str:
    """A number for people; what is about too few is said to be."""
    if value is None:
        return _("te weinig mensen om te tonen")
    text = number_format(value, decimal_pos=indicator.decimals)
    return f"{text}%" if indicator.unit == Unit.SHARE else text


def _plot(found: Series, language: str) -> Plot:
    indicator = found.indicator
    # A number of the whole city says nothing beside that of one neighbourhood; shares and marks compare.
    beside = () if indicator.unit == Unit.COUNT else found.city
    years = [one.year for one in (*found.area, *beside)]
    numbers = [one.value for one in (*found.area, *beside) if one.value is not None]
    low, high = (min(numbers), max(numbers)) if numbers else (Decimal(0), Decimal(1))
    first, last = min(years), max(years)
    newest = found.area[-1]
    of_city = {one.year: one.value for one in found.city}
    tone, change = _change(found.area, indicator)

    def xy(one: Value) -> tuple[str, str]:
        x = LEFT + (WIDTH - LEFT - RIGHT) * (one.year - first) / max(last - first, 1)
        y = BOTTOM - (BOTTOM - TOP) * float((one.value - low) / (high - low or 1))  # type: ignore[operator]
        return f"{x:.1f}", f"{y:.1f}"

    return Plot(
        code=indicator.code, label=indicator.label(language), pillar=indicator.get_pillar_display(),
        area_paths=stretches(found.area, xy), city_paths=stretches(beside, xy),
        dot=dict(zip("xy", xy(newest), strict=True)) if newest.value is not None else None,
        first_year=first, last_year=last, newest=shown(newest.value, indicator),
        city=shown(of_city.get(newest.year), indicator), tone=tone, change=change,
        spoken=_spoken(found, indicator, language), source=found.source, dated=found.dated,
        rows=tuple(
            {"year": one.year, "area": shown(one.value, indicator), "city": shown(of_city.get(one.year), indicator)}
            for one in reversed(found.area)
        ),
    )  # fmt: skip


def stretches(values: Sequence[Value], xy: Any) -> tuple[str, ...]:
    """Unbroken stretches; a single year between gaps is a short stroke."""
    found = []
    for known, group in groupby(values, key=lambda one: one.value is not None):
        if known:
            points = [" ".join(xy(one)) for one in group]
            found.append("M" + " L".join(points) + (" h0.1" if len(points) == 1 else ""))
    return tuple(found)


def _change(values: Sequence[Value], indicator: Indicator) -> tuple[str, str]:
    """Whether it got better since the first number, as a tone and in words."""
    known = [one for one in values if one.value is not None]
    if len(known) < 2 or known[0].value is None or known[-1].value is None:
        return "", ""
    difference = known[-1].value - known[0].value
    if not difference:
        return "", _("gelijk gebleven sinds %(year)d") % {"year": known[0].year}
    better = (difference > 0) == indicator.upward
    words = _("beter dan in %(year)d") if better else _("slechter dan in %(year)d")
    return ("ok" if better else "warn"), words % {"year": known[0].year}


def _spoken(found: Series, indicator: Indicator, language: str) -> str:
    start, end = found.area[0], found.area[-1]
    return _("%(label)s: %(start)s in %(from)d, %(end)s in %(to)d.") % {
        "label": indicator.label(language), "start": shown(start.value, indicator), "from": start.year,
        "end": shown(end.value, indicator), "to": end.year,
    }  # fmt: skip
