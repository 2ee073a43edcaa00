"""Sockets of channels: what is said reaches who may know it, once and in order; the rest leaves no trace."""

from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async

from audit.journal.models import Entry
from realtime.channels.commands import members
from realtime.channels.models import Event
from realtime.live.door import look
from realtime.live.watch import _WATCHES
from tests.invariants.world import World
from tests.realtime.stage import Phone, Street, do, street, with_phones

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def stage(world: World, monkeypatch: pytest.MonkeyPatch) -> Street:
    # As Django's test client does: the test's own transaction is not a connection that was left behind.
    monkeypatch.setattr("channels.db.close_old_connections", lambda: None)
    monkeypatch.setattr("realtime.live.hub.BEAT", 0.05)
    return street(world)


def test_what_is_said_reaches_everybody_once_and_in_order(stage: Street) -> None:
    since = Entry.objects.order_by("-id").first().id

    @with_phones(stage, "esra", "farid", "joost")
    async def story(esra: Phone, farid: Phone, joost: Phone) -> None:
        for number in range(5):
            client = await esra.say(f"bericht {number}")
            assert (await esra.frame("accepted"))["client"] == str(client)
        for phone in (farid, joost, esra):
            while len(phone.texts) < 5:
                await phone.frame("event")
            assert phone.texts == [f"bericht {number}" for number in range(5)]

    told = Entry.objects.filter(id__gt=since, event_type="channel.told")
    assert {entry.actor_ref for entry in told} == {
        f"professional:{stage.world.people[key].uuid}" for key in ("esra", "farid", "joost")
    }


def test_a_silent_message_leaves_no_trace_and_no_gap(stage: Street) -> None:
    @with_phones(stage, "esra", "farid", "joost")
    async def story(esra: Phone, farid: Phone, joost: Phone) -> None:
        await esra.say("Wij staan bij de brug.")
        await esra.say("Twee man op de kade.", field="hotspot_note")
        await esra.say("Wij blijven nog even.")
        while len(farid.texts) < 3:
            await farid.frame("event")
        while len(joost.texts) < 2:
            await joost.frame("event")
        assert joost.texts == ["Wij staan bij de brug.", "Wij blijven nog even."]
        assert "kade" not in str(joost.frames).lower().replace("kade 9", "")
        # `keep` has checked that each event named the one before it.
        assert len(joost.events) >= 2


def test_the_same_message_again_is_stored_once(stage: Street) -> None:
    client = uuid4()

    @with_phones(stage, "esra")
    async def story(esra: Phone) -> None:
        first = await _accepted(esra, client)
        again = await _accepted(esra, client)
        assert first["event"] == again["event"]

    assert Event.objects.filter(channel=stage.channel, client=client).count() == 1


async def _accepted(phone: Phone, client: Any) -> dict[str, Any]:
    await phone.say("Ik ga erheen.", client=client)
    return await phone.frame("accepted")


def test_after_an_absence_the_phone_gets_what_it_missed_once_and_in_order(stage: Street) -> None:
    @with_phones(stage, "esra", "farid")
    async def story(esra: Phone, farid: Phone) -> None:
        await esra.say("een")
        while len(farid.texts) < 1:
            await farid.frame("event")
        await farid.leave()
        for text in ("twee", "drie"):
            await esra.say(text)
            await esra.frame("accepted")
        await farid.open(after=farid.events[-1]["id"])
        await farid.settled()
        assert farid.texts == ["een", "twee", "drie"]
        assert farid.frames[-1]["last"] == farid.events[-1]["id"]


def test_a_member_who_is_put_out_is_cut_and_told_nothing_more(stage: Street) -> None:
    @with_phones(stage, "esra", "farid")
    async def story(esra: Phone, farid: Phone) -> None:
        def out() -> None:
            members.put_out(stage.by("anouk"), stage.channel.uid, member=stage.member("farid").uid)

        await do(out)
        assert (await farid.frame("revoked"))["code"] == "right_ended"
        assert (await farid.frame("close"))["code"] == 4403
        await esra.say("Alleen voor wie er nog is.")
        await esra.frame("accepted")
        assert "Alleen voor wie er nog is." not in farid.texts


@pytest.mark.parametrize("key", ["hanneke", "ruben"])
def test_who_is_no_member_gets_no_ticket(stage: Street, key: str) -> None:
    assert Phone(stage, key).ticket() == ""


def test_a_ticket_is_good_once_and_only_for_its_channel(stage: Street) -> None:
    used = Phone(stage, "esra").ticket()

    @with_phones(stage)
    async def story() -> None:
        first = await sync_to_async(Phone)(stage, "esra")
        await (await first.open(ticket=used)).settled()
        for ticket in (used, "", "x" * 40):
            again = await sync_to_async(Phone)(stage, "esra")
            await again.open(ticket=ticket)
            assert (await again.frame("close"))["code"] == 4401
        await first.leave()


def test_who_comes_in_during_a_look_is_not_taken_for_signed_out(stage: Street) -> None:
    @with_phones(stage, "esra")
    async def story(esra: Phone) -> None:
        hub = next(one for watch in _WATCHES.values() for one in watch.hubs.values())
        asked = list(hub.sockets)
        channel = stage.channel.pk
        found = (await sync_to_async(look)({channel: [one.passed.ticket for one in asked]}))[channel]
        farid = await (await (await sync_to_async(Phone)(stage, "farid")).open()).settled()

        hub.notice(found, hub.tokens, asked)

        assert len(hub.sockets) == 2
        assert farid.code is None
        await farid.leave()
