"""The pages of a running meeting and its API: what is done there, with and without scripts, and what goes wrong."""

import json
from uuid import UUID, uuid4

import pytest

from cases.meetings.models import Attendance, Meeting, Picture
from tests.cases.desk import Api, page
from tests.cases.meetings.room.stage import Sitting, sitting
from tests.invariants.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(world: World) -> Sitting:
    stage = sitting(world)
    stage.comes("ruben", "POL-MD")
    stage.comes("sanne", "GEM-MD")
    return stage


def url(stage: Sitting, name: str) -> str:
    return f"/overleg/{stage.meeting.uid}/{name}/"


def at(stage: Sitting, name: str) -> str:
    return f"/overleg/punt/{stage.item.uid}/{name}/"


def test_the_wall_says_what_it_shows_and_counts_nobodys_hidden_facts(stage: Sitting) -> None:
    stage.comes("peter", "OND-BAKEN")
    text = page(stage.world, "nadia").get(url(stage, "scherm")).content.decode()

    assert "Dit scherm toont alleen wat alle 4 aanwezige partners mogen zien." in text
    assert "omdat" not in text
    assert "Incident bij het station" not in text
    assert "Kind van de proef" in text


def test_the_chairs_device_says_by_whose_presence_facts_stay_off(stage: Sitting) -> None:
    stage.comes("peter", "OND-BAKEN")
    text = page(stage.world, "nadia").get(url(stage, "voorzitter")).content.decode()

    assert "1 omdat Onderwijs aanwezig is" in text


def test_the_wall_does_not_even_name_the_case_to_who_takes_no_part_in_it(stage: Sitting) -> None:
    stage.comes("peter", "OND-BAKEN")
    nadia = page(stage.world, "nadia")
    nadia.post(url(stage, "loop"), {"act": "item", "item": str(stage.items[2].uid), "kind": "scherm"})
    text = nadia.get(url(stage, "scherm")).content.decode()

    assert "MO-1-B" not in text
    assert "Van deze casus toont het nu niets." in text
    assert "Neemt niet deel aan deze casus" in nadia.get(url(stage, "voorzitter")).content.decode()


def test_who_does_not_lead_is_led_to_their_own_device(stage: Sitting) -> None:
    answer = page(stage.world, "ruben").get(url(stage, "voorzitter"))

    assert answer.headers["Location"] == url(stage, "mee")
    assert page(stage.world, "ruben").get(url(stage, "scherm")).status_code == 403


def test_who_is_not_present_reads_whom_to_ask(stage: Sitting) -> None:
    text = page(stage.world, "margot").get(url(stage, "mee")).content.decode()

    assert f"Vraag {stage.world.people['nadia'].name} om u aan te melden" in text


def test_a_line_works_as_a_plain_form_and_its_fault_keeps_the_text(stage: Sitting) -> None:
    nadia = page(stage.world, "nadia")
    wrong = nadia.post(at(stage, "regel"), {"line": "verzuim terugkoppelen", "kind": "voorzitter"})
    right = nadia.post(at(stage, "regel"), {"line": "@OND verzuim terugkoppelen vr", "kind": "voorzitter"})

    assert wrong.status_code == 422
    assert 'value="verzuim terugkoppelen"' in wrong.content.decode()
    assert right.headers["Location"] == url(stage, "voorzitter")
    assert "verzuim terugkoppelen" in nadia.get(url(stage, "scherm")).content.decode()


def test_htmx_gets_an_empty_answer_or_only_what_is_wrong(stage: Sitting) -> None:
    nadia = page(stage.world, "nadia")
    wrong = nadia.post(at(stage, "regel"), {"line": "niets"}, headers={"HX-Request": "true"})
    right = nadia.post(at(stage, "regel"), {"line": "! Besluit"}, headers={"HX-Request": "true"})

    assert (wrong.status_code, right.status_code) == (422, 204)
    assert "<html" not in wrong.content.decode()
    assert right.headers["HX-Trigger"] == "verbond:gedaan"


def test_what_a_line_says_so_far_is_read_back_and_not_kept(stage: Sitting) -> None:
    answer = page(stage.world, "nadia").post(at(stage, "regel/lees"), {"line": "@OND verzuim"})

    assert "Het Baken College" in answer.content.decode()
    assert "Wanneer is het klaar?" in answer.content.decode()


def test_the_joint_view_is_saved_without_a_socket_and_a_clash_is_told(stage: Sitting) -> None:
    nadia, mine, other = page(stage.world, "nadia"), str(uuid4()), str(uuid4())
    sent = {"domain": "work", "text": "Zonder verbinding", "client": mine, "act": "save"}
    first = nadia.post(at(stage, "gezamenlijk"), sent, headers={"HX-Request": "true"})
    clash = nadia.post(
        at(stage, "gezamenlijk"), sent | {"text": "Iets anders", "client": other}, headers={"HX-Request": "true"}
    )

    assert (first.status_code, clash.status_code) == (204, 409)
    assert Picture.objects.get(item=stage.item, joint=True).submission == UUID(mine)


