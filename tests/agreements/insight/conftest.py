"""The organisations of the demo stand, with two covenants: one with a version that waits for signatures."""

import pytest

from tests.agreements.covenants import world
from tests.stores.kept import standing_for_files


def _two_covenants() -> None:
    world.house()
    world.load()
    world.load(world.text("js-md.v1"), world.signatures("js-md.v1"))
    world.load(world.text("js-md.v2"), world.signatures("js-md.v2"))


house_stands = standing_for_files("insight", _two_covenants)


@pytest.fixture
def house(house_stands: bool, db: None) -> None:
    """Built once a file; what a test changes is rolled back."""
