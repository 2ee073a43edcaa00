"""Invariants 1 and 3: what any page emits is a subset of what the oracle grants, and is what the journal says."""

import re
from collections import defaultdict
from typing import Any

import pytest
from django.db import connection

from agreements.covenants.in_force import current_policy
from agreements.models import Agency, Membership, Professional
from agreements.policy.catalogue import load_catalogue
from agreements.policy.question import Actor, Delivery, Setting
from agreements.policy.sheet import purposes_for
from audit.journal.commitments import pseudonym
from audit.journal.entry import mask_of_columns
from audit.journal.models import Part
from foundation import clock
from tests.invariants.crawl import WHOLE, Seen, get, sign_in, walk
from tests.invariants.world import Marker, World

pytestmark = pytest.mark.django_db

EVERYBODY = (
    "nadia", "ruben", "esra", "margot", "sanne", "marloes", "peter", "joost", "farid", "ineke",
)  # fmt: skip
PERSONAS = EVERYBODY if connection.vendor == "sqlite" or WHOLE else ("ruben", "peter")
"""Who walks: everybody on SQLite; on PostgreSQL, where only the queries are others, who reads most and who least."""
CASE_IN_URL = re.compile(r"^/(casus|verstrekkingen)/([^/]+)/")


def test_the_list_of_personas_is_that_of_the_demo(world: World) -> None:
    assert set(EVERYBODY) <= set(world.people)


@pytest.mark.parametrize("key", PERSONAS)
def test_no_page_shows_a_persona_more_than_the_oracle_grants(world: World, key: str) -> None:
    for hat in Membership.objects.filter(professional=world.people[key]).select_related("agency"):
        client = sign_in(world.people[key], hat)
        purposes = {number: _purpose(world, hat, number) for number in world.cases}
        for seen in walk(world, client):
            # The form that asks how it was at another moment: its address without its fields names the one that lacks.
            asks = seen.status == 422 and seen.url.endswith("/waarom/")
            assert asks or seen.status in (200, 302, 403, 404), f"{seen.url} answered {seen.status}"
            for marker in seen.markers:
                granted = _granted(world, marker, hat, purposes[marker.case], seen.url)
                assert granted, f"{key} was shown {marker} on {seen.url}"
            _assert_journalled(world, seen)


@pytest.mark.parametrize("key", PERSONAS)
def test_the_case_page_shows_everything_that_the_oracle_grants(world: World, key: str) -> None:
    for hat in Membership.objects.filter(professional=world.people[key]).select_related("agency"):
        client = sign_in(world.people[key], hat)
        for number in world.cases:
            page = get(world, client, f"/casus/{number}/")
            purpose = _purpose(world, hat, number)
            if not world.involved(number, hat.agency) or not purpose:
                assert page.markers == ()
                continue
            who: Any = {"agency": hat.agency, "roles": frozenset(hat.roles), "purpose": purpose, "involved": True}
            expected = {
                marker
                for marker in world.markers
                if marker.case == number
                # Files and words stand on the pages of their rooms, not among the facts.
                and marker.is_fact
                and load_catalogue().by_code[marker.code].entry != "work"
                and world.expected(marker, **who) == "visible"
            }
            assert set(page.markers) == expected, f"{key} on {number}"


def _purpose(world: World, hat: Membership, number: str) -> str:
    """The purpose the page reads for by itself: that of the case when the role has it, else the only one."""
    codes = _purposes(world, hat.agency, frozenset(hat.roles), number)
    if world.cases[number].purpose in codes:
        return world.cases[number].purpose
    return next(iter(codes)) if len(codes) == 1 else ""


def _purposes(world: World, agency: Agency, roles: frozenset[str], number: str) -> frozenset[str]:
    case = world.cases[number]
    setting = Setting(kind=case.kind, phase=case.phase, covenants=case.covenant_codes)
    return purposes_for(current_policy(), Actor(code=agency.code, type=agency.type), roles, setting, clock.now())


def _granted(world: World, marker: Marker, hat: Membership, purpose: str, url: str) -> bool:
    roles = frozenset(hat.roles)
    if marker.source == hat.agency.code and not str(marker.value).startswith("extract:"):
        return True
    if url.startswith("/verstrekkingen/"):
        pushed = marker.value == f"extract:{hat.agency.code}"
        purposes = ("pga_youth", "prevent_eviction")
        return pushed and any(
            world.expected(marker, agency=hat.agency, roles=roles, purpose=code, via=Delivery.EXTRACT) == "visible"
            for code in purposes
        )
    if str(marker.value).startswith("extract:"):
        return False
    if not world.involved(marker.case, hat.agency):
        return False
    mine = world.expected(marker, agency=hat.agency, roles=roles, purpose=purpose, involved=True) == "visible"
    other = re.search(r"[?&]als=([A-Z-]+)", url)
    return mine and (not other or _also(world, marker, other[1], purpose))


def _also(world: World, marker: Marker, code: str, purpose: str) -> bool:
    """Would the agency looked through see it too."""
    agency = Agency.objects.get(code=code)
    roles = frozenset({"case_director" if agency.type == "ZVH" else "professional"})
    codes = _purposes(world, agency, roles, marker.case)
    # They read for the same purpose as I when they have it, else for that of the case or their first.
    theirs = next((code for code in (purpose, world.cases[marker.case].purpose, *sorted(codes)) if code in codes), "")
    return world.expected(marker, agency=agency, roles=roles, purpose=theirs) == "visible"


def _assert_journalled(world: World, seen: Seen) -> None:
    """The fields that left, per case and person, are exactly the bits of the entries that this request wrote."""
    emitted: dict[tuple[str, str], set[str]] = defaultdict(set)
    for marker in seen.markers:
        emitted[_case_ref(world, marker), world.subjects.get((marker.case, marker.person), "")].add(marker.code)
    written: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in seen.entries:
        mask = mask_of_columns((row.fields_0, row.fields_1, row.fields_2))
        if row.outcome == "ok" and mask:
            written[row.case_ref, _person_of(world, row)] |= set(load_catalogue().codes(mask)) - _unplantable(seen)
    written = {key: codes for key, codes in written.items() if codes}
    assert emitted == written, f"{seen.url}: shown but not journalled, or the other way round"


def _unplantable(seen: Seen) -> set[str]:
    """A form shows a choice by selecting it: a marker that is no choice cannot stand there."""
    if not seen.url.endswith("/corrigeer/"):
        return set()
    return {item.code for item in load_catalogue().fields if item.type in ("choice", "bool")}


def _case_ref(world: World, marker: Marker) -> str:
    return f"case:{world.cases[marker.case].uid}"


def _person_of(world: World, row: Any) -> str:
    """The person concerned of an entry, found as oversight finds it: by pseudonym."""
    part = Part.objects.filter(entry_uid=row.uid, kind="subject").first()
    known = {pseudonym(ref, agency_ref=row.agency_ref): ref for ref in world.subjects.values()}
    return known[bytes(part.pseudonym)] if part else ""


def test_every_persona_of_the_demo_takes_part_in_the_crawl(world: World) -> None:
    readers = set(
        Professional.objects.filter(
            memberships__agency__type__in=["POL", "OM", "GEM", "JB", "OND", "WON", "JW", "ZVH"]
        ).values_list("demo_key", flat=True)
    )
    assert set(PERSONAS) & readers
