"""Every answer of add-checkpoint, over real HTTP, and what the witness keeps. Source: C2SP tlog-witness."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.proofs import notes
from audit.proofs.heads import StateBroken
from audit.proofs.note_keys import COSIGNATURE, LOG, KeyInvalid, SigningKey, read_key_file
from audit.proofs.notes import Checkpoint, NoteInvalid
from audit.witness.core import EARLIEST, Witness
from audit.witness.protocol import REQUEST_BYTES, format_submission, parse_submission
from tests.audit.witness.growing import ORIGIN, GrowingLog
from tests.audit.witness.running import make_witness, serve, submission, talk

SIZE = "text/x.tlog.size"
# The example of tlog-witness.
EXAMPLE = """\
old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa \
Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— example.com/behind-the-sofa \
opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
"""


@pytest.fixture
def log() -> GrowingLog:
    return GrowingLog(60)


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def witness(tmp_path: Path, log: GrowingLog, said: list[str]) -> Witness:
    return make_witness(tmp_path, log, said=said)


@pytest.fixture
def url(witness: Witness) -> Iterator[str]:
    with serve(witness) as address:
        yield address


def head(url: str) -> tuple[int, str]:
    (told,) = json.loads(talk(url, path="/")[2])["logs"]
    return told["size"], told["root"]


def test_the_example_of_the_specification_is_read_and_made_again() -> None:
    read = parse_submission(EXAMPLE.encode())

    assert (read.old_size, len(read.proof), read.note.checkpoint.size) == (20852014, 4, 20852163)
    assert format_submission(read.old_size, read.proof, str(read.note)) == EXAMPLE.encode()


def test_200_a_growing_log_is_cosigned_step_by_step(url: str, witness: Witness, log: GrowingLog) -> None:
    for old, new in [(0, 0), (0, 1), (1, 7), (7, 7), (7, 60)]:
        status, kind, body = talk(url, submission(log, old, new))

        assert (status, kind) == (200, "text/plain; charset=utf-8")
        note = notes.parse(log.note(new) + body)
        assert notes.verify(note, [witness.verifier])[0].time
        assert head(url) == (new, log.root(new).hex())


def test_404_a_log_that_it_does_not_follow(url: str) -> None:
    other = GrowingLog(3, key=SigningKey.generate("other.example/log", LOG))

    assert talk(url, submission(other, 0, 3))[0] == 404


def test_403_a_log_that_was_not_signed_by_its_key(url: str, log: GrowingLog) -> None:
    stranger = GrowingLog(3)
    wrong = log.note(3).replace("\n3\n", "\n4\n", 1)

    assert talk(url, submission(stranger, 0, 3))[0] == 403
    assert talk(url, format_submission(0, [], wrong))[0] == 403
    assert head(url)[0] == 0


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\n\n",
        b"old 0\n",
        b"old 00\n\n{note}",
        b"old -1\n\n{note}",
        b"old x\n\n{note}",
        b"old  0\n\n{note}",
        b"new 0\n\n{note}",
        b"old 0\nAAAA\n\n{note}",
        b"old 0\n\xff\n\n{note}",
        b"old 0\r\n\r\n{note}",
        b"old 0\n" + b"A" * 43 + b"=\n" * 64 + b"\n{note}",
        b"old 0\n\nnothing\n",
        b"old 0\n\na\n\n\xe2\x80\x94 a AAAAAAA=\n",
        b"old 8\n\n{note}",
    ],
)
def test_400_a_malformed_request_or_an_old_size_above_the_new(url: str, log: GrowingLog, body: bytes) -> None:
    assert talk(url, body.replace(b"{note}", log.note(7).encode()))[0] == 400
    assert head(url)[0] == 0


def test_409_another_old_size_is_answered_with_the_right_one(url: str, log: GrowingLog) -> None:
    assert talk(url, submission(log, 5, 9)) == (409, SIZE, "0\n")
    talk(url, submission(log, 0, 7))

    for old, new in [(0, 9), (6, 9), (8, 9), (0, 5), (5, 5)]:
        assert talk(url, submission(log, old, new)) == (409, SIZE, "7\n")
    assert head(url)[0] == 7


def test_409_another_root_under_the_same_size(url: str, log: GrowingLog, said: list[str], tmp_path: Path) -> None:
    talk(url, submission(log, 0, 7))
    other = log.fork(3, size=7)

    status, kind, _body = talk(url, submission(other, 7, 7))

    assert (status, kind) == (409, "text/plain; charset=utf-8")
    assert head(url) == (7, log.root(7).hex())
    assert any(line.startswith("ALARM contradiction") for line in said)
    (kept,) = (tmp_path / "state" / "evidence").glob("*.note")
    seen = notes.parse(kept.with_suffix(".seen").read_text())
    refused = notes.parse(kept.read_text())
    assert notes.verify(refused, [log.key.verifier])
    assert notes.verify(seen, [log.key.verifier])
    assert refused.checkpoint.root == other.root(7) != seen.checkpoint.root


@pytest.mark.parametrize("wrong", ["none", "short", "long", "of another step", "changed", "for an empty tree"])
def test_422_a_proof_that_does_not_verify(url: str, log: GrowingLog, wrong: str) -> None:
    first = 0 if wrong == "for an empty tree" else 7
    talk(url, submission(log, 0, first))
    good = log.proof(7, 60)
    proof = {
        "none": [],
        "short": good[:-1],
        "long": [*good, good[0]],
        "of another step": log.proof(6, 60),
        "changed": [*good[:-1], bytes(32)],
        "for an empty tree": good,
    }[wrong]

    assert talk(url, format_submission(first, proof, log.note(60)))[0] == 422
    assert head(url)[0] == first


def test_422_an_empty_tree_with_another_root(url: str, log: GrowingLog) -> None:
    odd = str(notes.sign(Checkpoint(ORIGIN, 0, bytes(32)), log.key))

    assert talk(url, format_submission(0, [], odd))[0] == 422


def test_an_insider_with_the_log_key_who_rewrites_an_old_backup_is_refused(
    url: str, log: GrowingLog, said: list[str]
) -> None:
    """The database goes back to 20 lines, other lines follow, the real key signs: nothing of it is cosigned."""
    talk(url, submission(log, 0, 40))
    rewritten = log.fork(20, size=60)

    assert talk(url, submission(rewritten, 0, 30)) == (409, SIZE, "40\n")
    assert talk(url, submission(rewritten, 40, 40))[0] == 409
    assert talk(url, submission(rewritten, 40, 60))[0] == 422
    assert head(url) == (40, log.root(40).hex())
    assert len([line for line in said if line.startswith("ALARM")]) == 2
    told = json.loads(talk(url, path="/status")[2])
    assert (told["contradictions"], told["unproven"]) == (1, 1)


def test_two_keys_of_one_log_are_both_followed_while_it_changes_them(tmp_path: Path, log: GrowingLog) -> None:
    new_key = SigningKey.generate(ORIGIN, LOG)
    make_witness(tmp_path, log)
    key, keys = read_key_file(tmp_path / "key", COSIGNATURE), [log.key.verifier, new_key.verifier]
    second = Witness(key, keys, tmp_path / "state", clock=lambda: EARLIEST, report=print)
    assert second.add_checkpoint(submission(log, 0, 7)).status == 200
    old_key, log.key = log.key, new_key

    assert second.add_checkpoint(submission(log, 7, 9)).status == 200
    both = notes.parse(log.note(12)).plus(notes.sign(notes.parse(log.note(12)).checkpoint, old_key).signatures)
    assert second.add_checkpoint(format_submission(9, log.proof(9, 12), str(both))).status == 200


def test_the_newest_checkpoint_can_be_fetched_with_both_signatures(url: str, witness: Witness, log: GrowingLog) -> None:
    path = f"/checkpoint?origin={ORIGIN}"
    assert talk(url, path=path)[0] == 404
    unknown = f"{log.note(7)}— someone AAAAAAA=\n"
    talk(url, format_submission(0, [], unknown))

    status, _kind, body = talk(url, path=path)

    assert status == 200
    assert len(notes.verify(notes.parse(body), [log.key.verifier, witness.verifier])) == 2
    assert "someone" not in body
    assert talk(url, path="/checkpoint?origin=other")[0] == 404


def test_the_status_says_size_root_and_time_and_nothing_else(url: str, witness: Witness, log: GrowingLog) -> None:
    talk(url, submission(log, 0, 7))

    told = json.loads(talk(url, path="/status")[2])

    assert set(told) == {"witness", "logs", "contradictions", "unproven"}
    assert told["witness"] == str(witness.verifier)
    assert [set(one) for one in told["logs"]] == [{"origin", "size", "root", "cosigned_at"}]


def test_two_submissions_that_race_get_one_history(tmp_path: Path, log: GrowingLog) -> None:
    """Both start from the same state, over and over: one of two wins, and the log never goes back."""
    sides = [log, log.fork(0, size=60)]
    cosigned: list[Checkpoint] = []
    with serve(make_witness(tmp_path, log)) as url:

        def race(side: GrowingLog) -> None:
            for new in range(1, 61):
                old = head(url)[0]
                if old > new:
                    continue
                status, _kind, body = talk(url, submission(side, old, new))
                if status == 200:
                    cosigned.append(notes.parse(side.note(new) + body).checkpoint)
                assert status in (200, 409, 422)

        threads = [threading.Thread(target=race, args=(side,)) for side in sides for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert cosigned
    winner = next(side for side in sides if side.root(cosigned[0].size) == cosigned[0].root)
    assert all(winner.root(one.size) == one.root for one in cosigned)


class TestClock:
    def test_a_clock_that_went_back_is_never_put_in_a_cosignature(self, tmp_path: Path, log: GrowingLog) -> None:
        moment = [EARLIEST + 1000.0]
        witness = make_witness(tmp_path, log, clock=lambda: moment[0])
        assert witness.add_checkpoint(submission(log, 0, 7)).status == 200

        moment[0] -= 1
        assert witness.add_checkpoint(submission(log, 7, 9)).status == 503
        again = make_witness(tmp_path, log, clock=lambda: moment[0])
        assert again.add_checkpoint(submission(log, 7, 9)).status == 503

        moment[0] += 1
        assert again.add_checkpoint(submission(log, 7, 9)).status == 200

    def test_a_clock_that_was_never_set_cosigns_nothing(self, tmp_path: Path, log: GrowingLog) -> None:
        witness = make_witness(tmp_path, log, clock=lambda: 12.0)

        assert witness.add_checkpoint(submission(log, 0, 7)).status == 503
        assert witness.status()["logs"][0]["size"] == 0

    def test_after_a_clock_that_ran_ahead_its_operator_lets_it_go_on(self, tmp_path: Path, log: GrowingLog) -> None:
        moment = [EARLIEST + 10_000_000.0]
        witness = make_witness(tmp_path, log, clock=lambda: moment[0])
        witness.add_checkpoint(submission(log, 0, 7))
        moment[0] = EARLIEST + 5.0
        assert witness.add_checkpoint(submission(log, 7, 9)).status == 503

        witness.accept_clock()

        assert witness.add_checkpoint(submission(log, 7, 9)).status == 200
        assert witness.add_checkpoint(submission(log, 7, 8)).status == 409
        assert make_witness(tmp_path, log).status()["logs"][0]["size"] == 9


class TestState:
    @pytest.mark.parametrize("harm", ["size", "root", "note", "empty", "gone", "register", "all"])
    def test_a_broken_state_is_never_begun_anew(self, tmp_path: Path, log: GrowingLog, harm: str) -> None:
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

    def test_a_whole_state_of_another_witness_is_refused(self, tmp_path: Path, log: GrowingLog) -> None:
        (tmp_path / "a").mkdir()
        (tmp_path / "b").mkdir()
        make_witness(tmp_path / "a", log).add_checkpoint(submission(log, 0, 7))
        make_witness(tmp_path / "b", log)
        (tmp_path / "a" / "key").write_text((tmp_path / "b" / "key").read_text())

        with pytest.raises(StateBroken, match="niet van deze getuige"):
            make_witness(tmp_path / "a", log)

    def test_damage_while_it_runs_stops_the_cosigning(self, tmp_path: Path, log: GrowingLog) -> None:
        witness = make_witness(tmp_path, log)
        witness.add_checkpoint(submission(log, 0, 7))
        (path,) = (tmp_path / "state").glob("*.head")
        path.unlink()

        assert witness.add_checkpoint(submission(log, 0, 3)).status == 503
        assert witness.add_checkpoint(submission(log, 7, 9)).status == 503
        assert witness.checkpoint(ORIGIN).status == 503

    def test_making_it_again_overwrites_neither_key_nor_state(self, tmp_path: Path, log: GrowingLog) -> None:
        make_witness(tmp_path, log).add_checkpoint(submission(log, 0, 7))
        with pytest.raises(FileExistsError):
            Witness.create(tmp_path / "state", tmp_path / "key", name="a")
        with pytest.raises(FileExistsError):
            Witness.create(tmp_path / "state", tmp_path / "other", name="a")
        with pytest.raises(KeyInvalid):
            Witness.create(tmp_path / "new", tmp_path / "other", name="a b")

        assert make_witness(tmp_path, log).status()["logs"][0]["size"] == 7


def test_a_request_that_is_too_long_is_not_read(url: str) -> None:
    assert talk(url, b"x" * (REQUEST_BYTES + 1))[0] == 413


def test_a_proof_that_no_tree_needs_is_not_sent(log: GrowingLog) -> None:
    with pytest.raises(ValueError, match="63"):
        format_submission(1, [bytes(32)] * 64, log.note(7))
    with pytest.raises(NoteInvalid):
        parse_submission(b"old 1\n" + (b"A" * 43 + b"=\n") * 64 + b"\n" + log.note(7).encode())


@given(st.one_of(st.binary(max_size=300), st.text("old 012\n\n—A=", max_size=80).map(str.encode)))
def test_reading_anything_gives_a_submission_or_the_documented_refusal(body: bytes) -> None:
    try:
        read = parse_submission(body)
    except NoteInvalid:
        return
    assert format_submission(read.old_size, read.proof, str(read.note)) == body
