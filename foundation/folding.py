"""Rows as one value: SQL that folds them into JSON, and what it made of moments back again. Knows no table.

For what is asked beside every row of a longer query, and for a thread that would else hand over at every row.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

_JSON = {"postgresql": ("json_build_array", "json_agg"), "sqlite": ("json_array", "json_group_array")}


def folding(vendor: str, columns: Sequence[str]) -> str:
    """An aggregate: these columns (SQL) of all rows as text. Read it with `unfold`."""
    array, group = _JSON[vendor]
    return f"CAST({group}({array}({', '.join(columns)})) AS text)"


def unfold(text: str | None) -> list[list[Any]]:
    """The rows again; [] for none. Moments are text still: `moment` reads them."""
    return json.loads(text) if text else []


def moment(text: str | None) -> datetime | None:
    """A moment from inside such a value, aware."""
    if text is None:
        return None
    found = datetime.fromisoformat(text)
    # SQLite keeps moments without a zone, in UTC.
    return found if found.tzinfo else found.replace(tzinfo=UTC)
