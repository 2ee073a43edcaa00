"""The number of a new case or signal: given out once, in order, also to two at once."""

from datetime import datetime

from django.db.models import F

from cases.records.models import Case, Counter
from foundation import clock


def next_number(prefix: str, *, at: datetime) -> str:
    """The next number under `prefix`, such as MD-2026-0472, inside the caller's transaction.

    Numbers that came in with files are passed over. A transaction that is rolled back gives its number back.
    """
    key = f"{prefix}-{at.astimezone(clock.AMSTERDAM).year}"
    Counter.objects.get_or_create(key=key, defaults={"last": _highest(key)})
    while True:
        # One statement: it holds the row until the transaction ends, so that no two get the same.
        Counter.objects.filter(key=key).update(last=F("last") + 1)
        number = f"{key}-{Counter.objects.values_list('last', flat=True).get(key=key):04d}"
        if not Case.objects.filter(number=number).exists():
            return number


def _highest(key: str) -> int:
    tails = (number.rpartition("-")[2] for number in _numbers(key))
    return max((int(tail) for tail in tails if tail.isascii() and tail.isdigit() and len(tail) < 9), default=0)


def _numbers(key: str) -> list[str]:
    return list(Case.objects.filter(number__startswith=f"{key}-").values_list("number", flat=True))
