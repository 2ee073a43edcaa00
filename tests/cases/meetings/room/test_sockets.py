"""The sockets of the screens: who may watch, what is typed reaches whom, nothing typed is lost, rights that end."""

import asyncio
import json
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from asgiref.testing import ApplicationCommunicator
from channels.routing import URLRouter
from channels.sessions import CookieMiddleware, SessionMiddleware
from django.conf import settings
from django.test import TestCase

from agreements.covenants.commands import suspend_covenant
from agreements.covenants.rules import operator
from audit.journal.models import Entry
from cases.meetings.commands import running
from cases.meetings.live import consumer, screens
from cases.meetings.models import Picture, TypedDraft
from cases.meetings.sockets import urlpatterns
from tests.cases.desk import changing, page
from tests.cases.meetings.room.stage import Sitting, sitting
from tests.invariants.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
APPLICATION = CookieMiddleware(SessionMiddleware(URLRouter(urlpatterns)))
SOON, NEVER = 8, 0.4


@pytest.fixture
def stage(world: World, monkeypatch: pytest.MonkeyPatch) -> Sitting:
    # Looks come when a test calls for one: between its steps nothing else happens.
    monkeypatch.setattr(screens, "BEAT", 3600)
    monkeypatch.setattr(consumer, "KEEP_AFTER", 0.02)
    # As Django's test client does: the test's own transaction is not a connection that was left behind.
    monkeypatch.setattr("channels.db.close_old_connections", lambda: None)
    stage = sitting(world)
    stage.comes("ruben", "POL-MD")
    stage.comes("sanne", "GEM-MD")
    return stage


class Socket(ApplicationCommunicator):
    """A browser's end of a socket, without a server between."""

    def __init__(self, path: str, cookie: str) -> None:
        headers = [(b"host", b"localhost"), (b"cookie", f"{settings.SESSION_COOKIE_NAME}={cookie}".encode())]
        scope = {"type": "websocket", "path": path, "query_string": b"", "headers": headers, "subprotocols": []}
        super().__init__(APPLICATION, scope | {"client": ("127.0.0.1", 1)})

    async def connect(self) -> None:
        await self.send_input({"type": "websocket.connect"})
        assert (await self.receive_output(timeout=SOON))["type"] == "websocket.accept"

    async def send_to(self, text: str) -> None:
        await self.send_input({"type": "websocket.receive", "text": text})

    async def receive_from(self) -> str:
        found = await self.receive_output(timeout=SOON)
        assert found["type"] == "websocket.send", found
        return str(found["text"])

    async def disconnect(self) -> None:
        await self.send_input({"type": "websocket.disconnect", "code": 1000})
        # `wait` keeps silent about a screen that has to be killed.
        await asyncio.wait({self.future}, timeout=SOON)
        assert self.future.done()
        await self.wait(timeout=SOON)


class Screen:
    """A screen at its socket."""

    def __init__(self, stage: Sitting, key: str, kind: str) -> None:
        cookie = page(stage.world, key).cookies[settings.SESSION_COOKIE_NAME].value if key else ""
        self.stage, self.client, self.cookie = stage, uuid4(), cookie
        self.socket = Socket(f"/ws/overleg/{stage.meeting.uid}/{kind}/", cookie)

    async def open(self) -> "Screen":
        await self.socket.connect()
        assert (await self.frame("hello"))["version"] == 1
        return self

    async def frame(self, *types: str) -> dict[str, Any]:
        """The next frame of one of these types."""
        while True:
            found: dict[str, Any] = json.loads(await self.socket.receive_from())
            if found["type"] in types:
                return found

    async def type(self, item: UUID, text: str, seq: int, **more: Any) -> None:
        frame = {"type": "typing", "item": str(item), "domain": "work", "text": text, "seq": seq, "base": 0,
                 "client": str(self.client), **more}  # fmt: skip
        await self.socket.send_to(json.dumps(frame))

    async def hears_nothing(self, *types: str) -> bool:
        """Whether none of these comes."""
        while not await self.socket.receive_nothing(timeout=NEVER):
            if json.loads(await self.socket.receive_from())["type"] in types:
                return False
        return True

    async def leave(self) -> None:
        await self.socket.disconnect()


