"""The organisations and people of the demo stand; drafts are made by each test."""

import pytest

from tests.agreements.covenants.world import house as load_house
from tests.audit.flushing import let_flush_through

let_flush_through()


@pytest.fixture(autouse=True)
def house(db: None) -> None:
    load_house()
