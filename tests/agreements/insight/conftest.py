"""The organisations of the demo stand, with two covenants: one with a version that waits for signatures."""

import pytest

from tests.agreements.covenants import world
from tests.audit.flushing import let_flush_through

let_flush_through()


@pytest.fixture
def house(db: None) -> None:
    world.house()
    world.load()
    world.load(world.text("js-md.v1"), world.signatures("js-md.v1"))
    world.load(world.text("js-md.v2"), world.signatures("js-md.v2"))
