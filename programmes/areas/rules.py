"""What a number of an area may say: nothing about fewer people than the threshold, nor by a difference.

Decided once, when a number comes in; what is stored can be shown to everybody, in any sum, filter, report or zoom.
Source: domain reference, sections 3 and 10; CBS, statistical disclosure control (threshold, rounding).
"""

from decimal import ROUND_HALF_UP, Decimal


def protected(
    value: Decimal, *, unit: str, people: int | None, threshold: int, standing: Decimal | None = None
) -> Decimal | None:
    """The value as it may be kept; None where it is about too few people.

    value: people or households (count), per cent of `people` (share), or a mark (score). people: how many it is about;
    needed for a share, and for a score that was asked of people. threshold: settings.SMALL_NUMBER.
    standing: what is kept of the same number from an earlier import.

    - A count under the threshold is not kept; others are kept in whole multiples of it, so that sums and differences
      say nothing about a few.
    - A share is not kept when those it counts, or those it leaves out, are under the threshold (none at all is one of
      these cases: it says something about everybody); others are kept in whole per cents.
    - A score is not kept when it was asked of fewer people than the threshold.
    - A number that comes in anew replaces the standing one only when it differs by the threshold or more: two reports
      of the same year never differ by a few people.
    """
    if unit == "count":
        if value < threshold:
            return None
        if standing is not None and abs(value - standing) < threshold:
            return standing
        return _to_multiple(value, threshold)
    if people is not None and people < threshold:
        return None
    if unit == "score":
        return value
    if people is None:
        raise ValueError("a share needs the number of people it is a share of")
    counted = value * people / 100
    if counted < threshold or people - counted < threshold:
        return None
    if standing is not None and abs(value - standing) * people / 100 < threshold:
        return standing
    return value.quantize(Decimal(1), rounding=ROUND_HALF_UP)


def _to_multiple(value: Decimal, base: int) -> Decimal:
    return (value / base).quantize(Decimal(1), rounding=ROUND_HALF_UP) * base


def breaks(values: list[Decimal], parts: int = 5) -> list[Decimal]:
    """The borders between `parts` groups of about equal size, for the colours of a map: at most parts - 1, rising."""
    ordered = sorted(values)
    if len(ordered) < 2:
        return []
    found = [ordered[min(len(ordered) * n // parts, len(ordered) - 1)] for n in range(1, parts)]
    return sorted(set(found) - {ordered[0]})


def shade(value: Decimal, borders: list[Decimal]) -> int:
    """In which group a value falls: 1 for the lowest."""
    return 1 + sum(value >= border for border in borders)
