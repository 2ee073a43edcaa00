"""Experiments end with result, lesson and decision or not at all, name nobody, and become a lesson card in one step."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from agreements.models import Professional
from audit.journal.models import Entry
from audit.journal.scope import write_scope
from deploy.demo_programmes import load_demo_programmes
from foundation import clock
from foundation.errors import Invalid, NotFound, Refused
from programmes.agents import commands, queries
from programmes.agents.commands.experiments import Ended, Tried
from programmes.agents.models import Experiment
from programmes.learning.models import Lesson, LessonState
from programmes.plans.models import Programme
from tests.invariants.crawl import sign_in
from tests.programmes.conftest import visit
from tests.programmes.test_agents import AREA, AT, CODE, api, note, row_of

ENDED = Ended(
    outcome="worked", result="Twee keer zo veel.", learned="Vertel het waar ouders al zijn.", costs="€ 1.400",
    evidence="measured", decision="scale", reason="De fietsles wil meedoen.",
)  # fmt: skip


@pytest.fixture
def programme(house: None) -> Programme:
    load_demo_programmes()
    return Programme.objects.get(code=CODE)


def tried(**more: Any) -> Tried:
    made = Tried(
        area=AREA, niche="Zqxniche in de naailes", hypothesis="Ouders vertrouwen haar.", measure="Aanmeldingen.",
        pillar="school", area_kind="prewar", starts_on=clock.today(), until_on=clock.today() + timedelta(days=56),
    )  # fmt: skip
    return replace(made, **more)


def begun(by: str = "anouk", **more: Any) -> Experiment:
    return commands.start_experiment(visit(by), CODE, tried(**more))


def client_of(key: str) -> Client:
    return sign_in(Professional.objects.get(demo_key=key))


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"area": "bu99990001"}, "area"), ({"niche": " "}, "niche"), ({"pillar": "zork"}, "pillar"),
        ({"area_kind": "zork"}, "area_kind"), ({"measure": "Bel 06 12345678"}, "measure"),
        ({"hypothesis": "Samen met bentaleb."}, "hypothesis"), ({"agent": uuid4()}, "agent"),
        ({"until_on": clock.today() - timedelta(days=1)}, "until_on"),
    ],
)  # fmt: skip
def test_an_experiment_that_lacks_something_or_names_somebody_is_refused(
    programme: Programme, more: dict[str, Any], field: str
) -> None:
    note()
    with pytest.raises(Invalid) as raised:
        begun(**more)
    assert raised.value.field == field
    assert "entaleb" not in f"{raised.value.sentence} {raised.value.remedy}"
    assert not Experiment.objects.exists()


def test_who_leads_officers_and_supervisors_experiment_and_nobody_else(programme: Programme) -> None:
    for key in ("sanne", "farid", "karin"):
        with pytest.raises(Refused):
            begun(by=key)
    for key in ("hilde", "ruben"):
        with pytest.raises(Refused) as raised:
            begun(by=key)
        assert raised.value.article == "AVG art. 5(1)(b)"
    agent = note()
    commands.name_supervisor(visit("anouk"), CODE, area=AREA, membership=row_of("farid"), task="Verbindt.")
    assert begun(by="sanne", agent=agent.uid).agent == agent
    assert begun(by="farid").agent is None
    with pytest.raises(Invalid) as wrong:
        begun(by="farid", agent=agent.uid)
    assert wrong.value.field == "agent"


@pytest.mark.parametrize("field", ["result", "learned", "costs", "reason", "decision", "outcome", "evidence"])
def test_it_does_not_end_without_result_lesson_and_decision(programme: Programme, field: str) -> None:
    made = begun()
    with pytest.raises(Invalid) as raised:
        commands.end_experiment(visit("anouk"), made.uid, replace(ENDED, **{field: ""}))
    assert raised.value.field == field
    assert Experiment.objects.get().ended_on is None


@pytest.mark.parametrize("change", [{"ended_on": "2026-01-01"}, {"decision": "stop"}])
def test_nor_past_the_command(programme: Programme, change: dict[str, str]) -> None:
    begun()
    with pytest.raises(IntegrityError), transaction.atomic(), write_scope(reason="test"):
        Experiment.objects.update(**change)


def test_it_ends_once_with_its_decision(programme: Programme) -> None:
    made = begun()
    ended = commands.end_experiment(visit("anouk"), made.uid, ENDED)
    assert (ended.ended_on, ended.decision, ended.reason) == (clock.today(), "scale", "De fietsles wil meedoen.")
    with pytest.raises(Invalid):
        commands.end_experiment(visit("anouk"), made.uid, ENDED)
    with pytest.raises(Invalid):
        commands.end_experiment(visit("anouk"), begun(starts_on=clock.today() + timedelta(days=1)).uid, ENDED)


def test_partners_read_it_without_whose_it_is_and_others_do_not(programme: Programme) -> None:
    made = begun(agent=note().uid)
    for key, status in (("hilde", 200), ("karin", 200), ("wouter", 404), ("nadia", 404)):
        answer = client_of(key).get(f"/experimenten/{made.uid}/")
        assert answer.status_code == status
        assert "Bentaleb" not in answer.content.decode()
        assert ("Zqxniche" in client_of(key).get(AT).content.decode()) is (status == 200)
    assert "Zqxniche" not in Client(HTTP_HOST="localhost").get(AT).content.decode()
    [line] = api("hilde", "experiments").json()
    assert "agent" not in line
    assert line["niche"] == "Zqxniche in de naailes"


def test_it_becomes_a_draft_card_in_one_step_without_the_person(programme: Programme) -> None:
    made = begun(agent=note().uid)
    with pytest.raises(Invalid):
        commands.make_lesson(visit("anouk"), made.uid)
    commands.end_experiment(visit("sanne"), made.uid, ENDED)
    with pytest.raises(Refused):
        commands.make_lesson(visit("sanne"), made.uid)
    with pytest.raises(Refused):
        commands.make_lesson(visit("hilde"), made.uid)

    lesson = commands.make_lesson(visit("anouk"), made.uid)

    assert (lesson.state, lesson.title, lesson.outcome, lesson.evidence) == (
        LessonState.DRAFT, "Zqxniche in de naailes", "worked", "measured",
    )  # fmt: skip
    assert "Vertel het waar ouders al zijn." in lesson.effects
    assert lesson.contact_role == f"Trekker van {programme.title}"
    assert "Bentaleb" not in " ".join(str(value) for value in vars(lesson).values())
    with pytest.raises(Invalid):
        commands.make_lesson(visit("anouk"), made.uid)
    assert Lesson.objects.count() == 1
    assert Entry.objects.filter(event_type="experiment.lesson", outcome="ok").count() == 1


def test_a_name_that_came_later_keeps_the_card_from_being_made(programme: Programme) -> None:
    made = begun(niche="Vertellen met Bentaleb")
    commands.end_experiment(visit("anouk"), made.uid, ENDED)
    note()
    with pytest.raises(Invalid):
        commands.make_lesson(visit("anouk"), made.uid)
    assert not Lesson.objects.exists()


def test_withdrawing_cuts_the_experiment_loose_and_leaves_it(programme: Programme) -> None:
    agent = note()
    made = begun(agent=agent.uid)
    commands.withdraw(visit("sanne"), agent.uid)
    made.refresh_from_db()
    assert made.agent is None
    assert queries.experiments_of(visit("hilde"), CODE, event="experiment.started") == (made,)


def test_the_pages_begin_end_and_teach(programme: Programme) -> None:
    agent, anouk, sanne = note(), client_of("anouk"), client_of("sanne")
    form = {
        "area": AREA, "niche": "Een tafel", "hypothesis": "Rustiger.", "measure": "Meldingen.", "pillar": "safety",
        "area_kind": "prewar", "starts_on": clock.today().isoformat(), "until_on": clock.today().isoformat(),
        "agent": str(agent.uid),
    }  # fmt: skip
    assert client_of("karin").get(f"{AT}experiment/").status_code == 403
    assert "Bentaleb" in sanne.get(f"{AT}experiment/").content.decode()
    kept = sanne.post(f"{AT}experiment/", form | {"niche": "Bij Bentaleb thuis"})
    assert (kept.status_code, "Bij Bentaleb thuis" in kept.content.decode()) == (422, True)
    assert sanne.post(f"{AT}experiment/", form).status_code == 302
    made = Experiment.objects.get()
    at = f"/experimenten/{made.uid}/"
    assert "Rond af" in sanne.get(at).content.decode()
    assert "Rond af" not in client_of("hilde").get(at).content.decode()
    ended = {name: getattr(ENDED, name) for name in ENDED.__slots__}
    assert sanne.post(f"{at}afronden/", ended | {"learned": ""}).status_code == 422
    assert sanne.post(f"{at}afronden/", ended).status_code == 302
    assert "leerkaart" not in sanne.get(at).content.decode().lower()
    assert "Maak er een leerkaart van" in anouk.get(at).content.decode()
    assert anouk.post(f"{at}leerkaart/").status_code == 302
    assert f"/lessen/{Lesson.objects.get().uid}/" in anouk.get(at).content.decode()
    with pytest.raises(NotFound):
        queries.experiments_of(visit("anouk"), "geen", event="experiment.started")
