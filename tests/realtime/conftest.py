"""The marker world for the tests of channels; each test's own changes are rolled back."""

from tests.invariants.conftest import world

__all__ = ["world"]
