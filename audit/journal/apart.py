"""Entries in a transaction of their own: reads and refusals, which change nothing that they would have to stand beside.

Such an entry is committed when the call returns, as ever. It may travel lighter: to PostgreSQL in one trip, and on
SQLite together with those of other requests that wait at the same moment (docs/decisions/0014).
"""

import os
import threading
from collections import defaultdict, deque
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, OperationalError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from audit.journal import lanes
from audit.journal.appender import Batch, append, is_urgent, unavailable
from audit.journal.entry import Entry
from audit.journal.errors import JournalUnavailable
from audit.journal.reasons import with_reasons
from audit.journal.rows import insert_and_commit, insert_together, is_one_trip, params_of, parts_where
from audit.journal.urgency import wake
from foundation import clock
from foundation.prepared import Question, answers

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


SCOPED = "(SELECT told FROM scope) = 'write'"
"""Stands in the condition of the first part of a Change: guarded tables are open by the time that it is answered."""
_SCOPE = """scope AS MATERIALIZED (
    SELECT set_config('audit.scope', 'write', true) AS told, set_config('audit.wrote', '1', true) AS wrote
)"""
"""That it wrote is noted beforehand: the entries stand in the same statement, and nobody looks after it."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change of guarded tables as parts of one statement (PostgreSQL): name, SQL with RETURNING, and parameters.

    Each may select from those before it. Where the last one returns nothing, nothing may have been changed.
    """

    parts: Sequence[tuple[str, str, Sequence[Any]]]


def can_change_apart() -> bool:
    """Whether `change_apart` can be called now: PostgreSQL, and no transaction is open."""
    connection = transaction.get_connection()
    return connection.vendor == "postgresql" and not connection.in_atomic_block and connection.get_autocommit()


def change_apart(change: Change, entries: Sequence[Entry], *, beside: Sequence[Question] = ()) -> list[Any]:
    """Make a change with its entries, as one statement that commits by itself: they stand together or not at all.

    beside: expressions that are answered too, of what stood before. Returns the rows that the last part of the change
    returned, each with those answers behind it. Where there are none the entries are not written either.
    Raises RuntimeError where `can_change_apart` says no, IntegrityError as the tables of the change do,
    JournalUnavailable when nothing could be written.
    """
    if not can_change_apart():
        raise RuntimeError("a change with its entries in one statement needs PostgreSQL and no transaction")
    connection = transaction.get_connection()
    last = change.parts[-1][0]
    try:
        batch = Batch(with_reasons(entries), at=clock.now())
        tables = [one for one in batch.tables(connection, lanes.places_apart) if one[2]]
        made = ", ".join(f"{name} AS ({text})" for name, text, _params in change.parts)
        put = parts_where(tables, f"EXISTS (SELECT 1 FROM {last})")  # noqa: S608
        columns = ", ".join([f"{last}.*", *(text for text, _params in beside)])
        text = f"WITH {_SCOPE}, {made}, {put} SELECT {columns} FROM {last}"  # noqa: S608
        params = [value for _name, _text, values in change.parts for value in values]
        params += [*params_of(tables), *(value for _text, values in beside for value in values)]
        (found,) = answers(connection, [(text, params)])
    except IntegrityError as error:
        if _is_of_the_journal(error):
            raise unavailable() from error
        raise
    except Exception as error:
        raise unavailable() from error
    (lanes.stand if found else lanes.withdraw)(connection)
    if found and is_urgent(entries):
        wake(connection.alias)
    return found


def _is_of_the_journal(error: IntegrityError) -> bool:
    diagnostics = getattr(error.__cause__, "diag", None)
    return str(getattr(diagnostics, "table_name", "")).startswith("audit_")


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
