"""Invariant 6 for sockets: with and without what is withheld, a phone gets the same frames, in number and in form.

Names that a store gives by chance (ids, view names) are put in the order in which they are first seen.
"""

import json
import re
from typing import Any

import pytest
import time_machine
from django.core.cache import cache

from foundation import clock
from realtime.channels.models import Channel
from tests.cases.desk import changing, hat_of
from tests.invariants.plants.channels import CHANNELS
from tests.invariants.rewriting import rewrite, withheld
from tests.invariants.street_frames import frames, purposes
from tests.invariants.test_06_silence import _undone
from tests.invariants.world import Marker, World

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
_CHANCE = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b[0-9a-f]{16}\b")


@pytest.fixture(autouse=True)
def _in_the_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("channels.db.close_old_connections", lambda: None)
    # The one turn of the hub that a phone's coming asks for; no heartbeats, which come by the clock.
    monkeypatch.setattr("realtime.live.hub.BEAT", 3600)


@pytest.mark.parametrize("key", ["joost", "farid"])
def test_withheld_words_leave_no_trace_in_any_frame(world: World, key: str) -> None:
    hat = hat_of(world, key)
    asked = {number: purposes(world, number, hat) for number in CHANNELS}
    silent = withheld(world, hat, {purpose for found in asked.values() for purpose in found if purpose})
    assert any(marker.in_street for marker in silent), "from whom nothing is withheld tests nothing"

    with time_machine.travel(clock.now(), tick=False):
        before = _undone(lambda: _told(world, key, asked))
        assert any(before.values())
        for change in ("other", "absent"):
            after = _undone(lambda change=change: _changed(world, key, silent, change, asked))
            for place, text in before.items():
                assert text == after[place], f"the frames of {place} betray to {key} that withheld words are {change}"


def _changed(world: World, key: str, silent: set[Marker], change: str, asked: dict[str, list[str]]) -> dict[str, str]:
    assert rewrite(world, silent, change, reader=hat_of(world, key).agency) > 0
    return _told(world, key, asked)


def _told(world: World, key: str, asked: dict[str, list[str]]) -> dict[str, str]:
    cache.clear()
    return {
        f"{number} {purpose}": _plain(frames(world, key, number, purpose=purpose))
        for number, found in asked.items()
        for purpose in found
    }


def _plain(told: list[dict[str, Any]]) -> str:
    """The frames with every name of chance by its place, also those of events: any number or gap stays visible."""
    up_to = next((place for place, frame in enumerate(told) if frame["type"] == "head"), len(told))
    # Behind the first head stands state, whose order and repetition the clock decides; an event there stays in place.
    state = {json.dumps(frame, sort_keys=True): frame for frame in told[up_to:] if frame["type"] != "event"}
    late = [frame for frame in told[up_to:] if frame["type"] == "event"]
    text = json.dumps([*told[:up_to], *late, *(state[key] for key in sorted(state))], sort_keys=True)
    seen: dict[str, str] = {}
    return _CHANCE.sub(lambda found: seen.setdefault(found[0], f"name{len(seen)}"), text)


def test_how_many_are_silent_shows_in_no_frame(world: World) -> None:
    """The storage's own number of an event is nowhere: moving all numbers up changes nothing."""

    def moved() -> str:
        channel = Channel.objects.get(uid=CHANNELS["MW-3"])
        with changing():
            for event in channel.events.order_by("-seq"):
                channel.events.filter(pk=event.pk).update(seq=event.seq * 3 + 1_000)
            Channel.objects.filter(pk=channel.pk).update(head=channel.head * 3 + 1_000)
        return _plain(frames(world, "joost", "MW-3"))

    with time_machine.travel(clock.now(), tick=False):
        before = _undone(lambda: {"": _plain(frames(world, "joost", "MW-3"))})[""]
        assert '"type": "event"' in before
        assert _undone(lambda: {"": moved()})[""] == before
