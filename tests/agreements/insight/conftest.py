"""The organisations of the demo stand, with two covenants: one with a version that waits for signatures."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.agreements.covenants import world
from tests.stores.standing import standing


@pytest.fixture(scope="module")
def _house(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with standing(django_db_blocker):
        world.house()
        world.load()
        world.load(world.text("js-md.v1"), world.signatures("js-md.v1"))
        world.load(world.text("js-md.v2"), world.signatures("js-md.v2"))
        yield


@pytest.fixture
def house(_house: None, db: None) -> None:
    """Built once a file; what a test changes is rolled back."""
