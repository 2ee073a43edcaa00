"""Opens a socket of a planted channel as a persona and hands over every frame it is sent. No test lives here."""

import asyncio
import json
from typing import Any

from asgiref.sync import async_to_sync

from agreements.models import Membership
from tests.cases.desk import page
from tests.invariants.plants.channels import CHANNELS
from tests.invariants.world import World
from tests.realtime.stage import SOON, Socket


def purposes(world: World, number: str, hat: Membership) -> list[str]:
    """What this hat may read a case for, and nothing declared."""
    from tests.invariants.test_01_marker_crawl import _purposes

    return ["", *sorted(_purposes(world, hat.agency, frozenset(hat.roles), number))]


def frames(world: World, key: str, number: str, *, purpose: str = "") -> list[dict[str, Any]]:
    """All frames from `hello` until the channel is quiet; [] for who gets no ticket."""
    browser = page(world, key)
    if purpose:
        session = browser.session
        session["purposes"] = {number: purpose}
        session.save()
    answer = browser.post(f"/straat/{CHANNELS[number]}/kaartje/")
    if answer.status_code != 200:
        return []
    return async_to_sync(_heard)(answer.json())


async def _heard(given: dict[str, Any]) -> list[dict[str, Any]]:
    socket = Socket(given["path"])
    await socket.send_input({"type": "websocket.connect"})
    await socket.receive_output(timeout=SOON)
    hello = {"type": "hello", "ticket": given["ticket"], "after": None, "view": ""}
    await socket.send_input({"type": "websocket.receive", "text": json.dumps(hello)})
    found: list[dict[str, Any]] = []
    while not any(frame["type"] in ("head", "close") for frame in found):
        found.append(_frame(await socket.receive_output(timeout=SOON)))
    # What the rooms add (presence, places, alarms) and the hub's first turn (members) come after it.
    wanted = {"close"} if found[-1]["type"] == "close" else {"members"}
    while not wanted & {frame["type"] for frame in found} or not await socket.receive_nothing(timeout=0.25):
        found.append(_frame(await socket.receive_output(timeout=SOON)))
    await socket.send_input({"type": "websocket.disconnect", "code": 1000})
    await asyncio.wait({socket.future}, timeout=SOON)
    return found


def _frame(message: dict[str, Any]) -> dict[str, Any]:
    if message["type"] == "websocket.close":
        return {"type": "close", "code": message["code"]}
    frame: dict[str, Any] = json.loads(message["text"])
    return frame
