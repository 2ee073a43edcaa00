"""Counts about an area that are so small that they point at people. Facts about a person are not touched."""

from typing import Any

from django.conf import settings

from agreements.policy.catalogue import Field

COUNTS = frozenset({"nuisance_count"})
"""Catalogue fields that count reports or people; a score or a measure is none."""


def shielded(field: Field, value: Any) -> Any:
    """`value`, or "<10" for a count between one and the threshold. The caller leaves the source its own.

    Nought stays nought. Source: domain reference, section 3 (area) and 12.10 (a setting).
    """
    threshold = settings.SMALL_NUMBER
    if field.code in COUNTS and isinstance(value, int | float) and 0 < value < threshold:
        return f"<{threshold}"
    return value
