"""Write scopes: guarded tables take a change only while one is open, and it closes only over an entry.

The refusing itself is done by triggers in the database (guards.py); they ask what is kept here.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from weakref import ref

from django.db import DatabaseError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from foundation.prepared import Question, answers


class ScopeKind(StrEnum):
    """What an open scope permits: changing guarded tables; with `erase` also deleting personal parts, with `prune`
    also deleting entries.
    """

    WRITE = "write"
    ERASE = "erase"
    PRUNE = "prune"


class ScopeOutsideTransaction(RuntimeError):
    """A write scope was opened outside atomic(); the change and its entry could come apart."""


class UnjournalledWrite(RuntimeError):
    """A guarded table was changed and no entry was appended in the same scope; it is rolled back."""


@dataclass(slots=True, kw_only=True)
class Scope:
    """An open scope. `wrote`: a guarded row changed. `uids`: one entry of each append inside it.

    answers: rows of each question that was asked with its opening. savepoints: how many were open then. closed: the
    last entry was appended and the scope looked at, inside just those.
    """

    kind: ScopeKind
    reason: str
    wrote: bool = False
    uids: list[str] = field(default_factory=list)
    answers: list[list[Any]] = field(default_factory=list)
    savepoints: int = 0
    closed: bool = False


def write_scope(*, reason: str = "", asking: Sequence[Question] = ()) -> AbstractContextManager[Scope]:
    """Let this transaction change guarded tables, provided that it also appends a journal entry.

    reason: a few words for the error message ("bulk load"). Scopes nest; the outermost one is checked.
    asking: what is asked or changed first, in the trip that opens the scope; what came of it is in `answers`.
    Raises ScopeOutsideTransaction on entry, UnjournalledWrite on exit.
    """
    return _open(ScopeKind.WRITE, reason, asking)


def erase_scope(*, reason: str) -> AbstractContextManager[Scope]:
    """As write_scope; personal parts may also be deleted. Used by commitments.erase_parts."""
    return _open(ScopeKind.ERASE, reason)


def prune_scope(*, reason: str) -> AbstractContextManager[Scope]:
    """As write_scope; entries past their term may also be deleted. Used by audit.pruning alone."""
    return _open(ScopeKind.PRUNE, reason)


@contextmanager
def _open(kind: ScopeKind, reason: str, asking: Sequence[Question] = ()) -> Iterator[Scope]:
    connection = transaction.get_connection()
    if not connection.in_atomic_block:
        raise ScopeOutsideTransaction("open a write scope inside transaction.atomic()")
    stack = _stack(connection)
    scope = Scope(kind=kind, reason=reason, savepoints=len(connection.savepoint_ids))
    stack.append(scope)
    try:
        scope.answers = _tell(connection, kind, fresh=len(stack) == 1, asking=asking)
        yield scope
    except BaseException:
        _leave(stack, scope)
        # In an aborted transaction nothing can be told, and the rollback takes the setting along.
        with suppress(DatabaseError):
            _tell(connection, stack[-1].kind if stack else None, fresh=False)
        raise
    _leave(stack, scope)
    if stack:
        _tell(connection, stack[-1].kind, fresh=False)
    elif not connection.needs_rollback and not scope.closed:
        _close(connection, scope)


def _leave(stack: list[Scope], scope: Scope) -> None:
    stack.pop()
    if stack:
        stack[-1].wrote |= scope.wrote
        stack[-1].uids += scope.uids


def note_appended(connection: BaseDatabaseWrapper, uid: str) -> None:
    """Called by the appender: an entry now stands beside what the innermost open scope changed."""
    stack = _stack(connection)
    if stack:
        stack[-1].uids.append(uid)


def closing(connection: BaseDatabaseWrapper, uid: str) -> list[Question]:
    """What the appender asks behind the entry `uid` when nothing guarded changes after it; answered to `closed`.

    It closes the scope in the database, which from then on refuses every change. Nothing where that cannot be done
    beforehand: in a scope within another, or in a savepoint that may yet take the entry back.
    """
    stack = _stack(connection)
    if connection.vendor != "postgresql" or len(stack) != 1 or stack[0].savepoints != len(connection.savepoint_ids):
        return []
    return [_look([*stack[0].uids, uid])]


def closed(connection: BaseDatabaseWrapper, rows: Sequence[Sequence[Any]]) -> None:
    """The answer to `closing`. Raises UnjournalledWrite."""
    (scope,) = _stack(connection)
    scope.closed = True
    _check(connection, scope, is_unseen=_is_unseen(rows))


def _stack(connection: BaseDatabaseWrapper) -> list[Scope]:
    try:
        return connection.audit_scopes  # type: ignore[attr-defined]
    except AttributeError:
        connection.audit_scopes = []  # type: ignore[attr-defined]
        return connection.audit_scopes  # type: ignore[attr-defined]


def _tell(
    connection: BaseDatabaseWrapper, kind: ScopeKind | None, *, fresh: bool, asking: Sequence[Question] = ()
) -> list[list[Any]]:
    """PostgreSQL learns the scope by a setting of this transaction; SQLite asks `audit_scope()`."""
    if connection.vendor != "postgresql":
        return answers(connection, asking) if asking else []
    forget = ", set_config('audit.wrote', '', true)" if fresh else ""
    told = (f"SELECT set_config('audit.scope', %s, true){forget}", [kind or ""])
    return answers(connection, [told, *asking])[1:]


def _close(connection: BaseDatabaseWrapper, scope: Scope) -> None:
    if connection.vendor == "postgresql":
        (rows,) = answers(connection, [_look(scope.uids)])
        _check(connection, scope, is_unseen=_is_unseen(rows))
    elif scope.wrote:
        (rows,) = answers(connection, [(f"SELECT {_stands(scope.uids)}", scope.uids)])
        _check(connection, scope, is_unseen=not rows[0][0])


def _check(connection: BaseDatabaseWrapper, scope: Scope, *, is_unseen: bool) -> None:
    if is_unseen:
        transaction.set_rollback(True)
        raise UnjournalledWrite(f"guarded rows changed without a journal entry ({scope.reason or 'no reason given'})")


def _look(uids: list[str]) -> Question:
    # One question, left to right: the mark is read before the scope is closed.
    wrote = "current_setting('audit.wrote', true), set_config('audit.scope', '', true)"
    return f"SELECT {_stands(uids)}, {wrote}", uids


def _is_unseen(rows: Sequence[Sequence[Any]]) -> bool:
    """Whether a guarded row changed and no entry of the scope is there: a savepoint may have taken it back."""
    ((standing, mark, _closed),) = rows
    return bool(mark) and not standing


def _stands(uids: list[str]) -> str:
    marks = ", ".join(["%s"] * len(uids)) or "NULL"
    return f"EXISTS (SELECT 1 FROM audit_entry WHERE uid IN ({marks}))"  # noqa: S608


def offer_scope_function(*, connection: BaseDatabaseWrapper, **_: object) -> None:
    """Give a new SQLite connection `audit_scope()`: the open scope's kind, or NULL (connection_created).

    A program that opens the file without it gets "no such function" on every guarded write.
    """
    if connection.vendor != "sqlite":
        return
    wrapper = ref(connection)

    def audit_scope() -> str | None:
        owner = wrapper()
        stack = _stack(owner) if owner else []
        if not stack:
            return None
        stack[-1].wrote = True
        return stack[-1].kind.value

    connection.connection.create_function("audit_scope", 0, audit_scope)
