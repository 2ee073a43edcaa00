"""How many reads there were, per week and per agency: exactly within an officer's scope, in whole tens outside it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncWeek

from audit.journal import models as journal
from audit.journal.reasons import ReasonCode
from audit.journal.uids import floor_of
from foundation import clock

WEEKS = 13


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The reads of one agency per week. own: within the officer's scope, so exactly.

    Of others each number is in whole tens, rounded down; 0 then stands for fewer than ten, and the total adds what is
    shown. unexplained and break_glass: of these reads, only within scope.
    """

    agency_ref: str
    own: bool
    reads: tuple[int, ...]
    unexplained: tuple[int, ...]
    break_glass: tuple[int, ...]

    @property
    def total(self) -> int:
        """All that is shown."""
        return sum(self.reads)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """weeks: the Mondays, oldest first; the last one is not over yet. whole: all agencies within scope together."""

    weeks: tuple[date, ...]
    whole: Series
    agencies: tuple[Series, ...]


def plot(*, scope: str | None) -> Plot:
    """Reads of cases and persons that took place, in the last WEEKS weeks; a request about three persons is one.

    Rules of small numbers: docs/cijfers.md; design, invariant 6.
    """
    today = clock.today()
    monday = today - timedelta(days=today.weekday())
    weeks = tuple(monday - timedelta(weeks=back) for back in reversed(range(WEEKS)))
    since = clock.start_of(weeks[0])
    reads = _counted(_reads(since), weeks)
    # What is not shown is not counted: of others neither reasons nor break-glass.
    mine = _reads(since) if scope is None else _reads(since).filter(agency_ref=scope)
    unexplained = _counted(mine.filter(reason_code=ReasonCode.UNEXPLAINED), weeks)
    emergencies = _counted(mine.filter(break_glass=True), weeks)
    nothing = (0,) * WEEKS
    series = []
    for agency in sorted({*reads, *([scope] if scope else [])}):
        own = scope is None or agency == scope
        counts = reads.get(agency, nothing)
        series.append(
            Series(
                agency_ref=agency, own=own, reads=counts if own else tuple(in_tens(count) for count in counts),
                unexplained=unexplained.get(agency, nothing), break_glass=emergencies.get(agency, nothing),
            )
        )  # fmt: skip
    # That another agency reads at all shows only from ten reads a week on.
    series = [one for one in series if one.own or one.total]
    series.sort(key=lambda one: (not one.own, -one.total, one.agency_ref))
    within = [one for one in series if one.own]
    whole = Series(
        agency_ref=scope or "", own=True, reads=_sum([one.reads for one in within]),
        unexplained=_sum([one.unexplained for one in within]), break_glass=_sum([one.break_glass for one in within]),
    )  # fmt: skip
    return Plot(weeks=weeks, whole=whole, agencies=tuple(series))


def in_tens(count: int) -> int:
    """A count that somebody may not know: whole steps of settings.SMALL_NUMBER, rounded down."""
    step: int = settings.SMALL_NUMBER
    return count // step * step


def _reads(since: datetime) -> "QuerySet[journal.Entry]":
    return journal.Entry.objects.filter(uid__gte=floor_of(since), action="R", outcome="ok").exclude(case_ref="")


def _counted(entries: "QuerySet[journal.Entry]", weeks: Sequence[date]) -> dict[str, tuple[int, ...]]:
    places = {week: place for place, week in enumerate(weeks)}
    found: dict[str, list[int]] = defaultdict(lambda: [0] * len(weeks))
    rows: Any = entries.order_by().annotate(week=TruncWeek("recorded_at", tzinfo=clock.AMSTERDAM))
    for agency, week, n in rows.values_list("agency_ref", "week").annotate(n=Count("trace_id", distinct=True)):
        place = places.get(week.date())
        if place is not None:
            found[agency][place] = n
    return {agency: tuple(counts) for agency, counts in found.items()}


def _sum(rows: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(sum(column) for column in zip(*rows, strict=True)) if rows else (0,) * WEEKS
