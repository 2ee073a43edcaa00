"""What every test shares: nothing but the house's own guards against accidents."""

import os

import pytest
from django.core.cache import cache

from tests.audit.flushing import let_flush_through

let_flush_through()

# The policy core and the foundation know no database (import-linter holds them to it), and the browser tests
# drive the embedded installation: the run on PostgreSQL would only repeat them.
collect_ignore = ["policy", "foundation", "browser"] if os.environ.get("DATABASE_URL") else []


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    cache.clear()
