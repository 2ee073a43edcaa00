"""Notice periods in calendar words."""

from datetime import date

import pytest

from agreements.joining.notice import in_words, later, months_later


@pytest.mark.parametrize(
    ("day", "duration", "expected"),
    [
        (date(2026, 11, 30), "P3M", date(2027, 2, 28)),
        (date(2027, 11, 30), "P3M", date(2028, 2, 29)),
        (date(2026, 3, 1), "P2W", date(2026, 3, 15)),
        (date(2026, 12, 31), "P1Y", date(2027, 12, 31)),
        (date(2026, 1, 31), "P1M3D", date(2026, 3, 3)),
        (date(2028, 2, 29), "P1Y", date(2029, 2, 28)),
        (date(2026, 1, 1), "P0D", date(2026, 1, 1)),
    ],
)
def test_a_notice_period_counts_in_calendar_days_and_months(day: date, duration: str, expected: date) -> None:
    assert later(day, duration) == expected


def test_months_count_back_too() -> None:
    assert months_later(date(2027, 3, 31), -1) == date(2027, 2, 28)
    assert months_later(date(2027, 1, 15), -12) == date(2026, 1, 15)


@pytest.mark.parametrize(
    ("duration", "words"), [("P3M", "3 maanden"), ("P1Y6M", "1 jaar en 6 maanden"), ("P1D", "1 dag")]
)
def test_a_notice_period_is_said_in_words(duration: str, words: str) -> None:
    assert in_words(duration) == words
