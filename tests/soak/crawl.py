"""Every page and operation in the crawls and under axe, of which `make test` takes samples."""

import os
import re
import subprocess
import sys

from tests.browser.installation import ROOT

FILES = (
    "tests/invariants",
    "tests/cases/search/test_rooms.py",
    "tests/cases/meetings/test_crawl_of_meetings.py",
    "tests/browser/test_faces.py",
    "tests/browser/test_reach.py",
)


def run(minutes: float, seed: int) -> tuple[str, bool]:
    """The crawls once, whole: (how many tests passed, whether all did). minutes and seed: there is nothing to vary."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder", *FILES],
        cwd=ROOT, capture_output=True, text=True, env={**os.environ, "VERBOND_CRAWL": "whole"},
    )  # fmt: skip
    if done.returncode:
        return f"\n{done.stdout[-4000:]}", False
    passed = re.findall(r"(\d+) passed", done.stdout)[-1]
    return f"{passed} tests passed", True
