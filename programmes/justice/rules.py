"""Pure decisions about throughput times and priorities: what may be kept of a cell, and how it stands on a day.

Source: domain reference, sections 3 and 10; the same threshold as programmes/areas/rules.py.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum


class Phase(StrEnum):
    """Where a priority is on a day."""

    COMING = "coming"
    NOW = "now"
    PAST = "past"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What is kept of a group in a half-year: cases in whole tens, times in whole weeks; None is not told."""

    cases: int | None = None
    low: int | None = None
    median: int | None = None
    high: int | None = None
    withdrawn: bool = False


def protected(
    *, cases: int, low: Decimal, median: Decimal, high: Decimal, threshold: int, standing: Cell | None = None
) -> Cell:
    """The cell as it may be kept. low, median, high: quartiles in days. standing: what is kept from an earlier import.

    - Nothing is kept of fewer cases than the threshold.
    - A median parts the cases in halves, quartiles in quarters: each part has to hold the threshold, or the bound is
      not kept.
    - Cases are kept in whole multiples of the threshold, times in whole weeks.
    - A cell that is shown changes only when it holds the threshold more or fewer cases, whatever was rounded: no two
      editions differ by a few people. One that fell under the threshold after it was shown stays out for good.
    """
    if standing is not None and standing.withdrawn:
        return standing
    if standing is not None and standing.cases is not None:
        # Rounding moved it by half a threshold at most: with that on top, what truly differs is enough.
        if abs(cases - standing.cases) < threshold + (threshold + 1) // 2:
            return standing
        if cases < threshold:
            return Cell(withdrawn=True)
    if cases < threshold:
        return Cell()
    quarters, halves = cases >= 4 * threshold, cases >= 2 * threshold
    return Cell(
        cases=_rounded(Decimal(cases), threshold) * threshold, low=_rounded(low, 7) if quarters else None,
        median=_rounded(median, 7) if halves else None, high=_rounded(high, 7) if quarters else None,
    )  # fmt: skip


def _rounded(number: Decimal, by: int) -> int:
    return int((number / by).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def phase(*, starts_on: date, until_on: date, on: date) -> Phase:
    """Where a priority is on a day; its last day still counts."""
    if on < starts_on:
        return Phase.COMING
    return Phase.NOW if on <= until_on else Phase.PAST


def span(year: int, half: int) -> tuple[date, date]:
    """The first day of a half-year, and the day after its last one."""
    middle = date(year, 7, 1)
    return (date(year, 1, 1), middle) if half == 1 else (middle, date(year + 1, 1, 1))


def is_over(year: int, half: int, *, on: date) -> bool:
    """Whether a half-year has passed on a day."""
    return on >= span(year, half)[1]


def half_before(on: date, n: int = 1) -> tuple[int, int]:
    """The n-th half-year before the one that holds a day: year and half."""
    count = on.year * 2 + (on.month > 6) - n
    return count // 2, count % 2 + 1
