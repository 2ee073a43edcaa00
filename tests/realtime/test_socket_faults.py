"""What goes wrong on a socket: the journal away, a right that ends, limits, a phone that takes nothing, tickets."""

import asyncio
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.contrib.sessions.models import Session

from agreements.models import Membership
from audit.journal.errors import JournalUnavailable
from foundation import clock
from foundation.errors import Invalid
from realtime.channels.commands import members
from realtime.channels.models import Channel, Event
from realtime.channels.telling import tell
from realtime.live import hub
from tests.cases.desk import changing, hat_of
from tests.invariants.world import World
from tests.realtime.stage import Phone, Street, do, street, with_phones

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
BEAT = hub.BEAT


@pytest.fixture
def stage(world: World, monkeypatch: pytest.MonkeyPatch) -> Street:
    monkeypatch.setattr("channels.db.close_old_connections", lambda: None)
    monkeypatch.setattr("realtime.live.hub.BEAT", 0.05)
    return street(world)


def test_without_the_journal_nothing_is_stored_and_the_sender_is_told_to_try_again(
    stage: Street, settings: Any
) -> None:
    client = uuid4()

    @with_phones(stage, "esra", "farid")
    async def story(esra: Phone, farid: Phone) -> None:
        key, settings.JOURNAL_KEY = settings.JOURNAL_KEY, ""
        await esra.say("Zonder logboek.", client=client)
        refused = await esra.frame("refused")
        assert (refused["code"], refused["again"]) == ("journal_unavailable", True)
        assert not await sync_to_async(Event.objects.filter(client=client).exists)()
        settings.JOURNAL_KEY = key
        await esra.say("Zonder logboek.", client=client)
        await esra.frame("accepted")
        await farid.frame("event")
        assert farid.texts == ["Zonder logboek."]


def test_what_cannot_be_journalled_is_told_to_nobody_until_it_can(
    stage: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_given: Any, **_more: Any) -> None:
        raise JournalUnavailable("weg")

    @with_phones(stage, "esra", "farid")
    async def story(esra: Phone, farid: Phone) -> None:
        monkeypatch.setattr("realtime.live.turn.tell", away)
        await esra.say("Wij staan bij de brug.")
        await esra.frame("accepted")
        await asyncio.sleep(0.4)
        assert [one for one in farid.socket.output_queue._queue if '"type":"event"' in one.get("text", "")] == []
        monkeypatch.setattr("realtime.live.turn.tell", tell)
        await farid.frame("event")
        assert farid.texts == ["Wij staan bij de brug."]


def _put_out(stage: Street) -> None:
    members.put_out(stage.by("anouk"), stage.channel.uid, member=stage.member("farid").uid)


def _sign_out(stage: Street) -> None:
    Session.objects.all().delete()


def _end_membership(stage: Street) -> None:
    with changing():
        Membership.objects.filter(pk=hat_of(stage.world, "farid").pk).update(ends=clock.now())


def _leave_case(stage: Street) -> None:
    with changing():
        stage.case.participations.filter(agency__code="JW-HAVEN").update(is_open=False, ends=clock.now())


def _close(stage: Street) -> None:
    with changing():
        Channel.objects.filter(pk=stage.channel.pk).update(closed_at=clock.now())


@pytest.mark.parametrize(
    ("end", "code"),
    [(_put_out, 4403), (_sign_out, 4401), (_end_membership, 4401), (_leave_case, 4403), (_close, 4403)],
)
def test_a_right_that_ends_cuts_every_socket_of_it_within_a_second(
    stage: Street, monkeypatch: pytest.MonkeyPatch, end: Callable[[Street], None], code: int
) -> None:
    monkeypatch.setattr("realtime.live.hub.BEAT", BEAT)

    @with_phones(stage, "farid", "farid", "farid")
    async def story(*phones: Phone) -> None:
        # Straight in the database: no bell rings, as when another process did it and its ring was lost.
        await sync_to_async(end)(stage)
        began = time.monotonic()
        assert {(await phone.frame("close"))["code"] for phone in phones} == {code}
        assert time.monotonic() - began < 1.0


def test_a_frame_that_is_too_large_or_no_frame_ends_the_line(stage: Street) -> None:
    @with_phones(stage)
    async def story() -> None:
        for text in (
            '{"type": "say", "x": "' + "a" * 17_000 + '"}',
            "geen json",
            "[1]",
            '{"type": "say"}',
            "[" * 9_000,
        ):
            phone = await (await (await sync_to_async(Phone)(stage, "esra")).open()).settled()
            await phone.socket.send_input({"type": "websocket.receive", "text": text})
            assert (await phone.frame("close"))["code"] == 4400


