"""The server of the rows E: the whole product, and beside it in the same process the peers that it is measured against.

`/raw/VIEW/` sends what one sender posts, as it came, to every line of that view; `/plain/VIEW/` does the same with a
Channels JSON consumer and `group_send`, as the manual of Channels writes it.
"""

import json
from collections.abc import Awaitable, Callable
from typing import Any

# After Django.
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from channels.routing import URLRouter
from django.urls import re_path

from deploy.asgi import application as product

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
    """The product, but for the two addresses of the peers."""
    path = scope.get("path", "")
    if scope["type"] == "websocket" and path.startswith("/raw/"):
        await raw(scope, receive, send)
    elif scope["type"] == "websocket" and path.startswith("/plain/"):
        await _plain(scope, receive, send)
    else:
        await product(scope, receive, send)
