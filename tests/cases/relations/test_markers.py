"""Invariants 1 and 3 for the pages and the API of people and place: quicker than the whole crawl."""

import pytest
from django.test import Client

from agreements.models import Membership
from agreements.parties.tokens import issue_token
from cases.relations.models import Relation
from tests.invariants.crawl import Seen, get, sign_in
from tests.invariants.test_01_marker_crawl import PERSONAS, _assert_journalled, _granted, _purpose
from tests.invariants.world import World

pytestmark = pytest.mark.django_db


def _pages(world: World) -> list[str]:
    found = []
    for number in world.cases:
        found += [f"/casus/{number}/mensen-en-plaats/{part}" for part in ("", "relatie/", "?kaart=1,1,500")]
    rows = Relation.objects.select_related("case")
    return found + [f"/casus/{row.case.number}/mensen-en-plaats/relatie/{row.uid}/trek-in/" for row in rows]


@pytest.mark.parametrize("key", PERSONAS)
def test_no_page_of_this_room_shows_more_than_the_oracle_grants(world: World, key: str) -> None:
    for hat in Membership.objects.filter(professional=world.people[key]).select_related("agency"):
        client = sign_in(world.people[key], hat)
        for url in _pages(world):
            seen = get(world, client, url)
            assert seen.status in (200, 302, 404), f"{url} answered {seen.status}"
            _check(world, seen, hat)


@pytest.mark.parametrize("key", PERSONAS)
def test_no_operation_of_this_room_shows_more_than_the_oracle_grants(world: World, key: str) -> None:
    for hat in Membership.objects.filter(professional=world.people[key]).select_related("agency", "professional"):
        for number in world.cases:
            purpose = _purpose(world, hat, number)
            if not purpose:
                continue
            token = issue_token(hat, purpose=purpose).token
            client = Client(HTTP_HOST="localhost", HTTP_AUTHORIZATION=f"Bearer {token}")
            for part in ("relations", "map"):
                seen = get(world, client, f"/api/v1/cases/{number}/{part}")
                assert seen.status in (200, 403, 404), f"{seen.url} answered {seen.status}"
                _check(world, seen, hat)


def _check(world: World, seen: Seen, hat: Membership) -> None:
    for marker in seen.markers:
        purpose = _purpose(world, hat, marker.case)
        assert _granted(world, marker, hat, purpose, seen.url), f"{hat} was shown {marker} on {seen.url}"
    _assert_journalled(world, seen)


def test_the_page_shows_the_relations_that_the_oracle_grants(world: World) -> None:
    seen = get(world, sign_in(world.people["sanne"]), "/casus/MW-1/mensen-en-plaats/")

    # Her own three, about both persons; the threat that the police hold is granted to nobody.
    assert {m.code for m in seen.markers if m.in_room} == {
        "relationship_type", "legal_guardian", "supportive_network",
    }  # fmt: skip
    ruben = get(world, sign_in(world.people["ruben"]), "/casus/MW-1/mensen-en-plaats/")
    assert "threat_relation" in {m.code for m in ruben.markers if m.in_room}
