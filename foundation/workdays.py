"""Working days in the Netherlands, by rule and without a table. Not here: the law's own terms, which may extend a term.

Algemene termijnenwet art. 3 names the general holidays. Good Friday is on that list for the end of a legal term, but
offices of partners work on it; a promise between partners counts it as a working day.
"""

from datetime import date, timedelta

SATURDAY, SUNDAY = 5, 6
LUSTRUM_YEARS = 5


def easter(year: int) -> date:
    """Easter Sunday of `year` in the Gregorian calendar (the computus of Meeus, Jones and Butcher)."""
    century, of_century = divmod(year, 100)
    golden = year % 19
    leap_centuries, rest = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon + 15) % 30
    quads, days = divmod(of_century, 4)
    to_sunday = (32 + 2 * rest + 2 * quads - epact - days) % 7
    late = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def holidays(year: int) -> frozenset[date]:
    """The days of `year` on which partners do not work, weekends apart.

    New Year's Day, Easter Sunday and Monday, King's Day (27 April; the 26th when that is a Sunday), Liberation Day in
    a lustrum year, Ascension Day, Whit Sunday and Monday, Christmas and Boxing Day.
    """
    sunday = easter(year)
    kings_day = date(year, 4, 27)
    if kings_day.weekday() == SUNDAY:
        kings_day = date(year, 4, 26)
    moving = {sunday + timedelta(days=days) for days in (0, 1, 39, 49, 50)}
    liberation = {date(year, 5, 5)} if year % LUSTRUM_YEARS == 0 else set()
    return frozenset({date(year, 1, 1), kings_day, date(year, 12, 25), date(year, 12, 26)} | moving | liberation)


def is_working_day(day: date) -> bool:
    """Whether offices work on `day`: not in a weekend and not on a general holiday."""
    return day.weekday() < SATURDAY and day not in holidays(day.year)


def add_working_days(day: date, count: int) -> date:
    """The `count`-th working day after `day`; with 0, `day` itself or the first working day after it.

    Raises ValueError for a negative count: a term does not run backwards.
    """
    if count < 0:
        raise ValueError("a term of working days runs forward")
    while count > 0 or not is_working_day(day):
        day += timedelta(days=1)
        if is_working_day(day):
            count -= 1
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days lie after `start` up to and including `end`; negative when `end` is before `start`."""
    if end < start:
        return -working_days_between(end, start)
    days = (start + timedelta(days=past) for past in range(1, (end - start).days + 1))
    return sum(1 for day in days if is_working_day(day))
