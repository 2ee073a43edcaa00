"""The same over the API, for a partner's own system."""

from datetime import timedelta
from uuid import uuid4

import pytest

from cases.models import Case
from foundation import clock
from tests.cases.desk import Api, make_case
from tests.invariants.world import World

pytestmark = pytest.mark.django_db

LIVE = ("ZVH-MD", "GEM-MD", "POL-MD", "GGZ-MD")


def test_a_plan_from_goal_to_closing_and_open_again(world: World) -> None:
    make_case("P-1", live=LIVE, phase="meeting")
    nadia, sanne = Api(world, "nadia", "pga_adult"), Api(world, "sanne", "pga_adult")
    due = str(clock.today() + timedelta(days=3))

    goal = nadia.post("/cases/P-1/goals", {"text": "Rust in huis", "domain": "domestic"}).json()["uid"]
    body = {"text": "Belt", "owner_agency": "GEM-MD", "due_on": due, "goal": goal, "submission": str(uuid4())}
    made = nadia.post("/cases/P-1/actions", body)
    assert (made.status_code, nadia.post("/cases/P-1/actions", body).json()) == (201, made.json())
    assert nadia.post("/cases/P-1/phase", {"phase": "plan"}).json()["phase"] == "plan"
    scores = {"moment": "start", "on": str(clock.today()), "scores": {"domestic": 2}}
    assert sanne.put("/cases/P-1/measurements", scores).status_code == 200
    mine = [item["uid"] for item in sanne.get("/actions").json()["items"] if item["case"] == "P-1"]
    assert mine == [made.json()["uid"]]
    assert sanne.post(f"/actions/{made.json()['uid']}/settlement", {"state": "done"}).status_code == 204
    assert nadia.put(f"/goals/{goal}", {"state": "reached"}).status_code == 204

    plan = sanne.get("/cases/P-1/plan").json()
    assert plan["goals"][0]["words"]["value"] == "Rust in huis"
    assert plan["goals"][0]["actions"][0]["state"] == "done"
    assert sorted(plan["goals"][0]["actions"][0]["seen_by"]) == ["GEM-MD", "GGZ-MD", "POL-MD", "ZVH-MD"]
    assert plan["measurements"][0]["words"]["value"] == {"domestic": 2}
    review = plan["reviews"][0]["uid"]
    assert nadia.post(f"/cases/P-1/reviews/{review}", {"outcome": "continue", "note": "Goed"}).status_code == 204

    assert nadia.post("/cases/P-1/phase", {"phase": "monitoring", "progress": "Loopt"}).status_code == 200
    assert nadia.post("/cases/P-1/phase", {"phase": "triage"}).status_code == 422
    watch = {"phase": "aftercare", "watcher": "GEM-MD", "watched": "De rust"}
    assert nadia.post("/cases/P-1/phase", watch).json()["phase"] == "aftercare"
    closing = {"reason": "goals_met", "evaluation": "Goed", "effect": "no_contact", "feedback": "told"}
    assert nadia.post("/cases/P-1/closing", closing).status_code == 403
    assert sanne.post("/cases/P-1/closing", closing).json()["state"] == "closed"
    assert sanne.get("/cases/P-1/plan").status_code == 404
    assert [item["number"] for item in sanne.get("/closed-cases").json()["items"]] == ["P-1"]
    assert sanne.post("/closed-cases/P-1/reopening", {"reason": "Weer mis"}).json()["phase"] == "triage"
    assert Case.objects.get(number="P-1").state == "open"


def test_what_does_not_fit_is_a_problem_document(world: World) -> None:
    make_case("P-1", live=LIVE)
    sanne = Api(world, "sanne", "pga_adult")

    answer = sanne.post("/cases/P-1/actions", {"text": "Belt", "owner_agency": "OM-MD", "due_on": str(clock.today())})

    assert answer.status_code == 422
    assert "owner_agency" in answer.content.decode()
    assert sanne.post("/cases/P-1/goals", {"text": "", "domain": "finance"}).status_code == 422


def test_a_token_for_another_purpose_reads_no_plan(world: World) -> None:
    make_case("P-1", live=LIVE)

    assert Api(world, "sanne", "area_safety").get("/cases/P-1/plan").status_code == 403
    assert Api(world, "margot", "pga_adult").get("/cases/P-1/plan").status_code == 404
