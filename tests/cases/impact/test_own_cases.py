"""The list of one's own cases: only those that the reader may open, for reasons that the reader may know."""

from typing import Any

import pytest

from audit.journal.models import Entry
from cases.impact.own_cases import PAGE, OwnCase
from cases.impact.queries import impact
from cases.models import Case, Circumstance
from foundation import clock
from tests.cases.desk import changing, give, make_case, visit
from tests.cases.impact.offered import KEY, offer
from tests.invariants.world import World

pytestmark = pytest.mark.django_db
LIVE = ("POL-MD", "GEM-MD", "ZVH-MD", "SOC-WATERKANT")


@pytest.fixture
def case(world: World, db: None) -> Case:
    return make_case("T-1", live=LIVE)


def listed(world: World, key: str, number: str = "T-1", **pinned: Any) -> OwnCase | None:
    own = impact(visit(world, key, **pinned), KEY, route="test").own
    assert own is not None
    return next((found for found in own.cases if found.number == number), None)


@pytest.mark.parametrize("key", ["lieke", "carla", "hilde", "dirk", "ineke"])
def test_a_role_without_cases_has_no_list_at_all(world: World, db: None, key: str) -> None:
    offer(police="OM, ZVH")

    assert impact(visit(world, key), KEY, route="test").own is None


def test_a_case_in_which_the_reader_loses_what_they_see_now_says_how_much(world: World, case: Case) -> None:
    give(world, case, "POL-MD", police_incident="Ruzie", police_contacts_12m=4)
    offer(police="OM, ZVH, RCL, RVK, JB, VT, DJI")

    found = listed(world, "sanne")

    assert found is not None
    assert (found.loses, found.others, found.articles) == (2, (), ("6.1",))


def test_a_case_in_which_another_gets_what_the_reader_s_agency_gave_says_who(world: World, case: Case) -> None:
    give(world, case, "POL-MD", police_incident="Ruzie")
    offer(police="OM, GEM, ZVH, RCL, RVK, JB, VT, DJI, SOC")

    found = listed(world, "ruben")

    assert found is not None
    assert (found.loses, found.others) == (0, (("Wijkteam Waterkant", 0, 1),))


def test_a_case_of_the_kind_and_phase_of_a_changed_article_is_listed_whatever_it_holds(
    world: World, case: Case
) -> None:
    offer(police="OM, GEM, ZVH, RCL, RVK, JB, VT, DJI, SOC")
    empty = listed(world, "sanne")

    give(world, case, "SOC-WATERKANT", support_goals="Rust")
    other = listed(world, "sanne")

    assert empty is not None
    assert empty == other


def test_a_silent_fact_does_not_bring_a_case_onto_the_list(world: World, case: Case) -> None:
    """The police see nothing of the support that the team gives; that the prosecutor would, is not theirs to know."""
    offer(support="ZVH, GEM, SOC, RCL, JB, RVK, VT, GGZ, OM")
    before = listed(world, "ruben")

    give(world, case, "SOC-WATERKANT", debt_problem="Achterstand")
    with changing():
        Circumstance.objects.create(
            case=case, nature="condition", code="om_consent", starts=clock.now(), recorded_by="proef"
        )

    assert listed(world, "ruben") == before


def test_a_case_of_others_is_never_listed(world: World, db: None) -> None:
    make_case("T-2", live=("OM-MD", "ZVH-MD"))
    offer(police="ZVH")

    assert listed(world, "ruben", "T-2") is None
    assert listed(world, "nadia", "T-2") is not None


def test_a_held_fact_is_neither_lost_nor_known(world: World, case: Case) -> None:
    held = give(world, case, "POL-MD", police_incident="Ruzie")
    with changing():
        Circumstance.objects.create(
            case=case, nature="hold", code="embargo", contribution=held, starts=clock.now(), recorded_by="proef"
        )
    offer(police="OM, ZVH")

    found = listed(world, "sanne")

    assert found is not None
    assert found.loses == 0


def test_a_token_tells_of_its_own_purpose_alone(world: World, case: Case) -> None:
    give(world, case, "POL-MD", police_incident="Ruzie")
    offer(police="OM, ZVH")

    with_rights = listed(world, "sanne", purpose="pga_adult")
    without = listed(world, "sanne", purpose="prevent_eviction")

    assert with_rights is not None
    assert without is not None
    assert (with_rights.loses, without.loses) == (1, 0)


def test_every_case_on_the_list_has_its_entry_with_the_fields_it_tells_of(world: World, case: Case) -> None:
    give(world, case, "POL-MD", police_incident="Ruzie")
    offer(police="OM, ZVH")
    last = Entry.objects.order_by("-id").first().pk

    own = impact(visit(world, "sanne"), KEY, route="test").own

    entries = {row.case_ref: row for row in Entry.objects.filter(pk__gt=last)}
    assert {found.ref for found in own.cases} == set(entries)
    assert all(row.event_type == "impact.read" and not row.fields_0 for row in entries.values())
    assert '"announced"' in bytes(entries[case.ref].body).decode()


def test_the_list_comes_in_pages(world: World, db: None) -> None:
    for n in range(PAGE + 3):
        make_case(f"T-{n}", live=("BGM-MD", "ZVH-MD"))
    offer(police="OM, GEM")

    first = impact(visit(world, "nadia"), KEY, route="test").own
    second = impact(visit(world, "nadia"), KEY, route="test", start=first.next_from).own

    assert (first.looked_at, first.next_from) == (PAGE, PAGE)
    assert second.next_from == 0
    numbers = [found.number for own in (first, second) for found in own.cases]
    assert len(numbers) == len(set(numbers))
    assert {f"T-{n}" for n in range(PAGE + 3)} <= set(numbers)
