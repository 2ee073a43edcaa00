"""One HTTP exchange with a witness that can be cut off at any moment. What is said is in client.py."""

from __future__ import annotations

import http.client
import queue
import socket
import ssl
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

ANSWER_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; `status` 0 means that nothing did, and then `body` says why."""

    status: int
    content_type: str
    body: str


class Call(threading.Thread):
    """Asks one witness something in a thread of its own; follows no redirect.

    A thread, because neither the look-up of a name nor a server that sends a byte now and then can be timed out.
    """

    def __init__(
        self,
        url: str,
        path: str,
        *,
        body: bytes | None,
        timeout: float,
        context: ssl.SSLContext | None,
        done: queue.SimpleQueue[Call] | None = None,
    ) -> None:
        """url: http(s) prefix of the witness. body: posted when given. timeout: seconds for each step.

        done: where the call puts itself when it has its reply.
        """
        super().__init__(daemon=True)
        self._done = done
        self._url, self._path, self._body, self._timeout, self._context = url, path, body, timeout, context
        self._connection: http.client.HTTPConnection | None = None
        self._reply: Reply | None = None

    def reply(self, deadline: float) -> Reply:
        """What came back, at `deadline` (monotonic seconds) at the latest; then the call is cut off."""
        if self._reply is None:
            self.join(max(0.0, deadline - time.monotonic()))
        reply = self._reply
        if reply is not None:
            return reply
        self._cut()
        return Reply(0, "", "geen antwoord binnen de tijd")

    def run(self) -> None:
        try:
            self._reply = self._ask()
        except (OSError, http.client.HTTPException, ValueError) as wrong:
            self._reply = Reply(0, "", f"{type(wrong).__name__}: {wrong}")
        if self._done is not None:
            self._done.put(self)

    def _ask(self) -> Reply:
        parts = urlsplit(self._url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("het adres van de getuige is geen http-adres")
        if parts.scheme == "https":
            context = self._context or ssl.create_default_context()
            connection: http.client.HTTPConnection = http.client.HTTPSConnection(
                parts.hostname, parts.port, timeout=self._timeout, context=context
            )
        else:
            connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=self._timeout)
        self._connection = connection
        try:
            method = "GET" if self._body is None else "POST"
            connection.request(method, parts.path.rstrip("/") + self._path, body=self._body)
            response = connection.getresponse()
            told = response.read(ANSWER_BYTES + 1)
        finally:
            connection.close()
        if len(told) > ANSWER_BYTES:
            raise ValueError("het antwoord is te lang")
        return Reply(response.status, response.headers.get_content_type(), told.decode())

    def _cut(self) -> None:
        connection = self._connection
        held = connection.sock if connection else None
        if held is not None:
            with suppress(OSError):
                held.shutdown(socket.SHUT_RDWR)
