"""The agencies, people and covenants of the demo, without the planted cases: each test here makes its own."""

from tests.cases.breakglass.conftest import world

__all__ = ["world"]
