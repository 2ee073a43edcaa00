"""Words of rooms: found by exactly those readers to whom a page of the room shows them, on the page and by the API."""

import json
from random import Random

import pytest
from django.core.cache import cache
from django.db import connection

from agreements.policy.catalogue import load_catalogue
from cases.disclosure.indexing import found_by
from tests.cases.desk import Api, hat_of, page
from tests.cases.search.conftest import Desk
from tests.cases.search.test_rights import granted
from tests.invariants.crawl import WHOLE, found_in, get, sign_in, walk
from tests.invariants.test_01_marker_crawl import _purpose
from tests.invariants.world import Marker, World

pytestmark = pytest.mark.django_db

PERSONAS = ("nadia", "ruben", "sanne", "peter", "farid", "marloes")
if not WHOLE:
    # Who reads most and who reads least; on PostgreSQL, where only the query is another, one.
    PERSONAS = ("ruben", "peter", "marloes") if connection.vendor == "sqlite" else ("sanne",)
ELSEWHERE = ("/account/", "/organisatie/", "/convenanten/", "/inloggen/", "/cijfers/", "/bewaren/")
SAMPLE = 12
ANY = "zqx"
"""How every marker in text begins: who searches for it finds at once whatever there is to find."""


def in_rooms(world: World) -> set[Marker]:
    """Markers in words of rooms and in names of files, in fields that people search by."""
    catalogue = load_catalogue()
    codes = {field.code for field in catalogue.fields if found_by(catalogue) >> field.bit & 1}
    return {
        marker
        for marker in world.markers
        if str(marker.value).startswith("file:name:")
        or (
            marker.code in codes
            and not marker.in_street
            and not str(marker.value).startswith(("extract:", "file:"))
            and (marker.in_room or catalogue.by_code[marker.code].entry == "work")
        )
    }


def shown(world: World, key: str) -> set[Marker]:
    """Those that a persona comes across on the pages, searching left aside."""
    wanted, client = in_rooms(world), sign_in(world.people[key], hat_of(world, key))
    seen: set[Marker] = set()
    for one in walk(world, client, leave=ELSEWHERE):
        seen |= wanted.intersection(one.markers)
    # Who looks for how a case was opened goes there from triage, which this case has left long ago.
    for number in world.cases:
        seen |= wanted.intersection(get(world, client, f"/casus/{number}/openen/").markers)
    return seen


def searched(world: World, key: str, purpose: str, text: str) -> list[set[Marker]]:
    """The markers in rooms that a persona finds: by the query, on the page and by the API."""
    hits = Desk(world, key, purpose).search(text, size=50).hits
    cache.clear()
    html = page(world, key).post("/zoeken/", {"q": text, "doel": purpose}, follow=True).content.decode()
    answer = json.loads(Api(world, key, purpose).post("/search", {"q": text, "size": 50}).content)
    texts = (
        " ".join(str(said.fact.value) for hit in hits for said in hit.words),
        # The question itself stands in the form.
        html.replace(f'value="{text}"', ""),
        " ".join(said["text"] for item in answer["items"] for said in item["words"]),
    )
    return [in_rooms(world).intersection(found_in(world, found)) for found in texts]


@pytest.mark.slow
@pytest.mark.parametrize("key", PERSONAS)
def test_what_pages_of_rooms_show_is_found_and_nothing_else(world: World, key: str) -> None:
    hat = hat_of(world, key)
    wanted, on_pages = in_rooms(world), shown(world, key)
    assert on_pages
    purposes = {number: _purpose(world, hat, number) for number in world.cases}

    for purpose in sorted(set(purposes.values()) - {""}):
        cases = {number for number, declared in purposes.items() if declared == purpose}
        expected = {marker for marker in on_pages if marker.case in cases}
        assert all(granted(world, marker, hat, purpose) for marker in expected)
        for found in searched(world, key, purpose, ANY):
            here = {marker for marker in found if marker.case in cases}
            assert (here - expected, expected - here) == (set(), set()), f"{key} for {purpose}"
            assert all(granted(world, marker, hat, purpose) for marker in found)
        # One by one as well: beginning with the same letters must not be why it is found, or is not.
        dice = Random(f"{key} {purpose}")
        for marker in dice.sample(sorted(wanted, key=lambda one: one.texts), SAMPLE):
            if marker.case in cases:
                known = {one for one in expected if one.texts == marker.texts}
                assert searched(world, key, purpose, marker.texts[0]) == [known] * 3, f"{key} for {purpose}: {marker}"