async def do(act: Callable[[], Any]) -> Any:
    """Something in the database, with its bell."""

    def run() -> Any:
        with TestCase.captureOnCommitCallbacks(execute=True):
            return act()

    return await sync_to_async(run)()


def at_screens(stage: Sitting, *who: tuple[str, str]) -> Callable[[Any], None]:
    """Run a story with these screens open."""

    def tell(story: Any) -> None:
        async def all_of_it() -> None:
            item = await sync_to_async(lambda: stage.item.uid)()
            made = [await sync_to_async(Screen)(stage, key, kind) for key, kind in who]
            opened = [await one.open() for one in made]
            try:
                await story(item, *opened)
            finally:
                for one in opened:
                    await one.leave()

        async_to_sync(all_of_it)()

    return tell


def joint(stage: Sitting) -> Picture:
    return Picture.objects.get(item=stage.item, joint=True)


@pytest.mark.parametrize(
    ("key", "kind", "code"),
    [
        ("", "mee", 4401),
        ("ruben", "scherm", 4404),
        ("ruben", "voorzitter", 4404),
        ("hanneke", "mee", 4404),
        ("ineke", "mee", 4404),
    ],
)
def test_who_may_not_watch_hears_why_and_is_closed_with_its_code(
    stage: Sitting, key: str, kind: str, code: int
) -> None:
    screen = Screen(stage, key, kind)

    async def story() -> tuple[dict[str, Any], int]:
        await screen.socket.connect()
        said = json.loads(await screen.socket.receive_from())
        closed = await screen.socket.receive_output(timeout=SOON)
        return said, closed["code"]

    said, closed = async_to_sync(story)()
    assert (said["type"], closed) == ("revoked", code)


def test_key_presses_reach_the_wall_and_everybody_present_and_are_kept(stage: Sitting) -> None:
    since = Entry.objects.order_by("-id").first().id

    @at_screens(stage, ("nadia", "voorzitter"), ("nadia", "scherm"), ("ruben", "mee"), ("sanne", "mee"))
    async def story(item: UUID, chair: Screen, *others: Screen) -> None:
        await chair.type(item, "Hij", 1)
        await chair.type(item, "Hij haakt af", 2, done=True)
        for other in others:
            assert (await other.frame("typed"))["text"] == "Hij"
            found = await other.frame("typed")
            assert (found["text"], found["domain"], found["by"]) == ("Hij haakt af", "work", str(chair.client))
        kept = await chair.frame("stored")
        while not kept["saved"]:
            kept = await chair.frame("stored")
        assert (kept["seq"], kept["base"] > 0) == (2, True)

    assert joint(stage).heard == "GEM-MD POL-MD ZVH-MD"
    typed = Entry.objects.filter(id__gt=since, event_type="meeting.typed")
    shown = Entry.objects.filter(id__gt=since, event_type="case.shown")
    # Per screen once, not per key; the wall's for each of the two agencies present as well.
    assert (typed.count(), shown.count()) == (4, 2)


def test_a_school_that_comes_in_hears_nothing_of_what_was_typed_before(stage: Sitting) -> None:
    @at_screens(stage, ("nadia", "voorzitter"), ("nadia", "scherm"), ("peter", "mee"))
    async def story(item: UUID, chair: Screen, wall: Screen, school: Screen) -> None:
        await chair.type(item, "Zonder de school", 1, done=True)
        assert (await wall.frame("typed"))["text"] == "Zonder de school"
        assert await school.hears_nothing("typed")
        await do(lambda: stage.comes("peter", "OND-BAKEN"))
        assert (await wall.frame("ring"))["what"] in ("work", "attendance")
        await chair.type(item, "Zonder de school, en meer", 2, done=True)
        assert await school.hears_nothing("typed")
        assert await wall.hears_nothing("typed")

    assert "OND-BAKEN" not in joint(stage).heard


