"""One marker world per file: built once, seen by all its tests, rolled back after."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.invariants.world import World, build


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker) -> Iterator[World]:
    """The marker world. What a test changes in it stays until the file ends."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        # As Django's own TestCase does: a durable block inside a test's transaction is meant.
        outer._from_testcase = True
        with outer:
            yield build()
            transaction.set_rollback(True)
