"""The marker world serves here as well."""

from tests.invariants.conftest import world

__all__ = ["world"]
