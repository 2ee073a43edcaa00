"""Half-years: which day falls in which, and whether there is something to tell. No tables."""

from datetime import date
from typing import NamedTuple


class HalfYear(NamedTuple):
    """Half 1 is January to June, half 2 July to December."""

    year: int
    half: int

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    @property
    def code(self) -> str:
        """As it stands in a list: "2026-1"."""
        return f"{self.year}-{self.half}"

    def holds(self, day: date | None) -> bool:
        """Whether a day falls in it."""
        return day is not None and self.first_day <= day <= self.last_day


def half_year(text: str) -> HalfYear | None:
    """What a code says; None for what is none."""
    year, _dash, half = text.partition("-")
    if not (year.isascii() and year.isdigit() and len(year) == 4 and half in ("1", "2")):
        return None
    return HalfYear(int(year), int(half))


def ended(*, starts_year: int, until_year: int, today: date) -> tuple[HalfYear, ...]:
    """The half-years of a programme that are over, the newest first."""
    every = (HalfYear(year, half) for year in range(until_year, starts_year - 1, -1) for half in (2, 1))
    return tuple(one for one in every if one.last_day < today)
