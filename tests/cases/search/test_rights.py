"""A word is found if, and only if, the oracle says that the reader sees the field it stands in."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from random import Random
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.covenants.in_force import current_policy
from agreements.models import Membership
from agreements.policy.catalogue import load_catalogue
from agreements.policy.question import Actor, Setting
from agreements.policy.sheet import purposes_for
from audit.journal.models import Entry
from cases.disclosure.indexing import found_by
from cases.models import Case, Circumstance, Contribution, Participation
from cases.records.sealed import SealedFacts
from cases.search.building import index
from foundation import clock
from foundation.masks import bits, to_hex
from tests.cases.desk import Api, changing, give, hat_of, make_case, page
from tests.cases.search.conftest import Desk
from tests.invariants.crawl import found_in
from tests.invariants.world import Marker, World

pytestmark = pytest.mark.django_db

PERSONAS = ("nadia", "ruben", "esra", "margot", "sanne", "marloes", "peter", "joost", "farid", "wouter", "ilse")
PURPOSES = ("pga_youth", "pga_adult", "prevent_eviction", "aftercare_detention", "youth_school", "area_safety")
SAMPLE = 15
CSRF = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


def searchable(world: World) -> list[Marker]:
    """Markers in facts of fields by which can be searched; not those of copies, files, or words of other rooms."""
    catalogue = load_catalogue()
    codes = {catalogue.by_bit[bit].code for bit in bits(found_by(catalogue))}
    return [
        m for m in world.markers if m.code in codes and catalogue.by_code[m.code].entry == "contribution" and m.is_fact
    ]


def granted(world: World, marker: Marker, hat: Membership, purpose: str) -> bool:
    """The oracle's word: takes part, has the purpose in that case, and sees the field for it (own facts always)."""
    case, roles = world.cases[marker.case], frozenset(hat.roles)
    agency = Actor(code=hat.agency.code, type=hat.agency.type)
    setting = Setting(kind=case.kind, phase=case.phase, covenants=case.covenant_codes)
    given = purposes_for(current_policy(), agency, roles, setting, clock.now())
    if purpose not in given or not world.involved(marker.case, hat.agency):
        return False
    own = marker.source == hat.agency.code
    return own or world.expected(marker, agency=hat.agency, roles=roles, purpose=purpose, involved=True) == "visible"


@pytest.mark.slow
@pytest.mark.parametrize("key", PERSONAS)
@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_marker_is_found_if_and_only_if_the_oracle_grants_it(world: World, key: str, purpose: str) -> None:
    from cases.search.queries import purpose_options
    from tests.cases.desk import reading

    hat, desk = hat_of(world, key), Desk(world, key, purpose)
    markers = searchable(world)
    if purpose not in {option.code for option in purpose_options(reading(world, key))}:
        assert not any(granted(world, marker, hat, purpose) for marker in markers)
        return
    dice = Random(f"{key} {purpose}")
    seen, unseen = [], []
    for marker in markers:
        (seen if granted(world, marker, hat, purpose) else unseen).append(marker)
    for marker in (*dice.sample(seen, min(SAMPLE, len(seen))), *dice.sample(unseen, min(SAMPLE, len(unseen)))):
        expected = {(marker.case, marker.source, marker.code)} if marker in seen else set()
        assert desk.facts(str(marker.value)) == expected, f"{key} for {purpose}: {marker}"


@pytest.mark.parametrize("key", ["sanne", "ruben", "peter"])
def test_a_page_of_hits_shows_and_journals_nothing_but_what_is_granted(world: World, key: str) -> None:
    hat, client = hat_of(world, key), page(world, key)
    purpose = "youth_school" if key == "peter" else "pga_youth"
    last = Entry.objects.order_by("-id").first().id

    # The beginning of every marker: whatever is found is found at once.
    answer = client.post("/zoeken/", {"q": "zqx", "doel": purpose}, follow=True)

    shown = found_in(world, answer.content.decode())
    assert shown
    assert all(granted(world, marker, hat, purpose) for marker in shown)
    hits = Entry.objects.filter(id__gt=last, event_type="search.hit")
    cases = {f"case:{world.cases[marker.case].uid}" for marker in shown}
    assert {entry.case_ref for entry in hits} == cases


# --- silence -------------------------------------------------------------------------------------------------


@contextmanager
def counted() -> Iterator[list[int]]:
    """How many queries the block asked, appended when it ends."""
    found: list[int] = []
    with CaptureQueriesContext(connection) as captured:
        yield found
    found.append(len(captured))


def asked(world: World, key: str, purpose: str, text: str) -> dict[str, Any]:
    """Everything that leaves and everything that is written when somebody searches, by page and by API."""
    cache.clear()
    client, api = page(world, key), Api(world, key, purpose)
    last = Entry.objects.order_by("-id").first().id
    with counted() as by_page:
        html = client.post("/zoeken/", {"q": text, "doel": purpose}, follow=True).content.decode()
    with counted() as by_api:
        answer = api.post("/search", {"q": text})
    rows = Entry.objects.filter(id__gt=last).order_by("id")
    return {
        "page": CSRF.sub("", html),
        "api": (answer.status_code, answer.content),
        "queries": (by_page, by_api),
        "journal": [(row.event_type, row.case_ref, row.fields_0, row.fields_1, row.fields_2) for row in rows],
    }


def rewrite(contribution: Contribution, **values: str) -> None:
    """Other values in a contribution, as a correction leaves them."""
    with changing():
        Contribution.objects.filter(pk=contribution.pk).update(
            values=SealedFacts.seal(values), present=to_hex(load_catalogue().mask(values))
        )
        index([contribution.pk])