def test_an_own_view_is_given_and_endorsed_on_ones_own_device(stage: Sitting) -> None:
    nadia, ruben = page(stage.world, "nadia"), page(stage.world, "ruben")
    ruben.post(at(stage, "beeld"), {"domain": "justice", "text": "Veel meldingen", "score": "2"})
    nadia.post(at(stage, "gezamenlijk"), {"domain": "justice", "text": "Samen gezien", "client": str(uuid4())})
    joint = Picture.objects.get(item=stage.item, joint=True)
    ruben.post(at(stage, "standpunt"), {"stance": "dissents", "reason": "Te mild", "picture": str(joint.uid)})
    wall = nadia.get(url(stage, "scherm")).content.decode()

    assert "Te mild" in wall
    assert "Veel meldingen" not in wall
    assert "Veel meldingen" in nadia.get(url(stage, "voorzitter")).content.decode()


def test_parts_hold_nothing_that_the_whole_does_not(stage: Sitting) -> None:
    stage.comes("peter", "OND-BAKEN")
    nadia = page(stage.world, "nadia")
    for part in ("kop", "feiten", "woorden"):
        text = nadia.get(url(stage, "scherm"), {"deel": part}, headers={"HX-Request": "true"}).content.decode()
        assert "Incident bij het station" not in text
        assert "<html" not in text


def test_the_state_is_a_number_for_who_is_invited(stage: Sitting) -> None:
    answer = page(stage.world, "ruben").get(url(stage, "stand"))

    assert json.loads(answer.content) == {"revision": Meeting.objects.get(pk=stage.meeting.pk).revision}


def test_an_act_that_does_not_exist_is_refused(stage: Sitting) -> None:
    nadia = page(stage.world, "nadia")
    for name, data in (("loop", {"act": "dans"}), ("loop", {"act": "item", "item": "x"})):
        assert nadia.post(url(stage, name), data).status_code == 422


def test_the_api_runs_a_meeting_and_reads_what_its_token_may(stage: Sitting) -> None:
    nadia, ruben = (Api(stage.world, key, "pga_youth") for key in ("nadia", "ruben"))
    of, on = f"/meetings/{stage.meeting.uid}", f"/meetings/items/{stage.item.uid}"
    peter = {"agency": "OND-BAKEN", "professional": str(stage.world.people["peter"].uuid)}
    assert nadia.post(f"{on}/attendance", peter).status_code == 204
    assert nadia.post(f"{on}/lines", {"line": "@OND bellen vr"}).json()["kind"] == "action"
    decision = nadia.post(f"{on}/decisions", {"text": "Avondhulp"}).json()["uid"]
    version = nadia.put(f"{on}/joint-views/work", {"text": "Samen", "client": str(uuid4())}).json()["version"]
    assert ruben.put(f"{on}/positions", {"stance": "agrees", "decision": decision}).status_code == 204
    assert ruben.put(f"{on}/views/justice", {"text": "Eigen beeld", "score": 2}).status_code == 204
    point = ruben.post(f"{on}/parked", {"text": "Later"}).json()["uid"]

    found = ruben.get(f"{of}/current").json()
    rows = nadia.get(f"{on}/attendance").json()

    assert [one["text"] for one in found["views"]] == ["Samen", "Eigen beeld"]
    assert (found["views"][0]["version"], found["sits"]) == (version, True)
    assert found["decisions"][0]["positions"] == [{"agency": "POL-MD", "stance": "agrees", "reason": ""}]
    assert {row["agency"] for row in rows} == {"ZVH-MD", "POL-MD", "GEM-MD", "OND-BAKEN"}
    school = next(row["row"] for row in rows if row["agency"] == "OND-BAKEN")
    assert nadia.send("DELETE", f"{on}/attendance/{school}", "").status_code == 204
    assert nadia.post(f"{on}/attendance/release", {"agency": "OND-BAKEN"}).status_code == 204
    assert nadia.send("DELETE", f"{on}/parked/{point}", "").status_code == 204
    assert nadia.post(f"{of}/running", {"act": "pause"}).status_code == 204
    assert nadia.post(f"{of}/running", {"act": "end"}).status_code == 204
    assert not Attendance.objects.filter(item__meeting=stage.meeting, left_at=None).exists()


def test_a_token_for_a_purpose_that_is_not_given_reads_no_words(stage: Sitting) -> None:
    assert Api(stage.world, "ruben", "area_safety").get(f"/meetings/{stage.meeting.uid}/current").status_code == 403
