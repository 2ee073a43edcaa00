"""Rules compiled ahead: no reader compiles after a change, and none goes by rules older than the epoch may be."""

import threading
import time
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.models import F

from agreements.covenants import ahead, epoch, in_force
from agreements.covenants.commands import suspend_covenant
from agreements.covenants.epoch import forget
from agreements.covenants.in_force import current_policy, current_rules
from agreements.covenants.models import PolicyEpoch
from tests.agreements.covenants import world
from tests.agreements.covenants.world import BY, PGA, grade, load

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 10.0


class Compiles:
    """Which threads compiled; `held` makes the next one wait until it is set."""

    def __init__(self) -> None:
        self.by: list[int] = []
        self.held = threading.Event()
        self.held.set()
        self._compile = in_force._compile

    def __call__(self, *what: Any) -> Any:
        self.by.append(threading.get_ident())
        assert self.held.wait(PATIENCE)
        return self._compile(*what)


@pytest.fixture
def compiles(monkeypatch: pytest.MonkeyPatch) -> Compiles:
    counted = Compiles()
    monkeypatch.setattr(in_force, "_compile", counted)
    return counted


@pytest.fixture
def watched(settings: Any) -> Iterator[None]:
    """A process that serves, with rules in force that it holds."""
    settings.POLICY_EPOCH_TTL_SECONDS = 0.4
    forget()
    world.house()
    load()
    current_policy()
    with ahead.watching():
        yield
    forget()


def _in_thread(task: Callable[[], Any]) -> tuple[threading.Thread, list[Any]]:
    said: list[Any] = []

    def run() -> None:
        try:
            said.append(task())
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, said


def _other_process_changes() -> int:
    """As another process leaves it: a new epoch, of which nobody here was told."""
    PolicyEpoch.objects.update(number=F("number") + 1, stamp=uuid.uuid4())
    return PolicyEpoch.objects.get().number


def _until(holds: Callable[[], bool]) -> None:
    patience = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < patience, "it never came"


def test_no_reader_compiles_after_another_process_changed_the_rules(watched: None, compiles: Compiles) -> None:
    number = _other_process_changes()

    _until(lambda: current_rules()[0].number == number)

    assert len(compiles.by) == 1
    assert threading.get_ident() not in compiles.by
    assert current_policy().epoch == number


def test_who_changes_the_rules_compiles_them_before_going_on(watched: None, compiles: Compiles) -> None:
    suspend_covenant(PGA, reason="onderzoek", by=BY)

    assert len(compiles.by) == 1
    assert grade() == "silent"
    thread, said = _in_thread(grade)
    thread.join()
    assert said == ["silent"]
    assert len(compiles.by) == 1


def test_readers_go_on_while_the_new_rules_are_compiled(watched: None, compiles: Compiles, settings: Any) -> None:
    settings.POLICY_EPOCH_TTL_SECONDS = 60
    forget()
    known = current_rules()
    compiles.held.clear()
    number = _other_process_changes()
    thread, _said = _in_thread(ahead.catch_up)
    _until(lambda: bool(compiles.by))

    assert current_rules() is known

    compiles.held.set()
    thread.join()
    assert current_rules()[0].number == number


def test_no_reader_goes_by_rules_that_may_be_too_old(watched: None, compiles: Compiles) -> None:
    compiles.held.clear()
    number = _other_process_changes()
    _until(lambda: bool(compiles.by))
    changed = time.monotonic()

    # Until the last look is too old the old rules serve; then a reader waits, however long it takes.
    _until(lambda: time.monotonic() - changed > 0.5)
    thread, said = _in_thread(lambda: current_policy().epoch)
    thread.join(timeout=0.3)
    assert said == []

    compiles.held.set()
    thread.join()
    assert said == [number]


def test_what_was_asked_before_a_commit_here_is_not_remembered_after_it(watched: None) -> None:
    ahead.stop()
    before = epoch.look()
    suspend_covenant(PGA, reason="onderzoek", by=BY)

    epoch.remember(before)

    assert grade() == "silent"
    assert current_rules()[0].number == before.epoch.number + 1


def test_a_reader_sees_new_rules_when_the_watch_cannot_compile(
    watched: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    compile_, main = in_force._compile, threading.get_ident()

    def failing(*what: Any) -> Any:
        if threading.get_ident() != main:
            raise MemoryError
        return compile_(*what)

    monkeypatch.setattr(in_force, "_compile", failing)
    number = _other_process_changes()

    _until(lambda: current_rules()[0].number == number)

    assert "the watch on the rules failed" in caplog.text
