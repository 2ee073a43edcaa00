"""Invariants 1 and 3 at the screens of a running meeting: the marker world, every persona, every part, the oracle.

Besides: the wall is never wider than what each agency present reads on its own device.
"""

import pytest

from agreements.models import Membership
from cases.meetings.commands import attendance
from cases.meetings.commands.attendance import Arriving
from tests.cases.desk import hat_of, reading
from tests.invariants.crawl import Seen, get, sign_in
from tests.invariants.plants.room import PEOPLE, RUNNING, SITS
from tests.invariants.test_01_marker_crawl import _assert_journalled, _granted, _purpose
from tests.invariants.world import Marker, World

pytestmark = pytest.mark.django_db
EVERYBODY = ("nadia", "ruben", "esra", "margot", "sanne", "marloes", "peter", "joost", "farid", "ineke", "hanneke")
PARTS = ("", "?deel=kop", "?deel=feiten", "?deel=woorden")


def look(world: World, hat: Membership, number: str, kind: str, part: str = "") -> Seen:
    return get(world, sign_in(hat.professional, hat), f"/overleg/{RUNNING[number]}/{kind}/{part}")


@pytest.mark.parametrize("key", EVERYBODY)
def test_no_part_of_any_screen_shows_more_than_the_oracle_grants(world: World, key: str) -> None:
    for hat in Membership.objects.filter(professional=world.people[key]).select_related("agency", "professional"):
        for number in RUNNING:
            for kind in ("scherm", "voorzitter", "mee"):
                for part in PARTS:
                    seen = look(world, hat, number, kind, part)
                    assert seen.status in (200, 302, 403, 404), f"{seen.url} answered {seen.status}"
                    for marker in seen.markers:
                        purpose = _purpose(world, hat, marker.case)
                        assert _granted(world, marker, hat, purpose, seen.url), f"{key} was shown {marker}"
                    _assert_journalled(world, seen)


def grants(world: World, number: str, code: str) -> set[Marker]:
    """What a present agency may know of the case of this meeting, for the purpose it reads for by itself."""
    hat = hat_of(world, PEOPLE[code])
    purpose = _purpose(world, hat, number)
    return {
        marker
        for marker in world.markers
        if marker.case == number and _granted(world, marker, hat, purpose, "/casus/") and not pushed(marker)
    }


def pushed(marker: Marker) -> bool:
    """Of a copy, in a file, or words of another room: none is a fact of the case on a screen."""
    return not marker.is_fact


@pytest.mark.parametrize("number", sorted(RUNNING))
def test_the_wall_is_within_what_each_agency_present_reads_itself(world: World, number: str) -> None:
    wall = set(look(world, hat_of(world, "nadia"), number, "scherm").markers)

    assert wall, "the wall shows nothing at all"
    for code in SITS[number]:
        assert wall <= grants(world, number, code), f"wider than {code}"


@pytest.mark.parametrize("comes", ["JB-MD:marloes", "OM-MD:margot", "GGZ-MD:ilse", "RCL-MD:wouter"])
def test_whoever_comes_in_the_wall_only_narrows_and_stays_within_what_they_read(world: World, comes: str) -> None:
    code, key = comes.split(":")
    if key not in world.people or not world.involved("MW-1", hat_of(world, key).agency):
        pytest.skip("takes no part")
    before = set(look(world, hat_of(world, "nadia"), "MW-1", "scherm").markers)
    item = reading(world, "nadia")
    from cases.meetings.models import AgendaItem

    on = AgendaItem.objects.get(meeting__uid=RUNNING["MW-1"])

    attendance.arrive(item, on.uid, Arriving(agency=code, professional=world.people[key].uuid))

    after = set(look(world, hat_of(world, "nadia"), "MW-1", "scherm").markers)
    hat = hat_of(world, key)
    purpose = _purpose(world, hat, "MW-1")
    assert after <= before
    assert all(_granted(world, marker, hat, purpose, "/casus/") for marker in after if not pushed(marker))


def test_a_third_party_finds_nothing_of_the_case_on_its_own_device(world: World) -> None:
    for kind in ("mee", "scherm", "voorzitter"):
        assert look(world, hat_of(world, "joost"), "MW-1", kind).markers == ()
