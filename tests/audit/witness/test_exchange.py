"""Split views: two witnesses that were shown two histories find it out by comparing what they hold."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest

from audit.proofs.note_keys import encode64
from audit.proofs.notes import NoteInvalid
from audit.witness.client import Outcome, collect, fetch_checkpoint, submit
from audit.witness.compare import main
from audit.witness.exchange import Verdict, compare, compare_all
from tests.audit.witness.growing import ORIGIN, GrowingLog
from tests.audit.witness.running import listed, make_witness, serve

LOG = GrowingLog(60)
OTHER = LOG.fork(20, size=60)
KEYS = [LOG.key.verifier]


def no_proof(old: int, new: int) -> Sequence[bytes] | None:
    return None


def never(old: int, new: int) -> Sequence[bytes] | None:
    raise AssertionError("this needs no proof")


@pytest.mark.parametrize(("old", "new"), [(1, 2), (7, 60), (32, 33)])
def test_two_moments_of_one_history_are_consistent_in_either_order(old: int, new: int) -> None:
    for pair in ((LOG.note(old), LOG.note(new)), (LOG.note(new), LOG.note(old))):
        found = compare(*pair, log=KEYS, proof=LOG.proof)

        assert (found.verdict, found.older.size, found.newer.size) == (Verdict.CONSISTENT, old, new)
        assert not found.is_alarm


def test_the_same_moment_and_the_empty_log_need_no_proof() -> None:
    assert compare(LOG.note(7), LOG.note(7), log=KEYS, proof=never).verdict is Verdict.CONSISTENT
    assert compare(LOG.note(0), OTHER.note(60), log=KEYS, proof=never).verdict is Verdict.CONSISTENT


def test_two_roots_under_one_size_prove_a_split_by_themselves() -> None:
    found = compare(LOG.note(40), OTHER.note(40), log=KEYS, proof=never)

    assert found.verdict is Verdict.SPLIT
    assert found.is_alarm


def test_two_histories_of_different_size_have_no_proof_between_them() -> None:
    for proof in (LOG.proof, OTHER.proof, lambda old, new: []):
        found = compare(LOG.note(40), OTHER.note(60), log=KEYS, proof=proof)

        assert found.verdict is Verdict.INCONSISTENT
        assert found.is_alarm
    assert compare(LOG.note(40), OTHER.note(60), log=KEYS, proof=no_proof).verdict is Verdict.UNPROVEN


def test_histories_that_part_later_are_still_consistent_before() -> None:
    assert compare(LOG.note(20), OTHER.note(60), log=KEYS, proof=OTHER.proof).verdict is Verdict.CONSISTENT


def test_what_the_log_did_not_sign_says_nothing_about_it() -> None:
    stranger = GrowingLog(40)

    with pytest.raises(NoteInvalid):
        compare(LOG.note(40), stranger.note(40), log=KEYS, proof=never)
    with pytest.raises(NoteInvalid, match="Zorg B"):
        compare_all({"Gemeente A": LOG.note(40), "Zorg B": stranger.note(40)}, log=KEYS, proof=never)


def test_of_many_holders_each_neighbour_is_compared_and_named() -> None:
    held = {"A": LOG.note(40), "B": LOG.note(7), "C": OTHER.note(60), "D": LOG.note(40)}

    found = compare_all(held, log=KEYS, proof=LOG.proof)

    assert [(one.older_held_by, one.newer_held_by, one.verdict) for one in found] == [
        ("B", "A", Verdict.CONSISTENT),
        ("A", "D", Verdict.CONSISTENT),
        ("D", "C", Verdict.INCONSISTENT),
    ]


@pytest.mark.parametrize(("first", "second"), [(40, 40), (40, 60), (60, 40)])
def test_a_split_view_to_two_real_witnesses_is_found(tmp_path: Path, first: int, second: int) -> None:
    """The insider shows each witness a history of its own; both cosign, and neither can know. Together they do."""
    with ExitStack() as stack:
        witnesses = []
        for name in ("A", "B"):
            (tmp_path / name).mkdir()
            witness = make_witness(tmp_path / name, LOG, name=f"{name}.example")
            witnesses.append(listed(stack.enter_context(serve(witness)), witness.verifier, name))
        now = int(time.time())
        for witness, side, size in ((witnesses[0], LOG, first), (witnesses[1], OTHER, second)):
            for step in (10, size):
                assert submit(witness, side.note(step), proof=side.proof, now=now).outcome is Outcome.COSIGNED
        held = {one.name: str(fetch_checkpoint(one, ORIGIN)) for one in witnesses}

        found = compare_all(held, log=KEYS, proof=LOG.proof)
        later = collect(witnesses, LOG.note(60), proof=LOG.proof, now=now)

    assert [one.is_alarm for one in found] == [True]
    assert [one.outcome for one in later] == [Outcome.COSIGNED, Outcome.SPLIT]


class TestCommand:
    """python -m audit.witness.compare, as an administrator runs it at an alarm."""

    @pytest.fixture
    def files(self, tmp_path: Path) -> Path:
        (tmp_path / "logs").write_text(f"{LOG.key.verifier}\n")
        for name, text in {"a": LOG.note(40), "b": LOG.note(60), "c": OTHER.note(40), "x": "nothing"}.items():
            (tmp_path / name).write_text(text)
        (tmp_path / "proof").write_text("".join(f"{encode64(node)}\n" for node in LOG.proof(40, 60)))
        return tmp_path

    @pytest.mark.parametrize(
        ("first", "second", "more", "code", "says"),
        [
            ("a", "a", (), 0, "Eén geschiedenis"),
            ("b", "a", ("--proof", "proof"), 0, "Eén geschiedenis"),
            ("a", "c", (), 1, "Gespleten"),
            ("c", "b", ("--proof", "proof"), 1, "verbindt"),
            ("a", "b", (), 2, "Zonder bewijs"),
            ("a", "x", (), 3, "Niet te vergelijken"),
            ("a", "absent", (), 3, "Niet te vergelijken"),
            ("a", "b", ("--proof", "x"), 3, "Niet te vergelijken"),
            ("a", "http://127.0.0.1:1/checkpoint", (), 3, "Niet te vergelijken"),
        ],
    )
    def test_it_says_what_two_checkpoints_say_together(
        self,
        files: Path,
        capsys: pytest.CaptureFixture[str],
        first: str,
        second: str,
        more: tuple[str, ...],
        code: int,
        says: str,
    ) -> None:
        named = [one if one.startswith(("--", "http")) else str(files / one) for one in (*more, first, second)]

        assert main(["--logs", str(files / "logs"), *named]) == code
        assert says in "".join(capsys.readouterr())

    def test_it_fetches_from_a_witness(self, files: Path, capsys: pytest.CaptureFixture[str]) -> None:
        witness = make_witness(files, LOG)
        with serve(witness) as url:
            submit(listed(url, witness.verifier), LOG.note(40), proof=LOG.proof, now=int(time.time()))
            address = f"{url}/checkpoint?origin={ORIGIN}"

            assert main(["--logs", str(files / "logs"), address, str(files / "c")]) == 1
        assert LOG.root(40).hex() in capsys.readouterr().out
