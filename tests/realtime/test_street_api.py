"""The API beside the socket: what may be said, how far a message got, the report, and taking entries over."""

import io
from typing import Any

import pytest
from pypdf import PdfReader

from audit.journal.models import Entry
from realtime.channels.commands import receipts
from tests.cases.desk import Api
from tests.invariants.world import World
from tests.realtime.stage import Street, street

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(world: World) -> Street:
    return street(world)


def api(stage: Street, key: str) -> Api:
    return Api(stage.world, key, "area_safety")


def url(stage: Street, path: str) -> str:
    return f"/channels/{stage.channel.uid}{path}"


def test_kinds_are_those_of_ones_own_agency_with_who_reads_each(stage: Street) -> None:
    found = {key: api(stage, key).get(url(stage, "/kinds")).json() for key in ("esra", "farid")}

    def of(key: str) -> dict[str, Any]:
        return {one["field"]: one for one in found[key]["kinds"]}

    assert "street_police_note" in of("esra")
    assert "street_police_note" not in of("farid")
    # Article 7.1: nobody who rents out reads place and time; esra's own agency, GEM and youth work do.
    assert "WON" not in " ".join(of("farid")["hotspot_note"]["readers"]["agencies"])
    assert of("farid")["street_message"]["readers"]["people"] == 4
    assert Entry.objects.filter(route="api:channel_kinds", event_type="channel.read").count() == 2


def test_receipts_are_of_ones_own_messages_alone(stage: Street) -> None:
    mine = stage.says("esra", ("street_message", "Ik loop"))
    theirs = stage.says("farid", ("street_message", "Ik ook"))
    receipts.saw(stage.member("farid"), event=mine.uid)

    listed = api(stage, "esra").get(url(stage, "/receipts")).json()
    assert listed == [{"event": str(mine.uid), "may_know": 4, "stored": 1, "seen": 1}]
    who = api(stage, "esra").get(url(stage, f"/events/{mine.uid}/receipts")).json()
    assert {one["name"] for one in who if one["state"] == "seen"} == {stage.world.people["farid"].name}
    assert api(stage, "esra").get(url(stage, f"/events/{theirs.uid}/receipts")).status_code == 404


def test_a_report_is_read_ordered_followed_and_fetched(stage: Street) -> None:
    stage.says("anouk", ("street_message", "Wij beginnen bij de brug"))
    stage.says("esra", ("street_message", "Koperwiek op de hoek"))
    leader = api(stage, "anouk")

    report = leader.get(url(stage, "/report")).json()
    assert [one["pieces"][0]["text"] for one in report["entries"] if one["pieces"]] == ["Wij beginnen bij de brug"]
    assert report["barred"] == ["HAV-GEBIED v1 art. 14.1"]
    assert leader.get(url(stage, "/report/paper")).json() == {"paper": None}
    made = leader.post(url(stage, "/report/paper"), {})
    told = leader.get(url(stage, "/report/paper")).json()["paper"]
    assert (made.status_code, told["state"], told["percent"]) == (202, "done", 100)
    pdf = leader.get(url(stage, f"/report/paper/{told['uid']}"))
    assert pdf["Content-Type"] == "application/pdf"
    text = " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf.content)).pages)
    assert "Wij beginnen bij de brug" in text
    assert "Koperwiek" not in text

    refused = api(stage, "farid").get(url(stage, "/report"))
    assert (refused.status_code, refused.json()["article"]) == (403, "HAV-GEBIED v1 art. 14.1")


def test_taking_over_names_each_entry_that_cannot_go(stage: Street) -> None:
    mine = stage.says("farid", ("hotspot_note", "Groep bij de trap"))
    theirs = stage.says("esra", ("hotspot_note", "Scooter zonder kenteken"))
    more = {"kind": "crime", "place": "Kade 9"}

    wrong = api(stage, "farid").post(url(stage, "/taken"), {"events": [str(mine.uid), str(theirs.uid)], "signal": more})
    assert wrong.status_code == 422
    assert [one["field"] for one in wrong.json()["errors"]] == [f"event:{theirs.uid}"]

    made = api(stage, "farid").post(url(stage, "/taken"), {"events": [str(mine.uid)], "signal": more})
    again = api(stage, "farid").post(url(stage, "/taken"), {"events": [str(mine.uid)], "signal": more})
    assert (made.status_code, made.json()["case"]) == (201, "")
    assert made.json() == again.json()
    assert made.json()["entries"] == [{"event": str(mine.uid), "contributions": []}]