def test_who_sends_too_fast_is_asked_to_wait_and_then_cut(stage: Street, settings: Any) -> None:
    settings.CHANNEL_BURST, settings.CHANNEL_RATE = 3, 0.001

    @with_phones(stage, "esra", "farid")
    async def story(esra: Phone, farid: Phone) -> None:
        for number in range(12):
            await esra.say(f"bericht {number}")
        refused = await esra.frame("refused")
        assert (refused["code"], refused["again"]) == ("too_fast", True)
        assert refused["said"]
        assert (await esra.frame("close"))["code"] == 4429
        # Others go on.
        await farid.say("Hier is het rustig.")
        await farid.frame("accepted")


def test_a_text_that_is_too_long_is_refused_with_what_to_do(stage: Street) -> None:
    @with_phones(stage, "esra")
    async def story(esra: Phone) -> None:
        half = {"field": "street_message", "text": "a" * 1_500}
        await esra.send({"type": "say", "client": str(uuid4()), "pieces": [half, half]})
        refused = await esra.frame("refused")
        assert refused["said"]
        assert refused["remedy"]
        assert refused["field"] == "pieces"
        assert not refused.get("again")


def test_a_process_has_room_for_so_many_sockets(stage: Street, settings: Any) -> None:
    @with_phones(stage, "esra")
    async def story(esra: Phone) -> None:
        settings.CHANNEL_MAX_SOCKETS = 1
        farid = await (await sync_to_async(Phone)(stage, "farid")).open()
        assert (await farid.frame("revoked"))["code"] == "too_many_sockets"
        assert (await farid.frame("close"))["code"] == 4503
        await farid.leave()
        # Who is in stays in.
        await esra.say("Ik ben er nog.")
        await esra.frame("accepted")


def test_a_channel_has_room_for_so_many_members(stage: Street, settings: Any) -> None:
    settings.CHANNEL_MAX_MEMBERS = stage.channel.members.filter(left_at=None).count()
    with pytest.raises(Invalid) as refused:
        members.invite(stage.by("anouk"), stage.channel.uid, membership=hat_of(stage.world, "ruben").pk)
    assert refused.value.field == "members"
    assert refused.value.remedy


def test_a_ticket_is_in_no_address_and_does_not_count_there(stage: Street) -> None:
    made = Phone(stage, "esra").browser.post(f"/straat/{stage.channel.uid}/kaartje/").json()
    assert made["path"] == f"/ws/kanaal/{stage.channel.uid}/"

    @with_phones(stage)
    async def story() -> None:
        phone = await sync_to_async(Phone)(stage, "esra")
        phone.query = f"ticket={made['ticket']}".encode()
        await phone.open(ticket="")
        assert (await phone.frame("close"))["code"] == 4401


def test_a_phone_that_takes_nothing_slows_nobody_and_gets_it_all_in_order_later(
    stage: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("realtime.live.consumer.MOST_WAITING", 4)
    # More is missed than is read in one go.
    monkeypatch.setattr("realtime.live.catching_up.LONG_AWAY", 6)
    monkeypatch.setattr("realtime.live.catching_up.BLOCK", 3)
    said = [f"bericht {number}" for number in range(40)]

    @with_phones(stage, "farid", "joost")
    async def story(farid: Phone, joost: Phone) -> None:
        farid.socket.output_queue._maxsize = 1  # a line that is full after one frame
        for text in said:
            await do(lambda text=text: stage.says("esra", ("street_message", text)))
        while len(joost.texts) < len(said):
            await joost.frame("event")
        assert farid.texts == []
        while len(farid.texts) < len(said):
            await farid.frame("event")
        assert farid.texts == joost.texts == said


def test_one_message_from_two_tabs_at_once_is_one_event(stage: Street) -> None:
    client = uuid4()

    @with_phones(stage, "esra", "esra", "farid")
    async def story(one: Phone, other: Phone, farid: Phone) -> None:
        await asyncio.gather(*(tab.say("Ik ga erheen.", client=client) for tab in (one, other, one)))
        found = {(await tab.frame("accepted"))["event"] for tab in (one, other, one)}
        assert len(found) == 1
        await one.say("Ik ben er.")
        while len(farid.texts) < 2:
            await farid.frame("event")
        assert farid.texts == ["Ik ga erheen.", "Ik ben er."]
