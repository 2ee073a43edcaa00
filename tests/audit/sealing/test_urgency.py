"""What cannot wait wakes the sealer after its commit; the rest, and what was rolled back, does not."""

import threading
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from audit import ports
from audit.journal.appender import append
from audit.journal.urgency import FAMILIES, SINGLE, needs_sealing_at_once
from audit.models import Leaf
from audit.sealing.loop import Loop
from audit.sealing.waiting import waiting
from tests.audit.sealing.steps import sealed, write, write_and_take_back
from tests.audit.stand_ins import entry


@pytest.fixture
def running(settings: Any, tmp_path: Path) -> None:
    settings.SEALING = True
    settings.SEAL_SOCKET = tmp_path / "s"


@pytest.mark.parametrize(
    ("event_type", "break_glass", "at_once"),
    [
        ("case.read", False, False),
        ("case.read", True, True),
        ("case.list", False, False),
        ("search.hit", False, False),
        ("extract.given", False, True),
        ("minutes.exported", False, True),
        ("membership.granted", False, True),
        ("covenant.version_in_force", False, True),
        ("destruction.done", False, True),
        ("party.withdrew", False, True),
        ("signin.succeeded", False, False),
    ],
)
def test_break_glass_exports_destruction_and_administration_cannot_wait(
    event_type: str, break_glass: bool, at_once: bool
) -> None:
    assert needs_sealing_at_once(event_type, break_glass) is at_once


def test_every_family_and_single_code_is_one_that_some_floor_reports() -> None:
    known = ports.event_types()

    assert set(known) >= SINGLE
    assert [family for family in FAMILIES if not any(code.startswith(family) for code in known)] == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("running")
def test_what_cannot_wait_ends_the_waiting_and_the_rest_does_not() -> None:
    def seconds_until(act: Any) -> float:
        began = time.monotonic()
        act()
        wait(1.0)
        return time.monotonic() - began

    with waiting("default") as wait:
        wait(0.01)
        assert seconds_until(write) >= 1.0
        assert seconds_until(lambda: write_and_take_back()) >= 1.0
        assert seconds_until(lambda: write(event_type="membership.granted")) < 1.0
        assert seconds_until(lambda: write(break_glass=True)) < 1.0
        assert seconds_until(write) >= 1.0


@pytest.mark.django_db(transaction=True)
def test_the_loop_seals_at_once_although_its_interval_is_long(settings: Any, running: None) -> None:
    settings.SEAL_INTERVAL_SECONDS = 60
    stop = threading.Event()

    def loop() -> None:
        Loop(None).run(stop)
        connection.close()

    thread = threading.Thread(target=loop)
    # Before the loop begins: nothing wakes it for this one, and its second round is a minute away.
    first = write()
    thread.start()
    try:
        _until(lambda: sealed() == first)
        time.sleep(0.3)
        second: list[str] = []
        _until(lambda: second.extend(write(break_glass=True)) or second)
        _until(lambda: sealed() == first + second)
    finally:
        stop.set()
        _until(lambda: write(break_glass=True))
        thread.join(20)
    assert not thread.is_alive()


def _until(holds: Any) -> None:
    until = time.monotonic() + 20
    while not _now(holds):
        assert time.monotonic() < until
        time.sleep(0.02)


def _now(holds: Any) -> bool:
    """Not while the sealer writes: two connections to a store of SQLite in memory do not wait for each other."""
    try:
        return bool(holds())
    except OperationalError:
        return False


@pytest.mark.django_db
def test_where_no_sealer_runs_an_entry_costs_no_more_than_its_insert(settings: Any) -> None:
    settings.SEALING = False
    with CaptureQueriesContext(connection) as calm:
        append([entry()])
    with CaptureQueriesContext(connection) as urgent:
        append([entry(break_glass=True)])

    assert len(urgent) == len(calm)
    assert not Leaf.objects.exists()
