"""Minutes as each recipient gets them: own items, under the covenants, only what was heard, without a gap."""

import json
import re
from datetime import date, datetime, timedelta

import pytest
import time_machine

from agreements.models import Covenant, Party
from audit.journal.models import Entry
from cases.minutes.answers import MinutesView
from cases.minutes.commands import make_minutes
from cases.minutes.models import Minutes
from cases.minutes.queries import read_minutes
from cases.minutes.rights import NotYourMinutes
from cases.models import Participation
from foundation import clock
from tests.cases.desk import Api, changing, changing_rules, last_entry, make_case, page, reading
from tests.cases.minutes.conftest import Sat
from tests.cases.minutes.sitting import Sitting, decide, stand
from tests.invariants.world import World

pytestmark = pytest.mark.django_db


def read(world: World, key: str, sat: Sat) -> MinutesView:
    return read_minutes(reading(world, key, event="minutes.read"), sat.meeting.uid, None)


def texts(view: MinutesView) -> list[str]:
    return [fact.value for item in view.items for fact in item.facts() if isinstance(fact.value, str)]


def test_minutes_are_ready_when_the_meeting_ends_with_five_working_days_to_answer(world: World, db: None) -> None:
    with changing(), time_machine.travel(datetime(2026, 12, 23, 15, 0, tzinfo=clock.AMSTERDAM), tick=False):
        sitting = Sitting(world)
        minutes = sitting.end()
        make_minutes(reading(world, "nadia"), sitting.meeting)

    # Christmas, Boxing Day and the weekend do not count, nor does New Year's Day: Thursday 31 December is day five.
    assert minutes.approve_before == clock.start_of(date(2027, 1, 1))
    assert Minutes.objects.filter(meeting=sitting.meeting).count() == 1
    assert Entry.objects.filter(event_type="minutes.made").count() == 1


def test_the_room_of_meetings_tells_this_one_that_a_meeting_ended(world: World, db: None) -> None:
    from cases.meetings import ends

    with changing():
        sitting = Sitting(world)
        ends.tell(reading(world, "nadia", event="meeting.ended"), sitting.meeting)

    assert Minutes.objects.filter(meeting=sitting.meeting).exists()


def test_each_agency_gets_its_own_items_and_who_sat_there(world: World, sat: Sat) -> None:
    cases = {key: [item.case for item in read(world, key, sat).items] for key in ("nadia", "sanne", "ruben", "wouter")}

    assert cases == {"nadia": ["V-1", "V-2"], "sanne": ["V-1", "V-2"], "ruben": ["V-1"], "wouter": ["V-2"]}
    [item] = read(world, "wouter", sat).items
    assert [(row.source.code, row.people) for row in item.present] == [
        ("GEM-MD", ("Sanne de Wit",)),
        ("RCL-MD", ("Wouter Hamming",)),
        ("WON-WATERWEG", ("Gast Terlouw",)),
        ("ZVH-MD", ("Nadia El Idrissi",)),
    ]


def test_decisions_actions_views_positions_and_parked_points_are_there(world: World, sat: Sat) -> None:
    item = read(world, "sanne", sat).items[0]

    assert [row.words.value for row in item.decisions] == [
        "Eerste besluit van allen", "Besluit zonder politie", "Laatste besluit van allen",
    ]  # fmt: skip
    assert [(row.source.code, row.stance, row.reason and row.reason.value) for row in item.decisions[0].positions] == [
        ("GEM-MD", "dissents", "Te vroeg volgens de gemeente"),
        ("POL-MD", "agrees", None),
    ]
    [action] = item.actions
    assert (action.words.value, action.owner.code, action.person, action.state) == (
        "Bel de verhuurder", "GEM-MD", "Sanne de Wit", "open",
    )  # fmt: skip
    [picture] = item.pictures
    assert (picture.domain, picture.words.value, picture.score.value) == (
        "Huisvesting", "Wonen samen bezien", {"housing": 2},
    )  # fmt: skip
    assert [row.words.value for row in item.parked] == ["Later over vervoer"]


def test_what_was_not_heard_is_not_there_and_leaves_no_gap_in_the_numbers(world: World, sat: Sat) -> None:
    [item] = read(world, "ruben", sat).items

    assert [(row.number, row.words.value) for row in item.decisions] == [
        (1, "Eerste besluit van allen"),
        (2, "Laatste besluit van allen"),
    ]
    theirs = {row.words.value: row.mark for row in read(world, "sanne", sat).items[0].decisions}
    assert {row.words.value: row.mark for row in item.decisions}.items() <= theirs.items(), "the mark is the same"


def test_a_participant_that_was_not_there_reads_who_was_and_nothing_that_was_said(world: World, sat: Sat) -> None:
    [item] = read(world, "ilse", sat).items

    assert item.case == "V-1"
    assert not item.was_there
    assert list(item.facts()) == []
    assert [row.source.code for row in item.present] == ["GEM-MD", "POL-MD", "ZVH-MD"]


@pytest.mark.parametrize("key", ["hanneke", "joost", "peter", "ineke", "bas", "carla"])
def test_for_others_the_minutes_do_not_exist_and_the_refusal_is_journalled(world: World, sat: Sat, key: str) -> None:
    with pytest.raises(NotYourMinutes):
        read(world, key, sat)

    assert (last_entry().event_type, last_entry().outcome) == ("minutes.refused", "refused")


