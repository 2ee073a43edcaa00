"""Binds a version row of simple-history to the journal entry of the change, without opening its seal."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.apps import apps

from audit.journal.entry import HistoryRef
from cases.records.sealed import fingerprint
from foundation.canonical import canonical_bytes


def history_ref(version: Any) -> HistoryRef:
    """The reference for a `Contribution.history` row: which row, and what it must hold.

    The journal keeps a salted commitment to the content, so an edited version row is found out.
    """
    return HistoryRef(
        table="cases_historicalcontribution",
        history_id=version.history_id,
        content=canonical_bytes(
            {
                "uid": str(version.uid),
                "case": version.case_id,
                "about": version.about_id,
                "source": version.source_id,
                "under": version.under,
                "present": version.present,
                "values": fingerprint(version.values),
                "observed_on": str(version.observed_on),
                "withdrawn_at": _moment(version.withdrawn_at),
                "history_type": version.history_type,
            }
        ),
    )


def words_ref(version: Any) -> HistoryRef:
    """The same for a version row of sealed words; the table is that of the version's own model."""
    return HistoryRef(
        table=version._meta.db_table,
        history_id=version.history_id,
        content=canonical_bytes(
            {
                "uid": str(version.uid),
                "case": version.case_id,
                "about": version.about_id,
                "source": version.source_id,
                "under": version.under,
                "present": version.present,
                "values": fingerprint(version.values),
                "heard": version.heard,
                "withdrawn_at": _moment(version.withdrawn_at),
                "history_type": version.history_type,
            }
        ),
    )


def _moment(value: datetime | None) -> str:
    """In UTC, as it comes back from the store: the same moment in another zone would read as a change."""
    return str(value.astimezone(UTC)) if value else ""


def contents_of(rows: Sequence[tuple[str, int]]) -> Mapping[tuple[str, int], bytes]:
    """What version rows, by (table, history_id), would be vouched for with now; those that are there.

    For comparing with what the journal vouched for when they were made; nothing is opened.
    """
    wanted: dict[str, list[int]] = {}
    for table, number in rows:
        wanted.setdefault(table, []).append(number)
    found: dict[tuple[str, int], bytes] = {}
    for model in apps.get_app_config("cases").get_models():
        numbers = wanted.get(model._meta.db_table)
        if numbers and hasattr(model, "instance_type"):
            make = words_ref if hasattr(model, "heard") else history_ref
            versions: Iterable[Any] = model._default_manager.filter(history_id__in=numbers)
            for version in versions:
                found[model._meta.db_table, version.history_id] = make(version).content
    return found
