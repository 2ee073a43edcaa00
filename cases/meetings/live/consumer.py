"""The socket of one screen: it rings, passes on what is typed, and keeps what its own reader types.

Frames are JSON objects with a `type`; docs/overleg.md lists them with the close codes. No fact leaves by a socket but
the words that are being typed, and those only where `typing.may_look_on` says so.
"""

import asyncio
import json
import logging
import time
from typing import Any
from uuid import UUID

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.db import DatabaseError
from django.utils.translation import gettext as _

from cases.meetings.bell import group_of
from cases.meetings.commands.joint_view import TypedOver
from cases.meetings.live import typing
from cases.meetings.live.door import (
    BAD_FRAME,
    CODES,
    OF_THE_CHAIR,
    TOO_FAST,
    Pass,
    Shut,
    admitted,
    in_words,
    meeting_row,
)
from cases.meetings.live.screens import Hall, depart, enter
from foundation.errors import Problem

log = logging.getLogger("verbond.meetings")

KEEP_AFTER = 0.35
"""Seconds between the first key press that is not kept and keeping it."""
LARGEST_FRAME = 32 * 1024
FRAMES_PER_SECOND, BURST = 60, 240
ALL_OVER = frozenset({"attendance", "item", "meeting"})
"""Rings after which every right is worked out anew."""

Place = tuple[UUID, str]


