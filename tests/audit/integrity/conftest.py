"""Fixtures of a log that is sealed and signed in this process."""

from pathlib import Path
from typing import Any

import pytest

from audit.sealing import signing
from audit.signer.core import LocalSigner
from tests.audit.sealing.conftest import fresh_lanes

__all__ = ["fresh_lanes", "signer"]


@pytest.fixture
def signer(tmp_path: Path, settings: Any) -> LocalSigner:
    """A signer with a key and a state of its own; bundles wait beside it."""
    settings.LOG_SIGNER_DIRECTORY = tmp_path / "signer"
    settings.LOG_ORIGIN = "house.example/log"
    settings.BUNDLE_DIR = tmp_path / "bundles"
    made = signing.configured()
    assert isinstance(made, LocalSigner)
    return made
