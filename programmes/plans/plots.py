"""A goal as a small picture and in words: what was measured, and the path over milestones to the target."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from programmes.areas.plots import shown, stretches
from programmes.plans.queries import GoalLine
from programmes.plans.rules import GoalStanding
from programmes.plans.words import STANDINGS, TONES

WIDTH, LEFT, RIGHT, TOP, BOTTOM = 300, 8, 10, 10, 66


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalPlot:
    """A goal for a template. steps: milestones and target as points; rows: the numbers as a table."""

    uid: str
    title: str
    label: str
    area: str
    standing: str
    tone: str
    is_draft: bool
    baseline: str
    baseline_year: int
    newest: str
    newest_year: int
    target: str
    target_year: int
    source: str
    dated: Any
    paths: tuple[str, ...]
    wanted: str
    steps: tuple[dict[str, str], ...]
    dot: dict[str, str] | None
    spoken: str
    rows: tuple[dict[str, Any], ...]


def plot_of(line: GoalLine, *, language: str) -> GoalPlot:
    """One goal."""
    goal, indicator = line.goal, line.goal.indicator
    numbers = [*line.path.values(), *(one.value for one in line.measured if one.value is not None)]
    low, high = min(numbers), max(numbers)
    first = goal.baseline_year
    last = max([goal.target_year, *(one.year for one in line.measured)])

    def xy(year: int, value: Decimal) -> tuple[str, str]:
        x = LEFT + (WIDTH - LEFT - RIGHT) * (year - first) / max(last - first, 1)
        y = BOTTOM - (BOTTOM - TOP) * float((value - low) / (high - low or 1))
        return f"{x:.1f}", f"{y:.1f}"

    newest = line.measured[-1] if line.measured else None
    known = [one for one in line.measured if one.value is not None]
    points = [xy(year, line.path[year]) for year in sorted(line.path)]
    standing = str(STANDINGS[line.standing])
    words = {
        "title": goal.title, "from": shown(goal.baseline, indicator), "start": first, "end": goal.target_year,
        "to": shown(goal.target, indicator), "now": shown(newest.value if newest else None, indicator),
        "at": newest.year if newest else first, "standing": standing.lower(),
    }  # fmt: skip
    return GoalPlot(
        uid=str(goal.uid), title=goal.title, label=indicator.label(language), area=goal.area.name, standing=standing,
        tone=TONES[line.standing], is_draft=line.standing is GoalStanding.DRAFT,
        baseline=shown(goal.baseline, indicator), baseline_year=first, newest=str(words["now"]),
        newest_year=newest.year if newest else first, target=shown(goal.target, indicator),
        target_year=goal.target_year, source=goal.baseline_source, dated=goal.baseline_dated,
        paths=stretches(line.measured, lambda one: xy(one.year, one.value)),
        wanted="M" + " L".join(" ".join(point) for point in points),
        steps=tuple({"x": x, "y": y} for x, y in points[1:]),
        dot=dict(zip("xy", xy(known[-1].year, known[-1].value), strict=True)) if known else None,  # type: ignore[arg-type]
        spoken=_("%(title)s: van %(from)s in %(start)d naar %(to)s in %(end)d; nu %(now)s in %(at)d, %(standing)s.")
        % words,
        rows=tuple(
            {"year": year, "wanted": shown(line.path[year], indicator) if year in line.path else "",
             "measured": next((shown(one.value, indicator) for one in line.measured if one.year == year), "")}
            for year in sorted({*line.path, *(one.year for one in line.measured)})
        ),
    )  # fmt: skip
