"""The organisations and people of the demo stand; covenants are put up by each test."""

from collections.abc import Iterator

import pytest

from tests.agreements.covenants import world
from tests.agreements.house import house_stands
from tests.agreements.vouched import not_vouched_for
from tests.audit.flushing import let_flush_through

__all__ = ["house_stands"]

let_flush_through()


@pytest.fixture
def house(house_stands: bool, db: None, request: pytest.FixtureRequest) -> Iterator[None]:
    """After each test: whatever a command did to a covenant's rows, an entry vouches for it."""
    if not house_stands:
        world.house()
    yield
    if "rows_by_hand" not in request.fixturenames:
        assert not_vouched_for() == []
