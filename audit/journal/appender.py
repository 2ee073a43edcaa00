"""The one way into the journal: entries and their personal parts, in the caller's transaction.

Raw SQL on purpose: 50 entries cost one statement, and no signal or manager can come between.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _

from audit.journal import commitments, lanes, uids
from audit.journal.articles import ref_of
from audit.journal.entry import (
    SCHEMA_V,
    Entry,
    act_key,
    act_of,
    body_bytes,
    canonical,
    columns_of_mask,
    matter_of,
    moment_text,
)
from audit.journal.errors import AppendOutsideTransaction, JournalUnavailable
from audit.journal.reasons import with_reasons
from audit.journal.rows import Row, Table, insert_together
from audit.journal.scope import closed, closing, note_appended
from audit.journal.urgency import needs_sealing_at_once, wake
from foundation import clock

ENTRY_COLUMNS = (
    "uid", "recorded_at", "schema_v", "body", "leaf_hash", "action", "event_type", "outcome", "agency_ref",
    "actor_ref", "case_ref", "purpose", "legal_basis", "route", "break_glass", "trace_id", "span_id",
    "policy_epoch", "fields_0", "fields_1", "fields_2", "articles_ref", "reason_code", "reason_ref",
    "lane", "lane_seq", "mac",
)  # fmt: skip
PART_COLUMNS = ("commitment", "entry_uid", "kind", "dek_id", "ciphertext", "pseudonym")
Places = Callable[[BaseDatabaseWrapper, list[bytes]], list[lanes.Place]]


def append(entries: Sequence[Entry], *, last: bool = False) -> tuple[str, ...]:
    """Write entries in the transaction that is open; returns their uids (32 hex digits), in order.

    Call it as the last statement before commit, and send bytes only after commit. last: it is, so that the write scope
    closes in the same trip; a guarded table refuses what comes after it.
    Raises:
        AppendOutsideTransaction: there is no transaction to be part of.
        JournalUnavailable: the entries could not be written; the transaction is marked for rollback.
        UnjournalledWrite: as write_scope does on exit.
    Source: audit design 4.2; invariant 3.
    """
    connection = transaction.get_connection()
    if not connection.in_atomic_block:
        raise AppendOutsideTransaction("append journal entries inside transaction.atomic()")
    if not entries:
        return ()
    try:
        batch = Batch(with_reasons(entries), at=clock.now())
        asking = closing(connection, batch.uids[0]) if last else []
        found = insert_together(connection, batch.tables(connection, lanes.places), asking)
    except Exception as error:
        connection.set_rollback(True)
        raise unavailable() from error
    note_appended(connection, batch.uids[0])
    if found:
        closed(connection, found[0])
    if is_urgent(entries):
        transaction.on_commit(partial(wake, connection.alias), robust=True)
    return tuple(batch.uids)


def is_urgent(entries: Iterable[Entry]) -> bool:
    """Whether one of these is to be sealed at once."""
    return settings.SEALING and any(needs_sealing_at_once(one.event_type, one.break_glass) for one in entries)


def unavailable() -> JournalUnavailable:
    """What is raised where an entry could not be written."""
    return JournalUnavailable(
        str(_("Het logboek kan nu niet schrijven. Daarom is er niets getoond en niets opgeslagen.")),
        remedy=str(_("Probeer het over een minuut opnieuw. Blijft het zo, bel dan de beheerder.")),
    )


class Batch:
    """Rows of one append. Entries with an equal act share its bytes and its personal parts."""

    def __init__(self, entries: Sequence[Entry], *, at: datetime) -> None:
        self._entries = entries
        self._at = at
        self._text = moment_text(at)
        self._sealer = commitments.Sealer(at)
        self._acts: dict[tuple[Any, ...], bytes] = {}
        self.uids = uids.new_uids(len(entries), at=at)
        self.parts: list[Row] = []

    def tables(self, connection: BaseDatabaseWrapper, places: Places) -> list[Table]:
        """What is to be inserted where; `places` gives the entries theirs in a lane."""
        rows = self.entry_rows(connection, places)
        return [("audit_entry", ENTRY_COLUMNS, rows), ("audit_part", PART_COLUMNS, self.parts)]

    def entry_rows(self, connection: BaseDatabaseWrapper, places: Places) -> list[Row]:
        """The rows of the entries; their parts are in `parts` after it."""
        moment = connection.ops.adapt_datetimefield_value(self._at)
        named = list(zip(self._entries, self.uids, strict=True))
        bodies = [body_bytes(act=self._act(entry, uid), matter=self._matter(entry, uid)) for entry, uid in named]
        leaves = [hashlib.sha256(b"\x00" + body).digest() for body in bodies]
        return [
            (uid, moment, SCHEMA_V, body, leaf_hash, *query_copies(entry), *place)
            for (entry, uid), body, leaf_hash, place in zip(
                named, bodies, leaves, places(connection, leaves), strict=True
            )
        ]

    def _act(self, entry: Entry, uid: str) -> bytes:
        key = act_key(entry)
        made = self._acts.get(key)
        if made is None:
            texts = (("actor", entry.actor_name), ("reason", entry.reason))
            parts = {kind: self._seal(kind, text.encode(), uid, None) for kind, text in texts if text}
            made = self._acts[key] = canonical(act_of(entry, recorded_at=self._text, parts=parts))
        return made

    def _matter(self, entry: Entry, uid: str) -> bytes:
        subject = ""
        if entry.subject_ref:
            found_by = self._sealer.pseudonym(entry.subject_ref, agency_ref=entry.agency_ref)
            subject = self._seal("subject", entry.subject_ref.encode(), uid, found_by)
        history = [
            {
                "commitment": self._seal("history", hashlib.sha256(version.content).digest(), uid, None),
                "history_id": version.history_id,
                "table": version.table,
                **({"standing": True} if version.standing else {}),
            }
            for version in entry.history
        ]
        return canonical(matter_of(entry, uid=uid, subject=subject, history=history))

    def _seal(self, kind: str, content: bytes, uid: str, found_by: bytes | None) -> str:
        commitment, ciphertext = self._sealer.seal(kind, content)
        self.parts.append((commitment, uid, kind, self._sealer.dek_id, ciphertext, found_by))
        return commitment.hex()


def query_copies(entry: Entry) -> Row:
    """The columns from `action` to `reason_ref`, in the order of ENTRY_COLUMNS: copies of the body, for searching."""
    return (
        entry.action.value, entry.event_type, entry.outcome.value, entry.agency_ref, entry.actor_ref,
        entry.case_ref, entry.purpose, "; ".join(entry.legal_basis), entry.route, entry.break_glass,
        entry.trace_id, entry.span_id, entry.policy_epoch, *columns_of_mask(entry.fields), ref_of(entry.articles),
        entry.because.code if entry.because else None, entry.because.fact_ref if entry.because else None,
    )  # fmt: skip
