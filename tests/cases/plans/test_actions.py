"""Actions: given by who takes part, settled by who does them, silent to who was not there."""

from datetime import timedelta
from uuid import uuid4

import pytest

from agreements.models import Professional
from audit.journal.models import Entry
from cases.disclosure.refusals import NotYourCase
from cases.plans import commands, queries
from cases.plans.models import Action, ActionState, Review
from foundation import clock
from foundation.errors import Invalid, Refused
from tests.cases.desk import make_case, reading
from tests.invariants.world import World

pytestmark = pytest.mark.django_db

LIVE = ("ZVH-MD", "GEM-MD", "POL-MD", "GGZ-MD")


def due(days: int = 7):
    return clock.today() + timedelta(days=days)


def add(
    world: World, number: str, *, key: str = "nadia", agency: str = "GEM-MD", text: str = "Belt de schuldhulp", **more
):
    more.setdefault("due_on", due())
    return commands.add_action(reading(world, key), number, text=text, owner_agency=agency, **more)


def texts(world: World, key: str, number: str) -> list[str]:
    plan = queries.open_plan(reading(world, key, event="plan.read"), number, None)
    return [line.fact.value for line in (*plan.loose, *(a for goal in plan.goals for a in goal.actions))]


def test_an_action_is_read_by_the_participants_and_plans_the_reviews(world: World) -> None:
    make_case("P-1", live=LIVE)

    made = add(world, "P-1", owner=world.people["sanne"].uuid)

    assert made.owner == Professional.objects.get(demo_key="sanne")
    assert texts(world, "sanne", "P-1") == texts(world, "ilse", "P-1") == ["Belt de schuldhulp"]
    assert Review.objects.filter(case=made.case, held_at=None).count() == 2
    assert Entry.objects.filter(event_type="action.added").exists()


def test_two_actions_get_two_numbers_and_the_same_form_twice_adds_once(world: World) -> None:
    make_case("P-1", live=LIVE)
    submission = uuid4()

    first = add(world, "P-1", submission=submission)
    again = add(world, "P-1", submission=submission, text="Anders")
    second = add(world, "P-1")

    assert again == first
    assert [first.number, second.number] == [1, 2]


def test_the_same_form_in_another_case_is_refused(world: World) -> None:
    make_case("P-1", live=LIVE)
    make_case("P-2", live=LIVE)
    submission = uuid4()
    add(world, "P-1", submission=submission)

    with pytest.raises(Invalid) as refused:
        add(world, "P-2", submission=submission)

    assert refused.value.field == "submission"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "x" * 4001}, "text"),
        ({"agency": "OM-MD"}, "owner_agency"),
        ({"agency": "GEEN"}, "owner_agency"),
        ({"due_on": clock.today() - timedelta(days=1)}, "due_on"),
        ({"due_on": clock.today() + timedelta(days=4000)}, "due_on"),
        ({"goal": uuid4()}, "goal"),
        ({"power": "x" * 61}, "power"),
        ({"owner": uuid4()}, "owner"),
    ],
)
def test_what_does_not_fit_is_named_by_its_field(world: World, wrong: dict, field: str) -> None:
    make_case("P-1", live=LIVE)

    with pytest.raises(Invalid) as refused:
        add(world, "P-1", **wrong)

    assert refused.value.field == field
    assert not Action.objects.filter(case__number="P-1").exists()


def test_an_owner_works_at_the_agency_that_owns(world: World) -> None:
    make_case("P-1", live=LIVE)

    with pytest.raises(Invalid) as refused:
        add(world, "P-1", agency="POL-MD", owner=world.people["sanne"].uuid)

    assert refused.value.field == "owner"


def test_who_does_not_take_part_neither_adds_nor_settles(world: World) -> None:
    make_case("P-1", live=LIVE)
    made = add(world, "P-1")

    with pytest.raises(NotYourCase):
        add(world, "P-1", key="margot")
    with pytest.raises(NotYourCase):
        commands.settle_action(reading(world, "margot"), made.uid, state="done", result="")
    with pytest.raises(NotYourCase):
        commands.settle_action(reading(world, "sanne"), uuid4(), state="done", result="")


def test_a_role_that_reads_no_plan_writes_none(world: World) -> None:
    make_case("P-1", live=LIVE)

    with pytest.raises(Refused):
        add(world, "P-1", key="esra")


def test_an_action_said_at_a_meeting_is_silent_to_who_was_not_there(world: World) -> None:
    make_case("P-1", live=LIVE)

    made = add(world, "P-1", agency="POL-MD", heard=("ZVH-MD", "GEM-MD"))

    assert texts(world, "sanne", "P-1") == texts(world, "ruben", "P-1") == ["Belt de schuldhulp"]
    assert texts(world, "ilse", "P-1") == []
    with pytest.raises(NotYourCase):
        commands.settle_action(reading(world, "ilse"), made.uid, state="done", result="")


def test_its_owner_settles_it_and_the_result_is_read_by_who_heard_it(world: World) -> None:
    make_case("P-1", live=LIVE)
    made = add(world, "P-1", agency="POL-MD", heard=("ZVH-MD",))

    commands.settle_action(reading(world, "ruben"), made.uid, state="partly", result="Was er niet")

    def results(key: str) -> list[str]:
        plan = queries.open_plan(reading(world, key), "P-1", None)
        return [said.fact.value for line in plan.loose for said in line.results]

    assert results("nadia") == results("ruben") == ["Was er niet"]
    assert results("sanne") == []
    assert Action.objects.get(case__number="P-1", uid=made.uid).state == ActionState.PARTLY


def test_another_participant_does_not_settle_it_but_the_director_does(world: World) -> None:
    make_case("P-1", live=LIVE)
    made = add(world, "P-1")

    with pytest.raises(Refused):
        commands.settle_action(reading(world, "ruben"), made.uid, state="done", result="")
    assert commands.settle_action(reading(world, "nadia"), made.uid, state="done", result="").state == "done"


def test_anything_but_done_asks_why_and_open_takes_it_back(world: World) -> None:
    make_case("P-1", live=LIVE)
    made = add(world, "P-1")

    with pytest.raises(Invalid) as refused:
        commands.settle_action(reading(world, "sanne"), made.uid, state="impossible", result=" ")
    assert refused.value.field == "result"
    with pytest.raises(Invalid):
        commands.settle_action(reading(world, "sanne"), made.uid, state="klaar", result="")

    commands.settle_action(reading(world, "sanne"), made.uid, state="done", result="")
    twice = commands.settle_action(reading(world, "sanne"), made.uid, state="done", result="")
    assert twice.state == "done"
    back = commands.settle_action(reading(world, "sanne"), made.uid, state="open", result="")
    assert (back.state, back.settled_at) == ("open", None)
