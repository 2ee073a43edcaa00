"""Fixtures of the people room."""

import pytest
from django.test import Client

from tests.agreements.parties.world import LOCAL, World, make_world


@pytest.fixture(autouse=True)
def _contexts(contexts: None) -> None:
    """These tests read what a page was given."""


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def local() -> Client:
    """A browser at this machine, where personas exist."""
    return Client(**LOCAL)
