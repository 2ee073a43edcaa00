"""A criterion as a small picture and in words: the mean per quarter, with a gap where too few people answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from programmes.pulse.models import HIGHEST, LOWEST, Criterion
from programmes.pulse.queries import Score, ScoreLine

WIDTH, LEFT, RIGHT, TOP, BOTTOM = 300, 8, 10, 10, 66
HIDDEN = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class PulsePlot:
    """A criterion for a template. limit: the height of the line under which it is low; rows: all as a table."""

    title: str
    newest: str
    is_low: bool
    paths: tuple[str, ...]
    dots: tuple[dict[str, str], ...]
    limit: str
    first: str
    last: str
    spoken: str
    rows: tuple[dict[str, str], ...]


def plot_of(line: ScoreLine) -> PulsePlot:
    """One criterion, of one partner or all together."""
    title = str(Criterion(line.criterion).label)
    last = line.scores[-1] if line.scores else None
    places = [(_x(i, len(line.scores)), one) for i, one in enumerate(line.scores)]
    known = [(x, _y(one.mean), one) for x, one in places if one.mean is not None]
    newest = score_text(last)
    return PulsePlot(
        title=title, newest=newest, is_low=last is not None and is_low(last), paths=_paths(places),
        dots=tuple({"x": f"{x:.1f}", "y": f"{y:.1f}"} for x, y, _one in known), limit=f"{_y(settings.PULSE_LOW):.1f}",
        first=line.scores[0].quarter.code if last else "", last=last.quarter.code if last else "",
        spoken=_("%(title)s: %(scores)s.") % {
            "title": title, "scores": ", ".join(f"{one.quarter.code} {spoken_score(one)}" for one in line.scores),
        },
        rows=tuple(
            {"quarter": one.quarter.code, "mean": score_text(one), "n": str(one.n or HIDDEN)} for one in line.scores
        ),
    )  # fmt: skip


def score_text(score: Score | None) -> str:
    """A mean for people; a dash for one that is not shown."""
    return HIDDEN if score is None or score.mean is None else number_format(score.mean, 1)


def spoken_score(score: Score) -> str:
    """A mean for who listens."""
    return _("te weinig antwoorden") if score.mean is None else score_text(score)


def is_low(score: Score) -> bool:
    """Whether it belongs on the agenda."""
    return score.mean is not None and score.mean < settings.PULSE_LOW


def _x(index: int, n: int) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * index / max(n - 1, 1)


def _y(score: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * (score - LOWEST) / (HIGHEST - LOWEST)


def _paths(places: Sequence[tuple[float, Score]]) -> tuple[str, ...]:
    found = []
    for known, group in groupby(places, key=lambda place: place[1].mean is not None):
        if known:
            points = [f"{x:.1f} {_y(one.mean or 0):.1f}" for x, one in group]
            found.append("M" + " L".join(points) + (" h0.1" if len(points) == 1 else ""))
    return tuple(found)
