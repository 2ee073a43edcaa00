"""Invariants 1 and 3 for minutes: on paper as on the page stands what the oracle grants and who heard it, no more."""

import io
from typing import Any

import pytest
from pypdf import PdfReader

from agreements.models import Membership
from agreements.policy.catalogue import load_catalogue
from audit.journal.entry import mask_of_columns
from audit.journal.models import Entry
from cases.minutes.models import Minutes
from cases.minutes.papers import fetch, order
from cases.minutes.rights import NotYourMinutes
from foundation.errors import Problem
from tests.cases.desk import reading
from tests.invariants.crawl import found_in, get, sign_in
from tests.invariants.plants.minutes import TITLE
from tests.invariants.test_01_marker_crawl import _assert_journalled, _purpose
from tests.invariants.world import Marker, World

pytestmark = pytest.mark.django_db

READERS = ("nadia", "ruben", "sanne", "peter", "marloes", "farid", "margot", "esra", "wouter", "ilse", "joost", "ineke")


def granted(world: World, key: str) -> set[Marker]:
    """The markers of these minutes that the oracle grants this persona, for the purpose that is obvious."""
    hat = Membership.objects.filter(professional=world.people[key]).select_related("agency").order_by("pk").first()
    roles = frozenset(hat.roles)
    involved = {number: world.involved(number, hat.agency) for number in world.cases}
    return {
        marker
        for marker in world.of_minutes
        if involved[marker.case]
        and (purpose := _purpose(world, hat, marker.case))
        and (
            marker.source == hat.agency.code
            or world.expected(marker, agency=hat.agency, roles=roles, purpose=purpose, involved=True) == "visible"
        )
    }


def meeting(world: World) -> Any:
    return Minutes.objects.get(meeting__title=TITLE).meeting


@pytest.mark.parametrize("key", READERS)
def test_the_paper_holds_exactly_what_the_oracle_grants(world: World, key: str) -> None:
    expected, last = granted(world, key), Entry.objects.order_by("-id").first().id
    pdf = _paper(world, key)
    if pdf is None:
        assert expected == set(), f"{key} is refused what the oracle grants"
        return
    text = " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages)

    assert set(found_in(world, text)) == expected
    _assert_exported(world, expected, last)


def _paper(world: World, key: str) -> bytes | None:
    uid = meeting(world).uid
    try:
        paper = order(reading(world, key, event="minutes.ordered"), uid, None, language="nl")
        return fetch(reading(world, key, event="minutes.prepared"), uid, paper.uid, None, language="nl").data
    except Problem:
        return None


def _assert_exported(world: World, expected: set[Marker], last: int) -> None:
    """The entries of the export say exactly what the paper holds, per case."""
    written: dict[str, set[str]] = {}
    for row in Entry.objects.filter(id__gt=last, event_type="minutes.exported").exclude(case_ref=""):
        mask = mask_of_columns((row.fields_0, row.fields_1, row.fields_2))
        written.setdefault(row.case_ref, set()).update(load_catalogue().codes(mask))
    emitted: dict[str, set[str]] = {}
    for marker in expected:
        emitted.setdefault(f"case:{world.cases[marker.case].uid}", set()).add(marker.code)
    assert written == emitted


@pytest.mark.parametrize("key", READERS)
def test_the_page_holds_exactly_what_the_oracle_grants(world: World, key: str) -> None:
    expected = granted(world, key)
    seen = get(world, sign_in(world.people[key]), f"/overleg/{meeting(world).uid}/verslag/")

    assert seen.status in (200, 404)
    assert set(seen.markers) == expected
    _assert_journalled(world, seen)


def test_the_oracle_grants_enough_to_test_something(world: World) -> None:
    found = {key: granted(world, key) for key in READERS}

    assert found["nadia"] == world.of_minutes, "who led heard everything"
    for key in ("sanne", "ruben", "peter", "farid"):
        assert set() < found[key] < world.of_minutes, key
    assert found["joost"] == found["ineke"] == set()
    with pytest.raises(NotYourMinutes):
        order(reading(world, "ineke", event="minutes.ordered"), meeting(world).uid, None, language="nl")
