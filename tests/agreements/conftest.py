"""For tests of agreements that change rows as an insider would."""

import pytest


@pytest.fixture
def rows_by_hand() -> None:
    """Says that a test changes rows of covenants without an entry, so that `house` does not look for one."""
