"""Fixtures of a log that is sealed and signed in this process."""

from tests.audit.integrity.conftest import fresh_lanes, signer

__all__ = ["fresh_lanes", "signer"]
