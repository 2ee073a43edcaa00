"""What a witness keeps: its state, of which nothing is ever quietly begun anew, and the time that it states."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.proofs.heads import StateBroken
from audit.proofs.note_keys import KeyInvalid
from audit.witness.core import EARLIEST, Witness
from tests.audit.witness.growing import ORIGIN, GrowingLog
from tests.audit.witness.running import make_witness, submission


@pytest.fixture
def log() -> GrowingLog:
    return GrowingLog(20)


def test_a_clock_that_went_back_is_never_put_in_a_cosignature(tmp_path: Path, log: GrowingLog) -> None:
    moment = [EARLIEST + 1000.0]
    witness = make_witness(tmp_path, log, clock=lambda: moment[0])
    assert witness.add_checkpoint(submission(log, 0, 7)).status == 200

    moment[0] -= 1
    assert witness.add_checkpoint(submission(log, 7, 9)).status == 503
    again = make_witness(tmp_path, log, clock=lambda: moment[0])
    assert again.add_checkpoint(submission(log, 7, 9)).status == 503

    moment[0] += 1
    assert again.add_checkpoint(submission(log, 7, 9)).status == 200


def test_a_clock_that_was_never_set_cosigns_nothing(tmp_path: Path, log: GrowingLog) -> None:
    witness = make_witness(tmp_path, log, clock=lambda: 12.0)

    assert witness.add_checkpoint(submission(log, 0, 7)).status == 503
    assert witness.status()["logs"][0]["size"] == 0


def test_after_a_clock_that_ran_ahead_its_operator_lets_it_go_on(tmp_path: Path, log: GrowingLog) -> None:
    moment = [EARLIEST + 10_000_000.0]
    witness = make_witness(tmp_path, log, clock=lambda: moment[0])
    witness.add_checkpoint(submission(log, 0, 7))
    moment[0] = EARLIEST + 5.0
    assert witness.add_checkpoint(submission(log, 7, 9)).status == 503

    witness.accept_clock()

    assert witness.add_checkpoint(submission(log, 7, 9)).status == 200
    assert witness.add_checkpoint(submission(log, 7, 8)).status == 409
    assert make_witness(tmp_path, log).status()["logs"][0]["size"] == 9


@pytest.mark.parametrize("harm", ["size", "root", "note", "empty", "gone", "register", "all"])
def test_a_broken_state_is_never_begun_anew(tmp_path: Path, log: GrowingLog, harm: str) -> None:
    make_witness(tmp_path, log).add_checkpoint(submission(log, 0, 7))
    (path,) = (tmp_path / "state").glob("*.head")
    text = path.read_text()
    if harm == "size":
        path.write_text(text.replace('"size": 7', '"size": 6'))
    elif harm == "root":
        path.write_text(text.replace(log.root(7).hex(), log.root(6).hex()))
    elif harm == "note":
        path.write_text(text.replace("gemeente", "Gemeente"))
    elif harm == "empty":
        path.write_bytes(b"")
    elif harm in ("gone", "all"):
        path.unlink()
    if harm in ("register", "all"):
        (tmp_path / "state" / "logs").unlink()

    with pytest.raises(StateBroken):
        make_witness(tmp_path, log)


def test_a_whole_state_of_another_witness_is_refused(tmp_path: Path, log: GrowingLog) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    make_witness(tmp_path / "a", log).add_checkpoint(submission(log, 0, 7))
    make_witness(tmp_path / "b", log)
    (tmp_path / "a" / "key").write_text((tmp_path / "b" / "key").read_text())

    with pytest.raises(StateBroken, match="niet van deze getuige"):
        make_witness(tmp_path / "a", log)


def test_damage_while_it_runs_stops_the_cosigning(tmp_path: Path, log: GrowingLog) -> None:
    witness = make_witness(tmp_path, log)
    witness.add_checkpoint(submission(log, 0, 7))
    (path,) = (tmp_path / "state").glob("*.head")
    path.unlink()

    assert witness.add_checkpoint(submission(log, 0, 3)).status == 503
    assert witness.add_checkpoint(submission(log, 7, 9)).status == 503
    assert witness.checkpoint(ORIGIN).status == 503


def test_making_it_again_overwrites_neither_key_nor_state(tmp_path: Path, log: GrowingLog) -> None:
    make_witness(tmp_path, log).add_checkpoint(submission(log, 0, 7))
    with pytest.raises(FileExistsError):
        Witness.create(tmp_path / "state", tmp_path / "key", name="a")
    with pytest.raises(FileExistsError):
        Witness.create(tmp_path / "state", tmp_path / "other", name="a")
    with pytest.raises(KeyInvalid):
        Witness.create(tmp_path / "new", tmp_path / "other", name="a b")

    assert make_witness(tmp_path, log).status()["logs"][0]["size"] == 7
