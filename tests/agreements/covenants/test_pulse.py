"""An open page learns that its rules changed: by a change, and by a moment that passes."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from agreements.covenants.commands import resume_covenant, suspend_covenant, withdraw_party
from agreements.covenants.pulse import pulse_at
from agreements.models import Professional
from foundation import clock
from tests.agreements.covenants.world import BY, PGA, days, load
from tests.invariants.crawl import sign_in

pytestmark = pytest.mark.usefixtures("house")


@pytest.fixture
def client() -> Client:
    load()
    return sign_in(Professional.objects.get(demo_key="sanne"))


def ask(client: Client, was: str) -> tuple[int, str]:
    answer = client.get(f"/hartslag/?was={was}&sec=5", headers={"accept": "application/json"})
    return answer.status_code, answer.json()["said"] if answer.status_code == 200 else ""


def test_nothing_is_said_while_nothing_changes(client: Client) -> None:
    assert ask(client, pulse_at(clock.now())) == (204, "")


def test_a_suspension_is_told_with_its_covenant_and_time(client: Client) -> None:
    was = pulse_at(clock.now())

    suspend_covenant(PGA, reason="datalek wordt onderzocht", by=BY)
    status, said = ask(client, was)

    assert status == 200
    assert "PGA-MD is opgeschort sinds" in said


def test_a_suspension_that_begins_later_is_told_at_its_moment_and_not_before(client: Client) -> None:
    moment = clock.now() + timedelta(minutes=10)
    suspend_covenant(PGA, reason="oefening", by=BY, starts=moment, ends=moment + timedelta(minutes=1))

    with time_machine.travel(moment - timedelta(milliseconds=1), tick=False):
        was = pulse_at(clock.now())
        before = ask(client, was)
    with time_machine.travel(moment, tick=False):
        during = ask(client, was)
        began = pulse_at(clock.now())
    with time_machine.travel(moment + timedelta(minutes=1), tick=False):
        after = ask(client, began)

    assert before == (204, "")
    assert during[0] == 200
    assert "opgeschort" in during[1]
    assert after[0] == 200
    assert "geldt weer" in after[1]


def test_a_party_that_leaves_at_the_end_of_its_notice_is_told_then(client: Client) -> None:
    moment = clock.now() + days(90)
    withdraw_party(PGA, agency="OM-MD", by=BY, ends=moment)

    with time_machine.travel(moment - timedelta(seconds=1), tick=False):
        client = sign_in(Professional.objects.get(demo_key="sanne"))
        was = pulse_at(clock.now())
    with time_machine.travel(moment, tick=False):
        status, said = ask(client, was)

    assert status == 200
    assert "geen partij meer bij PGA-MD" in said


def test_only_covenants_of_ones_own_agency_are_named(client: Client) -> None:
    joost = sign_in(Professional.objects.get(demo_key="joost"))
    was = pulse_at(clock.now())
    suspend_covenant(PGA, reason="oefening", by=BY)
    resume_covenant(PGA, by=BY)

    told = [ask(who, was)[1] for who in (client, joost)]

    assert "PGA-MD" in told[0]
    assert all("JS-MD" not in said for said in told)


@pytest.mark.parametrize("odd", ["", "x", "9" * 500, "%00", "1-2-3&sec=-1", "1&sec=99999999"])
def test_an_odd_question_gets_an_answer(client: Client, odd: str) -> None:
    assert client.get(f"/hartslag/?was={odd}").status_code == 200