def test_minutes_that_do_not_exist_answer_the_same_as_those_of_others(world: World, sat: Sat) -> None:
    client = page(world, "hanneke")
    answers = [client.get(url) for url in (sat.url, f"/overleg/{sat.first.uid}/verslag/")]

    assert [answer.status_code for answer in answers] == [404, 404]
    bodies = [_settled(answer.content.decode()) for answer in answers]
    assert bodies[0] == bodies[1]


def test_the_chair_of_a_meeting_reads_no_case_in_which_its_agency_takes_no_part(world: World, sat: Sat) -> None:
    with changing():
        Participation.objects.filter(case=sat.other, agency__code="ZVH-MD").update(
            ends=clock.now() - timedelta(seconds=1)
        )

    assert [item.case for item in read(world, "nadia", sat).items] == ["V-1"]


def test_a_position_without_a_reason_needs_an_article_as_one_with_a_reason_does(world: World, db: None) -> None:
    """GGZ speaks under PGA-MD alone; the school reads by JS-MD, to which GGZ is no party."""
    both = make_case(
        "V-3", live=("ZVH-MD", "OND-BAKEN", "GGZ-MD", "GEM-MD"), covenants=("JS-MD", "PGA-MD"), kind="family", born=15,
        purpose="pga_youth",
    )  # fmt: skip
    with changing():
        sitting = Sitting(world)
        item = sitting.item(both, "nadia", "peter", "ilse", "sanne")
        decision = decide(item, "Samen besloten")
        stand(decision, "GGZ-MD", "agrees", under="PGA-MD")
        stand(decision, "GEM-MD", "agrees")
        sitting.end()

    def stances(key: str) -> list[str]:
        found = read_minutes(reading(world, key, event="minutes.read"), sitting.meeting.uid, None)
        return [row.source.code for row in found.items[0].decisions[0].positions]

    assert stances("peter") == ["GEM-MD"]
    assert set(stances("sanne")) == {"GEM-MD", "GGZ-MD"}


def test_every_reading_is_journalled_with_the_fields_that_left(world: World, sat: Sat) -> None:
    before = last_entry().id
    read(world, "ruben", sat)

    rows = Entry.objects.filter(id__gt=before, event_type="minutes.read")
    assert {row.case_ref for row in rows} == {sat.case.ref}
    assert any(row.fields_0 or row.fields_1 or row.fields_2 for row in rows)


def test_a_covenant_that_ended_gives_nothing_of_others(world: World, sat: Sat) -> None:
    with changing_rules():
        Party.objects.filter(covenant=Covenant.objects.get(code="PGA-MD"), agency__code="POL-MD").update(
            ends=clock.now() - timedelta(seconds=1)
        )

    assert texts(read(world, "ruben", sat)) == []


def test_only_duties_of_articles_that_give_these_words_come_with_them(world: World, sat: Sat) -> None:
    """Article 6.1 forbids copies of police facts to the municipality; it gives none of the words of a meeting."""
    assert read(world, "sanne", sat).items[0].obligations == ("log",)


def test_withdrawn_words_are_gone(world: World, sat: Sat) -> None:
    with changing():
        row = sat.first.decisions.order_by("number").first()
        type(row).objects.filter(pk=row.pk).update(withdrawn_at=clock.now())

    assert "Eerste besluit van allen" not in texts(read(world, "sanne", sat))
    assert not any("Te vroeg" in text for text in texts(read(world, "sanne", sat))), "positions go with it"


def test_the_page_and_the_api_say_the_same(world: World, sat: Sat) -> None:
    shown = page(world, "ruben").get(sat.url).content.decode()
    told = Api(world, "ruben", "pga_adult").get(sat.api)

    assert told.status_code == 200
    for text in ("Eerste besluit van allen", "Laatste besluit van allen", "Bel de verhuurder", "Te vroeg volgens"):
        assert text in shown
        assert text in json.dumps(told.json())
    for text in ("zonder politie", "over de ander", "V-2", "Wouter"):
        assert text not in shown
        assert text not in json.dumps(told.json())


def test_a_token_for_one_case_reads_that_item_alone(world: World, sat: Sat) -> None:
    told = Api(world, "sanne", "pga_adult", case="V-2").get(sat.api).json()

    assert [item["case"] for item in told["items"]] == ["V-2"]


def test_a_purpose_that_a_case_does_not_give_opens_nothing_of_it(world: World, sat: Sat) -> None:
    told = Api(world, "sanne", "area_safety").get(sat.api)

    assert told.status_code == 200
    assert [(item["purpose"], item["decisions"]) for item in told.json()["items"]] == [("", []), ("", [])]


def test_two_worlds_that_differ_in_what_the_police_did_not_hear_look_the_same_to_it(world: World, sat: Sat) -> None:
    client = page(world, "ruben")
    with time_machine.travel(clock.now(), tick=False):
        before = _settled(client.get(sat.url).content.decode())
        with changing():
            hidden = sat.first.decisions.get(heard="ZVH-MD GEM-MD")
            stand(hidden, "GEM-MD", "agrees", heard=("ZVH-MD", "GEM-MD"))
            decide(sat.first, "Nog een zonder politie", heard=("ZVH-MD", "GEM-MD"))
            decide(sat.second, "En elders nog een")
        after = _settled(client.get(sat.url).content.decode())

    assert "Nog een zonder politie" in page(world, "sanne").get(sat.url).content.decode()
    assert before == after


def _settled(text: str) -> str:
    return re.sub(r'name="(csrfmiddlewaretoken|submission)" value="[^"]+"|Kenmerk [0-9a-f]+|[0-9a-f-]{36}', "", text)
