"""An export survives kill -9 at any moment: nothing twice, nothing missing."""

import json
import os
import subprocess
import sys

import pytest

from tests.faults.test_journal_kill import ROOT, database

__all__ = ["database"]


def start(database: str, what: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.faults.export_process", database, what]
    return subprocess.Popen(command, cwd=ROOT, env=dict(os.environ), stdout=subprocess.PIPE, text=True)


def task(database: str, what: str) -> str:
    out, _ = start(database, what).communicate(timeout=60)
    return out.strip()


@pytest.mark.slow
def test_an_export_that_is_killed_again_and_again_is_whole_in_the_end(database: str) -> None:
    task(database, "fill")
    for pieces in (7, 2):
        worker = start(database, "make")
        assert worker.stdout
        for _ in range(pieces):
            assert worker.stdout.readline() == "stored\n"
        # In the middle of a transaction: what it said is stored, is not committed yet.
        worker.kill()
        worker.wait()

    told = json.loads(task(database, "make").splitlines()[-1])

    assert len(told["logged"]) == 300
    assert told["exported"] == told["logged"]
