"""One marker world per worker, brought back as it was built for each file, and gone after it."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.invariants.world import World, build
from tests.stores.kept import kept


@pytest.fixture(scope="module")
def world(kept_worlds: None, django_db_blocker: Any) -> Iterator[World]:
    """The marker world. What a test changes in it stays until the file ends."""
    with kept("markers", build, django_db_blocker) as made:
        yield made
