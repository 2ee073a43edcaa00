"""How the sealer waits for its next round: for its interval, or until an entry that cannot wait wakes it."""

import os
import socket
import threading
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from audit.journal.urgency import CHANNEL


class Wait(Protocol):
    """Waits until it is woken or `seconds` are over."""

    def __call__(self, seconds: float) -> None: ...


def waiting(alias: str) -> AbstractContextManager[Wait]:
    """The way to wait on this database: PostgreSQL's NOTIFY, or a socket beside the SQLite file."""
    connection = connections[alias]
    return _Listening(connection) if connection.vendor == "postgresql" else _Socket(Path(settings.SEAL_SOCKET))


class _Listening:
    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self._connection = connection

    def __enter__(self) -> Wait:
        return self._wait

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def _wait(self, seconds: float) -> None:
        with self._connection.cursor() as cursor:
            cursor.execute(f"LISTEN {CHANNEL}")
        for _ in self._connection.connection.notifies(timeout=seconds, stop_after=1):
            return


class _Socket:
    """A path that is too long for a socket, or taken by another sealer, leaves only the interval."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._socket: socket.socket | None = None

    def __enter__(self) -> Wait:
        receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        before = os.umask(0o177)
        try:
            self._path.unlink(missing_ok=True)
            receiver.bind(str(self._path))
            self._socket = receiver
        except OSError:
            receiver.close()
        finally:
            os.umask(before)
        return self._wait

    def __exit__(self, *_: object) -> None:
        if self._socket:
            self._socket.close()
            self._path.unlink(missing_ok=True)

    def _wait(self, seconds: float) -> None:
        if self._socket is None:
            threading.Event().wait(seconds)
            return
        self._socket.settimeout(seconds)
        # A round that took its whole interval leaves 0 seconds, and then nothing to receive is no TimeoutError.
        with suppress(TimeoutError, BlockingIOError):
            self._socket.recv(1)
            self._socket.setblocking(False)
            with suppress(BlockingIOError):
                while self._socket.recv(1):
                    pass
