"""The agencies, people and covenants of the demo, without the planted cases: each test here makes its own."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from agreements.models import Professional
from tests.invariants.world import World, load_house


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Built once; what a test changes is rolled back by its own transaction."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        # As Django's own TestCase does: a durable block inside a test's transaction is meant.
        outer._from_testcase = True  # type: ignore[attr-defined]
        with outer:
            load_house()
            made = World()
            made.people = {person.demo_key: person for person in Professional.objects.exclude(demo_key=None)}
            yield made
            transaction.set_rollback(True)
