"""The organisations of the demo stand, with signatories where the demo has none."""

import pytest

from tests.agreements.joining import world


@pytest.fixture
def house(db: None) -> None:
    world.house()
