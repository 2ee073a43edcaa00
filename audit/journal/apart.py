"""Entries in a transaction of their own: reads and refusals, which change nothing that they would have to stand beside.

Such an entry is committed when the call returns, as ever. It may travel lighter: to PostgreSQL in one trip, and on
SQLite together with those of other requests that wait at the same moment (docs/decisions/0014).
"""

import os
import threading
from collections import defaultdict, deque
from collections.abc import Sequence
from contextlib import nullcontext

from django.db import OperationalError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from audit.journal import lanes
from audit.journal.appender import Batch, append, is_urgent, unavailable
from audit.journal.entry import Entry
from audit.journal.errors import JournalUnavailable
from audit.journal.reasons import with_reasons
from audit.journal.rows import insert_and_commit, insert_together, is_one_trip
from audit.journal.urgency import wake
from foundation import clock

MOST = 500
"""Entries in one commit, unless one request brings more: a writer of facts waits for all of them."""


def keep(entries: Sequence[Entry]) -> tuple[str, ...]:
    """Write entries in the transaction that is open, or where there is none in one of their own; returns their uids.

    Raises JournalUnavailable as `append` does.
    """
    if not transaction.get_connection().in_atomic_block:
        return append_apart(entries)
    # With a savepoint: when the journal refuses, the transaction around it can still say so.
    with transaction.atomic():
        return append(entries)


def append_apart(entries: Sequence[Entry]) -> tuple[str, ...]:
    """Write entries in a transaction of their own: for reads, and for refused and failed acts after their rollback.

    Raises RuntimeError inside the caller's atomic(), JournalUnavailable as `append` does.
    """
    connection = transaction.get_connection()
    if not entries:
        return ()
    if connection.in_atomic_block or not connection.get_autocommit():
        # durable: inside another transaction the entry would be rolled back with the act it reports.
        with transaction.atomic(durable=True):
            return append(entries)
    if connection.vendor == "sqlite":
        uids = _lines[str(connection.settings_dict["NAME"])].through(connection, entries)
    else:
        uids = _commit(connection, entries)
    if is_urgent(entries):
        wake(connection.alias)
    return uids


def _commit(connection: BaseDatabaseWrapper, entries: Sequence[Entry]) -> tuple[str, ...]:
    try:
        batch = Batch(with_reasons(entries), at=clock.now())
        tables = batch.tables(connection, lanes.places_apart)
        if connection.vendor == "sqlite":
            insert_and_commit(connection, tables)
        else:
            # What goes in one trip is committed by itself: without BEGIN and COMMIT, each a trip of its own.
            with nullcontext() if is_one_trip(connection, tables) else transaction.atomic(durable=True):
                insert_together(connection, tables)
    except Exception as error:
        raise unavailable() from error
    lanes.stand(connection)
    return tuple(batch.uids)


# --- SQLite ----------------------------------------------------------------------------------------------------------


class _Waiting:
    """Entries of one request. uids: once they are committed; error: once they never will be."""

    __slots__ = ("entries", "error", "uids")

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self.uids: tuple[str, ...] = ()
        self.error: JournalUnavailable | None = None

    def is_done(self) -> bool:
        return bool(self.uids) or self.error is not None


class _Line:
    """The threads of this process that want to write entries apart into one store.

    Who comes while another commits waits for it; then the first of those who waited commits for all of them.
    """

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._waiting: deque[_Waiting] = deque()

    def through(self, connection: BaseDatabaseWrapper, entries: Sequence[Entry]) -> tuple[str, ...]:
        """Returns the uids once these entries are committed, by this thread on `connection` or by another."""
        mine = _Waiting(entries)
        self._waiting.append(mine)
        with self._turn:
            while not mine.is_done():
                together = self._next()
                try:
                    _commit_for(connection, together)
                finally:
                    # Nobody may wait for what was taken out of the line and given up on.
                    for one in together:
                        one.error = one.error or (None if one.uids else unavailable())
        if mine.error is not None:
            # One of its own: the same one would gather the tracebacks of all who waited.
            raise unavailable() from mine.error
        return mine.uids

    def _next(self) -> list[_Waiting]:
        taken = [self._waiting.popleft()]
        number = len(taken[0].entries)
        while self._waiting and number + len(self._waiting[0].entries) <= MOST:
            taken.append(self._waiting.popleft())
            number += len(taken[-1].entries)
        return taken


def _commit_for(connection: BaseDatabaseWrapper, together: list[_Waiting]) -> None:
    """Write the entries of all of them in one transaction; where that cannot be, of each in one of its own."""
    try:
        uids = iter(_commit(connection, [entry for one in together for entry in one.entries]))
        for one in together:
            one.uids = tuple(next(uids) for _ in one.entries)
    except JournalUnavailable as error:
        # Not the store, then the entries of one of them, and that is no reason to refuse the others.
        if len(together) == 1 or isinstance(error.__cause__, OperationalError):
            for one in together:
                one.error = error
        else:
            for one in together:
                _commit_for(connection, [one])


_lines: defaultdict[str, _Line] = defaultdict(_Line)
os.register_at_fork(after_in_child=_lines.clear)
