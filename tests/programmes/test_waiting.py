"""What waits in the inbox of a partner's leadership: a minute each quarter, and own pledges whose day is near."""

from datetime import timedelta

import pytest
import time_machine

from agreements.models import Professional
from cases.disclosure.reading import Reading
from cases.inbox.waiting import waiting_for
from deploy.demo_programmes import load_demo_programmes
from foundation import clock
from programmes.leads.commands import answer_lead, propose_lead
from programmes.pacts.models import Pledge
from programmes.pulse import commands
from programmes.pulse.models import Criterion
from programmes.pulse.rules import Quarter, days_of, quarter_of
from tests.invariants.crawl import sign_in
from tests.programmes.conftest import visit

CODE = "havenkwartier-2038"
SCORES = dict.fromkeys(Criterion.values, 4)


@pytest.fixture
def house_with_programme(house: None) -> None:
    load_demo_programmes()


def waits(key: str, kind: str) -> list[tuple[str, bool]]:
    """Where it leads, and whether it is overdue."""
    reading = Reading.begin(visit(key), route="test", event="inbox.read")
    return [(line.url, line.overdue) for line in waiting_for(reading) if line.kind == kind]


def test_the_leadership_of_a_partner_is_asked_each_quarter_until_it_answered(house_with_programme: None) -> None:
    there = [(f"/wijkprogrammas/{CODE}/samenwerking/antwoord/", False)]
    assert waits("karin", "pulse") == there
    # No partner, and no leadership: nobody asks them.
    assert waits("lieke", "pulse") == waits("ruben", "pulse") == []

    commands.answer(visit("karin"), CODE, scores=SCORES)
    assert waits("karin", "pulse") == []

    with time_machine.travel(clock.start_of(days_of(quarter_of(clock.today()))[1]), tick=False):
        assert waits("karin", "pulse") == there


def test_who_answered_before_is_asked_again(house_with_programme: None) -> None:
    commands.answer(visit("ruben"), CODE, scores=SCORES)
    assert waits("ruben", "pulse") == []

    with time_machine.travel(clock.start_of(days_of(quarter_of(clock.today()))[1]), tick=False):
        assert len(waits("ruben", "pulse")) == 1


def test_a_pledge_waits_for_its_own_leadership_a_month_before_its_day(house_with_programme: None) -> None:
    pledge = Pledge.objects.filter(agency__code="GEM-MD", state="open").earliest("due_on")
    near, late = pledge.due_on - timedelta(days=30), pledge.due_on + timedelta(days=1)
    own = f"/wijkprogrammas/{CODE}/pact/partij/GEM-MD/"

    for day, expect in ((near - timedelta(days=1), []), (near, [(own, False)]), (late, [(own, True)])):
        with time_machine.travel(clock.start_of(day) + timedelta(hours=9), tick=False):
            assert waits("anouk", "pledge") == expect
            assert waits("karin", "pledge") == waits("sanne", "pledge") == []


def test_a_proposed_lead_waits_for_each_party_until_it_answered(house_with_programme: None) -> None:
    assert waits("karin", "lead") == []
    made = propose_lead(visit("karin"), CODE, agency="OND-BAKEN", why="Alle kinderen van de wijk komen bij ons.")
    there = [(f"/wijkprogrammas/{CODE}/trekker/{made.uid}/antwoord/", False)]
    assert waits("karin", "lead") == waits("anouk", "lead") == there
    assert waits("ruben", "lead") == waits("lieke", "lead") == []

    answer_lead(visit("karin"), made.uid, agrees=True)
    assert waits("karin", "lead") == []
    assert waits("anouk", "lead") == there


def test_the_line_stands_in_the_inbox_and_opens(house_with_programme: None) -> None:
    client = sign_in(Professional.objects.get(demo_key="karin"))
    page = client.get("/inbox/").content.decode()
    assert f"/wijkprogrammas/{CODE}/samenwerking/antwoord/" in page
    assert client.get(f"/wijkprogrammas/{CODE}/samenwerking/antwoord/").status_code == 200


def test_a_quarter_has_its_first_and_last_day() -> None:
    days = [days_of(Quarter(2026, n)) for n in (1, 4)]
    assert [first.isoformat() for first, _after in days] == ["2026-01-01", "2026-10-01"]
    assert [(after - timedelta(days=1)).isoformat() for _first, after in days] == ["2026-03-31", "2026-12-31"]
