"""Counts the signals of a quarter, once and for good, and proposes the clusters in it. Who looks is in queries.py."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from agreements.covenants.in_force import current_policy
from agreements.covenants.rules import Author
from audit.journal.appender import append
from audit.journal.entry import Action, Entry, Outcome
from audit.journal.scope import write_scope
from cases.intake.counting import counted
from foundation import clock
from programmes.areas.models import Area
from programmes.patterns.events import CLOSED
from programmes.patterns.models import ClusterState, SignalCell, SignalCluster, SignalQuarter
from programmes.patterns.rights import counting_covenants
from programmes.patterns.rules import BEFORE, after, is_cluster, moments_of, newest_due, released, through
from programmes.pulse.rules import Quarter

SOURCE = "Verbond"
Counts = Mapping[tuple[str, str], Mapping[int, int]]
"""(code of the neighbourhood, kind) → source → number of signals."""


def close_quarters(*, by: Author, since: Quarter | None = None) -> int:
    """Count every quarter that may be counted and was not yet, for each covenant that gives the numbers.

    Returns how many were closed. A covenant's first one is the newest that is due, or `since`: never the first in
    which there was a signal, since that would tell that there was one. Safe to repeat; run it daily.
    """
    last, n = newest_due(clock.today(), wait=settings.PATTERN_WAIT_DAYS), 0
    for covenant in counting_covenants(current_policy(), at=clock.now()):
        newest = SignalQuarter.objects.filter(covenant=covenant).order_by("year", "quarter").last()
        first = after(Quarter(newest.year, newest.quarter)) if newest else since or last
        for quarter in through(first, last):
            n += close(covenant, quarter, _counts(covenant, *moments_of(quarter)), source=SOURCE, by=by)
    return n


def close(covenant: str, quarter: Quarter, counts: Counts, *, source: str, by: Author) -> bool:
    """Keep what may be shown of these counts, and forget the rest; whether this call did it.

    A quarter that was closed before stays as it was: what comes in late, is mended or is erased changes nothing that
    somebody may have seen. source: where the signals came in. by: the operator.
    """
    found: list[SignalCell] = []
    try:
        with transaction.atomic(), write_scope(reason=CLOSED):
            if SignalQuarter.objects.filter(covenant=covenant, year=quarter.year, quarter=quarter.number).exists():
                return False
            made = SignalQuarter.objects.create(
                covenant=covenant, year=quarter.year, quarter=quarter.number, threshold=settings.SMALL_NUMBER,
                source=source, closed_on=clock.today(),
            )  # fmt: skip
            found = SignalCell.objects.bulk_create(_cells(made, counts), batch_size=1000)
            clusters = _propose(made, found)
            # Only what is shown anyway: an entry is read by others than the figures.
            append([_entry(by, covenant, quarter, cells=len(found), clusters=clusters)])
    except IntegrityError:
        # Another process closed it in the meantime.
        return False
    return True


def _counts(covenant: str, starts: datetime, ends: datetime) -> Counts:
    """The signals of a quarter that count under this covenant: each under the first of its own that gives numbers.

    What was itself reported because of a cluster counts nowhere: a pattern does not confirm itself.
    """
    giving = set(counting_covenants(current_policy(), at=clock.now()))
    found: dict[tuple[str, str], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    marks = [one.mark for one in SignalCluster.objects.filter(state=ClusterState.CASE)]
    for row in counted(starts, ends, without=marks):
        if min(row.covenants & giving, default="") == covenant:
            found[row.neighbourhood, row.kind][row.source] += row.n
    return found


def _cells(quarter: SignalQuarter, counts: Counts) -> Iterable[SignalCell]:
    """A cell for every neighbourhood and kind, also where nothing was reported."""
    kinds = [code for code, _nl, _en in current_policy().catalogue.by_code["signal_domain"].choices]
    for pk, code in Area.objects.order_by("code").values_list("pk", "code"):
        for kind in kinds:
            numbers = counts.get((code, kind), {}).values()
            yield SignalCell(
                quarter=quarter, area_id=pk, kind=kind, at_least=released(numbers, threshold=quarter.threshold)
            )


def _propose(quarter: SignalQuarter, cells: Iterable[SignalCell]) -> int:
    """A cluster for each cell that is well above its own past; how many."""
    past: dict[tuple[int, str], list[int]] = defaultdict(list)
    for area, kind, at_least in (
        SignalCell.objects.filter(quarter__in=_before(quarter))
        .order_by("quarter__year", "quarter__quarter")
        .values_list("area_id", "kind", "at_least")
    ):
        past[area, kind].append(at_least)
    found = [
        cell
        for cell in cells
        if is_cluster(
            cell.at_least, past[cell.area_id, cell.kind], threshold=quarter.threshold, least=settings.PATTERN_LEAST,
            times=settings.PATTERN_TIMES,
        )
    ]  # fmt: skip
    SignalCluster.objects.bulk_create(
        SignalCluster(
            number=f"{quarter.code}/{n}", cell=cell, before=past[cell.area_id, cell.kind],
            proposed_on=quarter.closed_on,
        )
        for n, cell in enumerate(found, start=1)
    )  # fmt: skip
    return len(found)


def _before(quarter: SignalQuarter) -> list[int]:
    """The four quarters right before it; [] when one of them is missing."""
    wanted, at = [], Quarter(quarter.year, quarter.quarter)
    for _turn in range(BEFORE):
        at = at.before
        wanted.append(at)
    rows = SignalQuarter.objects.filter(covenant=quarter.covenant)
    found = [row.pk for row in rows if Quarter(row.year, row.quarter) in wanted]
    return found if len(found) == BEFORE else []


def _entry(by: Author, covenant: str, quarter: Quarter, **detail: int) -> Entry:
    return Entry(
        event_type=CLOSED, action=Action.CREATE, outcome=Outcome.OK, actor_ref=by.actor_ref, agency_ref=by.agency_ref,
        detail={"covenant": covenant, "quarter": quarter.code, **detail},
    )  # fmt: skip
