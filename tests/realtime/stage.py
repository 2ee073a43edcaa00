"""A channel on the quay for the tests: five agencies, three of them in the street, one covenant of an area."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from asgiref.sync import async_to_sync, sync_to_async
from asgiref.testing import ApplicationCommunicator
from channels.routing import URLRouter
from channels.sessions import CookieMiddleware, SessionMiddleware
from django.test import TestCase

from agreements.covenants.pulse import pulse_at
from cases.disclosure.reading import Reading
from cases.models import Case
from foundation import clock
from realtime.channels.commands.opening import Plan, open_channel
from realtime.channels.commands.saying import Said, say
from realtime.channels.models import Channel, ChannelMember, Event
from realtime.channels.queries import opened
from realtime.channels.telling import view_name
from realtime.live.protocol_server import SERVER, TYPES
from realtime.live.sockets import urlpatterns
from tests.cases.desk import hat_of, make_case, page, reading
from tests.invariants.world import World

APPLICATION = CookieMiddleware(SessionMiddleware(URLRouter(urlpatterns)))
LIVE = ("ZVH-MD", "POL-MD", "GEM-MD", "JW-HAVEN", "WON-WATERWEG")
TEAM = ("esra", "maarten", "farid", "joost")
"""Police officer on the street, enforcement officer, youth worker, housing caretaker; anouk of the GEM leads."""
SOON = 30


@dataclass
class Street:
    """A channel, and who does what in it."""

    world: World
    case: Case
    channel: Channel

    def by(self, key: str, event: str = "channel.read") -> Reading:
        return reading(self.world, key, event=event)

    def member(self, key: str) -> ChannelMember:
        return self.channel.members.get(membership=hat_of(self.world, key), left_at=None)

    def fresh(self) -> Channel:
        return Channel.objects.select_related("case", "lead", "leader__professional").get(pk=self.channel.pk)

    def says(self, key: str, *pieces: tuple[str, str], client: UUID | None = None, **more: Any) -> Event:
        """What a member says; a text alone is logistics."""
        by = self.by(key, "channel.said")
        here = opened(by, self.channel.uid, session=None)
        said = Said(client=client or uuid4(), pieces=pieces, **more)
        return say(by, here.channel, said, hearer=here.hearer)

    def view(self, key: str) -> str:
        """The name of somebody's rights."""
        by = self.by(key)
        return view_name(self.fresh(), opened(by, self.channel.uid, session=None).hearer, pulse_at(by.at))


def street(world: World, number: str = "ST-1", *, team: tuple[str, ...] = TEAM) -> Street:
    """A channel for an operation in an area case, led by anouk."""
    case = make_case(number, live=LIVE, kind="area", covenants=("HAV-GEBIED",), purpose="area_safety")
    plan = Plan(
        title="Interventie Kade 9", scope="operation", under="HAV-GEBIED", ends_at=clock.now() + timedelta(hours=6),
        members=[hat_of(world, key).pk for key in team],
    )  # fmt: skip
    made = open_channel(reading(world, "anouk", event="channel.opened"), case, plan)
    return Street(world=world, case=case, channel=made)


class Socket(ApplicationCommunicator):
    """A phone's end of a socket, without a server between."""

    def __init__(self, path: str, query: bytes = b"") -> None:
        scope = {"type": "websocket", "path": path, "query_string": query, "headers": [(b"host", b"localhost")]}
        super().__init__(APPLICATION, scope | {"subprotocols": ["verbond.street.1"], "client": ("127.0.0.1", 1)})


class Phone:
    """Somebody's phone in the channel: keeps what it was told, as a client does."""

    def __init__(self, stage: Street, key: str) -> None:
        self.stage, self.key, self.browser = stage, key, page(stage.world, key)
        self.events: list[dict[str, Any]] = []
        self.frames: list[dict[str, Any]] = []
        self.view, self.query = "", b""
        self.code: int | None = None

    def ticket(self) -> str:
        answer = self.browser.post(f"/straat/{self.stage.channel.uid}/kaartje/")
        return str(answer.json()["ticket"]) if answer.status_code == 200 else ""

    async def open(self, *, after: str | None = None, ticket: str | None = None) -> "Phone":
        self.socket = Socket(f"/ws/kanaal/{self.stage.channel.uid}/", self.query)
        await self.socket.send_input({"type": "websocket.connect"})
        assert (await self.socket.receive_output(timeout=SOON))["type"] == "websocket.accept"
        text = ticket if ticket is not None else await sync_to_async(self.ticket)()
        await self.send({"type": "hello", "ticket": text, "after": after, "view": self.view})
        return self

    async def send(self, frame: dict[str, Any]) -> None:
        await self.socket.send_input({"type": "websocket.receive", "text": json.dumps(frame)})

    async def say(self, text: str, *, field: str = "street_message", client: UUID | None = None) -> UUID:
        client = client or uuid4()
        await self.send({"type": "say", "client": str(client), "pieces": [{"field": field, "text": text}]})
        return client

    async def frame(self, *types: str, timeout: float = SOON) -> dict[str, Any]:
        """The next frame of one of these types; events are kept on the way."""
        while True:
            found = await self.socket.receive_output(timeout=timeout)
            if found["type"] == "websocket.close":
                self.code = found["code"]
                return {"type": "close", "code": found["code"]}
            frame: dict[str, Any] = json.loads(found["text"])
            if frame["type"] in TYPES:
                # What docs/schemas/street/server.json says of it.
                SERVER.validate_json(found["text"])
            self.keep(frame)
            if frame["type"] in types:
                return frame

    def keep(self, frame: dict[str, Any]) -> None:
        self.frames.append(frame)
        if frame["type"] == "welcome":
            self.view = frame["view"]
            if frame["fresh"]:
                self.events.clear()
        if frame["type"] == "event":
            known = [one["id"] for one in self.events]
            assert frame["id"] not in known, "told twice"
            assert frame["after"] == (known[-1] if known else frame["after"]), "a gap in the view"
            self.events.append(frame)

    async def settled(self) -> "Phone":
        """Everything up to the next heartbeat of a catching up."""
        await self.frame("head")
        return self

    async def quiet(self, seconds: float = 0.3) -> bool:
        return bool(await self.socket.receive_nothing(timeout=seconds))

    async def leave(self) -> None:
        await self.socket.send_input({"type": "websocket.disconnect", "code": 1000})
        await asyncio.wait({self.socket.future}, timeout=SOON)
        assert self.socket.future.done()
        await self.socket.wait(timeout=SOON)

    @property
    def texts(self) -> list[str]:
        """What this phone shows of messages, in order."""
        shown = []
        for event in self.events:
            if "pieces" in event:
                shown.append(" ".join(one.get("text", f"[{one['field']}]") for one in event["pieces"]))
        return shown


async def do(act: Callable[[], Any]) -> Any:
    """Something in the database, with its bell."""

    def run() -> Any:
        with TestCase.captureOnCommitCallbacks(execute=True):
            return act()

    return await sync_to_async(run)()


def with_phones(stage: Street, *keys: str) -> Callable[[Any], None]:
    """Run a story with these phones open and caught up."""

    def tell(story: Any) -> None:
        async def all_of_it() -> None:
            phones = [await sync_to_async(Phone)(stage, key) for key in keys]
            for phone in phones:
                await (await phone.open()).settled()
            try:
                await story(*phones)
            finally:
                for phone in phones:
                    if not phone.socket.future.done():
                        await phone.leave()

        async_to_sync(all_of_it)()

    return tell
