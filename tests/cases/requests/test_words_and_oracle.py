"""Invariants 1 and 3 for the pages of questions, notes, inbox and escalations: quicker than the whole crawl."""

import pytest

from agreements.models import Membership
from cases.inbox.models import Escalation
from cases.requests.models import Request
from tests.invariants.crawl import Seen, get, sign_in
from tests.invariants.test_01_marker_crawl import PERSONAS, _assert_journalled, _granted, _purpose
from tests.invariants.world import World

pytestmark = pytest.mark.django_db


def _pages(world: World) -> list[str]:
    found = ["/inbox/"]
    for number in world.cases:
        found += [f"/casus/{number}/{part}/" for part in ("vragen", "vragen/nieuw", "opschalen")]
        found.append(f"/casus/{number}/vragen/nieuw/?aan=POL-MD")
    for request in Request.objects.select_related("case"):
        found.append(f"/casus/{request.case.number}/vragen/{request.uid}/")
    return [*found, *(f"/opschalingen/{uid}/" for uid in Escalation.objects.values_list("uid", flat=True))]


@pytest.mark.parametrize("key", [*PERSONAS, "anouk"])
def test_no_page_of_these_rooms_shows_more_than_the_oracle_grants(world: World, key: str) -> None:
    for hat in Membership.objects.filter(professional=world.people[key]).select_related("agency"):
        client = sign_in(world.people[key], hat)
        for url in _pages(world):
            seen = get(world, client, url)
            assert seen.status in (200, 302, 404), f"{url} answered {seen.status}"
            _check(world, seen, hat)


def _check(world: World, seen: Seen, hat: Membership) -> None:
    for marker in seen.markers:
        purpose = _purpose(world, hat, marker.case)
        assert _granted(world, marker, hat, purpose, seen.url), f"{hat} was shown {marker} on {seen.url}"
    _assert_journalled(world, seen)


def test_these_pages_show_the_words_that_the_oracle_grants(world: World) -> None:
    client = sign_in(world.people["sanne"])
    seen = get(world, client, "/casus/MW-1/vragen/")

    codes = sorted(marker.code for marker in seen.markers if marker.code in ("request_text", "case_note"))
    assert codes == ["case_note", "case_note", "request_text"]
