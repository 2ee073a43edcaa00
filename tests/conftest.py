"""What every test shares: nothing but the house's own guards against accidents."""

import pytest
from django.core.cache import cache

from tests.audit.flushing import let_flush_through

let_flush_through()


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    cache.clear()
