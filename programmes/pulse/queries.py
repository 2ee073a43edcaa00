"""What partners see of the pulse: quarters that are over, each score of enough answers only, and the agenda."""

from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

from agreements.parties.reader import Visit
from foundation import clock
from programmes.plans.models import Programme
from programmes.plans.rights import may_lead
from programmes.plans.rules import GOING_STATES
from programmes.pulse.models import AgendaPoint, Criterion, PulseCount, PulseVoice, PulseWords
from programmes.pulse.rules import NONE, Histogram, Quarter, Shown, count, mean, quarter_of, shown


class Score(NamedTuple):
    """A mean of n answers, in one quarter; both None when there are too few."""

    quarter: Quarter
    mean: float | None
    n: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreLine:
    """A criterion over the quarters. name: of a partner; "" for all that is shown together."""

    criterion: str
    name: str
    scores: tuple[Score, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PulsePage:
    """The pulse of a programme for a partner. may_answer: it did not answer this quarter; texts: by quarter."""

    programme: Programme
    leads: bool
    may_answer: bool
    now: Quarter
    quarters: tuple[Quarter, ...]
    totals: tuple[ScoreLine, ...]
    partners: tuple[tuple[str, tuple[ScoreLine, ...]], ...]
    texts: tuple[tuple[Quarter, tuple[str, ...]], ...]
    points: tuple[AgendaPoint, ...]


def pulse_page(visit: Visit, programme: Programme) -> PulsePage:
    """All of it; the caller checked that the visit is of a partner. The quarter that runs is not shown: who looks
    before and after a colleague answers would see the answer.
    """
    now = quarter_of(clock.today())
    by_quarter = {quarter: one for quarter, one in _counted(programme).items() if quarter < now}
    seen = {quarter: {c: _shown(partners, c) for c in Criterion.values} for quarter, partners in by_quarter.items()}
    quarters = tuple(sorted(seen))
    names = sorted({name for one in by_quarter.values() for name in one})
    lines = [(name, tuple(_line(seen, quarters, c, name) for c in Criterion.values)) for name in names]
    if any(count(one.others) for by in seen.values() for one in by.values()):
        lines.append((_others(), tuple(_line(seen, quarters, c, None) for c in Criterion.values)))
    answered = PulseVoice.objects.filter(
        programme=programme, year=now.year, quarter=now.number, actor_ref=visit.actor_ref
    ).exists()
    runs = programme.state in GOING_STATES
    return PulsePage(
        programme=programme, leads=may_lead(visit, programme), may_answer=runs and not answered, now=now,
        quarters=quarters, totals=tuple(_line(seen, quarters, c, "") for c in Criterion.values),
        partners=tuple(lines), texts=_texts(programme, seen),
        points=tuple(AgendaPoint.objects.filter(programme=programme)),
    )  # fmt: skip


def low_criteria(programme: Programme, period: Quarter) -> dict[str, str]:
    """The criteria that scored low in a quarter, and where, in words: only what partners see anyway."""
    partners = _counted(programme).get(period, {})
    found = {}
    for criterion in Criterion.values:
        seen = _shown(partners, criterion)
        where = [name for name, one in sorted(seen.partners.items()) if _is_low(one)]
        where += [_others()] if _is_low(seen.others) else []
        if _is_low(seen.total):
            where.insert(0, _("alle partners samen"))
        if where:
            found[criterion] = ", ".join(where)[:400]
    return found


def _is_low(histogram: Histogram) -> bool:
    found = mean(histogram)
    return found is not None and found < settings.PULSE_LOW


def _counted(programme: Programme) -> dict[Quarter, dict[str, PulseCount]]:
    found: dict[Quarter, dict[str, PulseCount]] = defaultdict(dict)
    for row in PulseCount.objects.filter(programme=programme).select_related("agency"):
        found[Quarter(row.year, row.quarter)][row.agency.name] = row
    return found


def _shown(partners: dict[str, PulseCount], criterion: str) -> Shown:
    by_partner = {name: tuple(row.counts.get(criterion, NONE)) for name, row in partners.items()}
    return shown(by_partner, fewest=settings.PULSE_FEWEST)


def _line(
    seen: dict[Quarter, dict[str, Shown]], quarters: tuple[Quarter, ...], criterion: str, name: str | None
) -> ScoreLine:
    """name: of a partner; "" for the total, None for the others together."""

    def of(one: Shown) -> Histogram:
        if name is None:
            return one.others
        return one.partners.get(name, NONE) if name else one.total

    found = [(quarter, of(seen[quarter][criterion])) for quarter in quarters]
    return ScoreLine(
        criterion=criterion, name=_others() if name is None else name,
        scores=tuple(Score(quarter, mean(one), count(one) or None) for quarter, one in found),
    )  # fmt: skip


def _others() -> str:
    return _("andere partners samen")


def _texts(programme: Programme, seen: dict[Quarter, dict[str, Shown]]) -> tuple[tuple[Quarter, tuple[str, ...]], ...]:
    """What was written, of quarters with enough answers."""
    rows = PulseWords.objects.filter(programme=programme).order_by("-year", "-quarter")
    found = [(Quarter(row.year, row.quarter), tuple(row.texts)) for row in rows]
    return tuple(
        (quarter, texts) for quarter, texts in found
        if quarter in seen and any(count(one.total) for one in seen[quarter].values())
    )  # fmt: skip
