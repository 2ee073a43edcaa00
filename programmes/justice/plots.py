"""The times of a group as a small picture and as words: the median, between its quartiles, beside the agreed norm."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from programmes.areas.plots import BOTTOM, LEFT, RIGHT, TOP, WIDTH
from programmes.justice.queries import GroupTimes, Times
from programmes.justice.words import half_year, weeks


@dataclass(frozen=True, slots=True, kw_only=True)
class TimesPlot:
    """A group for a template. bands: from lower to upper quartile; gaps where too few cases were ruled on."""

    group: GroupTimes
    tone: str
    standing: str
    newest: str
    newest_when: str
    norm: str
    norm_y: str
    bands: tuple[str, ...]
    lines: tuple[str, ...]
    dots: tuple[dict[str, str], ...]
    first_when: str
    last_when: str
    spoken: str
    rows: tuple[dict[str, Any], ...]


def plot_of(group: GroupTimes) -> TimesPlot:
    """One group."""
    times, norm = group.times, group.norm
    start, end = _nth(times[0]), _nth(times[-1])
    most = max([1, *(n for one in times for n in (one.high, one.median) if n is not None), norm.weeks if norm else 0])

    def x(one: Times) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (_nth(one) - start) / max(end - start, 1)

    def y(n: int) -> float:
        return BOTTOM - (BOTTOM - TOP) * n / most

    def at(one: Times, n: int | None) -> str:
        return f"{x(one):.1f} {y(n or 0):.1f}"

    known = [one for one in times if one.median is not None]
    newest = known[-1] if known else None
    tone, standing = _standing(group, newest)
    return TimesPlot(
        group=group, tone=tone, standing=standing, newest=weeks(newest.median if newest else None),
        newest_when=half_year(newest.year, newest.half) if newest else "",
        norm=weeks(norm.weeks) if norm else "", norm_y=f"{y(norm.weeks):.1f}" if norm else "",
        bands=tuple(
            "M" + " L".join([*(at(one, one.high) for one in run), *(at(one, one.low) for one in reversed(run))]) + "Z"
            for run in _runs(times, "high")
        ),
        lines=tuple("M" + " L".join(at(one, one.median) for one in run) for run in _runs(times, "median")),
        dots=tuple({"x": f"{x(one):.1f}", "y": f"{y(one.median or 0):.1f}"} for one in known),
        first_when=f"{times[0].year}-{times[0].half}", last_when=f"{times[-1].year}-{times[-1].half}",
        spoken=_spoken(group, newest, standing),
        rows=tuple(
            {"when": half_year(one.year, one.half), "cases": one.cases, "low": one.low, "median": one.median,
             "high": one.high}
            for one in reversed(times)
        ),
    )  # fmt: skip


def _nth(one: Times) -> int:
    return one.year * 2 + one.half


def _runs(times: tuple[Times, ...], name: str) -> list[list[Times]]:
    """Unbroken stretches of half-years of which something is told."""
    numbered = [(_nth(one) - n, one) for n, one in enumerate(one for one in times if getattr(one, name) is not None)]
    return [[one for _place, one in run] for _place, run in groupby(numbered, key=lambda pair: pair[0])]


def _standing(group: GroupTimes, newest: Times | None) -> tuple[str, str]:
    if newest is None or newest.median is None:
        return "", _("te weinig zaken om te tonen")
    if group.norm is None:
        return "", _("geen norm afgesproken")
    if newest.median <= group.norm.weeks:
        return "ok", _("binnen de norm")
    return "warn", _("langer dan de norm")


def _spoken(group: GroupTimes, newest: Times | None, standing: str) -> str:
    if newest is None:
        return f"{group.label}: {standing}."
    return _("%(label)s: de helft was binnen %(weeks)s klaar, in %(when)s; %(standing)s.") % {
        "label": group.label, "weeks": weeks(newest.median), "when": half_year(newest.year, newest.half),
        "standing": standing,
    }  # fmt: skip
