"""A verifier to run: the one file, alone in an empty directory, by an interpreter that sees nothing else."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from audit.proofs import verifier
from tests.audit.proofs.making import policy

Run = Callable[..., int]


@pytest.fixture
def trust(tmp_path: Path) -> Path:
    """The policy file of the one who checks; it does not come from the bundle."""
    path = tmp_path / "trusted-policy.txt"
    path.write_bytes(policy())
    return path


@pytest.fixture
def check(trust: Path) -> Run:
    """Run a command of the verifier in this process; returns the exit code."""
    return lambda *arguments: verifier.main([*map(str, arguments), "--policy", str(trust)])


@pytest.fixture
def alone(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the verifier as its receiver does: python -I -S, in a directory with only that file."""
    place = tmp_path / "alone"
    place.mkdir()
    shutil.copy(verifier.__file__, place / "verifier.py")

    def run(*arguments: object, python: str = sys.executable) -> subprocess.CompletedProcess[str]:
        command = [python, "-I", "-S", "verifier.py", *map(str, arguments)]
        return subprocess.run(command, cwd=place, env={}, capture_output=True, text=True, encoding="utf-8", check=False)

    return run
