"""Pure decisions about pledges: how one stands on a day, and what of a small number may be told."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum

from programmes.pacts.models import PledgeKind, PledgeState

ABOUT_PEOPLE = frozenset({PledgeKind.WORK_PLACES, PledgeKind.PRESCHOOL, PledgeKind.PROSECUTIONS})
"""Kinds of which what was delivered may count residents: small numbers are for the party itself and the lead."""


class Standing(StrEnum):
    """How a pledge stands on a day."""

    PROMISED = "promised"
    ON_COURSE = "on_course"
    LATE = "late"
    KEPT = "kept"
    BROKEN = "broken"


def standing(*, state: str, starts_on: date, due_on: date, on: date) -> Standing:
    """How a pledge stands: late from the first day after its last one, by the clock alone."""
    if state == PledgeState.KEPT:
        return Standing.KEPT
    if state == PledgeState.BROKEN:
        return Standing.BROKEN
    if on > due_on:
        return Standing.LATE
    return Standing.PROMISED if on < starts_on else Standing.ON_COURSE


def days_late(*, due_on: date, settled_on: date | None, on: date) -> int:
    """How many days after its last one a pledge was settled, or is open still; 0 when in time."""
    return max(((settled_on or on) - due_on).days, 0)


def tellable(delivered: Decimal, *, kind: str, threshold: int, standing: Decimal | None = None) -> Decimal | None:
    """What others than its source may know of how much was delivered; None for a number about too few people.

    standing: what they were told before. Of people it is told in whole tens (the threshold), and anew only when it
    differs by that much, so that two moments never differ by a few; nought is told as little as nine.
    Source: domain 10; the rule of areas (programmes.areas.rules.protected).
    """
    if kind not in ABOUT_PEOPLE:
        return delivered
    return in_tens(delivered, threshold=threshold, standing=standing)


def in_tens(number: Decimal, *, threshold: int, standing: Decimal | None = None) -> Decimal | None:
    """A number of people as others may know it: in whole tens, anew only when it differs by that much; None below."""
    if standing is not None and abs(number - standing) < threshold:
        return standing
    return None if number < threshold else number // threshold * threshold


def count(standings: Iterable[Standing]) -> dict[Standing, int]:
    """How many pledges stand how, in a fixed order, with zeros."""
    found = list(standings)
    return {one: found.count(one) for one in Standing}
