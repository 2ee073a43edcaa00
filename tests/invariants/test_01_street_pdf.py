"""Invariants 1 and 3 for reports of channels: on paper stands what the oracle grants and may be copied, no more."""

import io

import pytest
from pypdf import PdfReader

from agreements.models import Membership
from agreements.policy.catalogue import load_catalogue
from audit.journal.entry import mask_of_columns
from audit.journal.models import Entry
from foundation.errors import Problem
from realtime.report import content
from realtime.report.papers import fetch, order
from tests.cases.desk import reading
from tests.invariants.crawl import found_in, get, sign_in
from tests.invariants.plants.channels import CHANNELS, TEAM
from tests.invariants.test_01_marker_crawl import _assert_journalled, _purpose
from tests.invariants.world import Marker, World

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
READERS = [(number, key) for number, team in TEAM.items() for key in (*team, "ineke", "hanneke")]


def granted(world: World, number: str, key: str) -> set[Marker]:
    """The markers of this channel that the oracle grants this persona, or that are their own agency's."""
    hat = Membership.objects.filter(professional=world.people[key]).select_related("agency").order_by("pk").first()
    roles, purpose = frozenset(hat.roles), _purpose(world, hat, number)
    return {
        marker
        for marker in world.markers
        if marker.in_street and marker.case == number and key in TEAM[number] and purpose
        and (
            marker.source == hat.agency.code
            or world.expected(marker, agency=hat.agency, roles=roles, purpose=purpose) == "visible"
        )
    }  # fmt: skip


def _paper(world: World, number: str, key: str) -> bytes | None:
    uid = CHANNELS[number]
    try:
        paper = order(reading(world, key, event="street_report.ordered"), uid, None, language="nl")
        return fetch(reading(world, key, event="street_report.prepared"), uid, paper.uid, None, language="nl").data
    except Problem:
        return None


@pytest.mark.parametrize("is_free", [True, False], ids=["copies allowed", "as the covenants say"])
@pytest.mark.parametrize(("number", "key"), READERS)
def test_the_paper_holds_what_the_oracle_grants_and_may_be_copied(
    world: World, number: str, key: str, is_free: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected, last = granted(world, number, key), Entry.objects.order_by("-id").first().id
    if is_free:
        monkeypatch.setattr(content, "obligations_by_article", lambda policy: {})
    pdf = _paper(world, number, key)
    text = " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages) if pdf else ""
    found = set(found_in(world, text))

    assert found <= expected, f"{key} in {number} has on paper what is silent"
    if is_free:
        # An answer to what is silent is silent too, so not everything that the rules give can be told.
        own = {marker for marker in expected if marker.code in ("street_message", "street_question")}
        assert own <= found or pdf is None
    written: set[str] = set()
    for row in Entry.objects.filter(id__gt=last, event_type="street_report.exported"):
        written |= set(load_catalogue().codes(mask_of_columns((row.fields_0, row.fields_1, row.fields_2))))
    assert written == {marker.code for marker in found}


@pytest.mark.parametrize(("number", "key"), READERS)
def test_the_page_holds_nothing_else_and_is_journalled(world: World, number: str, key: str) -> None:
    seen = get(world, sign_in(world.people[key]), f"/straat/{CHANNELS[number]}/verslag/")

    assert seen.status in (200, 403, 404)
    assert set(seen.markers) <= granted(world, number, key)
    _assert_journalled(world, seen)


def test_the_crawl_sees_papers_at_all(world: World) -> None:
    papers = [key for number, key in READERS if _paper(world, number, key)]

    assert "anouk" in papers
