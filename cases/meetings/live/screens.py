"""The open screens of one meeting in this process: one look at the database for all of them, several times a second.

The look finds what nobody rings for (a covenant that ends by its date, a participant that leaves, a session that is
revoked) and what a lost ring left unsaid. A screen that lost its right is cut; the others learn that they must ask
again. Source: design 6 (within a second).
"""

import asyncio
import logging
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from channels.db import database_sync_to_async
from django.contrib.sessions.models import Session
from django.db.models import Q

from agreements.covenants.pulse import pulse_at
from agreements.parties.reader import current_memberships
from cases.meetings.live.door import ENDED, NOT_SIGNED_IN, Pass, Shut, admitted
from cases.meetings.live.drafts import settle_left
from cases.meetings.models import AgendaItem, Meeting
from cases.records.models import Participation, ParticipationMember
from foundation import clock

log = logging.getLogger("verbond.meetings")

BEAT = 0.4
"""Seconds between two looks. With the policy number's own age (0.2 s) a change is known well within a second."""


class Screen(Protocol):
    """A socket, as the hall needs it."""

    scope: Any
    passed: Pass

    async def tell(self, frame: dict[str, Any]) -> None:
        """Send a frame."""

    async def cut(self, code: int) -> None:
        """Say that the right ended, and close."""

    def forget(self) -> None:
        """What it worked out about its rights no longer holds."""


@dataclass(frozen=True, slots=True)
class Look:
    """What one look found. rules and seats are names for what holds, to be compared only."""

    revision: int
    rules: str
    seats: str
    memberships: frozenset[tuple[int, str]]
    sessions: frozenset[str]

    def knows(self, passed: Pass) -> bool:
        """Whether the session stands and the membership is in force."""
        return passed.session_key in self.sessions and passed.visit.membership_id in {pk for pk, _ in self.memberships}


@dataclass(slots=True)
class Hall:
    """The screens of one meeting in this process."""

    uid: UUID
    meeting_id: int
    screens: set[Screen] = field(default_factory=set)
    last: Look | None = None
    task: "asyncio.Task[None] | None" = None

    async def watch(self) -> None:
        """Look again and again while somebody watches."""
        while self.screens:
            await asyncio.sleep(BEAT)
            try:
                await self.beat()
            except asyncio.CancelledError:
                raise
            except Exception:
                # The database is away: screens keep what they show, and pages refuse by themselves.
                log.exception("a look at the meeting failed", extra={"event": "meeting_look"})

    async def beat(self) -> None:
        """One look, and what follows from it."""
        screens = list(self.screens)
        found = await database_sync_to_async(look)(self.meeting_id, screens)
        before, self.last = self.last, found
        for screen in screens:
            if not found.knows(screen.passed):
                await screen.cut(NOT_SIGNED_IN)
        if before == found:
            return
        if before is None:
            # What changed before the first look: a page that is behind asks for it.
            await self._ring({"type": "ring", "what": "head", "revision": found.revision})
            return
        if (before.rules, before.seats) != (found.rules, found.seats):
            await self._ring({"type": "ring", "what": "rules", "revision": found.revision})
        elif before.revision != found.revision:
            await self._ring({"type": "ring", "what": "head", "revision": found.revision})
        await self._admit_again()

    async def _ring(self, frame: dict[str, Any]) -> None:
        for screen in list(self.screens):
            if frame["what"] == "rules":
                screen.forget()
            await screen.tell(frame)

    async def _admit_again(self) -> None:
        for screen in list(self.screens):
            try:
                screen.passed = await database_sync_to_async(admitted)(screen.scope, self.uid, screen.passed.kind)
            except Shut as shut:
                await screen.cut(shut.code if shut.code == NOT_SIGNED_IN else ENDED)


_HALLS: dict[tuple[int, UUID], Hall] = {}


def enter(uid: UUID, screen: Screen) -> Hall:
    """Join the screens of a meeting; the first one begins the looking."""
    key = (id(asyncio.get_running_loop()), uid)
    hall = _HALLS.get(key)
    if hall is None:
        hall = _HALLS[key] = Hall(uid=uid, meeting_id=screen.passed.meeting_id)
    hall.screens.add(screen)
    if hall.task is None or hall.task.done():
        hall.task = asyncio.create_task(hall.watch())
    return hall


async def depart(hall: Hall, screen: Screen) -> None:
    """Leave; the last one ends the looking."""
    hall.screens.discard(screen)
    if not hall.screens:
        _HALLS.pop((id(asyncio.get_running_loop()), hall.uid), None)
        if hall.task is not None and hall.task is not asyncio.current_task():
            hall.task.cancel()


def look(meeting_id: int, screens: list[Screen]) -> Look:
    """The state that screens depend on, in a handful of small queries; also saves what a lost typist left."""
    now = clock.now()
    meeting = Meeting.objects.only("revision", "current_id").get(pk=meeting_id)
    case_id = AgendaItem.objects.filter(pk=meeting.current_id or 0).values_list("case_id", flat=True).first()
    taking = Participation.objects.filter(Q(ends=None) | Q(ends__gt=now), case_id=case_id or 0, is_open=True)
    seats = sorted(taking.values_list("pk", flat=True))
    members = ParticipationMember.objects.filter(participation__in=seats).order_by("pk").values_list("pk", flat=True)
    standing = current_memberships().filter(pk__in={screen.passed.visit.membership_id for screen in screens})
    sessions = {screen.passed.session_key for screen in screens}
    settle_left(meeting_id, at=now)
    return Look(
        revision=meeting.revision,
        rules=pulse_at(now),
        seats=f"{meeting.current_id}:{seats}:{list(members)}",
        memberships=frozenset((row.pk, " ".join(row.roles)) for row in standing),
        sessions=frozenset(
            Session.objects.filter(session_key__in=sessions, expire_date__gt=now).values_list("session_key", flat=True)
        ),
    )
