"""The properties of the policy core against its oracle, with many more examples than the suite takes."""

import os
import re
import subprocess
import sys
import time

from tests.browser.installation import ROOT

FILES = (
    "test_agreement.py",
    "test_difference.py",
    "test_matrix.py",
    "test_monotone.py",
    "test_leaving.py",
    "test_odrl.py",
)


def run(minutes: float, seed: int) -> tuple[str, bool]:
    """Rounds of the property tests, each with another seed, until the time is over; (how many, whether all held)."""
    until, rounds, passed = time.monotonic() + minutes * 60, 0, 0
    while rounds == 0 or time.monotonic() < until:
        command = [sys.executable, "-m", "pytest", "-p", "no:randomly", f"--hypothesis-seed={seed + rounds}"]
        done = subprocess.run(
            [*command, *(f"tests/policy/{name}" for name in FILES)], cwd=ROOT, capture_output=True, text=True,
            env={**os.environ, "DATABASE_URL": "", "REDIS_URL": ""},
        )  # fmt: skip
        rounds += 1
        if done.returncode:
            return f"round {rounds}, seed {seed + rounds - 1}:\n{done.stdout[-4000:]}", False
        # Once: with the suite's own -q a second one would leave out the line that is counted here.
        passed += int(re.findall(r"(\d+) passed", done.stdout)[-1])
    return f"{rounds} rounds of {len(FILES)} files, each with another seed; {passed} tests passed", True
