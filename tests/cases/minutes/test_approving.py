"""Approving minutes, correcting them by addenda, and the term after which they stand by themselves."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.management import call_command

from agreements.covenants.rules import operator
from audit.journal.models import Entry
from cases.casework.pending import Pending
from cases.minutes.commands import add_addendum, approve, close_due
from cases.minutes.models import Addendum, Approval, Minutes
from cases.minutes.pending import pending_for
from cases.minutes.queries import read_minutes
from cases.minutes.rights import MinutesRefused, NotYourMinutes
from cases.models import Participation
from foundation import clock
from foundation.errors import Invalid
from tests.cases.desk import Api, changing, last_entry, page, reading
from tests.cases.minutes.conftest import Sat
from tests.invariants.world import World

pytestmark = pytest.mark.django_db


def agree(world: World, key: str, sat: Sat) -> None:
    approve(reading(world, key, event="minutes.approved"), sat.meeting.uid)


def correct(world: World, key: str, sat: Sat, text: str = "Het was dinsdag.", **more: object) -> Addendum:
    asked = reading(world, key, event="minutes.addendum_added")
    return add_addendum(asked, sat.meeting.uid, sat.first.uid, text=text, **more)  # type: ignore[arg-type]


def standing(sat: Sat) -> Minutes:
    return Minutes.objects.get(pk=sat.minutes.pk)


def test_the_last_approval_settles_the_minutes(world: World, sat: Sat) -> None:
    for key in ("nadia", "sanne", "ruben"):
        agree(world, key, sat)
        assert standing(sat).state == "for_approval", "probation sat there too"
    agree(world, "wouter", sat)

    assert standing(sat).state == "approved"
    assert standing(sat).approved_at is not None
    assert last_entry().event_type == "minutes.settled"


def test_a_third_party_that_sat_there_is_not_waited_for(world: World, sat: Sat) -> None:
    for key in ("nadia", "sanne", "ruben", "wouter"):
        agree(world, key, sat)

    assert not Approval.objects.filter(agency__code="WON-WATERWEG").exists()
    assert standing(sat).state == "approved"


def test_approving_twice_is_once(world: World, sat: Sat) -> None:
    agree(world, "sanne", sat)
    agree(world, "sanne", sat)

    assert Approval.objects.filter(minutes=sat.minutes).count() == 1
    assert Entry.objects.filter(event_type="minutes.approved").count() == 1


def test_only_who_sat_there_may_speak(world: World, sat: Sat) -> None:
    with pytest.raises(MinutesRefused):
        agree(world, "ilse", sat)
    with pytest.raises(NotYourMinutes):
        agree(world, "hanneke", sat)
    with pytest.raises(MinutesRefused):
        agree(world, "esra", sat)  # the street role reads cases, and none of the words of a meeting

    assert not Approval.objects.exists()
    assert last_entry().outcome == "refused"


def test_a_correction_stands_below_the_item_and_the_minutes_stay_as_they_were(world: World, sat: Sat) -> None:
    before = read_minutes(reading(world, "sanne"), sat.meeting.uid, None).items[0].decisions
    added = correct(world, "ruben", sat)

    item = read_minutes(reading(world, "sanne"), sat.meeting.uid, None).items[0]
    assert [(fact.value, fact.source.code) for fact in item.addenda] == [("Het was dinsdag.", "POL-MD")]
    assert item.decisions == before
    assert set(added.heard.split()) == {"ZVH-MD", "GEM-MD", "POL-MD"}
    assert read_minutes(reading(world, "ilse"), sat.meeting.uid, None).items[0].addenda == ()


def test_a_correction_holds_the_minutes_up_until_its_agency_agrees(world: World, sat: Sat) -> None:
    correct(world, "ruben", sat)
    with time_machine.travel(sat.minutes.approve_before + timedelta(days=3), tick=False):
        close_due(by=operator("tests"))
        assert standing(sat).state == "for_approval"
        agree(world, "ruben", sat)
        assert close_due(by=operator("tests")) == 1

    assert standing(sat).state == "approved"


def test_the_term_settles_minutes_to_which_nobody_objected_and_not_a_moment_sooner(world: World, sat: Sat) -> None:
    with time_machine.travel(sat.minutes.approve_before - timedelta(seconds=1), tick=False):
        call_command("close_minutes", verbosity=0)
        assert standing(sat).state == "for_approval"
    with time_machine.travel(sat.minutes.approve_before, tick=False):
        call_command("close_minutes", verbosity=0)

    assert standing(sat).state == "approved"
    settled = Entry.objects.filter(event_type="minutes.settled")
    assert {row.actor_ref for row in settled} == {"operator:close_minutes"}


def test_an_agency_that_left_the_case_holds_nobody_up(world: World, sat: Sat) -> None:
    correct(world, "ruben", sat)
    with changing():
        Participation.objects.filter(case=sat.case, agency__code="POL-MD").update(
            ends=clock.now() - timedelta(seconds=1)
        )

    with time_machine.travel(sat.minutes.approve_before, tick=False):
        close_due(by=operator("tests"))
    assert standing(sat).state == "approved"


def test_the_same_correction_sent_twice_is_added_once(world: World, sat: Sat) -> None:
    number = uuid4()

    assert correct(world, "ruben", sat, submission=number) == correct(world, "ruben", sat, submission=number)
    assert sat.first.addenda.count() == 1


def test_a_correction_after_approval_is_added_and_opens_nothing_again(world: World, sat: Sat) -> None:
    for key in ("nadia", "sanne", "ruben", "wouter"):
        agree(world, key, sat)
    correct(world, "ruben", sat)

    assert standing(sat).state == "approved"
    assert Approval.objects.filter(agrees=False).count() == 0


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001, "nul\0teken"])
def test_a_correction_that_cannot_be_kept_names_the_field_and_what_was_typed_stays(
    world: World, sat: Sat, text: str
) -> None:
    with pytest.raises(Invalid) as refused:
        correct(world, "ruben", sat, text=text)
    assert refused.value.field == "text"

    url = f"{sat.url}punt/{sat.first.uid}/correctie/"
    answer = page(world, "ruben").post(url, {"text": text})
    assert answer.status_code == 422
    if text.strip("x "):
        assert "teken</textarea>" in answer.content.decode()
    assert not sat.first.addenda.exists()


@pytest.mark.parametrize("key", ["wouter", "ilse"])
def test_who_was_not_at_the_item_corrects_nothing(world: World, sat: Sat, key: str) -> None:
    with pytest.raises((NotYourMinutes, MinutesRefused)):
        correct(world, key, sat)

    assert not sat.first.addenda.exists()


def test_who_agreed_is_told_only_of_agencies_one_met(world: World, sat: Sat) -> None:
    agree(world, "wouter", sat)

    def told(key: str) -> dict[str, bool | None]:
        found = read_minutes(reading(world, key), sat.meeting.uid, None).approvals
        return {row.source.code: row.agrees for row in found}

    assert told("ruben") == {"POL-MD": None, "GEM-MD": None, "ZVH-MD": None}
    assert told("sanne") == {"GEM-MD": None, "POL-MD": None, "RCL-MD": True, "ZVH-MD": None}
    assert told("ilse") == {}, "it takes part in the case, and was not there"


def waiting(world: World, key: str, sat: Sat) -> list[Pending]:
    return [line for line in pending_for(reading(world, key)) if line.url == sat.url]


def test_minutes_wait_for_who_can_approve_them(world: World, sat: Sat) -> None:
    [line] = waiting(world, "ruben", sat)

    assert (line.kind, line.place, line.overdue) == ("minutes", "Overleg Zuid", False)
    for key in ("esra", "ilse", "hanneke", "bas"):
        assert waiting(world, key, sat) == []
    correct(world, "ruben", sat)
    assert len(waiting(world, "ruben", sat)) == 1, "until it agrees with what it added"
    agree(world, "ruben", sat)
    assert waiting(world, "ruben", sat) == []


def test_the_page_has_the_buttons_and_each_works_as_a_plain_form(world: World, sat: Sat) -> None:
    client = page(world, "ruben")
    assert "Akkoord namens mijn organisatie" in client.get(sat.url).content.decode()

    url = f"{sat.url}punt/{sat.first.uid}/correctie/"
    assert client.post(url, {"text": "Het was dinsdag."}).status_code == 302
    assert "Het was dinsdag." in client.get(sat.url).content.decode()
    assert client.post(f"{sat.url}akkoord/").status_code == 302
    shown = client.get(sat.url).content.decode()

    assert "Akkoord namens mijn organisatie" not in shown
    assert page(world, "ilse").get(sat.url).content.decode().count("Correctie schrijven") == 0


def test_the_api_approves_and_corrects(world: World, sat: Sat) -> None:
    api = Api(world, "ruben", "pga_adult")
    body = {"text": "Het was dinsdag.", "submission": str(uuid4())}
    added = [api.post(f"{sat.api}/items/{sat.first.uid}/addenda", body) for _ in range(2)]

    assert [answer.status_code for answer in added] == [201, 201]
    assert added[0].json() == added[1].json()
    assert api.post(f"{sat.api}/approval", {}).status_code == 204
    assert Approval.objects.get(agency__code="POL-MD").agrees
    assert Api(world, "hanneke", "pga_youth").post(f"{sat.api}/approval", {}).status_code == 404
