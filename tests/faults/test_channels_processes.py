"""Channels on two processes with one PostgreSQL and Redis: heard on the other, Redis away and back, kill -9."""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
import websockets

from realtime.channels.bell import LONGEST
from tests.realtime.street_servers import Hanging, Street, can_run, running
from tests.realtime.wire import Wire, live, wires

URL = os.environ.get("DATABASE_URL", "")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not can_run(URL), reason="two processes share a PostgreSQL and a Redis"),
]


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    folder: Path = tmp_path_factory.mktemp("street")
    with running(folder, URL) as made:
        yield made


def with_phones(street: Street, story: Callable[[Wire, Wire, Wire], Awaitable[None]]) -> None:
    """Esra's phone on the first process, farid's on the second, and joost's on whichever is there."""

    async def all_of_it() -> None:
        hosts = [server.host for server in street.servers]
        phones = wires(street.stage, (("esra", hosts[:1]), ("farid", hosts[1:]), ("joost", hosts)))
        async with live(phones):
            await story(*phones)
        assert [phone.faults for phone in phones] == [[], [], []]

    asyncio.run(all_of_it())


def check(street: Street, phone: Wire, clients: list[str]) -> None:
    """The phone holds each of these once, in the order in which they were said."""
    uid_of = {client: uid for _seq, uid, client in street.stage.ask("log")}
    assert [uid for uid in phone.held if uid in {uid_of[one] for one in clients}] == [uid_of[one] for one in clients]


def holds_all(phone: Wire, sender: Wire, clients: list[str]) -> Callable[[], bool]:
    return lambda: all(sender.accepted.get(client) in phone.known for client in clients)


async def uids(street: Street) -> list[str]:
    return [uid for _seq, uid, _client in await asyncio.to_thread(street.stage.ask, "log")]


def test_what_is_said_on_one_process_is_heard_on_the_other_in_order(street: Street) -> None:
    async def story(esra: Wire, farid: Wire, joost: Wire) -> None:
        clients = [await esra.say(("street_message", f"bericht {number}")) for number in range(8)]
        for phone in (farid, joost):
            await phone.until(holds_all(phone, esra, clients))
            await asyncio.to_thread(check, street, phone, clients)

    with_phones(street, story)


def test_another_site_opens_no_socket(street: Street) -> None:
    async def story() -> None:
        host = street.servers[0].host
        url = f"ws://{host}/ws/kanaal/{street.stage.channel}/"
        for origin in ("https://elders.example", "null", f"http://elders.{host}"):
            with pytest.raises(websockets.InvalidStatus) as refused:
                await websockets.connect(url, additional_headers={"Origin": origin}, open_timeout=30)
            assert refused.value.response.status_code == 403

    asyncio.run(story())


def test_redis_may_be_away_and_come_back_empty(street: Street) -> None:
    async def story(esra: Wire, farid: Wire, joost: Wire) -> None:
        street.redis.kill()
        clients = [await esra.say(("street_message", f"zonder bel {number}")) for number in range(4)]
        # The watch of the other process looks by itself.
        await farid.until(holds_all(farid, esra, clients), within=15)
        await asyncio.to_thread(street.redis.start)
        clients += [await esra.say(("street_message", f"met bel {number}")) for number in range(4)]
        for phone in (farid, joost):
            await phone.until(holds_all(phone, esra, clients))
            await asyncio.to_thread(check, street, phone, clients)

    with_phones(street, story)


def test_a_redis_that_takes_connections_and_never_answers_holds_up_nobody(street: Street) -> None:
    async def story(esra: Wire, farid: Wire, joost: Wire) -> None:
        street.redis.kill()
        hanging = Hanging(street.redis.port)
        try:
            began = time.monotonic()
            clients = [await esra.say(("street_message", f"terwijl hij hangt {number}")) for number in range(4)]
            await esra.until(lambda: all(client in esra.accepted for client in clients), within=4 * LONGEST)
            # Who speaks from a process without sockets rings by itself, and waits no longer than the bell does.
            before = set(await uids(street))
            await asyncio.to_thread(street.stage.ask, "load", "1")
            loaded = set(await uids(street)) - before
            assert time.monotonic() - began < 8 * LONGEST
            # The other process looks by itself: from its cursor, with or without a bell.
            await farid.until(holds_all(farid, esra, clients), within=15)
            assert hanging.asked, "nobody rang: the test tests nothing"
        finally:
            await asyncio.to_thread(hanging.stop)
            await asyncio.to_thread(street.redis.start)
        clients += [await esra.say(("street_message", f"hij antwoordt weer {number}")) for number in range(4)]
        for phone in (farid, joost):
            await phone.until(holds_all(phone, esra, clients))
            await asyncio.to_thread(check, street, phone, clients)
        assert loaded, "the process without sockets said nothing"
        assert loaded <= farid.known & joost.known

    with_phones(street, story)


def test_a_process_killed_in_the_middle_of_telling_loses_and_doubles_nothing(street: Street) -> None:
    async def story(esra: Wire, farid: Wire, joost: Wire) -> None:
        clients = [await esra.say(("street_message", f"voor en na {number}")) for number in range(6)]
        await farid.until(lambda: any(esra.accepted.get(client) in farid.known for client in clients))
        # Farid's process dies while the others are told; then esra's, which she comes back to with her outbox.
        for server in reversed(street.servers):
            await asyncio.to_thread(server.kill)
            clients += [await esra.say(("street_message", f"terwijl hij weg is {number}")) for number in range(4)]
            server.start()
            await esra.until(lambda: not esra.outbox, within=90)
        for phone in (esra, farid, joost):
            await phone.until(holds_all(phone, esra, clients), within=90)
        found = await asyncio.to_thread(street.stage.ask, "log")
        assert all(sum(client == one[2] for one in found) == 1 for client in clients)
        order = [uid for _seq, uid, client in found if client in set(clients)]
        for phone in (esra, farid, joost):
            assert [uid for uid in phone.held if uid in set(order)] == order

    with_phones(street, story)
