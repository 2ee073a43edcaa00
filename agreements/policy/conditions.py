"""The conditions a rule can set, one bit each. When each is true is decided by cases (domain, section 6)."""

from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache


class Condition(StrEnum):
    """What must hold before a rule counts. New ones go at the end: the position is the bit."""

    INVOLVED = "involved"
    EXPLICIT_CONSENT = "explicit_consent"
    GOOD_CARE = "good_care"
    LEGAL_PERMISSION = "legal_permission"
    OM_CONSENT = "om_consent"
    SOURCE_CONSENT = "source_consent"
    RAC_TESTED = "rac_tested"
    SECRECY_SIGNED = "secrecy_signed"
    INVITED = "invited"
    MINOR = "minor"
    ACUTE_DANGER = "acute_danger"


CONDITIONS: tuple[str, ...] = tuple(condition.value for condition in Condition)
_BITS = {name: 1 << position for position, name in enumerate(CONDITIONS)}
ALL_CONDITIONS = (1 << len(CONDITIONS)) - 1


def condition_bit(name: str) -> int:
    """The bit of one condition. Raises KeyError for a name that is not in CONDITIONS."""
    return _BITS[name]


def condition_bits(names: Iterable[str]) -> int:
    """The bits of several conditions together; no names give 0. Raises KeyError as condition_bit."""
    mask = 0
    for name in names:
        mask |= _BITS[name]
    return mask


@lru_cache(maxsize=4096)
def condition_names(mask: int) -> tuple[str, ...]:
    """The names of the set bits, in the order of CONDITIONS; bits beyond them are left out."""
    return tuple(name for name, bit in _BITS.items() if bit & mask)
