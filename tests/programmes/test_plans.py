"""Programmes: measurable goals, both sides, no project that ends without result and lesson, and who sees what."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.models import Professional
from audit.journal.models import Entry
from audit.journal.scope import write_scope
from deploy.demo_programmes import load_demo_programmes
from foundation.errors import Invalid, NotFound, Refused
from programmes.areas.models import Measurement
from programmes.plans import commands, queries
from programmes.plans.acting import journal
from programmes.plans.models import Goal, Programme, ProgrammePillar, Project, ProjectState
from programmes.plans.rules import GoalStanding, expected, goal_standing, sides_missing
from tests.invariants.crawl import sign_in
from tests.programmes.conftest import visit

AREA = "bu99990003"
PATH = {2018: Decimal(100), 2024: Decimal(70), 2030: Decimal(40)}


@pytest.mark.parametrize(
    ("measured", "standing"),
    [
        ({2018: Decimal(100)}, GoalStanding.SET),
        ({2019: None}, GoalStanding.SET),
        ({2021: Decimal(85)}, GoalStanding.ON_COURSE),
        ({2021: Decimal(86)}, GoalStanding.BEHIND),
        ({2021: Decimal(40)}, GoalStanding.MET),
        ({2021: Decimal(60), 2030: Decimal(41)}, GoalStanding.MISSED),
        ({2021: Decimal(60), 2022: None}, GoalStanding.ON_COURSE),
    ],
)
def test_a_goal_stands_by_its_newest_number_beside_the_path(measured: Any, standing: GoalStanding) -> None:
    assert goal_standing(decided=True, upward=False, path=PATH, measured=measured) is standing
    assert goal_standing(decided=False, upward=False, path=PATH, measured=measured) is GoalStanding.DRAFT


def test_the_path_goes_straight_between_its_points() -> None:
    assert [expected(PATH, year) for year in (2010, 2021, 2024, 2027, 2040)] == [100, 85, 70, 55, 40]


def test_a_side_that_is_missing_is_named() -> None:
    assert sides_missing([]) == ("social", "repressive")
    assert sides_missing(["social", "social"]) == ("repressive",)
    assert sides_missing(["repressive", "social"]) == ()


@pytest.fixture
def programme(house: None) -> Programme:
    anouk = visit("anouk")
    made = commands.start_programme(
        anouk, code="proef", title="Proef", summary="Kort.", mandate="Raadsbesluit", lead_why="De raad vroeg het.",
        starts_year=2020, until_year=2032, areas=[AREA],
    )  # fmt: skip
    commands.add_pillar(anouk, "proef", kind="safety")
    commands.add_plan(anouk, "proef", first_year=2023, last_year=2026, summary="Samen op straat.")
    return made


def add_goal(**more: Any) -> Goal:
    given: dict[str, Any] = {
        "pillar": ProgrammePillar.objects.get(programme__code="proef", kind="safety").pk, "title": "Minder geweld",
        "area": AREA, "indicator": "street_violence", "baseline_year": 2020, "target": Decimal(20), "target_year": 2030,
        "milestones": {2025: Decimal(40)},
    } | more  # fmt: skip
    return commands.add_goal(visit("anouk"), "proef", **given)


def add_project(goal: Goal, side: str = "social", **more: Any) -> Project:
    given: dict[str, Any] = {
        "plan": goal.pillar.programme.plans.get().pk, "title": "Ronde", "about": "Elke avond.", "side": side,
        "owner": "POL-MD", "starts_on": date(2024, 1, 1), "until_on": date(2026, 1, 1),
    } | more  # fmt: skip
    return commands.add_project(visit("anouk"), goal.uid, **given)


def test_the_baseline_is_the_number_of_the_area_with_its_source(programme: Programme) -> None:
    goal = add_goal()
    row = Measurement.objects.get(area__code=AREA, indicator__code="street_violence", year=2020)
    assert (goal.baseline, goal.baseline_source, goal.baseline_dated) == (row.value, row.source, row.dated)
    assert Entry.objects.filter(event_type="programme.goal_added").count() == 1


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"baseline_year": 1999}, "baseline_year"),
        ({"target": Decimal(500)}, "target"),
        ({"target": Decimal(9)}, "target"),
        ({"target_year": 2020}, "target_year"),
        ({"target_year": 2033}, "target_year"),
        ({"milestones": {2030: Decimal(1)}}, "milestones"),
        ({"indicator": "zork"}, "indicator"),
        ({"area": "bu99990001"}, "indicator"),
        ({"pillar": 0}, "pillar"),
        ({"title": " "}, "title"),
    ],
)
def test_a_goal_that_cannot_be_measured_is_refused_at_its_field(programme: Programme, more: Any, field: str) -> None:
    with pytest.raises(Invalid) as raised:
        add_goal(**more)
    assert raised.value.field == field
    assert raised.value.remedy
    assert not Goal.objects.exists()


def test_a_number_about_too_few_people_is_no_baseline(programme: Programme) -> None:
    with transaction.atomic(), write_scope(reason="test"):
        row = Measurement.objects.get(area__code=AREA, indicator__code="street_violence", year=2020)
        Measurement.objects.filter(pk=row.pk).update(value=None)
        journal(visit("anouk"), "test")
    with pytest.raises(Invalid) as raised:
        add_goal()
    assert raised.value.field == "baseline_year"


def test_a_project_ends_with_result_and_lesson_or_not_at_all(programme: Programme) -> None:
    goal = add_goal()
    project = add_project(goal)
    commands.move_programme(visit("anouk"), "proef", to="adopted")
    hilde = visit("hilde")  # she speaks for the police, who do it
    commands.start_project(hilde, project.uid)
    for given, field in (
        ({"outcome": "worked", "result": "Minder", "learned": " "}, "learned"),
        ({"outcome": "worked", "result": "", "learned": "Blijf"}, "result"),
        ({"outcome": "zork", "result": "Minder", "learned": "Blijf"}, "outcome"),
        ({"outcome": "worked", "result": "Minder", "learned": "Blijf", "ended_on": date(2023, 1, 1)}, "ended_on"),
    ):
        with pytest.raises(Invalid) as raised:
            commands.end_project(hilde, project.uid, **given)  # type: ignore[arg-type]
        assert raised.value.field == field
    # Nor by any way around the command.
    with pytest.raises(IntegrityError), transaction.atomic(), write_scope(reason="test"):
        Project.objects.filter(pk=project.pk).update(state=ProjectState.ENDED)
    ended = commands.end_project(hilde, project.uid, outcome="partly", result="Minder", learned="Blijf")
    assert (ended.state, ended.learned) == (ProjectState.ENDED, "Blijf")
    with pytest.raises(Invalid):
        commands.end_project(hilde, project.uid, outcome="worked", result="Meer", learned="Anders")


def test_no_pillar_is_reported_without_both_sides(programme: Programme) -> None:
    anouk = visit("anouk")
    goal = add_goal()
    pillar = goal.pillar_id
    commands.start_project(anouk, add_project(goal, "social").uid)
    add_project(goal, "repressive", starts_on=date(2026, 1, 1))  # planned, and not in that year
    with pytest.raises(Invalid) as raised:
        commands.report_pillar(anouk, "proef", pillar=pillar, year=2025, text="Het gaat goed.")
    assert "repressief" in raised.value.sentence
    commands.start_project(anouk, add_project(goal, "repressive").uid)
    report = commands.report_pillar(anouk, "proef", pillar=pillar, year=2025, text="Het gaat goed.")
    assert (report.n_social, report.n_repressive) == (1, 1)
    with pytest.raises(Invalid):
        commands.report_pillar(anouk, "proef", pillar=pillar, year=2025, text="Nog eens.")


def test_a_plan_is_four_years_at_most_and_a_programme_ten_at_least(programme: Programme) -> None:
    anouk = visit("anouk")
    for first, last in ((2027, 2031), (2019, 2020), (2026, 2027)):
        with pytest.raises(Invalid):
            commands.add_plan(anouk, "proef", first_year=first, last_year=last, summary="x")
    with pytest.raises(Invalid) as raised:
        commands.start_programme(
            anouk, code="kort", title="x", summary="x", mandate="x", lead_why="x", starts_year=2020, until_year=2029,
            areas=[AREA],
        )  # fmt: skip
    assert raised.value.field == "until_year"


@pytest.mark.parametrize("key", ["hilde", "sanne"])
def test_only_who_leads_the_leading_party_writes_and_a_refusal_is_journalled(programme: Programme, key: str) -> None:
    commands.move_programme(visit("anouk"), "proef", to="adopted")
    with pytest.raises(Refused):
        commands.add_pillar(visit(key), "proef", kind="work")
    assert Entry.objects.filter(event_type="programme.pillar_added", outcome="refused").count() == 1
    assert ProgrammePillar.objects.count() == 1


def test_a_programme_that_is_proposed_is_there_for_its_lead_alone(programme: Programme) -> None:
    assert queries.programmes(None) == ()
    assert queries.programmes(visit("hilde")) == ()
    assert [one.code for one in queries.programmes(visit("sanne"))] == ["proef"]
    with pytest.raises(NotFound):
        queries.programme_page(visit("hilde"), "proef")
    client = Client(HTTP_HOST="localhost")
    assert client.get("/wijkprogrammas/proef/").status_code == 404
    assert client.get("/api/v1/programmes/proef").status_code == 404


def test_a_draft_of_a_goal_is_not_public_until_it_is_decided(programme: Programme) -> None:
    anouk = visit("anouk")
    commands.move_programme(anouk, "proef", to="adopted")
    goal = add_goal()
    client = Client(HTTP_HOST="localhost")
    assert "Minder geweld" not in client.get("/wijkprogrammas/proef/").content.decode()
    assert client.get("/api/v1/programmes/proef").json()["pillars"][0]["goals"] == []
    commands.decide_goal(anouk, goal.uid)
    assert "Minder geweld" in client.get("/wijkprogrammas/proef/").content.decode()
    assert client.get("/api/v1/programmes/proef").json()["pillars"][0]["goals"][0]["path"][0]["year"] == 2020
    with pytest.raises(Invalid):
        commands.decide_goal(anouk, goal.uid)


def test_steps_follow_each_other_and_an_ended_programme_does_not_change(programme: Programme) -> None:
    anouk = visit("anouk")
    with pytest.raises(Invalid):
        commands.move_programme(anouk, "proef", to="running")
    for step in ("adopted", "running", "reviewed", "running", "ended"):
        commands.move_programme(anouk, "proef", to=step)
    with pytest.raises(Invalid):
        commands.add_pillar(anouk, "proef", kind="work")


@override_settings(PROGRAMME_MOST_GOALS=1)
def test_a_programme_with_too_many_goals_is_warned_and_the_public_does_not_read_it(programme: Programme) -> None:
    commands.move_programme(visit("anouk"), "proef", to="adopted")
    for title in ("Een", "Twee"):
        commands.decide_goal(visit("anouk"), add_goal(title=title).uid)
    page = queries.programme_page(visit("anouk"), "proef")
    assert page.crowded
    assert "focus" in client_of("anouk").get("/wijkprogrammas/proef/").content.decode()
    assert "focus" not in Client(HTTP_HOST="localhost").get("/wijkprogrammas/proef/").content.decode()
    assert "focus" in client_of("anouk").get("/wijkprogrammas/proef/doel/").content.decode()


def client_of(key: str) -> Client:
    return sign_in(Professional.objects.get(demo_key=key))


def test_the_forms_work_without_script_and_keep_what_was_typed(programme: Programme) -> None:
    client = client_of("anouk")
    pillar = ProgrammePillar.objects.get().pk
    given = {
        "pillar": pillar, "title": "Minder inbraken", "area": AREA, "indicator": "burglary", "baseline_year": 2018,
        "target": "20", "target_year": 2030, "milestones": "2024: 30\nonzin",
    }  # fmt: skip
    answer = client.post("/wijkprogrammas/proef/doel/", given)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "onzin” is geen mijlpaal" in text
    assert "Minder inbraken" in text
    answer = client.post("/wijkprogrammas/proef/doel/", given | {"milestones": "2024: 30"})
    assert (answer.status_code, answer.url) == (302, reverse("programme", args=["proef"]))
    goal = Goal.objects.get()
    client.post(f"/wijkprogrammas/proef/doel/{goal.uid}/stel-vast/")
    plan = programme.plans.get().pk
    client.post(
        f"/wijkprogrammas/proef/doel/{goal.uid}/project/",
        {"title": "Slot erop", "about": "Sloten.", "side": "social", "plan": plan, "owner": "WON-WATERWEG",
         "starts_on": "2024-01-01", "until_on": "2024-12-31"},
    )  # fmt: skip
    project = Project.objects.get()
    client.post(f"/wijkprogrammas/proef/project/{project.uid}/begin/")
    answer = client.post(f"/wijkprogrammas/proef/project/{project.uid}/rond-af/", {"outcome": "worked", "result": "x"})
    assert answer.status_code == 422
    client.post(
        f"/wijkprogrammas/proef/project/{project.uid}/rond-af/", {"outcome": "worked", "result": "x", "learned": "y"}
    )
    project.refresh_from_db()
    assert project.state == ProjectState.ENDED
    assert client.post("/wijkprogrammas/proef/pijler/", {"kind": "own", "own_name": ""}).status_code == 422
    assert client.post("/wijkprogrammas/proef/pijler/", {"kind": "own", "own_name": "Sport"}).status_code == 302
    assert client.post("/wijkprogrammas/proef/pijler/", {"kind": "own", "own_name": "Sport"}).status_code == 422


@pytest.mark.usefixtures("house")
def test_the_programme_of_the_demo_stands_and_its_page_costs_a_fixed_number_of_queries() -> None:
    load_demo_programmes()
    load_demo_programmes()
    assert (Programme.objects.count(), Goal.objects.count()) == (1, 6)
    assert Project.objects.filter(state=ProjectState.ENDED).count() == 1
    client = Client(HTTP_HOST="localhost")
    for path in ("/wijkprogrammas/", "/wijkprogrammas/havenkwartier-2038/", "/api/v1/programmes/havenkwartier-2038"):
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(path)
        assert answer.status_code == 200
        assert len(asked) <= 16, [one["sql"][:90] for one in asked]
    page = client.get("/wijkprogrammas/havenkwartier-2038/").content.decode()
    assert "Ouders komen als een andere ouder hen meeneemt" in page
    assert "rond-af" not in page
