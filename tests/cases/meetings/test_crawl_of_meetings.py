"""The marker crawl from the list of meetings, over the pages of this room alone: every persona, every hat."""

import pytest

from agreements.models import Membership
from tests.invariants.crawl import sign_in, walk
from tests.invariants.plants.meetings_agenda import MEETING
from tests.invariants.test_01_marker_crawl import PERSONAS, _assert_journalled, _granted, _purpose
from tests.invariants.world import World

pytestmark = pytest.mark.django_db

# Other rooms have crawls of their own.
ELSEWHERE = (
    "/casus/", "/verstrekkingen/", "/convenanten/", "/account/", "/privacy/", "/signalen", "/inbox", "/zoeken",
    "/cijfers", "/organisatie", "/hartslag", "/acties", "/plan",
)  # fmt: skip


@pytest.mark.parametrize("key", PERSONAS)
def test_no_page_of_a_meeting_shows_more_than_the_oracle_grants(world: World, key: str) -> None:
    seen_meeting = False
    for hat in Membership.objects.filter(professional=world.people[key]).select_related("agency"):
        purposes = {number: _purpose(world, hat, number) for number in world.cases}
        client = sign_in(world.people[key], hat)
        for seen in walk(world, client, start="/overleggen/", leave=ELSEWHERE):
            if not seen.url.startswith("/overleg"):
                continue
            seen_meeting |= str(MEETING) in seen.url
            assert seen.status in (200, 302, 403, 404), f"{seen.url} answered {seen.status}"
            for marker in seen.markers:
                assert _granted(world, marker, hat, purposes[marker.case], seen.url), f"{key}: {marker} on {seen.url}"
            _assert_journalled(world, seen)

    assert seen_meeting == (key not in ("ineke",))
