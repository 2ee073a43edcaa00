"""The organisations and people of the demo stand; drafts are made by each test."""

import pytest

from tests.agreements.covenants.world import house as load_house
from tests.agreements.house import house_stands
from tests.audit.flushing import let_flush_through

__all__ = ["house_stands"]

let_flush_through()


@pytest.fixture(autouse=True)
def house(house_stands: bool, db: None) -> None:
    if not house_stands:
        load_house()
