"""Binds a version row of simple-history to the journal entry of the change, without opening its seal."""

from typing import Any

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
                "withdrawn_at": str(version.withdrawn_at or ""),
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
                "withdrawn_at": str(version.withdrawn_at or ""),
                "history_type": version.history_type,
            }
        ),
    )
