"""Refuses a request that weighs too much before Django reads it: Django would put its body in a temporary file."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from django.conf import settings

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[..., Awaitable[None]]
"""Any ASGI application: (scope, receive, send)."""

_SAID = (
    "Dit is te groot om te versturen. Een bestand is hoogstens 10 MB. "
    "Ga terug: wat u typte staat er nog. / Too large to send: a file is at most 10 MB. Go back, your text is there."
)
_DRAINED = 64 * 1024 * 1024
"""How much of a refused body is read and thrown away, so that a browser shows the answer and not a broken line."""


class BodyLimit:
    """ASGI: lets through what fits in settings.BODY_MAX_BYTES, answers 413 to the rest. Sockets pass."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        """One connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        length = headers.get(b"content-length", b"")
        if length.isdigit() and int(length) > settings.BODY_MAX_BYTES:
            await _drain(receive)
            await _refuse(send)
        elif b"transfer-encoding" in headers:
            # Nobody said how much will come: it is counted before it is passed on.
            taken = await _taken(receive)
            if taken is None:
                await _refuse(send)
            else:
                await self.app(scope, _again(taken, receive), send)
        else:
            await self.app(scope, receive, send)


async def _taken(receive: Receive) -> list[Message] | None:
    """The messages of a whole body; None when it is too much."""
    kept: list[Message] = []
    weight = 0
    while True:
        message = await receive()
        weight += len(message.get("body", b""))
        if weight > settings.BODY_MAX_BYTES:
            if message.get("more_body"):
                await _drain(receive)
            return None
        kept.append(message)
        if message["type"] != "http.request" or not message.get("more_body"):
            return kept


def _again(kept: list[Message], receive: Receive) -> Receive:
    """First what was taken in already, then what comes."""
    waiting = iter(kept)

    async def next_message() -> Message:
        found = next(waiting, None)
        return await receive() if found is None else found

    return next_message


async def _drain(receive: Receive) -> None:
    weight = 0
    while weight < _DRAINED:
        message = await receive()
        weight += len(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body"):
            return


async def _refuse(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": _SAID.encode()})
