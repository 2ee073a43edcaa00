"""The organisations of the demo stand, with signatories where the demo has none."""

from collections.abc import Iterator

import pytest

from tests.agreements.joining import world
from tests.agreements.vouched import not_vouched_for
from tests.stores.kept import standing_for_files

house_stands = standing_for_files("joining", world.house)


@pytest.fixture
def house(house_stands: bool, db: None, request: pytest.FixtureRequest) -> Iterator[None]:
    """After each test: whatever a command did to a covenant's rows, an entry vouches for it."""
    if not house_stands:
        world.house()
    yield
    if "rows_by_hand" not in request.fixturenames:
        assert not_vouched_for() == []
