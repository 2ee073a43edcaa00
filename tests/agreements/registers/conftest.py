"""The organisations of the demo stand; covenants are loaded by each test."""

import pytest

from tests.agreements.covenants import world
from tests.agreements.house import house_stands
from tests.audit.flushing import let_flush_through

__all__ = ["house_stands"]

let_flush_through()


@pytest.fixture
def house(house_stands: bool, db: None) -> None:
    if not house_stands:
        world.house()
