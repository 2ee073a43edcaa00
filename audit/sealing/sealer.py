"""The sealer: gives committed entries their place in the tree. Signing what was sealed lives in signing.py.

Leaves, tiles and what was found are written in one transaction: after a crash at any point the next run begins where
the last finished one ended, at the cost of reading one tile per level.
"""

import hashlib
import logging
import time
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from audit.journal.models import Entry
from audit.journal.rows import insert_together
from audit.sealing import order, tiles
from audit.sealing.checking import Checker, Found
from audit.sealing.models import Flaw, Leaf
from foundation import clock

logger = logging.getLogger("audit.sealing")
_ADVISORY_KEY = 0x5665_7262_5365_616C
_LEAF_COLUMNS = ("seq", "entry_uid", "entry_id", "tx", "leaf_hash")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """What one run did. size: leaves now in the tree; rows: how many were added; more: it stopped at its limit."""

    size: int
    rows: int
    flaws: tuple[Found, ...] = ()
    more: bool = False


def seal(*, using: str = "default", limit: int | None = None) -> Sealed | None:
    """Seal at most `limit` entries (settings.SEAL_ROWS); None when another sealer is at work.

    A flawed entry is sealed as it stands and told as a Flaw: what it says now can then no longer be changed.
    Raises TransactionsRewound, ProofError when the stored tree is not whole, DatabaseError.
    Source: audit design 4.4; RFC 6962.
    """
    connection = connections[using]
    limit = limit or settings.SEAL_ROWS
    after = order.mark(connection)
    if not order.anything_after(connection, after):
        return Sealed(size=after.size, rows=0)
    with transaction.atomic(using=using):
        if not _alone(connection):
            return None
        return _seal(connection, limit)


def seal_all(*, using: str = "default", within: float = float("inf")) -> Sealed | None:
    """Seal until nothing is left that can be sealed now, or `within` seconds are over and `more` says so.

    None when another sealer is at work. Raises as `seal`.
    """
    flaws: tuple[Found, ...] = ()
    rows, until = 0, time.monotonic() + within
    while True:
        done = seal(using=using)
        if done is None:
            return None
        flaws, rows = flaws + done.flaws, rows + done.rows
        if not done.more or time.monotonic() >= until:
            return Sealed(size=done.size, rows=rows, flaws=flaws, more=done.more)


def _alone(connection: BaseDatabaseWrapper) -> bool:
    """On SQLite the transaction holds the only write lock there is (BEGIN IMMEDIATE)."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_ADVISORY_KEY])
        return bool(cursor.fetchone()[0])


def _seal(connection: BaseDatabaseWrapper, limit: int) -> Sealed:
    after = order.mark(connection)
    rows = order.following(connection, after, limit=limit)
    if not rows:
        return Sealed(size=after.size, rows=0)
    # The body is the evidence: its own hash goes into the tree, not what the column says of it.
    leaves = [hashlib.sha256(b"\x00" + row.body).digest() for row in rows]
    checker = Checker(connection, rows, latest=_latest(connection, after))
    for row, leaf in zip(rows, leaves, strict=True):
        checker.check(row, leaf)
    numbered = zip(range(after.size, after.size + len(rows)), rows, leaves, strict=True)
    put = [(seq, row.uid.hex, row.entry_id, row.tx, leaf) for seq, row, leaf in numbered]
    insert_together(connection, [("audit_leaf", _LEAF_COLUMNS, put)])
    tiles.store(connection, old_size=after.size, leaf_hashes=leaves)
    checker.remember()
    _tell(connection, checker.found, size=after.size)
    return Sealed(size=after.size + len(rows), rows=len(rows), flaws=tuple(checker.found), more=len(rows) == limit)


def _latest(connection: BaseDatabaseWrapper, after: order.Mark) -> datetime | None:
    """The moment of the entry that was sealed last; None when there is none, or it was pruned."""
    last = Leaf.objects.using(connection.alias).filter(seq=after.size - 1).values("entry_uid")
    return Entry.objects.using(connection.alias).filter(uid__in=last).values_list("recorded_at", flat=True).first()


def _tell(connection: BaseDatabaseWrapper, found: list[Found], *, size: int) -> None:
    now = clock.now()
    Flaw.objects.using(connection.alias).bulk_create(
        Flaw(found_at=now, size=size, kind=flaw.kind, entry_uid=flaw.uid, lane=flaw.lane, lane_seq=flaw.lane_seq,
             expected_seq=flaw.expected_seq)
        for flaw in found
    )  # fmt: skip
    for flaw in found:
        logger.error("sealing found %s at entry %s: %s", flaw.kind, flaw.uid.hex, flaw.kind.label)
