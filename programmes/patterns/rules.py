"""What of a count may be shown, when that is a cluster, and when a quarter may be counted. No tables.

Source: domain reference, sections 3 and 10; HAV-GEBIED art. 5 (under ten is not shown, nor as a difference or sum);
the dominance rule of statistical disclosure control (Handbook on SDC, section 4.2: no contributor can find the rest).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

from foundation import clock
from programmes.pulse.rules import Quarter, days_of, quarter_of

BEFORE = 4
"""A cluster is compared with so many quarters before it: a whole year, so that seasons weigh the same."""


def released(by_source: Iterable[int], *, threshold: int) -> int:
    """What may be shown of a cell: it is at least so many, in whole multiples of the threshold; nought for too few.

    by_source: how many signals each agency reported (or took over from residents).

    What is shown is the larger of two sums of which nobody can take away enough:
    - each source's number, rounded down by itself: a source under the threshold adds nothing;
    - the whole number rounded down, if it stays at the threshold or above without its largest source.
    So, for everybody, and also for an agency that knows its own number: as long as all others together have fewer
    than the threshold, what is shown is the same whatever their number (tests/programmes/test_patterns_attack.py).
    """
    numbers = list(by_source)
    apart = sum(_down(n, threshold) for n in numbers)
    if sum(numbers) - max(numbers, default=0) < threshold:
        return apart
    return max(apart, _down(sum(numbers), threshold))


def _down(n: int, step: int) -> int:
    return n // step * step


def is_cluster(at_least: int, before: Sequence[int], *, threshold: int, least: int, times: int) -> bool:
    """Whether a shown number is well above its own past: `least` or more, and `times` the mean of four quarters.

    before: what was shown of the quarters before; one too small to show counts as the threshold, so that a cluster is
    never the work of what is hidden. Only shown numbers go in, so that everybody can do the sum, and it tells nothing.
    """
    if len(before) < BEFORE or at_least < least:
        return False
    return at_least * len(before) >= times * sum(max(one, threshold) for one in before)


def moments_of(quarter: Quarter) -> tuple[datetime, datetime]:
    """When it begins and ends, in Dutch time."""
    first, after = (datetime.combine(day, time.min, clock.AMSTERDAM) for day in days_of(quarter))
    return first, after


def newest_due(today: date, *, wait: int) -> Quarter:
    """The newest quarter that ended `wait` days ago or more."""
    found = quarter_of(today).before
    while days_of(found)[1] + timedelta(days=wait) > today:
        found = found.before
    return found


def after(quarter: Quarter) -> Quarter:
    """The quarter after it."""
    return Quarter(quarter.year, quarter.number + 1) if quarter.number < 4 else Quarter(quarter.year + 1, 1)


def through(first: Quarter, last: Quarter) -> Iterator[Quarter]:
    """All quarters from the first to the last; none when that is before it."""
    while first <= last:
        yield first
        first = after(first)
