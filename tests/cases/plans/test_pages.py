"""The pages of a plan: typed in one line, settled with one tap, silent where the covenant is."""

from datetime import timedelta

import pytest

from cases.plans import commands
from cases.plans.models import Action, ActionState, Goal
from foundation import clock
from tests.cases.desk import make_case, page, reading
from tests.invariants.world import World

pytestmark = pytest.mark.django_db

LIVE = ("ZVH-MD", "GEM-MD", "POL-MD", "GGZ-MD")


def test_a_line_with_partner_and_day_becomes_an_action_of_that_partner(world: World) -> None:
    make_case("P-1", live=LIVE)
    nadia = page(world, "nadia")

    answer = nadia.post("/casus/P-1/plan/actie/", {"text": "@POL rijdt langs morgen", "due_on": "", "owner": ""})

    assert answer.status_code == 302
    made = Action.objects.get(case__number="P-1")
    assert (made.owner_agency.code, made.due_on) == ("POL-MD", clock.today() + timedelta(days=1))
    shown = nadia.get("/casus/P-1/plan/").content.decode()
    assert "rijdt langs" in shown
    assert "@POL rijdt" not in shown


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"text": "@OM belt"}, "Deze partner doet niet mee in de casus."),
        ({"text": "Belt moeder", "due_on": ""}, "Kies wie dit doet."),
        ({"text": "@GEM belt", "due_on": ""}, "Kies een dag."),
        ({"text": "@GEM belt 31-2", "due_on": ""}, "Deze dag bestaat niet."),
        ({"text": ""}, "Nieuwe actie"),
    ],
)
def test_what_does_not_fit_comes_back_with_the_typed_line(world: World, sent: dict, said: str) -> None:
    make_case("P-1", live=LIVE)

    answer = page(world, "nadia").post("/casus/P-1/plan/actie/", sent)

    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    assert f'value="{sent["text"]}"' in text
    assert not Action.objects.filter(case__number="P-1").exists()


def test_a_goal_with_its_actions_stands_under_its_life_domain(world: World) -> None:
    make_case("P-1", live=LIVE)
    nadia = page(world, "nadia")

    nadia.post("/casus/P-1/plan/doel/", {"text": "Geen schulden meer", "domain": "finance"})
    goal = Goal.objects.get(case__number="P-1")
    nadia.post("/casus/P-1/plan/actie/", {"text": "@GEM plan maken vr", "goal": str(goal.uid)})
    nadia.post(f"/doelen/{goal.uid}/", {"state": "partly", "target_on": ""})

    text = page(world, "sanne").get("/casus/P-1/plan/").content.decode()
    assert text.index("Geen schulden meer") < text.index("plan maken")
    assert "Financiën" in text
    assert Goal.objects.get(case__number="P-1").state == "partly"


def test_one_tap_settles_and_goes_back_to_where_it_was_pressed(world: World) -> None:
    make_case("P-1", live=LIVE)
    made = commands.add_action(reading(world, "nadia"), "P-1", text="Belt", owner_agency="GEM-MD", due_on=clock.today())
    sanne = page(world, "sanne")

    assert "Belt" in sanne.get("/acties/").content.decode()
    answer = sanne.post(f"/acties/{made.uid}/afronden/", {"state": "done", "back": "acties"})

    assert answer["Location"] == "/acties/"
    assert Action.objects.get(case__number="P-1").state == ActionState.DONE
    assert "Belt" not in sanne.get("/acties/").content.decode()


def test_without_a_reason_the_form_comes_back_with_what_was_typed(world: World) -> None:
    make_case("P-1", live=LIVE)
    made = commands.add_action(reading(world, "nadia"), "P-1", text="Belt", owner_agency="GEM-MD", due_on=clock.today())

    answer = page(world, "sanne").post(f"/acties/{made.uid}/afronden/", {"state": "impossible", "result": "x"})

    assert answer.status_code == 422
    assert "Schrijf in een paar woorden waarom." in answer.content.decode()


def test_who_takes_no_part_gets_the_same_answer_for_what_is_and_is_not(world: World) -> None:
    make_case("P-1", live=LIVE)
    made = commands.add_action(reading(world, "nadia"), "P-1", text="Belt", owner_agency="GEM-MD", due_on=clock.today())
    margot = page(world, "margot")

    there = margot.post(f"/acties/{made.uid}/afronden/", {"state": "done"})
    nowhere = margot.post("/acties/00000000-0000-4000-8000-000000000000/afronden/", {"state": "done"})

    assert there.status_code == nowhere.status_code == 404


def test_a_third_party_finds_no_plan(world: World) -> None:
    make_case("P-1", live=LIVE, extract=("OND-BAKEN",))

    assert page(world, "peter").get("/casus/P-1/plan/").status_code == 404
    assert page(world, "peter").get("/acties/").status_code == 200
