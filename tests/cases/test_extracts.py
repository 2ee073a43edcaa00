"""Extracts: for the recipient alone, as long as the decision, the article and its conditions stand; and recorded."""

from datetime import timedelta

import pytest

from agreements.models import Covenant, Party
from agreements.policy.catalogue import load_catalogue
from audit.journal.entry import mask_of_columns
from cases.models import Case, Circumstance, Extract, Participation
from foundation import clock
from tests.cases.desk import Api, changing, changing_rules, page
from tests.invariants.crawl import Seen, get
from tests.invariants.world import Marker, World

pytestmark = pytest.mark.django_db

GRANTED = {"action_for_recipient", "housing_agreement", "visit_risk"}


def opened(world: World, key: str, number: str) -> Seen:
    return get(world, page(world, key), f"/verstrekkingen/{number}/")


def copies(seen: Seen) -> set[Marker]:
    return {marker for marker in seen.markers if str(marker.value).startswith("extract:")}


def test_the_recipient_reads_the_granted_fields_of_its_own_copy(world: World) -> None:
    found = copies(opened(world, "joost", "MW-1"))

    assert {marker.code for marker in found} == GRANTED
    assert {(marker.case, marker.value) for marker in found} == {("MW-1", "extract:WON-WATERWEG")}


def test_a_copy_in_a_case_without_an_invitation_opens_nothing(world: World) -> None:
    """In MW-2 nobody recorded that the third parties are invited, which articles 7.1 and 7.2 ask."""
    assert copies(opened(world, "joost", "MW-2")) == copies(opened(world, "peter", "MW-2")) == set()


def test_a_field_in_the_copy_that_no_article_gives_is_never_shown(world: World) -> None:
    planted = [m for m in world.markers if m.code == "police_incident" and m.value == "extract:WON-WATERWEG"]
    assert planted

    for key, number in (("joost", "MW-1"), ("joost", "MW-2"), ("peter", "MW-2"), ("peter", "MW-4")):
        page_text = opened(world, key, number).text
        api_text = Api(world, key, "prevent_eviction").get(f"/extracts/{number}").content.decode()
        for marker in world.markers:
            if marker.code == "police_incident":
                assert not [text for text in marker.texts if text in page_text or text in api_text]


@pytest.mark.parametrize("key", ["sanne", "ruben", "nadia", "marloes", "hanneke", "ineke", "carla", "farid"])
def test_nobody_but_the_recipient_opens_it(world: World, key: str) -> None:
    for number in ("MW-1", "MW-2"):
        seen = opened(world, key, number)
        assert (seen.status, seen.markers) == (404, ())
    assert not [m for m in get(world, page(world, key), "/casus/MW-1/").markers if str(m.value).startswith("extract:")]


def test_opening_is_journalled_with_the_fields_that_left(world: World) -> None:
    seen = opened(world, "joost", "MW-1")

    codes: set[str] = set()
    for entry in seen.entries:
        if entry.event_type == "extract.first_opened":
            continue
        codes |= set(load_catalogue().codes(mask_of_columns((entry.fields_0, entry.fields_1, entry.fields_2))))
        assert (entry.event_type, entry.case_ref) == ("extract.opened", world.cases["MW-1"].ref)
        assert entry.purpose == "prevent_eviction"
    assert codes == {marker.code for marker in seen.markers}


def test_a_revoked_copy_is_gone_at_once(world: World) -> None:
    with changing():
        Extract.objects.filter(case__number="MW-1").update(revoked_at=clock.now())

    assert copies(opened(world, "joost", "MW-1")) == set()


def test_a_copy_whose_term_is_over_or_still_to_come_is_not_there(world: World) -> None:
    now = clock.now()
    for change in ({"ends": now}, {"decided_at": now + timedelta(days=1)}):
        with changing():
            Extract.objects.filter(case__number="MW-1").update(**change)
        assert copies(opened(world, "joost", "MW-1")) == set()


@pytest.mark.parametrize("condition", ["secrecy_signed", "invited"])
def test_a_condition_that_no_longer_holds_closes_the_copy(world: World, condition: str) -> None:
    with changing():
        Circumstance.objects.filter(case__number="MW-1", code=condition).update(ends=clock.now())

    assert copies(opened(world, "joost", "MW-1")) == set()


def test_a_copy_under_a_covenant_that_ended_is_gone(world: World) -> None:
    with changing_rules():
        covenant = Covenant.objects.get(code="PGA-MD")
        covenant.versions.filter(number=2).update(ends=clock.now() - timedelta(seconds=1))

    assert copies(opened(world, "joost", "MW-1")) == set()


def test_a_recipient_that_is_no_party_any_more_reads_only_its_own_reports(world: World) -> None:
    with changing_rules():
        Party.objects.filter(covenant__code="PGA-MD", agency__code="WON-WATERWEG").update(
            ends=clock.now() - timedelta(seconds=1)
        )

    seen = opened(world, "joost", "MW-1")
    assert copies(seen) == set()
    assert {marker.source for marker in seen.markers} == {"WON-WATERWEG"}


def test_a_phase_in_which_the_article_does_not_count_closes_the_copy(world: World) -> None:
    with changing():
        Case.objects.filter(number="MW-1").update(phase="triage")

    assert copies(opened(world, "joost", "MW-1")) == set()


def test_a_closed_case_is_shielded_for_its_third_parties_too(world: World) -> None:
    with changing():
        Case.objects.filter(number="MW-1").update(state="closed")

    seen = opened(world, "joost", "MW-1")
    assert (seen.status, seen.markers) == (404, ())
    assert Api(world, "joost", "prevent_eviction").get("/extracts/MW-1").status_code == 404
    assert "MW-1" not in get(world, page(world, "joost"), "/").text


def test_a_third_party_whose_part_ended_or_that_names_others_finds_nothing(world: World) -> None:
    taking = Participation.objects.filter(case__number="MW-1", agency__code="WON-WATERWEG")
    for change in ({"everyone": False}, {"everyone": True, "ends": clock.now()}):
        with changing():
            taking.update(**change)
        assert opened(world, "joost", "MW-1").status == 404


def test_the_page_and_the_api_give_the_same_copy(world: World) -> None:
    answer = Api(world, "joost", "prevent_eviction").get("/extracts/MW-1").json()

    codes = {fact["field"] for person in answer["persons"] for fact in person["facts"]}
    assert codes == {marker.code for marker in opened(world, "joost", "MW-1").markers}


def test_a_third_party_does_not_open_the_joint_case_by_any_page_of_it(world: World) -> None:
    client = page(world, "joost")
    for path in ("", "tijdlijn/", "deelnemers/", "regels/", "waarom/?veld=full_name&bron=GEM-MD", "doel/"):
        seen = get(world, client, f"/casus/MW-1/{path}")
        assert (seen.status, seen.markers) == (404, ()), path


def test_a_token_for_another_purpose_opens_no_copy(world: World) -> None:
    answer = Api(world, "joost", "area_safety").get("/extracts/MW-1").json()

    sources = {fact["source"]["code"] for person in answer["persons"] for fact in person["facts"]}
    assert sources == {"WON-WATERWEG"}, "only its own reports"
