"""Escalation to the own leadership: who reads it, who decides, and the clock of working days."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.core.management import call_command

from agreements.covenants.rules import operator
from agreements.models import Membership
from audit.journal.models import Entry
from cases.inbox import commands, queries
from cases.inbox.models import Escalation
from cases.inbox.pending import pending_for
from cases.models import Case, Participation
from foundation.clock import AMSTERDAM
from foundation.errors import Invalid, NotFound, Problem, Refused
from tests.cases.desk import Api, changing, last_entry, make_case, page, reading
from tests.invariants.world import World

pytestmark = pytest.mark.django_db

QUESTION = "Ik krijg de urgentie voor deze woning niet rond; mag ik afwijken?"
DECISION = "Ja, wijk af. Ik bel de corporatie."


@pytest.fixture
def case(world: World, db: None) -> Case:
    return make_case("T-1", live=("POL-MD", "GEM-MD", "ZVH-MD", "SOC-WATERKANT"), extract=("WON-WATERWEG",))


def escalate(world: World, **more: Any) -> UUID:
    asked = {"question": QUESTION, "submission": uuid4(), **more}
    return commands.escalate(reading(world, "sanne"), "T-1", **asked)


def kinds(world: World, key: str) -> list[str]:
    return [line.what for line in pending_for(reading(world, key)) if line.place == "T-1"]


def as_signatory(world: World) -> str:
    """Carla signs for the municipality."""
    assert "signatory" in Membership.objects.get(professional=world.people["carla"]).roles
    return "carla"


def test_the_own_team_leader_reads_and_decides_and_the_asker_reads_that(world: World, case: Case) -> None:
    uid = escalate(world, blocked_by="WON-WATERWEG")

    assert kinds(world, "anouk") == ["Uw team vraagt u een besluit"]
    found = queries.one_escalation(reading(world, "anouk"), uid)
    assert (found.question, found.may_decide) == (QUESTION, True)
    assert found.blocked_by is not None
    commands.decide(reading(world, "anouk"), uid, words=DECISION)
    assert kinds(world, "anouk") == []
    assert kinds(world, "sanne") == ["Uw leiding besloot op uw opschaling"]
    commands.mark_seen(reading(world, "sanne"), uid)
    assert queries.one_escalation(reading(world, "sanne"), uid).decision == DECISION
    assert kinds(world, "sanne") == []


@pytest.mark.parametrize("key", ["nadia", "ruben", "maarten", "tessa", "carla", "ineke"])
def test_nobody_else_knows_of_it(world: World, case: Case, key: str) -> None:
    uid = escalate(world)

    with pytest.raises(NotFound):
        queries.one_escalation(reading(world, key), uid)
    assert page(world, key).get(f"/opschalingen/{uid}/").status_code == 404
    assert kinds(world, key) == []


def test_the_team_leader_reads_the_question_and_not_the_case(world: World, case: Case) -> None:
    from tests.cases.desk import give

    give(world, case, "POL-MD", police_incident="zeer geheim")
    uid = escalate(world)
    browser = page(world, "anouk")

    text = browser.get(f"/opschalingen/{uid}/").content.decode()
    assert QUESTION in text
    assert "zeer geheim" not in text + browser.get("/casus/T-1/", follow=True).content.decode()
    entries = Entry.objects.filter(case_ref=case.ref, event_type="escalation.opened").exclude(fields_0=0, fields_1=0)
    assert entries.exists()


def test_the_first_look_of_the_leadership_is_noted_once(world: World, case: Case) -> None:
    uid = escalate(world)

    commands.mark_seen(reading(world, "sanne"), uid)
    assert Escalation.objects.get(uid=uid).state == "asked"
    for _time in range(2):
        commands.mark_seen(reading(world, "anouk"), uid)
    assert Escalation.objects.get(uid=uid).state == "seen"
    assert Entry.objects.filter(event_type="escalation.seen", case_ref=case.ref).count() == 1


def test_the_asker_does_not_decide_and_a_decision_stands(world: World, case: Case) -> None:
    uid = escalate(world)

    with pytest.raises(Refused):
        commands.decide(reading(world, "sanne"), uid, words=DECISION)
    with pytest.raises(NotFound):
        commands.decide(reading(world, "ruben"), uid, words=DECISION)
    with pytest.raises(Invalid):
        commands.decide(reading(world, "anouk"), uid, words=" ")
    commands.decide(reading(world, "anouk"), uid, words=DECISION)
    with pytest.raises(Invalid):
        commands.decide(reading(world, "anouk"), uid, words="Toch niet")


def test_what_is_not_answered_in_five_working_days_goes_one_level_up(world: World, case: Case) -> None:
    with time_machine.travel(datetime(2027, 3, 25, 10, tzinfo=AMSTERDAM)):
        uid = escalate(world)
        # Thursday; Good Friday works, Easter Monday does not.
        assert Escalation.objects.get(uid=uid).answer_by == date(2027, 4, 2)
    with time_machine.travel(datetime(2027, 4, 2, 23, tzinfo=AMSTERDAM)):
        assert raised() == 0
    with time_machine.travel(datetime(2027, 4, 3, 0, 10, tzinfo=AMSTERDAM)):
        # Shown as unanswered, also before the daily run has been.
        assert queries.one_escalation(reading(world, "sanne"), uid).state == "unanswered"
        assert kinds(world, "carla") == []
        assert raised() == 1
        assert raised() == 0
        found = Escalation.objects.get(uid=uid)
        assert (found.state, found.level, found.answer_by) == ("unanswered", 2, date(2027, 4, 9))
        assert kinds(world, "sanne") == ["Uw opschaling is niet op tijd beantwoord"]
        assert kinds(world, as_signatory(world)) == ["Uw team vraagt u een besluit"]
        assert last_entry().actor_ref == "operator:test"
        commands.decide(reading(world, "carla"), uid, words=DECISION)
        assert queries.one_escalation(reading(world, "sanne"), uid).decision == DECISION
        assert raised() == 0


def raised() -> int:
    """How many of this test's cases went up; the marker world has one that is late as well."""
    before = set(Escalation.objects.filter(case__number="T-1", level=2).values_list("pk", flat=True))
    commands.raise_unanswered(by=operator("test"))
    after = set(Escalation.objects.filter(case__number="T-1", level=2).values_list("pk", flat=True))
    return len(after - before)


