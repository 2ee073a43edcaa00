"""Write scopes: guarded tables take a change only while one is open, and it closes only over an entry.

The refusing itself is done by triggers in the database (guards.py); they ask what is kept here.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from weakref import ref

from django.db import DatabaseError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from foundation.prepared import answers, tell


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
    """An open scope. `wrote`: a guarded row changed. `uids`: one entry of each append inside it."""

    kind: ScopeKind
    reason: str
    wrote: bool = False
    uids: list[str] = field(default_factory=list)


def write_scope(*, reason: str = "") -> AbstractContextManager[Scope]:
    """Let this transaction change guarded tables, provided that it also appends a journal entry.

    reason: a few words for the error message ("bulk load"). Scopes nest; the outermost one is checked.
    Raises ScopeOutsideTransaction on entry, UnjournalledWrite on exit.
    """
    return _open(ScopeKind.WRITE, reason)


def erase_scope(*, reason: str) -> AbstractContextManager[Scope]:
    """As write_scope; personal parts may also be deleted. Used by commitments.erase_parts."""
    return _open(ScopeKind.ERASE, reason)


def prune_scope(*, reason: str) -> AbstractContextManager[Scope]:
    """As write_scope; entries past their term may also be deleted. Used by audit.pruning alone."""
    return _open(ScopeKind.PRUNE, reason)


@contextmanager
def _open(kind: ScopeKind, reason: str) -> Iterator[Scope]:
    connection = transaction.get_connection()
    if not connection.in_atomic_block:
        raise ScopeOutsideTransaction("open a write scope inside transaction.atomic()")
    stack = _stack(connection)
    scope = Scope(kind=kind, reason=reason)
    stack.append(scope)
    try:
        _tell(connection, kind, fresh=len(stack) == 1)
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
    elif not connection.needs_rollback:
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


def _stack(connection: BaseDatabaseWrapper) -> list[Scope]:
    try:
        return connection.audit_scopes  # type: ignore[attr-defined]
    except AttributeError:
        connection.audit_scopes = []  # type: ignore[attr-defined]
        return connection.audit_scopes  # type: ignore[attr-defined]


def _tell(connection: BaseDatabaseWrapper, kind: ScopeKind | None, *, fresh: bool) -> None:
    """PostgreSQL learns the scope by a setting of this transaction; SQLite asks `audit_scope()`."""
    if connection.vendor != "postgresql":
        return
    forget = ", set_config('audit.wrote', '', true)" if fresh else ""
    tell(connection, f"SELECT set_config('audit.scope', %s, true){forget}", [kind or ""])


def _close(connection: BaseDatabaseWrapper, scope: Scope) -> None:
    if _wrote_unseen(connection, scope):
        transaction.set_rollback(True)
        raise UnjournalledWrite(f"guarded rows changed without a journal entry ({scope.reason or 'no reason given'})")


def _wrote_unseen(connection: BaseDatabaseWrapper, scope: Scope) -> bool:
    """Whether a guarded row changed and no entry of this scope is there: a savepoint may have taken it back."""
    marks = ", ".join(["%s"] * len(scope.uids)) or "NULL"
    stands = f"EXISTS (SELECT 1 FROM audit_entry WHERE uid IN ({marks}))"  # noqa: S608
    if connection.vendor != "postgresql" and not scope.wrote:
        return False
    if connection.vendor != "postgresql":
        (((standing,),),) = answers(connection, [(f"SELECT {stands}", scope.uids)])
        return not standing
    # One question, left to right: the mark is read before the scope is closed.
    wrote = "current_setting('audit.wrote', true), set_config('audit.scope', '', true)"
    (((standing, mark, _closed),),) = answers(connection, [(f"SELECT {stands}, {wrote}", scope.uids)])
    return bool(mark) and not standing


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
