"""What every test shares: nothing but the house's own guards against accidents."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.core.cache import cache
from django.template.base import Template
from django.test.utils import instrumented_test_render

from tests.audit.flushing import let_flush_through
from tests.stores.kept import forget
from tests.stores.template import begin_with_template

let_flush_through()
# How long an example takes on a busy machine says nothing of the code.
hypothesis.settings.register_profile("suite", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("suite")
_as_served = Template._render

# The policy core knows no database (import-linter holds it to that), nor do the tests of the foundation, of proofs, of
# the signer and of the witness use one, and the browser tests drive the embedded installation: the run on PostgreSQL
# would only repeat them.
_WITHOUT_DATABASE = ["policy", "foundation", "browser", "audit/proofs", "audit/signer", "audit/witness"]
collect_ignore = _WITHOUT_DATABASE if os.environ.get("DATABASE_URL") else []


# What takes longest begins first, so that no worker is left with it at the end (bin/test: --no-loadscope-reorder).
LONGEST = (
    "browser/test_faces.py",
    "browser/test_reach.py",
    "browser/test_walk_of_a_case.py",
    "invariants/test_06_silence.py",
    "invariants/test_01_api_crawl.py",
    "audit/sealing/test_killing.py",
    "invariants/test_01_calls.py",
    "browser/test_meeting.py",
    "invariants/test_01_marker_crawl.py",
    "cases/search/test_rooms.py",
    "cases/impact/test_silence.py",
    "browser/test_days.py",
    "browser/test_drafting.py",
    "browser/test_covenant_walk.py",
    "faults/test_production_servers.py",
    "faults/test_journal_kill.py",
    "browser/test_street_log.py",
    "browser/test_walk_of_an_officer.py",
    "invariants/test_01_sockets.py",
    "invariants/test_planted.py",
    "cases/attachments/test_files_and_oracle.py",
    "cases/search/test_rights.py",
    "cases/impact/test_runs.py",
)
_PLACE = {Path(__file__).parent / name: place for place, name in enumerate(LONGEST)}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort the files, not the tests in them."""
    items.sort(key=lambda item: _PLACE.get(item.path, len(_PLACE)))


def pytest_collection_finish() -> None:
    """The house stays: looking through all of it for garbage takes a tenth of the time of a request."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture(autouse=True, scope="session")
def _pages_as_served(django_test_environment: None) -> None:
    """Templates render as they do for users, without a copy of each context for the test: see `contexts`."""
    Template._render = _as_served


@pytest.fixture
def contexts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers of the test client tell the context of their page."""
    monkeypatch.setattr(Template, "_render", instrumented_test_render)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: Any) -> None:
    """A worker's store is a copy; migrating each takes too long."""
    with django_db_blocker.unblock():
        begin_with_template()


@pytest.fixture(scope="session")
def kept_worlds(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The worlds of `tests.stores.kept` may be built from here on; none is left when the run ends."""
    yield
    forget(django_db_blocker)


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    cache.clear()
