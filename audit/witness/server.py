"""The witness over HTTP, with Python's own server: a partner needs no web framework and nothing to keep up to date.

A slow or silent caller is cut off, and only so many are served at once. TLS is for the proxy in front of it.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from audit.proofs.heads import StateBroken
from audit.witness.core import Answer, Witness
from audit.witness.protocol import REQUEST_BYTES

CONNECTIONS = 64
PATIENCE_S = 20.0
"""How long one request may take to come in, and how long a connection may be silent between two."""


class WitnessServer(ThreadingHTTPServer):
    """Serves one witness."""

    daemon_threads = True
    request_queue_size = CONNECTIONS

    def __init__(
        self,
        address: tuple[str, int],
        witness: Witness,
        *,
        patience: float = PATIENCE_S,
        connections: int = CONNECTIONS,
    ) -> None:
        self.witness = witness
        self.patience = patience
        self._places = threading.BoundedSemaphore(connections)
        self._deadlines: dict[socket.socket, float] = {}
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        super().__init__(address, _Handler)

    def extend(self, connection: socket.socket) -> None:
        """Gives a connection its patience anew."""
        self._deadlines[connection] = time.monotonic() + self.patience

    def process_request(self, request: Any, client_address: Any) -> None:
        if not self._places.acquire(blocking=False):
            self.shutdown_request(request)
            return
        self.extend(request)
        try:
            super().process_request(request, client_address)
        except RuntimeError:  # no thread to be had
            self._let_go(request)
            raise

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._let_go(request)

    def service_actions(self) -> None:
        """Called between requests: cuts off who keeps us waiting, byte by byte or in silence."""
        now = time.monotonic()
        for connection, deadline in list(self._deadlines.items()):
            if deadline < now:
                self._deadlines.pop(connection, None)
                with suppress(OSError):
                    # Not closed here: the number of the file could be another's before its thread wakes up.
                    connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that goes away is no news."""

    def _let_go(self, request: Any) -> None:
        self._deadlines.pop(request, None)
        self._places.release()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "verbond-witness"
    sys_version = ""
    error_content_type = "text/plain; charset=utf-8"
    error_message_format = "%(message)s\n"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: WitnessServer

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        if asked.path in ("/", "/status"):
            self._send(self._status())
        elif asked.path == "/checkpoint":
            self._send(self.server.witness.checkpoint(parse_qs(asked.query).get("origin", [""])[0]))
        else:
            self._send(Answer(404, "Hier is niets.\n"))

    def do_POST(self) -> None:
        body = self._body()
        if body is None:
            return
        if urlsplit(self.path).path != "/add-checkpoint":
            self._send(Answer(404, "Hier is niets.\n"))
            return
        self._send(self.server.witness.add_checkpoint(body))

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the witness reports what it decides, and addresses of callers are nobody's business."""

    def _status(self) -> Answer:
        try:
            told = json.dumps(self.server.witness.status(), ensure_ascii=False, indent=1)
        except StateBroken:
            return Answer(503, "De getuige kan zijn toestand niet lezen.\n")
        return Answer(200, told + "\n", "application/json")

    def _body(self) -> bytes | None:
        length = self.headers.get("Content-Length", "")
        if "Transfer-Encoding" in self.headers or not (length.isascii() and length.isdigit()):
            self._hang_up(Answer(411, "Een Content-Length ontbreekt.\n"))
            return None
        if len(length) > 9 or int(length) > REQUEST_BYTES:
            self._hang_up(Answer(413, f"Een verzoek heeft ten hoogste {REQUEST_BYTES} bytes.\n"))
            return None
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            self.close_connection = True
            return None
        return body

    def _hang_up(self, answer: Answer) -> None:
        # The body was not read, so what follows on this connection cannot be told apart from it.
        self.close_connection = True
        self._send(answer)

    def _send(self, answer: Answer) -> None:
        body = answer.body.encode()
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()
        self.server.extend(self.connection)
