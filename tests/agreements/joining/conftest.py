"""The organisations of the demo stand, with signatories where the demo has none."""

from collections.abc import Iterator

import pytest

from tests.agreements.joining import world
from tests.agreements.vouched import not_vouched_for


@pytest.fixture
def house(db: None, request: pytest.FixtureRequest) -> Iterator[None]:
    """After each test: whatever a command did to a covenant's rows, an entry vouches for it."""
    world.house()
    yield
    if "rows_by_hand" not in request.fixturenames:
        assert not_vouched_for() == []
