"""Invariants 1 and 3 for channels that ended: who led one is told what the oracle grants, all others nothing at all."""

import html
import re
from collections.abc import Iterator

import pytest

from foundation import clock
from realtime.channels.models import Channel
from realtime.place.models import StreetPhoto
from tests.cases.desk import changing, hat_of
from tests.invariants.crawl import Seen, get, sign_in
from tests.invariants.plants.channels import CHANNELS, TEAM
from tests.invariants.test_01_marker_crawl import _assert_journalled
from tests.invariants.test_01_street_pdf import granted
from tests.invariants.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LEADER = "anouk"
PARTS = ("", "leden/", "bord/", "kaart/", "logboek/", "verslag/", "verslag/pdf/", "alarmen/")
READ = ("logboek/", "verslag/", "alarmen/")


@pytest.fixture
def ended(world: World) -> World:
    """The planted channels, closed a moment ago."""
    with changing():
        Channel.objects.filter(uid__in=CHANNELS.values()).update(closed_at=clock.now())
    return world


def _log(world: World, key: str, number: str) -> Iterator[Seen]:
    """Every page of a log."""
    client, place = sign_in(world.people[key], hat_of(world, key)), f"/straat/{CHANNELS[number]}/logboek/"
    while place:
        seen = get(world, client, place)
        yield seen
        following = re.search(r'href="([^"]*logboek/\?na=[^"]*)"', seen.text)
        place = html.unescape(following[1]) if following else ""


def test_others_are_told_nothing_and_find_no_way_in(ended: World) -> None:
    tried = 0
    for key in ended.people:
        if key == LEADER or not (hat := hat_of(ended, key)):
            continue
        client = sign_in(ended.people[key], hat)
        for number, uid in CHANNELS.items():
            photos = StreetPhoto.objects.filter(event__channel__uid=uid).values_list("event__uid", flat=True)
            places = [f"/straat/{uid}/{part}" for part in (*PARTS, *(f"foto/{photo}/" for photo in photos))]
            for place in places:
                seen = get(ended, client, place)
                assert seen.status in {403, 404}, (key, place)
                assert seen.markers == (), (key, place)
            tried += key in TEAM[number]
        listed = get(ended, client, "/straat/")
        assert [uid for uid in CHANNELS.values() if f"/straat/{uid}/logboek/" in listed.text] == []
    assert tried > 10, "most were members"


@pytest.mark.parametrize("number", CHANNELS)
def test_who_led_it_is_told_what_the_oracle_grants_and_each_page_is_journalled(ended: World, number: str) -> None:
    shown = set()
    for seen in _log(ended, LEADER, number):
        assert seen.status == 200
        _assert_journalled(ended, seen)
        # Beside the log stands about whom of the case an entry may be taken over.
        shown |= {one for one in seen.markers if one.in_street}
    expected = granted(ended, number, LEADER)
    assert shown == expected
    assert expected, "who is told nothing tests nothing"

    client = sign_in(ended.people[LEADER], hat_of(ended, LEADER))
    for part in PARTS:
        seen = get(ended, client, f"/straat/{CHANNELS[number]}/{part}")
        assert (seen.status == 200) == (part in READ) or part == "verslag/pdf/", part
        assert {one for one in seen.markers if one.in_street} <= expected, part
    assert f"/straat/{CHANNELS[number]}/logboek/" in get(ended, client, "/straat/").text
