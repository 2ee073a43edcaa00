"""Requests as a server passes them to Django: WSGI environment in, bytes out, through the whole middleware."""

import io
import json
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

from agreements.parties.tokens import issue_token, membership_for
from bench.caseload import PURPOSE


class Client:
    """One reader with an access token. All clients share one handler, as all readers share one server."""

    handler: WSGIHandler | None = None

    def __init__(self, persona: str) -> None:
        if Client.handler is None:
            Client.handler = WSGIHandler()
        token = issue_token(membership_for(persona=persona), purpose=PURPOSE, minutes=60).token
        self._environ = RequestFactory(headers={"Authorization": f"Bearer {token}"})._base_environ()

    def get(self, path: str) -> bytes:
        """The body of a GET. Raises AssertionError for any other status than 200."""
        return self._ask("GET", path, b"")

    def post(self, path: str, body: Any) -> bytes:
        """The body of the answer to a POST of JSON. Raises AssertionError for any other status than 200."""
        return self._ask("POST", path, json.dumps(body).encode())

    def _ask(self, method: str, path: str, sent: bytes) -> bytes:
        status: list[str] = []

        def start(line: str, headers: Any, error: Any = None) -> None:
            status.append(line)

        environ = {**self._environ, "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": ""}
        environ["wsgi.input"] = io.BytesIO(sent)
        if sent:
            environ |= {"CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(sent))}
        response = Client.handler(environ, start)  # type: ignore[misc]
        body = b"".join(response)
        response.close()
        assert status[0].startswith("200"), (status[0], body[:500])
        return body
