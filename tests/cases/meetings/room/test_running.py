"""Running a meeting: start, the clock, the next item, putting off, the end; and two who press at once."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
import time_machine

from audit.journal.models import Entry
from cases.meetings import ends
from cases.meetings.commands import running
from cases.meetings.models import AgendaItem, Attendance, Meeting
from cases.meetings.rights import NotYourMeeting
from foundation import clock
from foundation.errors import Invalid, Refused
from tests.cases.meetings.room.stage import NO_ITEM, Sitting, sitting
from tests.invariants.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(world: World) -> Sitting:
    return sitting(world, started=False)


def meeting_of(stage: Sitting) -> Meeting:
    return Meeting.objects.get(pk=stage.meeting.pk)


def test_a_meeting_starts_once_and_the_first_item_comes_up_with_who_leads(stage: Sitting) -> None:
    running.start_meeting(stage.by("nadia"), stage.meeting.uid)
    began = meeting_of(stage).started_at
    running.start_meeting(stage.by("nadia"), stage.meeting.uid)

    running.next_item(stage.by("nadia"), stage.meeting.uid)

    assert meeting_of(stage).state == "running"
    assert meeting_of(stage).started_at == began
    assert stage.item.pk == stage.items[0].pk
    assert [row.professional.name for row in Attendance.objects.filter(item=stage.item)] == [
        stage.world.people["nadia"].name
    ]


def test_the_clock_of_an_item_counts_only_while_it_runs(stage: Sitting) -> None:
    with time_machine.travel(clock.now(), tick=False) as at:
        running.start_meeting(stage.by("nadia"), stage.meeting.uid)
        running.next_item(stage.by("nadia"), stage.meeting.uid)
        at.shift(timedelta(seconds=90))
        running.pause(stage.by("nadia"), stage.meeting.uid)
        running.pause(stage.by("nadia"), stage.meeting.uid)
        at.shift(timedelta(minutes=5))
        running.resume(stage.by("nadia"), stage.meeting.uid)
        at.shift(timedelta(seconds=30))
        running.next_item(stage.by("nadia"), stage.meeting.uid)

    first = AgendaItem.objects.get(pk=stage.items[0].pk)
    assert (first.seconds_used, first.running_since, first.state) == (120, None, "done")


def test_two_who_press_next_at_once_go_one_step(stage: Sitting) -> None:
    running.start_meeting(stage.by("nadia"), stage.meeting.uid)
    running.next_item(stage.by("nadia"), stage.meeting.uid)
    on = stage.item.uid

    for _ in range(2):
        running.next_item(stage.by("nadia"), stage.meeting.uid, after=on)

    assert stage.item.pk == stage.items[1].pk


def test_after_the_last_item_nothing_is_on_and_everybody_has_left(stage: Sitting) -> None:
    running.start_meeting(stage.by("nadia"), stage.meeting.uid)
    for _ in range(4):
        running.next_item(stage.by("nadia"), stage.meeting.uid)

    assert meeting_of(stage).current_id is None
    assert not Attendance.objects.filter(item__meeting=stage.meeting, left_at=None).exists()
    assert set(AgendaItem.objects.filter(meeting=stage.meeting).values_list("state", flat=True)) == {"done"}


def test_an_item_is_put_off_and_the_one_that_is_on_is_closed_by_it(stage: Sitting) -> None:
    running.start_meeting(stage.by("nadia"), stage.meeting.uid)
    running.next_item(stage.by("nadia"), stage.meeting.uid)

    running.move_on(stage.by("nadia"), stage.meeting.uid, stage.items[2].uid)
    running.move_on(stage.by("nadia"), stage.meeting.uid, stage.items[0].uid)

    states = list(AgendaItem.objects.filter(meeting=stage.meeting).values_list("state", flat=True))
    assert states == ["moved", "waiting", "moved"]
    assert meeting_of(stage).current_id is None


def test_the_end_tells_the_rooms_that_wait_for_it_in_the_same_transaction(
    stage: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Any] = []
    monkeypatch.setattr(ends, "_AFTER", {"proef": lambda reading, meeting: told.append(meeting.state)})
    running.start_meeting(stage.by("nadia"), stage.meeting.uid)
    running.next_item(stage.by("nadia"), stage.meeting.uid)

    running.end_meeting(stage.by("nadia"), stage.meeting.uid)
    running.end_meeting(stage.by("nadia"), stage.meeting.uid)

    assert told == ["ended"]
    assert meeting_of(stage).ended_at is not None
    assert Entry.objects.filter(event_type="meeting.ended").count() == 1


def test_a_room_that_fails_at_the_end_keeps_the_meeting_running(
    stage: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(reading: Any, meeting: Any) -> None:
        raise RuntimeError("no minutes")

    monkeypatch.setattr(ends, "_AFTER", {"proef": fail})
    running.start_meeting(stage.by("nadia"), stage.meeting.uid)

    with pytest.raises(RuntimeError):
        running.end_meeting(stage.by("nadia"), stage.meeting.uid)

    assert meeting_of(stage).state == "running"


def test_nothing_runs_in_a_meeting_that_did_not_start_or_is_over(stage: Sitting) -> None:
    with pytest.raises(Invalid):
        running.next_item(stage.by("nadia"), stage.meeting.uid)
    running.start_meeting(stage.by("nadia"), stage.meeting.uid)
    running.end_meeting(stage.by("nadia"), stage.meeting.uid)

    with pytest.raises(Invalid):
        running.start_item(stage.by("nadia"), stage.meeting.uid, stage.items[0].uid)
    with pytest.raises(Invalid):
        running.start_meeting(stage.by("nadia"), stage.meeting.uid)


def test_an_item_of_another_meeting_does_not_come_up(stage: Sitting) -> None:
    running.start_meeting(stage.by("nadia"), stage.meeting.uid)
    with pytest.raises(Invalid):
        running.start_item(stage.by("nadia"), stage.meeting.uid, NO_ITEM)


@pytest.mark.parametrize("act", ["start_meeting", "next_item", "pause", "resume", "end_meeting"])
def test_only_who_leads_runs_it(stage: Sitting, act: str) -> None:
    for invited in ("ruben", "peter"):
        with pytest.raises(Refused):
            getattr(running, act)(stage.by(invited), stage.meeting.uid)
    for stranger in ("hanneke", "joost", "ineke"):
        with pytest.raises(NotYourMeeting):
            getattr(running, act)(stage.by(stranger), stage.meeting.uid)


def test_every_step_rings(stage: Sitting) -> None:
    seen = [meeting_of(stage).revision]
    running.start_meeting(stage.by("nadia"), stage.meeting.uid)
    seen.append(meeting_of(stage).revision)
    for act in (running.next_item, running.pause, running.resume, running.end_meeting):
        act(stage.by("nadia"), stage.meeting.uid)
        seen.append(meeting_of(stage).revision)

    assert all(later > earlier for earlier, later in pairwise(seen))
