"""Half-open intervals [starts, ends) of aware moments, and how days of a covenant become moments.

A term "tot en met 31 december" is inclusive in the law's words and exclusive here: it ends at the first
moment of 1 January in the Netherlands. That is said once, in `days`.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
BEGINNING = datetime.min.replace(tzinfo=UTC)
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """From `starts` (inclusive) to `ends` (exclusive), both UTC. Empty when starts >= ends."""

    starts: datetime
    ends: datetime

    def contains(self, at: datetime) -> bool:
        return self.starts <= at < self.ends

    def edges(self) -> tuple[datetime, datetime]:
        """The moments at which an answer may change; BEGINNING and NEVER are not among the real ones."""
        return (self.starts, self.ends)


ALWAYS = Interval(starts=BEGINNING, ends=NEVER)


def is_aware(at: datetime) -> bool:
    """Whether the moment can be compared: one without a time zone is no moment."""
    return at.tzinfo is not None and at.utcoffset() is not None


def between(starts: datetime, ends: datetime | None) -> Interval:
    """The interval of two aware moments; no end means for ever. Raises ValueError for a naive moment."""
    for moment in (starts, ends):
        if moment is not None and not is_aware(moment):
            raise ValueError(f"{moment!r} has no time zone, so it is no moment")
    return Interval(starts=starts.astimezone(UTC), ends=NEVER if ends is None else ends.astimezone(UTC))


def days(first: date | None, last: date | None) -> Interval:
    """From the first moment of `first` up to and including the whole of `last`, in the Netherlands."""
    starts = BEGINNING if first is None else _midnight(first)
    return Interval(starts=starts, ends=NEVER if last is None else _midnight(last + timedelta(days=1)))


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=AMSTERDAM).astimezone(UTC)
