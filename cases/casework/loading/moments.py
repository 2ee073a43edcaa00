"""Days of a case file as moments: in the order of the file, by day, never in the future."""

from datetime import date, datetime, timedelta

from foundation import clock

_MORNING = timedelta(hours=9)


def moment_on(day: date, *, order: int, now: datetime) -> datetime:
    """A moment on `day`; a higher `order` (0, 1, …) gives a later one. `day` is today or earlier.

    Earlier days begin at nine in the morning. Today has only the hours that have passed.
    """
    starts = clock.start_of(day)
    if starts + timedelta(days=1) <= now:
        return starts + _MORNING + timedelta(seconds=order)
    return starts + (now - starts) * (order + 1) / (order + 2)
