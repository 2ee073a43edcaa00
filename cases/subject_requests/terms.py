"""Until when a request must be answered. Dates in, dates out; no table."""

import calendar
from datetime import date

from foundation.workdays import add_working_days

MONTHS, EXTENSION = 1, 2
"""Months to answer, and by how many that may be extended (AVG art. 12(3))."""


def add_months(day: date, months: int) -> date:
    """The same day of the month `months` later; the last day of that month when it has no such day.

    Source: Regulation 1182/71, art. 3(2)(c).
    """
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def due_on(received_on: date, *, extended: bool = False) -> date:
    """The last day of the term; one that ends in a weekend or on a holiday runs to the next working day.

    Source: AVG art. 12(3); Regulation 1182/71, art. 3(4).
    """
    return add_working_days(add_months(received_on, MONTHS + (EXTENSION if extended else 0)), 0)