def test_with_the_school_present_from_the_start_it_reads_along(stage: Sitting) -> None:
    stage.comes("peter", "OND-BAKEN")

    @at_screens(stage, ("nadia", "voorzitter"), ("nadia", "scherm"), ("peter", "mee"))
    async def story(item: UUID, chair: Screen, wall: Screen, school: Screen) -> None:
        await chair.type(item, "Met de school", 1)
        assert (await school.frame("typed"))["text"] == (await wall.frame("typed"))["text"] == "Met de school"


def test_only_who_leads_types(stage: Sitting) -> None:
    @at_screens(stage, ("ruben", "mee"), ("nadia", "scherm"))
    async def story(item: UUID, guest: Screen, wall: Screen) -> None:
        await guest.type(item, "Van de politie", 1)
        assert (await guest.frame("revoked"))["code"] == "bad_frame"
        assert await wall.hears_nothing("typed")

    assert not TypedDraft.objects.filter(item=stage.item).exists()


def test_what_was_typed_last_is_kept_when_the_connection_is_lost(stage: Sitting) -> None:
    @at_screens(stage, ("nadia", "voorzitter"))
    async def story(item: UUID, chair: Screen) -> None:
        await chair.type(item, "Tot de laatste letter", 1)
        await chair.frame("stored")
        await chair.type(item, "Tot de laatste letters", 2)
        await chair.leave()

    assert joint(stage).submission is not None
    assert not TypedDraft.objects.filter(item=stage.item).exists()


def test_a_resend_after_a_lost_answer_makes_no_clash_and_no_second_version(stage: Sitting) -> None:
    @at_screens(stage, ("nadia", "voorzitter"))
    async def story(item: UUID, chair: Screen) -> None:
        for seq in (1, 2):
            await chair.type(item, "Dezelfde tekst", seq, done=True)
            kept = await chair.frame("stored", "refused")
            assert kept["type"] == "stored"

    assert Picture.history.filter(case=stage.case).count() == 1


def test_two_pages_that_type_at_once_both_hear_that_they_do(stage: Sitting) -> None:
    @at_screens(stage, ("nadia", "voorzitter"), ("nadia", "scherm"))
    async def story(item: UUID, chair: Screen, wall: Screen) -> None:
        await chair.type(item, "Van het eigen scherm", 1, done=True)
        await chair.frame("stored")
        await wall.type(item, "Van het grote scherm", 1, done=True)
        clash = await wall.frame("refused")
        assert (clash["code"], clash["domain"]) == ("typed_over", "work")


@pytest.mark.parametrize(
    "text",
    ["", "geen json", "[]", "{}", '{"type": "iets"}', '{"type": "typing"}',
     '{"type": "typing", "item": "x", "domain": "work", "text": "", "seq": 1, "client": "y"}',
     json.dumps({"type": "typing", "item": str(UUID(int=1)), "client": str(UUID(int=2)), "domain": "work",
                 "text": "x" * 5000, "seq": 1})],
)  # fmt: skip
def test_a_frame_that_is_none_closes_with_its_code(stage: Sitting, text: str) -> None:
    @at_screens(stage, ("nadia", "voorzitter"))
    async def story(item: UUID, chair: Screen) -> None:
        await chair.socket.send_to(text)
        assert (await chair.frame("revoked"))["code"] == "bad_frame"
        assert (await chair.socket.receive_output(timeout=SOON))["code"] == 4400


def test_who_floods_is_cut(stage: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consumer, "BURST", 5)

    @at_screens(stage, ("nadia", "voorzitter"))
    async def story(item: UUID, chair: Screen) -> None:
        for _ in range(12):
            await chair.socket.send_to('{"type": "hello"}')
        assert (await chair.frame("revoked"))["code"] == "too_fast"


