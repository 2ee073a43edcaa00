"""Two worlds that differ only in items that are not the reader's: every answer to them is the same."""

from datetime import timedelta

import pytest

from cases.meetings.commands import agenda
from cases.meetings.models import Meeting
from cases.meetings.pending import pending_for
from tests.cases.desk import Api, make_case, page, reading
from tests.cases.meetings.sitting import item_of, planned, tomorrow, without_own_marks
from tests.invariants.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(world: World) -> tuple[Meeting, Meeting]:
    """A meeting at ten with only the police's case, and one of a quarter of an hour earlier with others around it.

    In the second the police's case comes up at ten as well, and more agencies come.
    """
    make_case("T-1", live=("ZVH-MD", "POL-MD", "OM-MD"))
    make_case("T-2", live=("ZVH-MD", "GEM-MD", "GGZ-MD"))
    make_case("T-3", live=("ZVH-MD", "GEM-MD", "JB-MD"))
    alone = planned(world, "T-1", guests=("POL-MD", "OM-MD"), starts=tomorrow(10))
    early = tomorrow(10) - timedelta(minutes=15)
    among = planned(
        world, "T-2", "T-1", "T-3", guests=("POL-MD", "OM-MD", "GEM-MD", "GGZ-MD", "JB-MD"), starts=early, minutes=120
    )
    for meeting in (alone, among):
        agenda.ask(reading(world, "nadia"), meeting.uid, until=tomorrow(8))
    return alone, among


def _texts(world: World, two: tuple[Meeting, Meeting], path: str) -> list[str]:
    client = page(world, "ruben")
    found = []
    for meeting in two:
        answer = client.get(path.format(uid=meeting.uid))
        assert answer.status_code == 200
        found.append(without_own_marks(answer.content.decode()))
    return found


def test_the_page_of_a_meeting_tells_nothing_of_other_items(world: World, two: tuple[Meeting, Meeting]) -> None:
    alone, among = _texts(world, two, "/overleg/{uid}/")

    assert alone == among
    assert "T-2" not in among
    assert "T-3" not in among


def test_the_calendar_file_has_the_reader_s_own_time(world: World, two: tuple[Meeting, Meeting]) -> None:
    found = []
    for text in _texts(world, two, "/overleg/{uid}/agenda.ics"):
        found.append([line for line in text.splitlines() if not line.startswith(("SEQUENCE", "DTSTAMP"))])

    assert found[0] == found[1]


def test_the_api_tells_nothing_of_other_items(world: World, two: tuple[Meeting, Meeting]) -> None:
    api = Api(world, "ruben", "pga_adult")
    found = []
    for meeting in two:
        body = api.get(f"/meetings/{meeting.uid}").json()
        del body["uid"]
        for item in body["items"]:
            del item["uid"]
        for guest in body["guests"]:
            del guest["id"]
        found.append(body)

    assert found[0] == found[1]
    assert found[0]["agenda_minutes"] is None
    assert [guest["agency"]["code"] for guest in found[1]["guests"]] == ["OM-MD", "POL-MD"]


def test_the_list_and_what_waits_say_the_same_of_both(world: World, two: tuple[Meeting, Meeting]) -> None:
    body = Api(world, "ruben", "pga_adult").get("/meetings").json()
    mine = [line for line in body["coming"] if line["title"] == "Overleg Zuid"]
    for line in mine:
        line["uid"] = ""
        for guest in line["guests"]:
            guest["id"] = 0

    assert len(mine) == 2
    assert mine[0] == mine[1]
    waits = [line for line in pending_for(reading(world, "ruben")) if line.place in ("Overleg Zuid", "T-1")]
    assert len(waits) == 4
    assert {(line.kind, line.due_on) for line in waits if line.kind == "invitation"} == {
        ("invitation", tomorrow().date())
    }


def test_another_item_is_answered_as_one_that_does_not_exist(world: World, two: tuple[Meeting, Meeting]) -> None:
    other = item_of(two[1], "T-2").uid
    api = Api(world, "ruben", "pga_adult")

    answers = [
        api.put(f"/meetings/{two[1].uid}/items/{uid}", {"minutes": 5})
        for uid in (other, "00000000-0000-4000-8000-000000000000")
    ]

    assert answers[0].status_code == answers[1].status_code == 403
    assert answers[0].json() == answers[1].json()
