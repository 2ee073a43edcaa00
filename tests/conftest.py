"""What every test shares: nothing but the house's own guards against accidents."""

import os
from typing import Any

import pytest
from django.core.cache import cache

from tests.audit.flushing import let_flush_through
from tests.stores.template import begin_with_template

let_flush_through()

# The policy core knows no database (import-linter holds it to that), nor do the tests of the foundation, of proofs, of
# the signer and of the witness use one, and the browser tests drive the embedded installation: the run on PostgreSQL
# would only repeat them.
_WITHOUT_DATABASE = ["policy", "foundation", "browser", "audit/proofs", "audit/signer", "audit/witness"]
collect_ignore = _WITHOUT_DATABASE if os.environ.get("DATABASE_URL") else []


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: Any) -> None:
    """A worker's store is a copy; migrating each takes too long."""
    with django_db_blocker.unblock():
        begin_with_template()


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    cache.clear()
