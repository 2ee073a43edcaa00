"""The organisations of the demo stand; covenants are loaded by each test."""

from collections.abc import Iterator

import pytest

from tests.agreements.covenants import world
from tests.agreements.vouched import not_vouched_for
from tests.audit.flushing import let_flush_through

let_flush_through()


@pytest.fixture
def house(db: None, request: pytest.FixtureRequest) -> Iterator[None]:
    """After each test: whatever a command did to a covenant's rows, an entry vouches for it."""
    world.house()
    yield
    if "rows_by_hand" not in request.fixturenames:
        assert not_vouched_for() == []