def test_every_change_rings_all_screens(stage: Sitting) -> None:
    @at_screens(stage, ("nadia", "scherm"), ("ruben", "mee"))
    async def story(item: UUID, *all_of: Screen) -> None:
        await do(lambda: running.pause(stage.by("nadia"), stage.meeting.uid))
        for screen in all_of:
            assert (await screen.frame("ring"))["what"] == "clock"


async def look(stage: Sitting) -> None:
    for hall in list(screens._HALLS.values()):
        if hall.uid == stage.meeting.uid:
            await hall.beat()


def test_a_ring_that_was_lost_is_found_by_the_next_look(stage: Sitting) -> None:
    @at_screens(stage, ("nadia", "scherm"))
    async def story(item: UUID, wall: Screen) -> None:
        await look(stage)
        before = (await wall.frame("ring"))["revision"]
        # Its bell never rings: nobody takes what the transaction left to be done after it.
        await sync_to_async(lambda: running.pause(stage.by("nadia"), stage.meeting.uid))()
        await look(stage)
        found = await wall.frame("ring")
        assert (found["what"], found["revision"] > before) == ("head", True)


def test_a_covenant_that_is_suspended_makes_every_screen_ask_again(stage: Sitting) -> None:
    @at_screens(stage, ("nadia", "scherm"), ("peter", "mee"))
    async def story(item: UUID, wall: Screen, school: Screen) -> None:
        await look(stage)
        await sync_to_async(suspend_covenant)("JS-MD", reason="proef", by=operator("tests"))
        await look(stage)
        for screen in (wall, school):
            found = await screen.frame("ring")
            while found["what"] == "head":
                found = await screen.frame("ring")
            assert found["what"] == "rules"


def test_a_participant_that_leaves_the_case_is_noticed_and_hears_no_key_any_more(stage: Sitting) -> None:
    def end() -> None:
        with changing():
            stage.case.participations.filter(agency__code="POL-MD").update(is_open=False)

    @at_screens(stage, ("nadia", "voorzitter"), ("ruben", "mee"))
    async def story(item: UUID, chair: Screen, police: Screen) -> None:
        await chair.type(item, "Nog met de politie", 1)
        assert (await police.frame("typed"))["text"] == "Nog met de politie"
        await look(stage)
        await sync_to_async(end)()
        await look(stage)
        found = await police.frame("ring")
        while found["what"] == "head":
            found = await police.frame("ring")
        assert found["what"] == "rules"
        await chair.type(item, "Zonder de politie", 2)
        assert await police.hears_nothing("typed")


def test_who_is_signed_out_or_no_longer_works_there_is_cut(stage: Sitting) -> None:
    from django.contrib.sessions.models import Session

    def dismiss() -> None:
        with changing():
            stage.world.people["sanne"].memberships.update(ends=stage.by("nadia").at)

    @at_screens(stage, ("ruben", "mee"), ("sanne", "mee"), ("nadia", "scherm"))
    async def story(item: UUID, police: Screen, town: Screen, wall: Screen) -> None:
        await look(stage)
        await sync_to_async(Session.objects.filter(session_key=police.cookie).delete)()
        await sync_to_async(dismiss)()
        await look(stage)
        assert (await police.frame("revoked"))["code"] == "not_signed_in"
        assert (await town.frame("revoked"))["code"] == "not_signed_in"
        assert await wall.hears_nothing("revoked")


def test_nothing_that_is_typed_stands_open_in_the_layer() -> None:
    from cases.meetings.commands.joint_view import Typed
    from cases.meetings.live.typing import Keys, opened_from_layer, sealed_for_layer

    keys = Keys(item=uuid4(), typed=Typed(domain="work", text="Geheim", client=uuid4(), seq=3), done=False)

    closed = sealed_for_layer(keys)

    assert "Geheim" not in closed
    assert opened_from_layer(closed) == keys
