"""The marker world of the invariants serves the route tests as well: one world per file."""

from tests.invariants.conftest import world

__all__ = ["world"]
