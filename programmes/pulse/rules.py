"""Quarters, and which scores may be seen: none of too few answers, also not by taking away. No tables."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

Histogram = tuple[int, ...]
"""How often each score was given: 1, 2, 3, 4, 5."""
NONE: Histogram = (0, 0, 0, 0, 0)


class Quarter(NamedTuple):
    """Quarter 1 is January to March."""

    year: int
    number: int

    @property
    def code(self) -> str:
        """As it stands in a list: "2026-1"."""
        return f"{self.year}-{self.number}"

    @property
    def before(self) -> "Quarter":
        """The one before."""
        return Quarter(self.year, self.number - 1) if self.number > 1 else Quarter(self.year - 1, 4)


def quarter_of(day: date) -> Quarter:
    """The quarter that a day falls in."""
    return Quarter(day.year, (day.month + 2) // 3)


def days_of(quarter: Quarter) -> tuple[date, date]:
    """Its first day, and the first day after it."""
    first = date(quarter.year, quarter.number * 3 - 2, 1)
    return first, (first + timedelta(days=95)).replace(day=1)


def count(histogram: Histogram) -> int:
    """How many answers."""
    return sum(histogram)


def mean(histogram: Histogram) -> float | None:
    """The mean score, to one decimal; None without answers."""
    n = count(histogram)
    return round(sum(score * times for score, times in enumerate(histogram, start=1)) / n, 1) if n else None


def added(histograms: Iterable[Histogram]) -> Histogram:
    """All together."""
    return tuple(map(sum, zip(NONE, *histograms, strict=True)))


class Shown(NamedTuple):
    """Which answers are seen. others: of the partners under the threshold together; total: of all that is seen."""

    partners: dict[str, Histogram]
    others: Histogram
    total: Histogram


def shown(by_partner: Mapping[str, Histogram], *, fewest: int) -> Shown:
    """What may be seen of a criterion in a quarter.

    The total counts only what is seen itself. So nobody finds a partner under the threshold by taking the others away
    from the total: those are seen together, and only when there are enough of them.
    """
    partners = {key: one for key, one in by_partner.items() if count(one) >= fewest}
    rest = added(one for key, one in by_partner.items() if key not in partners)
    others = rest if count(rest) >= fewest else NONE
    return Shown(partners, others, added([*partners.values(), others]))
