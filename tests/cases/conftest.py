"""The marker world for the tests of cases: built once per file; each test's own changes are rolled back."""

from tests.invariants.conftest import world

__all__ = ["world"]
