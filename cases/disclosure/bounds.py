"""A number as it may be shown to somebody: exact where they know of what is counted, whole tens where they do not.

Rules (design, invariant 6; decision 0008): what a reader does not know of is rounded down to whole tens, below ten
there is no telling nine from nought, and a total is the sum of what is shown, so that no hidden number is the
difference of two others.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A number as it may be shown: exactly `at_least`, or, when `is_open`, that or more."""

    at_least: int
    is_open: bool = False

    def __str__(self) -> str:
        """ "14", "minstens 20", or "minder dan 10" for an open nought."""
        number = number_format(self.at_least, force_grouping=True)
        if not self.is_open:
            return number
        if self.at_least:
            return _("minstens %(n)s") % {"n": number}
        return _("minder dan %(n)s") % {"n": settings.SMALL_NUMBER}

    @property
    def is_nothing(self) -> bool:
        """Surely nought."""
        return not self.at_least and not self.is_open


def rounded(number: int) -> int:
    """A number of things that the reader may not know of: whole tens, rounded down."""
    step: int = settings.SMALL_NUMBER
    return number // step * step


def known_and_others(known: int, others: int) -> Bound:
    """`known` things that the reader knows of, and `others` that they do not."""
    return Bound(at_least=known + rounded(others), is_open=True)


def total_of(shown: Iterable[Bound]) -> Bound:
    """The sum of what is shown, never of what was counted."""
    found = list(shown)
    return Bound(at_least=sum(item.at_least for item in found), is_open=any(item.is_open for item in found))