def test_the_daily_run_is_a_command(world: World, case: Case, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("raise_escalations")

    assert "Niet op tijd beantwoord: 1" in capsys.readouterr().out


def test_an_agency_that_left_the_case_reads_it_no_more(world: World, case: Case) -> None:
    uid = escalate(world)
    with changing():
        Participation.objects.filter(case=case, agency__code="GEM-MD").update(is_open=False)

    for key in ("anouk", "sanne"):
        with pytest.raises(NotFound):
            queries.one_escalation(reading(world, key), uid)


def test_a_closed_case_is_shielded_for_the_leadership_too(world: World, case: Case) -> None:
    uid = escalate(world)
    with changing():
        Case.objects.filter(pk=case.pk).update(state="closed")

    with pytest.raises(NotFound):
        queries.one_escalation(reading(world, "anouk"), uid)


def test_one_sentence_is_required_and_the_same_form_twice_asks_once(world: World, case: Case) -> None:
    for wrong, field in (({"question": " "}, "question"), ({"blocked_by": "OM-MD"}, "blocked_by")):
        with pytest.raises(Invalid) as error:
            escalate(world, **wrong)
        assert error.value.field == field
    with pytest.raises(Problem):
        commands.escalate(reading(world, "hanneke"), "T-1", question=QUESTION)
    browser, form = page(world, "sanne"), {"question": QUESTION, "submission": str(uuid4())}
    for _time in range(2):
        assert browser.post("/casus/T-1/opschalen/", form).status_code == 302
    assert Escalation.objects.filter(case=case).count() == 1
    empty = browser.post("/casus/T-1/opschalen/", {"question": ""})
    assert empty.status_code == 422
    assert QUESTION in empty.content.decode()


def test_partner_systems_escalate_and_decide(world: World, case: Case) -> None:
    sanne, anouk = Api(world, "sanne", "pga_adult"), Api(world, "anouk", "pga_adult")

    made = sanne.post("/cases/T-1/escalations", {"question": QUESTION})
    assert made.status_code == 201
    uid = made.json()["uid"]
    assert anouk.get(f"/escalations/{uid}").json()["question"] == QUESTION
    assert anouk.post(f"/escalations/{uid}/decision", {"words": DECISION}).status_code == 204
    mine = [found for found in sanne.get("/escalations").json() if found["case"] == "T-1"]
    assert [found["decision"] for found in mine] == [DECISION]
    assert Api(world, "nadia", "pga_adult").get(f"/escalations/{uid}").status_code == 404
