"""The organisations of the demo stand; covenants are loaded by each test."""

import pytest

from tests.agreements.covenants import world
from tests.audit.flushing import let_flush_through

let_flush_through()


@pytest.fixture
def house(db: None) -> None:
    world.house()
