"""Invariants 1, 3 and 9: writers and sealers at the same time, and killed at any moment. Longer: tests/soak."""

import random
from pathlib import Path

import pytest

from tests.soak.sealing import campaign


@pytest.mark.slow
def test_four_writers_and_two_sealers_that_are_killed_lose_double_and_pass_by_nothing(tmp_path: Path) -> None:
    chance = random.Random(20261127)
    with campaign(tmp_path) as made:
        for task in ("trickle",) * 4 + ("seal",) * 2:
            made.start(task)
        for round_, goal in enumerate((200, 400, 600), start=1):
            made.wait_for(goal, checkpoints=round_)
            made.kill_one("seal", chance)
            made.kill_one("trickle", chance)
        made.wait_for(900)

        told = made.tell()

    assert told.wrong() == []
    assert told.killed == 12
    assert told.log["checkpoints"] > 1
