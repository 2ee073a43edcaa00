"""The peer as a server in a process: answers orders with a value. serve.py reads them from the line."""

import base64
import gc
import io
import json
import time
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.test import RequestFactory

from bench.peer.filling import fill


class Server:
    """One reader, one case, through the whole middleware."""

    def __init__(self) -> None:
        self.handler = WSGIHandler()
        self.environ: dict[str, Any] = {}
        self.number = ""

    def fill(self, text: str) -> bool:
        """Make the store anew."""
        for path in settings.STORES.glob("peer.sqlite3*"):
            path.unlink()
        call_command("migrate", run_syncdb=True, verbosity=0, interactive=False)
        answer = json.loads(text)
        self.number = answer["number"]
        token = fill(answer)
        self.environ = RequestFactory(headers={"Authorization": f"Token {token}"})._base_environ()
        return True

    def get(self, shape: str) -> bytes:
        """The body of the case's page."""
        status: list[str] = []
        environ = {**self.environ, "REQUEST_METHOD": "GET", "PATH_INFO": f"/api/{shape}/cases/{self.number}"}
        environ["wsgi.input"] = io.BytesIO()
        response = self.handler(environ, lambda line, headers, error=None: status.append(line))
        body = b"".join(response)
        response.close()
        assert status[0].startswith("200"), (status[0], body[:500])
        return body

    def body(self, shape: str) -> str:
        """As text that fits on a line."""
        return base64.b64encode(self.get(shape)).decode()

    def run(self, order: str) -> float:
        """Seconds per call, after one that is not counted."""
        shape, calls = order.split()
        self.get(shape)
        gc.collect()
        began = time.perf_counter()
        for _ in range(int(calls)):
            self.get(shape)
        return (time.perf_counter() - began) / int(calls)
