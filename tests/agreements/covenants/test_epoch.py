"""The epoch: one cheap query or none, seen by every thread, never remembered from what was rolled back."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from agreements.covenants.commands import suspend_covenant
from agreements.covenants.epoch import bump_epoch, current_epoch, forget, lock_epoch
from agreements.covenants.in_force import current_policy
from tests.agreements.covenants import world
from tests.agreements.covenants.world import BY, PGA, grade, load


def _elsewhere(task: Callable[[], Any]) -> Any:
    """What a task says in another thread, on a connection of its own."""
    found: list[Any] = []

    def run() -> None:
        try:
            found.append(task())
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return found[0]


@pytest.fixture
def forgotten() -> None:
    forget()


@pytest.mark.django_db
def test_without_covenants_the_policy_grants_nothing_and_does_not_fail() -> None:
    assert current_policy().epoch == 0
    assert grade() == "silent"


def test_a_policy_is_compiled_once_per_epoch(house: None) -> None:
    load()
    policy = current_policy()

    assert current_policy() is policy
    suspend_covenant(PGA, reason="onderzoek", by=BY)
    assert current_policy() is not policy


def test_a_reading_costs_one_query_and_none_while_it_is_remembered(
    house: None, settings: Any, django_assert_num_queries: Any, forgotten: None
) -> None:
    load()
    current_policy()
    with django_assert_num_queries(1):
        current_policy()

    settings.POLICY_EPOCH_TTL_SECONDS = 60
    forget()
    current_policy()
    with django_assert_num_queries(0):
        current_policy()


@pytest.mark.django_db(transaction=True)
def test_another_thread_sees_the_new_rules_after_the_commit_and_not_before() -> None:
    world.house()
    load()
    assert _elsewhere(grade) == "visible"
    before = current_epoch()

    if connection.vendor == "postgresql":
        with transaction.atomic():
            suspend_covenant(PGA, reason="onderzoek", by=BY)
            assert grade() == "silent"
            assert _elsewhere(grade) == "visible"
    else:
        suspend_covenant(PGA, reason="onderzoek", by=BY)

    assert current_epoch().number == before.number + 1
    assert _elsewhere(current_epoch) == current_epoch()
    assert _elsewhere(grade) == "silent"


@pytest.mark.django_db(transaction=True)
def test_a_process_that_remembers_learns_of_its_own_commit_at_once(settings: Any, forgotten: None) -> None:
    settings.POLICY_EPOCH_TTL_SECONDS = 60
    world.house()
    load()
    assert grade() == "visible"

    suspend_covenant(PGA, reason="onderzoek", by=BY)

    assert grade() == "silent"
    forget()


@pytest.mark.django_db(transaction=True)
def test_rules_that_were_rolled_back_are_not_kept(settings: Any, forgotten: None) -> None:
    world.house()
    load()
    number = current_epoch().number

    with transaction.atomic():
        suspend_covenant(PGA, reason="onderzoek", by=BY)
        assert grade() == "silent"
        transaction.set_rollback(True)

    assert current_epoch().number == number
    assert grade() == "visible"
    with transaction.atomic():
        lock_epoch()
        assert bump_epoch() == number + 1
    # The same number as the one that was rolled back, and other rules.
    assert grade() == "visible"
