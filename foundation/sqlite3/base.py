"""Who wants to write waits in line for SQLite's one write lock, and connections go from one thread to the next.

SQLite itself lets everybody try, ever less often, up to ten times a second, while the lock comes free for less than a
millisecond: under four writers one of them waited three seconds, and the sealer as long (docs/decisions/0013).
"""

import fcntl
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base

from foundation.sqlite3 import shelf

POLL = 0.0005
"""Seconds between two tries of the one at the head of the line."""


class DatabaseWrapper(base.DatabaseWrapper):
    """OPTIONS["timeout"] is, as ever, for how many seconds a writer waits at most (5 without it).

    The line is a lock on a file beside the store, held while one waits for the write lock and not longer: the kernel
    gives it to threads and processes in turn, and takes it back from who dies.
    """

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        """As Django's own, or one that waited for this (foundation.sqlite3.shelf)."""
        path = str(self.settings_dict["NAME"])
        self._opened_as = repr((conn_params, self.settings_dict["OPTIONS"].get("init_command")))
        found = shelf.take(self._opened_as, path)
        if found is None:
            found = super().get_new_connection(conn_params)
            shelf.lent(found, path)
        return found

    def _close(self) -> None:
        connection = self.connection
        if connection is not None and not shelf.put_back(connection, self._opened_as):
            with self.wrap_database_errors:
                connection.close()

    def _start_transaction_under_autocommit(self) -> None:
        patience = float(self.settings_dict["OPTIONS"].get("timeout", 5.0))
        until = time.monotonic() + patience
        with self._in_line():
            # Outside this place SQLite waits by itself, as for a checkpoint.
            self._wait_at_most(0)
            try:
                while not self._began(until):
                    time.sleep(POLL)
            finally:
                self._wait_at_most(patience)

    def _began(self, until: float) -> bool:
        try:
            self._tell(f"BEGIN {self.transaction_mode or ''}")  # type: ignore[attr-defined] # the stubs do not know it
        except OperationalError as error:
            if "locked" not in str(error) or time.monotonic() >= until:
                raise
            return False
        return True

    def _wait_at_most(self, seconds: float) -> None:
        self._tell(f"PRAGMA busy_timeout = {int(seconds * 1000)}")

    def _tell(self, statement: str) -> None:
        # Not through a cursor: it is no question of the program's, and counts as none.
        with self.wrap_database_errors:
            self.connection.execute(statement)

    @contextmanager
    def _in_line(self) -> Iterator[None]:
        if self.is_in_memory_db():
            yield
            return
        place = os.open(f"{self.settings_dict['NAME']}-turn", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(place, fcntl.LOCK_EX)
            yield
        finally:
            os.close(place)
