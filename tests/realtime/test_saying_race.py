"""Somebody says something while the channel changes: the message waits, and stands by what is true after the wait."""

import threading
import time
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection, transaction

from agreements.models import Professional
from audit.journal.models import Entry
from foundation.errors import Problem
from realtime.channels.commands.members import put_out
from realtime.channels.commands.opening import close
from realtime.channels.models import Event
from realtime.channels.rights import ChannelClosed, NotYourChannel
from tests.audit.flushing import let_flush_through
from tests.invariants.world import World, load_house
from tests.realtime.stage import Street, street

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.skipif(
        "connection.vendor == 'sqlite'", reason="the suite's SQLite store has one writer and no threads"
    ),
]
let_flush_through()


@pytest.fixture
def stage() -> Street:
    load_house()
    return street(World(people={one.demo_key: one for one in Professional.objects.exclude(demo_key=None)}))


def said_while(change: Callable[[], object], say: Callable[[], object]) -> list[object]:
    """What came of `say`, which began after `change` was made and before it was committed."""
    came: list[object] = []

    def speak() -> None:
        try:
            came.append(say())
        except Problem as refused:
            came.append(refused)
        finally:
            connection.close()

    with transaction.atomic():
        change()
        thread = threading.Thread(target=speak)
        thread.start()
        wait_for_a_lock()
        assert came == []
    thread.join(20)
    return came


def wait_for_a_lock() -> None:
    with connection.cursor() as cursor:
        for _ in range(400):
            cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted AND transactionid IS NOT NULL)")
            if cursor.fetchone() == (True,):
                return
            time.sleep(0.025)
    raise AssertionError("nobody waits")


def journalled() -> int:
    return Entry.objects.filter(event_type="channel.said").count()


def test_who_is_put_out_meanwhile_has_said_nothing(stage: Street) -> None:
    stage.says("farid", ("street_message", "ik sta bij de brug"))
    entries, events = journalled(), Event.objects.count()
    out = stage.member("farid").uid

    (came,) = said_while(
        lambda: put_out(stage.by("anouk"), stage.channel.uid, member=out),
        lambda: stage.says("farid", ("street_message", "en nu bij de kade")),
    )

    assert isinstance(came, NotYourChannel)
    assert journalled() == entries
    assert Event.objects.count() == events + 1  # that he was put out
    assert stage.fresh().head == events + 1


def test_a_channel_that_closes_meanwhile_took_nothing(stage: Street) -> None:
    entries = journalled()

    (came,) = said_while(
        lambda: close(stage.by("anouk"), stage.channel.uid),
        lambda: stage.says("esra", ("street_message", "er is nog iemand")),
    )

    assert isinstance(came, ChannelClosed)
    assert journalled() == entries
    assert not Event.objects.filter(kind="message").exists()


def test_what_others_say_meanwhile_comes_first_and_leaves_no_gap(stage: Street) -> None:
    (came,) = said_while(
        lambda: stage.says("esra", ("street_message", "eerst dit")),
        lambda: stage.says("farid", ("street_message", "dan dat")),
    )

    assert isinstance(came, Event)
    assert list(Event.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, stage.fresh().head + 1))
    assert came.seq == stage.fresh().head


def test_the_same_message_from_two_tabs_at_once_is_one(stage: Street) -> None:
    client, entries = uuid4(), journalled()
    first: list[Event] = []

    (came,) = said_while(
        lambda: first.append(stage.says("esra", ("street_message", "eenmaal"), client=client)),
        lambda: stage.says("esra", ("street_message", "eenmaal"), client=client),
    )

    assert isinstance(came, Event)
    assert came.pk == first[0].pk
    assert Event.objects.filter(client=client).count() == 1
    assert journalled() == entries + 1
    assert list(Event.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, stage.fresh().head + 1))