class RoomConsumer(AsyncWebsocketConsumer):
    """One screen of one meeting."""

    passed: Pass
    hall: Hall | None = None

    async def connect(self) -> None:
        """Let in who may watch; others hear why not, in words and in the close code."""
        self.uid = UUID(self.scope["url_route"]["kwargs"]["uid"])
        self.kind: str = self.scope["url_route"]["kwargs"]["kind"]
        self.looks_on: dict[Place, bool] = {}
        self.changes = 0
        self.writes: dict[UUID, bool] = {}
        self.pending: dict[Place, typing.Keys] = {}
        self.keeping: dict[Place, asyncio.Task[None]] = {}
        self.heard: dict[tuple[Place, UUID], int] = {}
        self.allowance, self.counted = float(BURST), time.monotonic()
        await self.accept()
        try:
            self.passed = await database_sync_to_async(admitted)(self.scope, self.uid, self.kind)
        except Shut as shut:
            await self.cut(shut.code)
            return
        self.group = group_of(self.uid)
        await self.channel_layer.group_add(self.group, self.channel_name)
        self.hall = enter(self.uid, self)
        await self._hello()

    async def disconnect(self, code: int) -> None:
        """Nothing typed is lost: what was not kept yet is kept now, as a version."""
        if self.hall is None:
            return
        hall, self.hall = self.hall, None
        await self.channel_layer.group_discard(self.group, self.channel_name)
        await depart(hall, self)
        for task in self.keeping.values():
            task.cancel()
        for keys in list(self.pending.values()):
            await self._keep(keys, last=True)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """One frame of the page."""
        if self.hall is None:
            return
        if not self._in_time():
            await self.cut(TOO_FAST)
            return
        try:
            frame = json.loads(text_data or "")
            if len(text_data or "") > LARGEST_FRAME or not isinstance(frame, dict):
                raise typing.BadFrame("size")
            if frame.get("type") == "hello":
                await self._hello()
            elif frame.get("type") == "typing":
                await self._typing(typing.keys_of(frame))
            else:
                raise typing.BadFrame("type")
        except ValueError:
            await self.cut(BAD_FRAME)

    async def _typing(self, keys: typing.Keys) -> None:
        if not await self._may_write(keys.item):
            return
        self.pending[keys.place] = keys
        by = self.passed.visit.membership_id
        event = {"type": "meeting.typed", "words": typing.sealed_for_layer(keys), "by": by}
        await self.channel_layer.group_send(self.group, event)
        if keys.done:
            if task := self.keeping.pop(keys.place, None):
                task.cancel()
            await self._keep(keys)
        elif keys.place not in self.keeping:
            self.keeping[keys.place] = asyncio.create_task(self._keep_soon(keys.place))

    async def _may_write(self, item: UUID) -> bool:
        """Asked once per ring that changes rights; a refusal keeps the text where it was typed."""
        if self.kind not in OF_THE_CHAIR:
            await self.cut(BAD_FRAME)
            return False
        if item not in self.writes:
            try:
                await database_sync_to_async(typing.may_write)(self.passed, item)
            except Problem as problem:
                await self._refuse(problem)
                return False
            self.writes[item] = True
        return True

    async def _keep_soon(self, place: Place) -> None:
        await asyncio.sleep(KEEP_AFTER)
        self.keeping.pop(place, None)
        if keys := self.pending.get(place):
            await self._keep(keys)

    async def _keep(self, keys: typing.Keys, *, last: bool = False) -> None:
        """Keep it and say so; on trouble the page keeps it and sends it again."""
        if last:
            keys = typing.Keys(item=keys.item, typed=keys.typed, done=True)
        try:
            base = await database_sync_to_async(typing.keep)(self.passed, keys)
        except TypedOver as over:
            self._settled(keys)
            await self._refuse(over, keys)
            return
        except Problem as problem:
            await self._refuse(problem, keys)
            return
        except DatabaseError:
            log.warning("what was typed is not kept yet", extra={"event": "meeting_keep"})
            return
        self._settled(keys)
        item, domain = keys.place
        await self.tell(
            {"type": "stored", "item": str(item), "domain": domain, "seq": keys.typed.seq, "base": base,
             "saved": keys.done}
        )  # fmt: skip

    def _settled(self, keys: typing.Keys) -> None:
        standing = self.pending.get(keys.place)
        if standing is not None and standing.typed.seq <= keys.typed.seq:
            del self.pending[keys.place]

    async def _refuse(self, problem: Problem, keys: typing.Keys | None = None) -> None:
        with in_words(self.passed.visit):
            said, remedy = str(problem.sentence), str(problem.remedy)
        frame: dict[str, Any] = {"type": "refused", "code": problem.code, "said": said, "remedy": remedy}
        if keys is not None:
            frame |= {"item": str(keys.item), "domain": keys.typed.domain, "seq": keys.typed.seq}
        await self.tell(frame)

    async def meeting_ring(self, event: dict[str, Any]) -> None:
        """The bell rang: rights may have changed, and the page asks for what it shows."""
        if event["what"] in ALL_OVER:
            self.forget()
        await self.tell({"type": "ring", "what": event["what"]})

    async def meeting_typed(self, event: dict[str, Any]) -> None:
        """Somebody typed: pass it on if this reader may know it."""
        keys = typing.opened_from_layer(event["words"])
        source = (keys.place, keys.typed.client)
        if self.hall is None or self.heard.get(source, -1) >= keys.typed.seq:
            return
        self.heard[source] = keys.typed.seq
        if not await self._looks_on(keys, event["by"]):
            return
        item, domain = keys.place
        await self.tell(
            {"type": "typed", "item": str(item), "domain": domain, "text": keys.typed.text, "seq": keys.typed.seq,
             "by": str(keys.typed.client)}
        )  # fmt: skip

    async def _looks_on(self, keys: typing.Keys, typist: int) -> bool:
        known = self.looks_on.get(keys.place)
        if known is None:
            try:
                since = self.changes
                known = await database_sync_to_async(typing.may_look_on)(self.passed, keys, typist=typist)
            except (Problem, DatabaseError):
                # Not journalled is not shown; the next key press asks again.
                log.warning("typed words were not passed on", extra={"event": "meeting_typed"})
                return False
            if since != self.changes:
                # Somebody came in while this was asked: what was found may be of before.
                return await self._looks_on(keys, typist)
            self.looks_on[keys.place] = known
        return known

    def forget(self) -> None:
        """What was worked out about rights no longer holds."""
        self.changes += 1
        self.looks_on.clear()
        self.writes.clear()

    async def tell(self, frame: dict[str, Any]) -> None:
        """Send a frame; to a page that has gone, nothing."""
        try:
            await self.send(text_data=json.dumps(frame, ensure_ascii=False))
        except (RuntimeError, OSError):
            log.info("a frame came too late", extra={"event": "meeting_late"})

    async def cut(self, code: int) -> None:
        """Say why, and close with the code that says it too."""
        with in_words(self.passed.visit if self.hall else None):
            said = _("Uw recht om dit scherm te zien is geëindigd. Laad de pagina opnieuw.")
        await self.tell({"type": "revoked", "code": CODES[code], "said": said})
        if self.hall is not None:
            self.hall.screens.discard(self)
        await self.close(code=code)

    async def _hello(self) -> None:
        row = await database_sync_to_async(meeting_row)(self.passed.meeting_id)
        await self.tell({"type": "hello", "version": 1, "revision": row.revision if row else 0})

    def _in_time(self) -> bool:
        """A bucket: people do not type faster than this."""
        now = time.monotonic()
        self.allowance = min(BURST, self.allowance + (now - self.counted) * FRAMES_PER_SECOND)
        self.counted = now
        self.allowance -= 1
        return self.allowance >= 0
