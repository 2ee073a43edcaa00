"""Invariants 1 and 6 for pushes: what leaves for a push service, for every persona and every event of the world.

Each device is a real subscription and each push a real request, opened with the key of the device.
"""

from dataclasses import dataclass
from typing import Any

import pytest
import time_machine
from django.db import connection
from http_ece import decrypt

from foundation import clock
from realtime.channels.models import ChannelMember, Event
from realtime.push import tasks
from realtime.push.models import PushSubscription
from realtime.push.sending import WORDS
from tests.cases.desk import hat_of, page
from tests.invariants.crawl import found_in
from tests.invariants.plants.channels import CHANNELS, TEAM
from tests.invariants.rewriting import rewrite, withheld
from tests.invariants.test_01_marker_crawl import PERSONAS, _purpose
from tests.invariants.test_06_silence import _undone
from tests.invariants.world import Marker, World
from tests.realtime.test_push import AUTH, KEY, Service, body, service

__all__ = ["service"]
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
OFTEN = frozenset({"authorization", "host", "content-type", "user-agent", "accept", "accept-encoding", "connection"})
"""Headers that say who sends and how, not what: the same for all, or made of chance (a signature)."""


@dataclass(frozen=True)
class Push:
    """One request to a push service: for whom, its headers, how many bytes, and the words in it."""

    to: str
    headers: tuple[tuple[str, str], ...]
    size: int
    words: bytes


def _turned_on(world: World, service: Service) -> None:
    """A device of everybody in the crawl, also of who is in no channel."""
    for key in sorted({*PERSONAS, *(key for team in TEAM.values() for key in team)}):
        answer = page(world, key).post("/straat/push/aan/", body(service, key), content_type="application/json")
        # Who works in no case is refused, and so never woken.
        assert answer.status_code in (204, 403), key


def _rung(service: Service, event: Event) -> list[Push]:
    """What leaves when this event is told, in the order of the receivers."""
    service.got.clear()
    tasks.ring.func(event.pk)
    return [
        Push(
            to=path.strip("/"), size=len(sent),
            headers=tuple(sorted((name, value) for name, value in headers.items() if name not in OFTEN)),
            words=decrypt(sent, private_key=KEY, auth_secret=AUTH, version="aes128gcm"),
        )
        for path, headers, sent in sorted(service.got)
    ]  # fmt: skip


def _events() -> list[Event]:
    found = Event.objects.filter(channel__uid__in=CHANNELS.values()).order_by("channel", "seq")
    return list(found.select_related("source", "case", "target__source", "target__case"))


def _knows(world: World, key: str, event: Event | None) -> bool:
    """Whether the oracle lets them know of anything in it, for the purpose that goes without saying."""
    if event is None:
        return True
    hat = hat_of(world, key)
    with connection.cursor() as cursor:
        cursor.execute('SELECT "values" FROM realtime_event WHERE id = %s', [event.pk])
        (stored,) = cursor.fetchone()
    words = [one for one in world.markers if one.in_street and str(one.value) in str(stored)]
    assert words
    purpose = _purpose(world, hat, event.case.number)
    return (event.source.code == hat.agency.code and not event.heard) or any(
        world.expected(one, agency=hat.agency, roles=frozenset(hat.roles), purpose=purpose) != "silent"
        for one in words
    )  # fmt: skip


def test_only_members_who_may_know_are_woken_and_every_push_is_the_same(world: World, service: Service) -> None:
    _turned_on(world, service)
    seen: set[tuple[int, bytes]] = set()
    woken: set[str] = set()
    for event in _events():
        PushSubscription.objects.update(rung_at=None)
        number = event.case.number
        pushes = _rung(service, event)
        author = ChannelMember.objects.filter(pk=event.author_id).values_list("membership_id", flat=True).first()
        expected = sorted(
            key for key in TEAM[number]
            if hat_of(world, key).pk != author and _knows(world, key, event) and _knows(world, key, event.target)
        )  # fmt: skip
        assert [one.to for one in pushes] == expected, f"{event.kind} of {event.source.code} in {number}"
        woken |= set(expected)
        seen |= {(one.size, one.words) for one in pushes}
        for one in pushes:
            assert found_in(world, one.words.decode() + str(one.headers)) == ()
            assert dict(one.headers)["topic"] == ("alarm" if event.kind == "alarm" else "nieuws")
            for name in (str(event.uid), str(event.channel.uid), number, event.source.code, event.channel.title):
                assert name not in str(one.headers)
    assert len(seen) == 1, "a push differs from another in length or in bytes"
    assert next(iter(seen))[1] == WORDS
    assert len(woken) > 3


@pytest.mark.parametrize("key", ["joost", "margot"])
def test_withheld_words_wake_nobody_and_take_nothing_from_the_next_push(
    world: World, service: Service, key: str
) -> None:
    """All events in order with the clock standing still: a silent one may not even use up the quiet minute."""
    hat = hat_of(world, key)
    numbers = [number for number, team in TEAM.items() if key in team]
    silent = withheld(world, hat, {_purpose(world, hat, number) for number in numbers} - {""})
    assert any(marker.in_street for marker in silent), "from whom nothing is withheld tests nothing"
    with time_machine.travel(clock.now(), tick=False):
        before = _undone(lambda: _to(world, service, key))
        assert before["pushes"]
        for change in ("other", "absent"):
            after = _undone(lambda change=change: _changed(world, service, key, silent, change))
            assert after == before, f"pushes betray to {key} that withheld words are {change}"


def _changed(world: World, service: Service, key: str, silent: set[Marker], change: str) -> dict[str, Any]:
    assert rewrite(world, silent, change, reader=hat_of(world, key).agency) > 0
    return _to(world, service, key)


def _to(world: World, service: Service, key: str) -> dict[str, Any]:
    """Every push to one persona's device, in order."""
    answer = page(world, key).post("/straat/push/aan/", body(service, key), content_type="application/json")
    assert answer.status_code == 204
    return {"pushes": [push for event in _events() for push in _rung(service, event)]}