def _silent(world: World) -> Contribution:
    return _given(world, "OM-MD", special_conditions="platvink")


def _held(world: World) -> Contribution:
    made = _given(world, "POL-MD", police_incident="platvink")
    with changing():
        Circumstance.objects.create(
            case=made.case, nature="hold", code="embargo", starts=clock.now() - timedelta(days=1), recorded_by="proef"
        )
    return made


def _withdrawn(world: World) -> Contribution:
    made = _given(world, "POL-MD", police_incident="platvink")
    with changing():
        Contribution.objects.filter(pk=made.pk).update(withdrawn_at=clock.now())
        index([made.pk])
    return made


def _expired(world: World) -> Contribution:
    made = _given(world, "POL-MD", police_incident="platvink")
    with changing():
        Contribution.objects.filter(pk=made.pk).update(valid_until=clock.today() - timedelta(days=1))
    return made


def _elsewhere(world: World) -> Contribution:
    return _given(world, "POL-MD", live=("POL-MD", "ZVH-MD"), police_incident="platvink")


def _left(world: World) -> Contribution:
    made = _given(world, "POL-MD", police_incident="platvink")
    with changing():
        mine = Participation.objects.filter(case=made.case, agency__code="GEM-MD")
        mine.update(is_open=False, ends=clock.now() - timedelta(hours=1))
    return made


def _closed(world: World) -> Contribution:
    made = _given(world, "POL-MD", police_incident="platvink")
    with changing():
        Case.objects.filter(pk=made.case_id).update(state="closed")
    return made


def _given(world: World, agency: str, *, live: tuple[str, ...] = ("GEM-MD", "POL-MD", "ZVH-MD"), **v: str) -> Any:
    case = make_case("Z-1", live=tuple(sorted({*live, agency})))
    made = give(world, case, agency, **v)
    with changing():
        index([made.pk])
    return made


HIDDEN = (_silent, _held, _withdrawn, _expired, _elsewhere, _left, _closed)


@pytest.mark.parametrize("hide", HIDDEN, ids=lambda hide: hide.__name__.strip("_"))
def test_a_hit_in_what_is_withheld_is_to_the_byte_no_hit(world: World, hide: Any) -> None:
    with time_machine.travel(clock.now(), tick=False):
        made = hide(world)
        with_it = asked(world, "sanne", "pga_adult", "platvink")
        code = next(iter(load_catalogue().codes(int(made.present, 16))))
        rewrite(made, **{code: "iets heel anders"})
        without = asked(world, "sanne", "pga_adult", "platvink")

    assert with_it == without
    assert "Nu zijn dat er geen" in without["page"]
    assert json.loads(without["api"][1]) == {"items": [], "next": ""}
    assert {row[0] for row in without["journal"]} == {"search.asked"}


def test_the_same_word_in_a_field_that_may_be_seen_is_found(world: World) -> None:
    _given(world, "POL-MD", police_incident="platvink")

    assert Desk(world, "sanne", "pga_adult").facts("platvink") == {("Z-1", "POL-MD", "police_incident")}


@pytest.mark.parametrize("common", [1, 20_000], ids=["cases first", "words first"])
def test_pages_are_filled_past_what_is_withheld_and_betray_no_gap(
    world: World, monkeypatch: pytest.MonkeyPatch, common: int
) -> None:
    from cases.search import full_text, matching

    monkeypatch.setattr(matching, "FIRST", 1)
    monkeypatch.setattr(full_text, "COMMON", common)
    for number in range(9):
        made = give(
            world, make_case(f"Z-{number}", live=("GEM-MD", "POL-MD", "ZVH-MD")), "POL-MD", police_incident="platvink"
        )
        with changing():
            index([made.pk])
            if number % 3:
                Circumstance.objects.create(
                    case=made.case, nature="hold", code="embargo", starts=clock.now(), recorded_by="proef"
                )
    desk = Desk(world, "sanne", "pga_adult")

    first = desk.search("platvink", size=2)
    rest = desk.search("platvink", size=2, after=first.cursor)

    assert [hit.answer.head.number for hit in first.hits] == ["Z-0", "Z-3"]
    assert [hit.answer.head.number for hit in rest.hits] == ["Z-6"]
    assert (bool(first.cursor), rest.cursor) == (True, "")


def test_hits_stand_in_the_order_of_the_worklist_whatever_the_text(world: World) -> None:
    for number, urgency, text in (
        ("Z-1", "normal", "platvink " * 9),
        ("Z-2", "acute", "een platvink"),
        ("Z-3", "high", "platvink"),
    ):
        made = give(
            world, make_case(number, live=("GEM-MD", "POL-MD"), urgency=urgency), "POL-MD", police_incident=text
        )  # fmt: skip
        with changing():
            index([made.pk])

    assert Desk(world, "sanne", "pga_adult").numbers("platvink") == ["Z-2", "Z-3", "Z-1"]


def test_what_changes_after_the_index_was_made_counts_at_once(world: World) -> None:
    made = _given(world, "POL-MD", police_incident="platvink")
    desk = Desk(world, "sanne", "pga_adult")
    assert desk.numbers("platvink") == ["Z-1"]

    with changing():
        Circumstance.objects.create(
            case=made.case, nature="hold", code="objection", starts=clock.now(), recorded_by="proef"
        )

    assert desk.numbers("platvink") == []
