"""Reminders and the inbox: the owner before the day, the leadership once it is past, and nobody by name."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import transaction

from agreements.covenants.rules import operator
from audit.journal.models import Entry
from cases.models import Case, ParticipationMember
from cases.plans import commands
from cases.plans.models import Action
from cases.plans.pending import pending_for
from cases.plans.reminders import send_due
from foundation import clock
from tests.cases.desk import changing, make_case, page, reading
from tests.invariants.world import World

pytestmark = pytest.mark.django_db

LIVE = ("ZVH-MD", "GEM-MD", "POL-MD", "GGZ-MD")


@pytest.fixture(autouse=True)
def _only_own(world: World, db: None) -> None:
    """The actions that the marker world plants are done: what is left are those of the test."""
    with changing():
        Action.objects.update(state="done", settled_at=clock.now())


def act(world: World, days: int, *, agency: str = "GEM-MD", owner: str = "", number: str = "P-1") -> Action:
    return commands.add_action(
        reading(world, "nadia"), number, text="Belt Bo Bakker over de huur", owner_agency=agency,
        due_on=clock.today() + timedelta(days=days), owner=world.people[owner].uuid if owner else None,
    )  # fmt: skip


def run() -> int:
    mail.outbox.clear()
    return send_due(by=operator("proef")).n_sent


def test_the_owner_is_reminded_once_two_days_before(world: World) -> None:
    make_case("P-1", live=LIVE)
    act(world, 2, owner="sanne")
    act(world, 3, owner="sanne")

    assert run() == 1
    assert mail.outbox[0].to == [world.people["sanne"].email]
    assert "P-1" in mail.outbox[0].body
    assert "/acties/" in mail.outbox[0].body
    assert "Bo" not in mail.outbox[0].body + mail.outbox[0].subject
    assert run() == 0
    assert Entry.objects.filter(event_type="action.reminded").count() == 1


def test_a_late_action_goes_to_the_leadership_once(world: World) -> None:
    make_case("P-1", live=LIVE)
    act(world, 1, owner="sanne")

    with time_machine.travel(clock.now() + timedelta(days=2)):
        assert run() == 1
        assert mail.outbox[0].to == [world.people["anouk"].email]
        assert run() == 0
    assert Action.objects.get(case__number="P-1").raised_at is not None


def test_an_agency_without_a_leader_gets_it_at_its_own_address(world: World) -> None:
    make_case("P-1", live=LIVE)
    act(world, 0, agency="GGZ-MD")

    assert run() == 1
    assert mail.outbox[0].to == ["bemoeizorg@ggzdeoever.example"]


def test_settled_closed_or_gone_is_not_reminded(world: World) -> None:
    for number in ("P-1", "P-2", "P-3"):
        make_case(number, live=LIVE)
    settled = act(world, 0)
    commands.settle_action(reading(world, "sanne"), settled.uid, state="done", result="")
    act(world, 0, number="P-2")
    act(world, 0, number="P-3")
    with changing():
        Case.objects.filter(number="P-2").update(state="closed")
        Case.objects.get(number="P-3").participations.filter(agency__code="GEM-MD").update(
            ends=clock.now(), is_open=False
        )

    assert run() == 0


def test_a_mail_that_fails_goes_again(world: World, settings) -> None:
    make_case("P-1", live=LIVE)
    act(world, 0, owner="sanne")
    settings.EMAIL_BACKEND = "tests.cases.plans.broken.Broken"

    sent = send_due(by=operator("proef"))

    assert (sent.n_sent, len(sent.failed)) == (0, 1)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with transaction.atomic():
        assert run() == 1


def test_the_command_says_how_many(world: World, capsys) -> None:
    call_command("send_plan_reminders")

    assert "0 herinneringen verstuurd." in capsys.readouterr().out


def test_the_inbox_names_own_actions_and_for_the_leader_those_that_are_late(world: World) -> None:
    make_case("P-1", live=LIVE)
    act(world, 1, owner="sanne")
    act(world, 2)
    act(world, 20)
    act(world, 1, agency="POL-MD")

    def kinds(key: str) -> list[tuple[str, bool]]:
        return [
            (p.place, p.overdue) for p in pending_for(reading(world, key)) if p.kind == "action" and p.place == "P-1"
        ]

    assert kinds("sanne") == [("P-1", False), ("P-1", False)]
    assert kinds("maarten") == [("P-1", False)]
    assert kinds("anouk") == kinds("margot") == []
    with time_machine.travel(clock.now() + timedelta(days=2)):
        assert kinds("anouk") == [("P-1", True)]


def test_a_leader_who_reads_no_such_case_learns_only_that_the_own_task_is_late(world: World) -> None:
    case = make_case("P-1", live=LIVE)
    act(world, 1, owner="sanne")
    with changing():
        taking = case.participations.get(agency__code="GEM-MD")
        taking.everyone = False
        taking.save()
        ParticipationMember.objects.create(participation=taking, professional=world.people["sanne"])

    with time_machine.travel(clock.now() + timedelta(days=2)):
        late = [p for p in pending_for(reading(world, "anouk")) if p.place == "P-1"]
        text = page(world, "anouk").get("/acties/").content.decode()
        assert page(world, "anouk").get("/casus/P-1/plan/").status_code == 404
    assert [(p.kind, p.overdue) for p in late] == [("action", True)]
    assert "P-1" in text
    assert "Sanne de Wit" in text
    assert "Bakker" not in text
