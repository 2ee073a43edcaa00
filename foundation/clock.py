"""The only source of time. Stored in UTC, shown in Europe/Amsterdam; intervals are half-open [from, until)."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def now() -> datetime:
    """The present moment as an aware datetime in UTC."""
    return timezone.now()


def today() -> date:
    """The present date in the Netherlands."""
    return now().astimezone(AMSTERDAM).date()


def start_of(day: date) -> datetime:
    """The first moment of `day` in the Netherlands, as an aware datetime."""
    return datetime(day.year, day.month, day.day, tzinfo=AMSTERDAM)


def end_of(day: date) -> datetime:
    """The first moment after `day`: a term that the law calls "tot en met" that day ends here, exclusive."""
    return start_of(day + timedelta(days=1))
