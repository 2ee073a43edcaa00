"""Two at the same moment: PostgreSQL decides who is first, and nothing is lost or doubled."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from agreements.models import Professional
from cases.plans import commands
from cases.plans.models import Action, Measurement, Review
from foundation import clock
from tests.audit.flushing import let_flush_through
from tests.cases.desk import make_case, reading
from tests.invariants.world import World, load_house

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor == 'sqlite'", reason="the suite's SQLite store has one writer and no threads"
    ),
]
let_flush_through()


def together(act: Callable[[], Any], times: int = 4) -> list[Any]:
    gate = threading.Barrier(times)

    def go() -> Any:
        try:
            gate.wait()
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return [future.result() for future in [pool.submit(go) for _ in range(times)]]


def house() -> World:
    load_house()
    world = World(people={person.demo_key: person for person in Professional.objects.exclude(demo_key=None)})
    make_case("T-1", live=("ZVH-MD", "GEM-MD"))
    return world


def test_actions_typed_at_once_get_numbers_of_their_own_and_one_round_of_reviews() -> None:
    world = house()

    def add() -> int:
        mine = reading(world, "sanne")
        return commands.add_action(mine, "T-1", text="Belt", owner_agency="GEM-MD", due_on=clock.today()).number

    assert sorted(together(add)) == [1, 2, 3, 4]
    assert Review.objects.count() == 2


def test_one_form_sent_four_times_at_once_is_one_action() -> None:
    world, submission = house(), uuid4()

    def add() -> Any:
        mine = reading(world, "sanne")
        return commands.add_action(
            mine, "T-1", text="Belt", owner_agency="GEM-MD", due_on=clock.today(), submission=submission
        ).uid

    assert len(set(together(add))) == 1
    assert Action.objects.count() == 1


def test_one_measurement_entered_at_once_stands_once() -> None:
    world = house()

    def measure() -> Any:
        mine = reading(world, "sanne")
        return commands.record_measurement(mine, "T-1", moment="start", on=clock.today(), scores={"work": 2}).uid

    assert len(set(together(measure))) == 1
    assert Measurement.objects.count() == 1
