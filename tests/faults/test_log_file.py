"""The log as a file of SQLite: a turned bit is never verified, and pruned bytes are in no file."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.faults import log_process

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="the embedded store is SQLite"),
]


def told(task: str, place: Path) -> Any:
    command = [sys.executable, "-m", "tests.faults.log_process", task, str(place)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def test_a_bit_that_turned_in_the_raw_file_is_never_verified(tmp_path: Path) -> None:
    found = told("flips", tmp_path)

    assert found.pop("bodies") >= log_process.ENTRIES, "otherwise the flips in bodies prove nothing"
    assert "0" not in found
    assert found["1"] >= 4
    assert sum(found.values()) == log_process.FLIPS


def test_the_files_hold_no_byte_of_what_was_pruned(tmp_path: Path) -> None:
    found = told("prune", tmp_path)

    assert found["entries"] == 40
    assert all(found["before"]), "otherwise the search proves nothing"
    assert found["after"] == [0, 0]
