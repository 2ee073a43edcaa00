"""The board of who leads: the leader's own view of the log, as rows, and the same frames as the phone gets."""

import json
import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest

from audit.journal.models import Entry
from foundation import clock
from realtime.alarms import commands as alarms
from realtime.alarms.commands import Here
from realtime.alarms.models import AlarmAnswer
from realtime.channels.commands import members
from realtime.channels.queries import opened
from realtime.place import commands as place
from tests.cases.desk import changing, page
from tests.invariants.world import World
from tests.realtime.stage import Street, street

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(world: World) -> Street:
    return street(world)


def board_of(stage: Street, key: str = "anouk") -> str:
    answer = page(stage.world, key).get(f"/straat/{stage.channel.uid}/bord/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def part(text: str, name: str) -> str:
    """The words in one part of the board."""
    found = re.search(rf'data-part="{name}">(.*?)</ol>', text, re.S)
    assert found
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(found[1])).split())


def frames(text: str) -> list[dict[str, object]]:
    found = re.search(r'data-frames="([^"]*)"', text)
    assert found
    return list(json.loads(unescape(found[1])))


def here(stage: Street, key: str, event: str) -> Here:
    by = stage.by(key, event)
    found = opened(by, stage.channel.uid, session=None)
    return Here(reading=by, channel=found.channel, member=found.member, hearer=found.hearer)


def test_who_is_out_stands_there_with_the_latest_quick_status_and_since_when(stage: Street) -> None:
    stage.says("esra", ("street_status", "on_my_way"), kind="status")
    said = stage.says("esra", ("street_status", "there"), kind="status")
    place.set_state(stage.fresh(), stage.member("esra"), "out")

    text = board_of(stage)

    assert "Ter plaatse" in part(text, "out")
    assert "Ik ga erheen" not in part(text, "out")
    assert f"{said.given_at.astimezone(clock.AMSTERDAM):%H:%M}" in part(text, "out")
    assert stage.world.people["farid"].name in part(text, "others")


def test_a_task_is_open_until_somebody_did_it_and_names_who_does_it(stage: Street) -> None:
    task = stage.says("anouk", ("street_task", "Kijk bij de brug"), kind="task")
    assert "Nog niemand doet dit" in part(board_of(stage), "tasks")

    stage.says("maarten", ("street_status", "on_my_way"), kind="status", target=task.uid)
    assert f"{stage.world.people['maarten'].name} doet dit" in part(board_of(stage), "tasks")

    stage.says("maarten", ("street_status", "done"), kind="status", target=task.uid)
    assert part(board_of(stage), "tasks") == ""


def test_a_question_stands_there_until_it_is_answered(stage: Street) -> None:
    asked = stage.says("farid", ("street_question", "Is het hek open?"), kind="question", to="GEM-MD")
    assert "Is het hek open?" in part(board_of(stage), "questions")

    stage.says("anouk", ("street_question", "Tot tien uur"), kind="question", target=asked.uid)
    assert part(board_of(stage), "questions") == ""


def test_a_question_between_others_leaves_no_trace_on_the_board(stage: Street) -> None:
    before = frames(board_of(stage))
    stage.says("farid", ("street_question", "Kun jij even bellen?"), kind="question", to="POL-MD")

    text = board_of(stage)

    assert "Kun jij even bellen" not in text
    assert frames(text) == before


def test_an_alarm_that_runs_says_who_comes_and_when_and_goes_when_it_is_over(stage: Street) -> None:
    event = alarms.raise_alarm(here(stage, "esra", "channel.said"), client=uuid4(), text="Help bij de trap")
    assert "Help bij de trap" in part(board_of(stage), "alarms")

    alarms.acknowledge(here(stage, "maarten", "alarm.acknowledged"), alarm=event.uid, minutes=5)
    there = AlarmAnswer.objects.get(alarm__event=event).at + timedelta(minutes=5)
    expected = f"{stage.world.people['maarten'].name} is er rond {there.astimezone(clock.AMSTERDAM):%H:%M}"
    assert expected in part(board_of(stage), "alarms")

    alarms.end(here(stage, "esra", "alarm.ended"), alarm=event.uid, how="stood_down", text="")
    assert part(board_of(stage), "alarms") == ""


def test_a_place_that_is_shared_is_on_the_map_and_once_in_the_journal(stage: Street) -> None:
    from cases.relations.models import MapShape

    ring = [[4.47, 51.89], [4.49, 51.89], [4.49, 51.91], [4.47, 51.91], [4.47, 51.89]]
    edge = {"west": 4.47, "east": 4.49, "south": 51.89, "north": 51.91}
    shape = {"type": "Polygon", "coordinates": [ring]}
    with changing():
        MapShape.objects.create(kind="buurt", name="Proefbuurt", name_key="proefbuurt", geometry=shape, **edge)
    place.start(stage.by("esra"), stage.fresh(), stage.member("esra"), minutes=30)
    place.move(stage.fresh(), stage.member("esra"), lat=51.9, lon=4.48, accuracy=12.0)
    since = Entry.objects.order_by("-id").first().id

    assert board_of(stage).count("vb-kaartje__mens") == 1
    assert stage.world.people["esra"].name in part(board_of(stage), "places")

    assert Entry.objects.filter(id__gt=since, event_type="place.told").count() == 1


def test_the_socket_goes_on_where_the_page_ends(stage: Street) -> None:
    stage.says("esra", ("street_message", "Ik loop"))
    text = board_of(stage)
    assert f'data-view="{stage.view("anouk")}"' in text
    assert f'data-last="{frames(text)[-1]["id"]}"' in text


def test_each_look_at_the_board_is_in_the_journal(stage: Street) -> None:
    stage.says("esra", ("hotspot_note", "Zeven jongeren bij de trap"))
    since = Entry.objects.order_by("-id").first().id

    board_of(stage)

    found = Entry.objects.filter(id__gt=since, event_type="channel.read", route="channel_board")
    assert {one.actor_ref for one in found} == {f"professional:{stage.world.people['anouk'].uuid}"}
    assert any(one.fields_0 or one.fields_1 or one.fields_2 for one in found)


@pytest.mark.parametrize("key", ["esra", "farid"])
def test_who_does_not_lead_has_no_board(stage: Street, key: str) -> None:
    assert page(stage.world, key).get(f"/straat/{stage.channel.uid}/bord/").status_code == 403


def case_page(stage: Street, key: str) -> str:
    answer = page(stage.world, key).get(f"/casus/{stage.case.number}/", follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_page_of_the_case_leads_its_members_to_the_channel_and_its_leader_to_the_board(stage: Street) -> None:
    since = Entry.objects.order_by("-id").first().id
    assert f'href="/straat/{stage.channel.uid}/"' in case_page(stage, "esra")
    assert f"/straat/{stage.channel.uid}/bord/" not in case_page(stage, "esra")
    assert f'href="/straat/{stage.channel.uid}/bord/"' in case_page(stage, "anouk")
    assert Entry.objects.filter(id__gt=since, event_type="channel.list").count() == 3


def test_the_page_of_the_case_is_the_same_for_who_is_no_member_as_without_a_channel(stage: Street) -> None:
    members.leave(stage.by("joost"), stage.channel.uid)
    text = case_page(stage, "joost")
    assert stage.channel.title not in text
    assert 'id="naast-' not in text


def test_nobody_sees_channels_when_looking_as_another_agency(stage: Street) -> None:
    answer = page(stage.world, "anouk").get(f"/casus/{stage.case.number}/?als=POL-MD", follow=True)
    assert str(stage.channel.uid) not in answer.content.decode()
