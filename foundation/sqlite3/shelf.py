"""Connections to a SQLite file that wait for who asks next, so that not every request opens one.

Opening one takes some 17 ms: SQLite reads the whole schema, Django hands in its functions, and when the last one
closes, what stands beside the file is moved into it. Under ASGI every request has a thread of its own, and so a
connection of its own. The same as the pool of PostgreSQL (deploy.settings.connections).
"""

import atexit
import os
import sqlite3
import sys
import threading
from dataclasses import dataclass

MOST = 8
"""Connections that wait; what is handed in beyond them is closed."""

_File = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Opened:
    """What is known of a connection since it was opened. file: that it was opened on; holders: of it, right after."""

    file: _File | None
    holders: int


@dataclass(frozen=True, slots=True)
class _Waiting:
    connection: sqlite3.Connection
    opened_as: str
    known: _Opened


_waiting: list[_Waiting] = []
_out: dict[int, _Opened] = {}
"""By identity of a connection that is out."""
_lock = threading.Lock()
_of_the_parent: list[_Waiting] = []


def take(opened_as: str, path: str) -> sqlite3.Connection | None:
    """One that waits and was opened in just this way on the file that is there now; None if there is none.

    opened_as: whatever tells ways of opening apart. path: of the store; another file may have been put in its place.
    """
    file, stale = _file(path), []
    with _lock:
        found = next((one for one in _waiting if one.opened_as == opened_as and one.known.file == file), None)
        if found is not None:
            _waiting.remove(found)
            _out[id(found.connection)] = found.known
        else:
            stale = [one for one in _waiting if one.opened_as == opened_as]
            for one in stale:
                _waiting.remove(one)
    for one in stale:
        one.connection.close()
    return found.connection if found else None


def lent(connection: sqlite3.Connection, path: str) -> None:
    """This one was opened on the file that is there now, and may be put back."""
    with _lock:
        _out[id(connection)] = _Opened(_file(path), sys.getrefcount(connection))


def put_back(connection: sqlite3.Connection, opened_as: str) -> bool:
    """Let it wait, or say that it is to be closed: when somebody still reads from it, or enough of them wait.

    The caller holds it in one attribute and one variable, and lets go of both.
    """
    if connection.in_transaction:
        connection.rollback()
    connection.isolation_level = None
    with _lock:
        known = _out.pop(id(connection), None)
        # A cursor that is not through holds a picture of the store from long ago, and holds its connection too. One
        # more holds it than in `lent`: the attribute of who hands it in.
        if known is None or known.file is None or len(_waiting) >= MOST:
            return False
        if sys.getrefcount(connection) > known.holders + 1:
            return False
        _waiting.append(_Waiting(connection, opened_as, known))
    return True


def close_all() -> None:
    """Close all that wait."""
    with _lock:
        found, _waiting[:] = list(_waiting), []
    for one in found:
        one.connection.close()


def _file(path: str) -> _File | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _leave_to_the_parent() -> None:
    """A connection may not be used nor closed in a process that was forked off (sqlite.org/howtocorrupt, 2.6)."""
    global _lock
    _lock = threading.Lock()
    _of_the_parent.extend(_waiting)
    _waiting.clear()
    _out.clear()


os.register_at_fork(after_in_child=_leave_to_the_parent)
atexit.register(close_all)
