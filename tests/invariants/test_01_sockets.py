"""Invariants 1 and 3 for sockets: every frame, as every persona and for every purpose, against the oracle."""

import json

import pytest

from agreements.models import Membership
from agreements.policy.catalogue import load_catalogue
from audit.journal.entry import mask_of_columns
from audit.journal.models import Entry
from realtime.channels.models import Event
from realtime.push.sending import WORDS
from tests.cases.desk import hat_of
from tests.invariants.crawl import found_in
from tests.invariants.plants.channels import CHANNELS, TEAM
from tests.invariants.street_frames import frames, purposes
from tests.invariants.test_01_marker_crawl import _purpose
from tests.invariants.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _in_the_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("channels.db.close_old_connections", lambda: None)
    monkeypatch.setattr("realtime.live.catching_up.AT_ONCE", 10_000)


@pytest.mark.parametrize(("number", "key"), [(number, key) for number, team in TEAM.items() for key in team])
def test_a_socket_shows_exactly_what_the_oracle_grants(world: World, number: str, key: str) -> None:
    hat = hat_of(world, key)
    roles = frozenset(hat.roles)
    for purpose in purposes(world, number, hat):
        since = Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0
        told = frames(world, key, number, purpose=purpose)
        read_for = purpose or _purpose(world, hat, number)
        # The names of the members and the channel's own title are no case data.
        found = set(found_in(world, json.dumps(told, ensure_ascii=False)))
        expected = {
            marker
            for marker in world.markers
            if marker.in_street and marker.case == number and _is_told(world, marker, hat, roles, read_for)
        }
        assert found - expected == set(), f"{key} in {number} for {read_for!r} was told what is silent"
        if told:
            assert expected - found == set(), f"{key} in {number} for {read_for!r} was not told what may be told"
        _check_journal({marker.code for marker in found}, since)


def _is_told(world: World, marker: object, hat: Membership, roles: frozenset[str], purpose: str) -> bool:
    source = marker.source == hat.agency.code  # type: ignore[attr-defined]
    visible = world.expected(marker, agency=hat.agency, roles=roles, purpose=purpose) == "visible"  # type: ignore[arg-type]
    return source or visible


def _check_journal(emitted: set[str], since: int) -> None:
    written: set[str] = set()
    for row in Entry.objects.filter(id__gt=since, outcome="ok"):
        mask = mask_of_columns((row.fields_0, row.fields_1, row.fields_2))
        written |= set(load_catalogue().codes(mask))
    assert emitted <= written, "shown and not journalled"


@pytest.mark.parametrize("key", ["hanneke", "ineke"])
def test_who_is_no_member_gets_no_frame(world: World, key: str) -> None:
    assert [frames(world, key, number) for number in CHANNELS] == [[], []]


def test_a_push_carries_no_word(world: World) -> None:
    assert found_in(world, WORDS.decode()) == ()
    assert Event.objects.exists()
