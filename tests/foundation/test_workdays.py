"""Working days by rule: Easter and what moves with it, the King's birthday, lustrum years."""

from datetime import date

import pytest

from foundation.workdays import add_working_days, easter, holidays, is_working_day, working_days_between


@pytest.mark.parametrize("day", [date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5), date(2038, 4, 25)])
def test_easter_falls_where_the_church_put_it(day: date) -> None:
    assert easter(day.year) == day


def test_the_kings_day_moves_off_a_sunday() -> None:
    assert date(2025, 4, 26) in holidays(2025)
    assert date(2025, 4, 27) not in holidays(2025)
    assert date(2026, 4, 27) in holidays(2026)


def test_liberation_day_is_free_in_lustrum_years_only() -> None:
    assert not is_working_day(date(2025, 5, 5))
    assert is_working_day(date(2026, 5, 5))


def test_good_friday_is_a_working_day() -> None:
    assert is_working_day(date(2026, 4, 3))


def test_a_term_passes_over_weekends_and_holidays() -> None:
    assert add_working_days(date(2026, 4, 3), 1) == date(2026, 4, 7)
    assert add_working_days(date(2026, 4, 4), 0) == date(2026, 4, 7)
    assert add_working_days(date(2026, 12, 24), 5) == date(2027, 1, 4)


def test_counting_back_says_what_was_added() -> None:
    start = date(2026, 4, 2)

    assert working_days_between(start, add_working_days(start, 7)) == 7
    assert working_days_between(date(2026, 4, 8), start) == -3


def test_a_term_does_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="forward"):
        add_working_days(date(2026, 4, 2), -1)
