"""Until when a request must be answered: months of every length, weekends and holidays."""

from datetime import date

import pytest

from cases.subject_requests.terms import due_on


@pytest.mark.parametrize(
    ("received", "due", "extended"),
    [
        (date(2026, 1, 31), date(2026, 3, 2), date(2026, 4, 30)),  # 28 February is a Saturday
        (date(2028, 1, 31), date(2028, 2, 29), date(2028, 5, 1)),  # 30 April 2028 is a Sunday
        (date(2026, 3, 26), date(2026, 4, 28), date(2026, 6, 26)),  # 26 April is a Sunday, 27 April King's Day
        (date(2026, 11, 30), date(2026, 12, 30), date(2027, 3, 1)),  # 28 February 2027 is a Sunday
    ],
)
def test_the_term_is_a_month_whatever_its_length_and_ends_on_a_working_day(
    received: date, due: date, extended: date
) -> None:
    assert due_on(received) == due
    assert due_on(received, extended=True) == extended
