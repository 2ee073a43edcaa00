"""Two signatories at the same moment: one after the other, whatever the order, and never twice."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from agreements.covenants.models import Party, Suspension
from agreements.joining.commands import StepRefused, answer, suspend, withdraw
from foundation.errors import Problem
from tests.agreements.joining import world
from tests.agreements.joining.world import PGA, ask, load, motion, visit
from tests.audit.flushing import let_flush_through

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor == 'sqlite'", reason="the suite's SQLite store has one writer and no threads"
    ),
]
let_flush_through()


def _together(*acts: Callable[[], Any]) -> list[Any]:
    """What each act gave, or the problem it met, when all start at once."""
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            start.wait()
            return act()
        except Problem as problem:
            return problem
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result() for future in [pool.submit(run, act) for act in acts]]


def test_the_two_last_consents_at_once_make_one_party() -> None:
    world.house()
    load()
    uid = ask().uid
    for key in ("hilde", "otto"):
        answer(visit(key), PGA, uid=uid, agrees=True)
    last = [visit(key) for key in ("carla", "rosa")]

    found = _together(*[lambda who=who: answer(who, PGA, uid=uid, agrees=True) for who in last])

    assert [isinstance(item, Problem) for item in found] == [False, False]
    assert motion().carried_at is not None
    assert Party.objects.filter(agency__code="JB-MD").count() == 1


def test_two_who_suspend_at_once_suspend_once() -> None:
    world.house()
    load()
    both = [visit("hilde"), visit("otto")]

    found = _together(*[lambda who=who: suspend(who, PGA, reason="datalek") for who in both])

    assert sorted(isinstance(item, StepRefused) for item in found) == [False, True]
    assert Suspension.objects.count() == 1


def test_one_notice_sent_twice_ends_the_party_once() -> None:
    world.house()
    load()
    who = visit("otto")

    found = _together(*[lambda: withdraw(who, PGA, reason="x")] * 2)

    assert sorted(isinstance(item, StepRefused) for item in found) == [False, True]
    assert Party.objects.filter(agency__code="OM-MD").exclude(ends=None).count() == 1
