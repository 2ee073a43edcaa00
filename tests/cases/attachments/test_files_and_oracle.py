"""Invariants 1 and 3 for the pages of files: quicker than the whole crawl."""

import pytest

from agreements.models import Membership
from cases.attachments.models import Attachment
from tests.invariants.crawl import get, sign_in
from tests.invariants.test_01_marker_crawl import PERSONAS, _assert_journalled, _granted, _purpose
from tests.invariants.world import World

pytestmark = pytest.mark.django_db


def _pages(world: World) -> list[str]:
    found = [f"/casus/{number}/bijlagen/{part}" for number in world.cases for part in ("", "nieuw/")]
    for file in Attachment.objects.select_related("case"):
        found += [f"/casus/{file.case.number}/bijlagen/{file.uid}/{part}" for part in ("", "bestand/")]
    return found


@pytest.mark.parametrize("key", PERSONAS)
def test_no_page_of_files_shows_more_than_the_oracle_grants(world: World, key: str) -> None:
    met = 0
    for hat in Membership.objects.filter(professional=world.people[key]).select_related("agency"):
        client = sign_in(world.people[key], hat)
        for url in _pages(world):
            seen = get(world, client, url)
            assert seen.status in (200, 302, 404), f"{url} answered {seen.status}"
            for marker in seen.markers:
                purpose = _purpose(world, hat, marker.case)
                assert _granted(world, marker, hat, purpose, seen.url), f"{hat} was shown {marker} on {seen.url}"
                met += marker.in_file
            _assert_journalled(world, seen)
    assert met or key in ("peter", "joost", "ineke"), "otherwise the search proves nothing"


@pytest.mark.parametrize("key", ["nadia", "sanne", "ruben"])
def test_every_file_that_the_oracle_grants_is_in_the_list(world: World, key: str) -> None:
    hat = Membership.objects.filter(professional=world.people[key]).select_related("agency").first()
    assert hat is not None
    client = sign_in(world.people[key], hat)
    for number in world.cases:
        purpose = _purpose(world, hat, number)
        seen = {marker for marker in get(world, client, f"/casus/{number}/bijlagen/").markers if _is_name(marker)}
        expected = {
            marker
            for marker in world.markers
            if _is_name(marker)
            and marker.case == number
            and world.involved(number, hat.agency)
            and purpose
            and world.expected(marker, agency=hat.agency, roles=frozenset(hat.roles), purpose=purpose) == "visible"
        }
        assert seen == expected, f"{key} on {number}"


def _is_name(marker: object) -> bool:
    return str(marker.value).startswith("file:name:")  # type: ignore[attr-defined]
