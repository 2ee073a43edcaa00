"""The server of the rows E: the whole product, and beside it in the same process the peers that it is measured against.

`/raw/VIEW/` sends what one sender posts, as it came, to every line of that view; `/plain/VIEW/` does the same with a
Channels JSON consumer and `group_send`, as the manual of Channels writes it. `/bare/` stores each text that it gets
with a commit of its own, and answers: all that a socket costs, and none of what makes it a channel.
"""

import json
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

# After Django.
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from channels.routing import URLRouter
from django.db import connection
from django.urls import re_path

from deploy.asgi import application as product
from realtime.live.asking import ask

_lines: dict[str, set[Callable[[dict[str, Any]], Awaitable[None]]]] = {}


async def raw(scope: dict[str, Any], receive: Callable[[], Awaitable[dict[str, Any]]], send: Any) -> None:
    """A list of [view, text] from one line goes out as it is, text by text, to all lines of each view."""
    view = scope["path"].split("/")[2]
    await receive()
    await send({"type": "websocket.accept"})
    _lines.setdefault(view, set()).add(send)
    try:
        while (message := await receive())["type"] == "websocket.receive":
            for to, text in json.loads(message["text"]):
                out = {"type": "websocket.send", "text": text}
                for line in _lines[to]:
                    await line(out)
    finally:
        _lines[view].discard(send)


async def bare(scope: dict[str, Any], receive: Callable[[], Awaitable[dict[str, Any]]], send: Any) -> None:
    """Every text is a row, committed before it is answered; the row is as large as an event's."""
    await receive()
    await send({"type": "websocket.accept"})
    while (message := await receive())["type"] == "websocket.receive":
        await ask(_insert, message["text"])
        await send({"type": "websocket.send", "text": "{}"})


def _insert(words: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_bare (uid, words) VALUES (%s, %s)", [uuid4(), words])


class Plain(AsyncJsonWebsocketConsumer):
    """As in the tutorial: a group for each view, a frame for each message."""

    async def connect(self) -> None:
        self.view = self.scope["url_route"]["kwargs"]["view"]
        await self.channel_layer.group_add(self.view, self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard(self.view, self.channel_name)

    async def receive_json(self, content: Any, **_more: Any) -> None:
        for to, text in content:
            await self.channel_layer.group_send(to, {"type": "told", "frame": json.loads(text)})

    async def told(self, event: dict[str, Any]) -> None:
        await self.send_json(event["frame"])


_plain = URLRouter([re_path(r"^plain/(?P<view>\w+)/$", Plain.as_asgi())])


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """The product, but for the addresses of the peers."""
    path = scope.get("path", "")
    if scope["type"] == "websocket" and path.startswith("/raw/"):
        await raw(scope, receive, send)
    elif scope["type"] == "websocket" and path.startswith("/bare/"):
        await bare(scope, receive, send)
    elif scope["type"] == "websocket" and path.startswith("/plain/"):
        await _plain(scope, receive, send)
    else:
        await product(scope, receive, send)
