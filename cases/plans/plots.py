"""Effects as small pictures and as words: per person a line per part, from start to end. From answers alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.policy.catalogue import Catalogue
from cases.casework.fact_rows import monogram
from cases.disclosure.answer import Source
from cases.plans.models import Moment
from cases.plans.queries import Measured
from cases.plans.rules import COUNTS, LIFE_DOMAINS, OWN_RATING
from cases.plans.words import part_labels

MOMENTS = (Moment.START, Moment.MIDWAY, Moment.END)
X = {Moment.START: 20, Moment.MIDWAY: 90, Moment.END: 160}
TOP, BOTTOM = 14, 62
"""The room of a line within its picture of 180 by 84, in the units of the picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A value at a moment, with its place in the picture."""

    moment: str
    value: int
    x: int
    y: int
    label_y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The values of one source for one part, in order of time."""

    source: dict[str, str]
    points: tuple[Point, ...]
    path: str
    dashed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """One part of one person: its lines, what they say in words, and how it went."""

    code: str
    label: str
    top: int
    top_y: int
    bottom: int
    bottom_y: int
    lines: tuple[Line, ...]
    spoken: str
    change: str
    tone: str


def plots_of(measured: Iterable[Measured], catalogue: Catalogue) -> list[Plot]:
    """The pictures of one person, in the order of the parts; a part that nobody measured is not there."""
    labels = part_labels(catalogue)
    found: dict[str, dict[str, dict[str, int]]] = {}
    sources: dict[str, Source] = {}
    for row in measured:
        source = row.fact.source
        sources[source.code] = source
        scores = row.fact.value if isinstance(row.fact.value, dict) else {}
        for part, value in scores.items():
            if isinstance(value, int):
                found.setdefault(part, {}).setdefault(source.code, {})[row.moment] = value
    return [
        _plot(part, labels[part], {source: found[part].get(source.code, {}) for source in sources.values()})
        for part in (*LIFE_DOMAINS, *COUNTS, OWN_RATING)
        if part in found
    ]


def table_of(plots: Iterable[Plot]) -> list[dict[str, Any]]:
    """The same as rows of a table: part, then a cell per moment with the value of each source."""
    return [
        {
            "label": plot.label,
            "cells": [
                [
                    {"value": point.value, "source": line.source}
                    for line in plot.lines
                    for point in line.points
                    if point.moment == moment
                ]
                for moment in MOMENTS
            ],
            "change": plot.change,
        }
        for plot in plots
    ]


def _plot(part: str, label: str, said: dict[Source, dict[str, int]]) -> Plot:
    values = [value for scores in said.values() for value in scores.values()]
    bottom, top = _scale(part, values)
    # Dashed is every source but the first of this person, in all pictures alike.
    lines = tuple(
        _line(source, scores, bottom, top, place) for place, (source, scores) in enumerate(said.items()) if scores
    )
    change, tone = _change(part, next((scores for scores in said.values() if len(scores) > 1), {}))
    spoken = "; ".join(
        f"{line.source['name']}: "
        + ", ".join(f"{Moment(point.moment).label.lower()} {point.value}" for point in line.points)
        for line in lines
    )
    return Plot(
        code=part, label=label, top=top, top_y=TOP, bottom=bottom, bottom_y=BOTTOM, lines=lines,
        spoken=f"{label}. {spoken}", change=change, tone=tone,
    )  # fmt: skip


def _scale(part: str, values: list[int]) -> tuple[int, int]:
    if part in LIFE_DOMAINS:
        return 1, 5
    return (1, 10) if part == OWN_RATING else (0, max(*values, 5))


def _line(source: Source, scores: dict[str, int], bottom: int, top: int, place: int) -> Line:
    points = tuple(_point(moment, scores[moment], bottom, top) for moment in MOMENTS if moment in scores)
    return Line(
        source=monogram(source), points=points, path=" ".join(f"{point.x},{point.y}" for point in points),
        dashed=place > 0,
    )  # fmt: skip


def _point(moment: Moment, value: int, bottom: int, top: int) -> Point:
    y = BOTTOM - round((BOTTOM - TOP) * (value - bottom) / (top - bottom))
    return Point(moment=moment.value, value=value, x=X[moment], y=y, label_y=y - 6)


def _change(part: str, scores: dict[str, int]) -> tuple[str, str]:
    """From the first to the last moment, in words; of counts less is better."""
    known = [scores[moment] for moment in MOMENTS if moment in scores]
    if len(known) < 2:
        return "", ""
    first, last = known[0], known[-1]
    span = {"first": first, "last": last}
    if first == last:
        return _("gelijk gebleven op %(last)d") % span, ""
    better = (last < first) if part in COUNTS else (last > first)
    if part in COUNTS:
        words = _("van %(first)d naar %(last)d, minder") if better else _("van %(first)d naar %(last)d, meer")
        return words % span, "ok" if better else "danger"
    steps = abs(last - first)
    if better:
        words = ngettext(
            "van %(first)d naar %(last)d, %(n)d stap beter",
            "van %(first)d naar %(last)d, %(n)d stappen beter",
            steps,
        )
    else:
        words = ngettext(
            "van %(first)d naar %(last)d, %(n)d stap slechter",
            "van %(first)d naar %(last)d, %(n)d stappen slechter",
            steps,
        )
    return words % {**span, "n": steps}, "ok" if better else "danger"
