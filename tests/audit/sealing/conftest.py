"""Fixtures of the sealer's tests."""

from collections.abc import Iterator

import pytest
from django.db import connection

from audit.journal import lanes


@pytest.fixture(autouse=True)
def fresh_lanes() -> Iterator[None]:
    """A test empties the store behind the back of this process, so the process must begin anew as well."""
    lanes.forget(connection)
    yield
    lanes.forget(connection)
