"""Case numbers in files and in the tables."""

import json
from collections.abc import Iterable
from pathlib import Path

from cases.records.models import Case


def numbers_in(paths: Iterable[Path]) -> dict[Path, str]:
    """The case number that each file names; "" for a file that cannot be read (loading it says why)."""
    return {path: _number(path) for path in paths}


def standing_numbers(numbers: Iterable[str]) -> frozenset[str]:
    """Which of these case numbers are in use."""
    return frozenset(Case.objects.filter(number__in=list(numbers)).values_list("number", flat=True))


def _number(path: Path) -> str:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    return str(content.get("number", "")) if isinstance(content, dict) else ""
