"""Several watchers at once, each with a connection of its own: every step is taken once."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection

from agreements.models import Professional
from foundation import clock
from realtime.alarms import commands
from realtime.alarms.escalation import escalate_due
from realtime.alarms.models import Alarm, AlarmStep
from realtime.channels.models import Event
from tests.audit.flushing import let_flush_through
from tests.invariants.world import World, load_house
from tests.realtime.stage import street
from tests.realtime.test_alarms import here

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.skipif(
        "connection.vendor == 'sqlite'", reason="the suite's SQLite store has one writer and no threads"
    ),
]
let_flush_through()


def test_watchers_at_once_take_each_step_once() -> None:
    load_house()
    stage = street(World(people={one.demo_key: one for one in Professional.objects.exclude(demo_key=None)}))
    event = commands.raise_alarm(here(stage, "farid"), client=uuid4())
    taken: list[int] = []
    failed: list[BaseException] = []
    start = threading.Barrier(4)

    def watch() -> None:
        try:
            start.wait(10)
            for _ in range(3):
                taken.append(escalate_due())
        except BaseException as wrong:
            failed.append(wrong)
        finally:
            connection.close()

    with time_machine.travel(clock.now() + timedelta(seconds=120)):
        threads = [threading.Thread(target=watch) for _ in range(4)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
    assert not failed
    assert sum(taken) == 2
    assert list(AlarmStep.objects.filter(alarm__event=event).values_list("step", flat=True)) == [1, 2]
    assert Event.objects.filter(target=event, notice__startswith="alarm_step").count() == 2
    assert Alarm.objects.get(event=event).next_at is None
