"""What the phone app is given: its page, what may be said and who reads it, how far a message got, its worker."""

import json

import pytest
from django.test import Client

from foundation.errors import NotFound
from realtime.channels.tickets import ticket_for
from realtime.live.door import Pass, admitted
from realtime.phone.kinds import kinds_frames
from realtime.phone.receipts import Stored, Who, receipts_frames, took, who_saw
from tests.cases.desk import page
from tests.invariants.world import World
from tests.realtime.stage import Street, street

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(world: World) -> Street:
    return street(world, "PH-1")


def passed(stage: Street, key: str) -> Pass:
    text = ticket_for(stage.by(key), stage.fresh(), session=None, session_key="")
    return admitted(stage.channel.uid, text)


def kinds(stage: Street, key: str) -> dict[str, dict[str, object]]:
    one = passed(stage, key)
    frame = kinds_frames(stage.fresh(), [one])[one.hearer.view]
    return {kind["field"]: kind["readers"] for kind in frame["kinds"]}


def test_before_saying_something_one_reads_who_will_read_it(stage: Street) -> None:
    said = kinds(stage, "farid")

    assert "WON" in said["street_message"]["agencies"]
    assert "WON" not in said["hotspot_note"]["agencies"]
    assert "street_police_note" not in said


def test_receipts_count_only_members_who_may_know_of_the_message(stage: Street) -> None:
    everybody = stage.says("farid", ("street_message", "Wij staan bij de brug."))
    few = stage.says("farid", ("hotspot_note", "Twee man op de kade."))
    took(passed(stage, "joost"), Stored(type="stored", event=few.uid))
    took(passed(stage, "esra"), Stored(type="stored", event=few.uid))

    me = passed(stage, "farid")
    counts = receipts_frames(stage.fresh(), [me])[me.hearer.view]["events"]

    assert counts[str(everybody.uid)][1] == 2
    assert counts[str(few.uid)][0] < counts[str(everybody.uid)][0]
    assert counts[str(few.uid)][1] == 1


def test_who_saw_a_message_is_told_to_its_author_alone(stage: Street) -> None:
    said = stage.says("farid", ("street_message", "Ik ben er."))
    frame = who_saw(passed(stage, "farid"), Who(type="who", event=said.uid))

    assert {one["state"] for one in frame["members"]} == {"away"}
    assert "Farid Amrani" not in {one["name"] for one in frame["members"]}
    with pytest.raises(NotFound):
        who_saw(passed(stage, "esra"), Who(type="who", event=said.uid))


def test_the_page_holds_no_message_and_the_empty_one_holds_nobody(stage: Street) -> None:
    stage.says("farid", ("street_message", "Dit komt door de lijn alleen."))
    whole = page(stage.world, "esra").get(f"/straat/{stage.channel.uid}/").content.decode()
    empty = page(stage.world, "esra").get("/straat/toestel/").content.decode()

    assert "Interventie Kade 9" in whole
    assert "Dit komt door de lijn alleen." not in whole
    assert "data-pulse" not in whole
    for word in ("Esra", "professional:", "csrfmiddlewaretoken", "Interventie Kade 9"):
        assert word not in empty


def test_worker_and_manifest_stand_at_the_root() -> None:
    browser = Client(HTTP_HOST="localhost")
    worker, manifest = browser.get("/sw.js"), browser.get("/manifest.webmanifest")

    assert worker.headers["Service-Worker-Allowed"] == "/"
    assert worker.headers["Content-Type"].startswith("text/javascript")
    assert "/straat/toestel/" in worker.content.decode()
    assert json.loads(manifest.content)["display"] == "standalone"
