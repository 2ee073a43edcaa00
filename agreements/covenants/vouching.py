"""Binds rows of covenants to the journal entry of each change: versions, signatures, parties and suspensions.

Unlike a version row of simple-history such a row goes on changing, so the last entry about it counts. What a row
holds is named here; free text of a refusal to sign is left out, for the journal keeps that as an erasable part.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.apps import apps as current_apps
from django.db.models import Model

from audit.journal.entry import HistoryRef
from audit.ports import Row
from foundation.canonical import canonical_bytes

_HELD = {
    "covenantversion": (
        "covenant__code", "number", "text", "document", "sha256", "starts", "ends", "state", "loaded_at",
    ),
    "signature": (
        "version__covenant__code", "version__number", "agency__code", "capacity", "signatory", "mandate", "signed_on",
        "jws", "certificate", "professional_id", "signed_at", "declined_at", "recorded_at",
    ),
    "party": ("covenant__code", "agency__code", "capacity", "starts", "ends", "facts_stay"),
    "suspension": ("covenant__code", "starts", "ends", "reason"),
}  # fmt: skip
"""Per table the columns that an entry vouches for. A new column belongs here when it decides what a covenant grants."""
_AS_HASH = ("text", "document")
_APP = "agreements"
_GONE = b""


def row_of(row: Model) -> Row:
    """The name by which the journal knows a row; ask before deleting it, for then its key is gone."""
    return row._meta.db_table, int(row.pk)


def refs_of(rows: Iterable[Row]) -> tuple[HistoryRef, ...]:
    """What these rows hold now, for the entry of the change that made them so. In its transaction, after the change."""
    wanted = list(dict.fromkeys(rows))
    contents = contents_of(wanted) if wanted else {}
    return tuple(
        HistoryRef(table=table, history_id=number, content=contents.get((table, number), _GONE), standing=True)
        for table, number in wanted
    )


def contents_of(rows: Sequence[Row], apps: Any = current_apps) -> Mapping[Row, bytes]:
    """The bytes that these rows would be vouched for with now; those that are there. apps: those of a migration."""
    wanted: dict[str, list[int]] = defaultdict(list)
    for table, number in rows:
        wanted[table].append(number)
    found: dict[Row, bytes] = {}
    for name, columns in _HELD.items():
        numbers = wanted.get(f"{_APP}_{name}")
        if numbers:
            # Named columns, so that a migration reads what was there at its time.
            held = apps.get_model(_APP, name).objects.filter(pk__in=numbers).values("pk", *columns)
            for values in held.iterator():
                found[f"{_APP}_{name}", values.pop("pk")] = _content(values)
    return found


def all_rows(apps: Any = current_apps) -> tuple[Row, ...]:
    """Every row of these tables: each must have an entry."""
    return tuple(
        (f"{_APP}_{name}", pk)
        for name in _HELD
        for pk in apps.get_model(_APP, name).objects.order_by("pk").values_list("pk", flat=True)
    )


def _content(values: Mapping[str, Any]) -> bytes:
    return canonical_bytes({name: _plain(name, value) for name, value in values.items()})


def _plain(name: str, value: Any) -> str | int | bool | None:
    if name in _AS_HASH:
        return hashlib.sha256(value.encode()).hexdigest()
    if isinstance(value, datetime):
        # In UTC, as it comes back from the store: the same moment in another zone would read as a change.
        return value.astimezone(UTC).isoformat()
    return value if value is None or isinstance(value, bool | int) else str(value)
