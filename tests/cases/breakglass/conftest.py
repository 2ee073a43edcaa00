"""The agencies, people and covenants of the demo, without the planted cases: each test here makes its own."""

from collections.abc import Iterator
from typing import Any

import pytest

from agreements.models import Professional
from tests.invariants.world import World, load_house
from tests.stores.kept import kept


@pytest.fixture(scope="module")
def world(kept_worlds: None, django_db_blocker: Any) -> Iterator[World]:
    """Built once; what a test changes is rolled back by its own transaction."""
    with kept("agreed", _agreed, django_db_blocker) as made:
        yield made


def _agreed() -> World:
    load_house()
    return World(people={person.demo_key: person for person in Professional.objects.exclude(demo_key=None)})
