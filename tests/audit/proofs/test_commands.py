"""The commands proof, consistency, parts and history, their exit codes, and questions put wrongly."""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from audit.proofs.bundle import consistency_request, read_tlog_proof
from audit.proofs.tree import consistency_proof
from audit.proofs.verifier import ProofError
from tests.audit.proofs import oracle
from tests.audit.proofs.making import LOG, WITNESSES, Log, Signer, lines, log_of, note, proof_of, put, text_of


@pytest.fixture(scope="module")
def log() -> Log:
    return log_of(300, versions=1)


@pytest.fixture(scope="module")
def bundle(log: Log, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return log.write(tmp_path_factory.mktemp("made") / "bundle")


# --- proof ---


def test_a_proof_file_goes_to_and_fro(log):
    found = read_tlog_proof(proof_of(log, 7, extra=b"line 7"))

    assert (found.leaf_index, found.extra, found.note) == (7, b"line 7", log.checkpoint())
    assert found.proof == oracle.path(7, log.leaves)
    assert read_tlog_proof(proof_of(log, 7)).extra is None


def test_one_entry_is_proved(log, tmp_path, check, capsys):
    entry = put(tmp_path / "entry.json", log.bodies[7])

    assert check("proof", put(tmp_path / "a.tlog-proof", proof_of(log, 7, extra=b"x")), "--entry", entry) == 0
    said = capsys.readouterr().out
    assert "the entry is number 7 of 300" in said
    assert "extra data" in said
    assert check("proof", put(tmp_path / "b", proof_of(log, 8)), "--entry", entry) == 1
    single = log_of(1)
    assert check("proof", put(tmp_path / "c", proof_of(single, 0)), "--entry", put(entry, single.bodies[0])) == 0


def test_a_proof_without_a_quorum_is_incomplete_and_with_a_false_log_tampered(log, tmp_path, check):
    entry = put(tmp_path / "entry.json", log.bodies[7])
    few = proof_of(log, 7, checkpoint=log.checkpoint(LOG, WITNESSES[0]))
    forged = proof_of(log, 7, checkpoint=log.checkpoint(Signer(LOG.name, 0x01), *WITNESSES))

    assert check("proof", put(tmp_path / "few", few), "--entry", entry) == 2
    assert check("proof", put(tmp_path / "forged", forged), "--entry", entry) == 1


@pytest.mark.slow
def test_a_changed_byte_of_a_proof_file_or_entry_is_refused(log, tmp_path, check):
    whole = proof_of(log, 7)
    entry, proof = put(tmp_path / "entry.json", log.bodies[7]), tmp_path / "proof"
    for at in range(0, len(whole), 5):
        changed = bytearray(whole)
        changed[at] ^= 1 << at % 8
        # A changed name or id of a witness leaves one cosignature too few.
        assert check("proof", put(proof, bytes(changed)), "--entry", entry) in (1, 2), at
    put(proof, whole)
    for at in range(0, len(log.bodies[7]), 21):
        changed = bytearray(log.bodies[7])
        changed[at] ^= 1 << at % 8
        assert check("proof", proof, "--entry", put(entry, bytes(changed))) == 1, at


@pytest.mark.parametrize(
    "change",
    [
        lambda p: p.replace(b"@v1", b"@v2"),
        lambda p: p.replace(b"index 7", b"index 07"),
        lambda p: p.replace(b"index 7", b"index -7"),
        lambda p: p.replace(b"index 7\n", b""),
        lambda p: p.replace(b"index 7\n", b"extra !\nindex 7\n"),
        lambda p: p.replace(b"index 7\n", b"index 7\n" + b"A" * 43 + b"=\n" * 64),
        lambda p: p.replace(b"\n\n", b"\n", 1),
        lambda p: p.replace(b"\n", b"\r\n"),
        lambda p: b"\n" + p,
        lambda p: b"",
    ],
)
def test_malformed_proof_files(change, log, tmp_path, check):
    changed = change(proof_of(log, 7))
    entry = put(tmp_path / "entry.json", log.bodies[7])

    assert check("proof", put(tmp_path / "proof", changed), "--entry", entry) == 1


def test_a_proved_body_that_the_journal_did_not_write(tmp_path, check, capsys):
    log = Log(bodies=[b'{"act":{},"act":{"a":1},"matter":{}}'])

    assert check("proof", put(tmp_path / "p", proof_of(log, 0)), "--entry", put(tmp_path / "e", log.bodies[0])) == 1
    assert "a key occurs twice" in capsys.readouterr().out


# --- consistency ---


def request_of(log: Log, old: int, new: int) -> bytes:
    proof = consistency_proof(old, new, oracle.reader(log.leaves[:new]))
    return consistency_request(old_size=old, proof=proof, checkpoint=log.checkpoint(size=new))


@pytest.mark.parametrize(("old", "new"), [(1, 300), (7, 8), (255, 257), (256, 300), (128, 256), (299, 300), (44, 299)])
def test_a_log_that_only_grew(old, new, log, bundle, tmp_path, check):
    one, two = put(tmp_path / "old", log.checkpoint(size=old)), put(tmp_path / "new", log.checkpoint(size=new))
    proof = put(tmp_path / "proof", request_of(log, old, new))

    assert check("consistency", one, two, "--proof", proof) == 0
    assert check("consistency", one, two, "--bundle", bundle) == 0
    assert check("consistency", two, one, "--bundle", bundle) == 0


def test_a_rewritten_log_is_found_by_proof_and_by_bundle(log, tmp_path, check, capsys):
    rewritten = Log(bodies=[*log.bodies[:3], log.bodies[4], *log.bodies[4:]])
    old, new = put(tmp_path / "old", log.checkpoint(size=100)), put(tmp_path / "new", rewritten.checkpoint())
    proof = put(tmp_path / "proof", request_of(rewritten, 100, 300))

    assert check("consistency", old, new, "--proof", proof) == 1
    assert check("consistency", old, new, "--bundle", rewritten.write(tmp_path / "bundle")) == 1
    assert "another root at size 100" in capsys.readouterr().out


def test_two_trees_of_one_size_are_a_split_view(log, tmp_path, check, capsys):
    other = Log(bodies=[*log.bodies[:-1], log.bodies[0]])
    one, two = put(tmp_path / "one", log.checkpoint()), put(tmp_path / "two", other.checkpoint())

    assert check("consistency", one, two) == 1
    assert "split view" in capsys.readouterr().out
    assert check("consistency", one, put(tmp_path / "again", log.checkpoint(LOG, *WITNESSES))) == 0


def test_an_empty_log_proves_nothing(log, tmp_path, check):
    new = put(tmp_path / "new", log.checkpoint())

    assert check("consistency", put(tmp_path / "old", log.checkpoint(size=0)), new) == 2
    assert check("consistency", put(tmp_path / "old", note(text_of(0, b"x" * 32))), new) == 1


def test_consistency_without_quorum_or_with_missing_tiles_is_incomplete(log, tmp_path, check):
    old, new = put(tmp_path / "old", log.checkpoint(LOG, size=100)), put(tmp_path / "new", log.checkpoint())
    proof = put(tmp_path / "proof", request_of(log, 100, 300))
    pruned = log.write(tmp_path / "bundle", minimum=256)

    assert check("consistency", old, new, "--proof", proof) == 2
    put(old, log.checkpoint(size=100))
    assert check("consistency", old, new, "--bundle", pruned) == 2
    (pruned / "tile/0/000").unlink()
    assert check("consistency", old, new, "--bundle", pruned) == 2
    short = Log(bodies=log.bodies[:200]).write(tmp_path / "short")
    assert check("consistency", old, new, "--bundle", short) == 2


@pytest.mark.slow
def test_a_changed_byte_of_a_consistency_proof_is_refused(log, tmp_path, check):
    old, new = put(tmp_path / "old", log.checkpoint(size=100)), put(tmp_path / "new", log.checkpoint())
    whole, proof = request_of(log, 100, 300), tmp_path / "proof"
    for at in range(0, whole.index(b"\n\n"), 5):
        changed = bytearray(whole)
        changed[at] ^= 1 << at % 8
        code = check("consistency", old, new, "--proof", put(proof, bytes(changed)))
        assert code in (1, 3), at


def test_checkpoints_that_cannot_be_compared(log, tmp_path, check, trust):
    other = Signer("log.other.example", 0x01)
    trust.write_bytes(trust.read_bytes() + f"log {other.vkey}\n".encode())
    one = put(tmp_path / "one", log.checkpoint())
    two = put(tmp_path / "two", note(text_of(300, oracle.mth(log.leaves), other.name), other, *WITNESSES))
    smaller = put(tmp_path / "smaller", log.checkpoint(size=9))

    assert check("consistency", one, two) == 3
    assert check("consistency", smaller, one) == 3
    assert check("consistency", smaller, one, "--proof", put(tmp_path / "p", request_of(log, 8, 300))) == 3


# --- parts ---


def part_lines(log: Log) -> list[dict[str, Any]]:
    return [
        {
            "commitment": p.commitment.hex(),
            "kind": p.kind,
            "salt": p.salt.hex(),
            "content": base64.b64encode(p.content).decode(),
        }
        for p in log.parts
    ]


def test_parts_open_their_commitments_and_what_was_erased_is_told(log, bundle, tmp_path, check, capsys):
    parts = part_lines(log)

    assert check("parts", bundle) == 0
    assert "900 personal parts are those that the entries bind" in capsys.readouterr().out
    assert check("parts", bundle, "--parts", lines(tmp_path / "some", parts[::3])) == 0
    said = capsys.readouterr().out
    assert "300 personal parts are those" in said
    assert "600 commitments without a part" in said
    assert check("parts", bundle, "--parts", lines(tmp_path / "none", [])) == 0


@pytest.mark.parametrize(
    "change",
    [
        {"content": base64.b64encode(b"Iemand Anders").decode()},
        {"salt": "00" * 32},
        {"commitment": "00" * 32},
        {"commitment": hashlib.sha256(bytes(32) + b"x").hexdigest(), "salt": "00" * 32, "content": "eA=="},
        {"kind": "subject"},
        {"kind": None},
        {"kind": []},
        {"content": "eA="},
        {"content": "é"},
        {"content": 1},
        {"salt": None},
        {"salt": "AB" * 32},
        {"commitment": 5},
    ],
)
def test_a_changed_part_is_told(change, log, bundle, tmp_path, check):
    parts = part_lines(log)
    parts[0] = {**parts[0], **change}

    assert check("parts", bundle, "--parts", lines(tmp_path / "parts", parts)) == 1


@pytest.mark.parametrize(
    "line", [b"\n", b"null\n", b"[]\n", b"{}\n", b'{"kind":"actor","kind":"actor"}\n', b"{", b"\xff\n"]
)
def test_a_malformed_part_is_told(line, bundle, tmp_path, check):
    assert check("parts", bundle, "--parts", put(tmp_path / "parts", line)) == 1


def test_a_last_line_that_was_cut_off_is_told(log, bundle, tmp_path, check, capsys):
    line = json.dumps(part_lines(log)[0]).encode()

    assert check("parts", bundle, "--parts", put(tmp_path / "parts", line)) == 1
    assert "line 1 of parts is cut off" in capsys.readouterr().out


def test_a_part_of_a_pruned_entry_is_not_called_tampered(tmp_path, check):
    log = log_of(300)

    assert check("parts", log.write(tmp_path / "bundle", minimum=256)) == 2


# --- questions put wrongly ---


@pytest.mark.parametrize(
    "arguments",
    [
        [], ["bundle"], ["banana"], ["bundle", "nowhere"], ["bundle", ".", "extra"], ["proof", "nowhere"],
        ["proof", "nowhere", "--entry", "nowhere"], ["consistency", "nowhere"], ["consistency", "nowhere", "nowhere"],
        ["parts", "nowhere"], ["history", "nowhere", "nowhere"], ["bundle", ".", "--banana"],
    ],
)  # fmt: skip
def test_questions_put_wrongly(arguments, check, capsys):
    assert check(*arguments) == 3
    assert "usage:" in capsys.readouterr().err


def test_a_policy_that_is_missing_or_cannot_be_used(bundle, trust, check):
    trust.write_bytes(b"quorum banana\n")
    assert check("bundle", bundle) == 3
    trust.unlink()
    assert check("bundle", bundle) == 3


def test_a_bundle_without_a_checkpoint_proves_nothing(bundle, tmp_path, check):
    (tmp_path / "empty").mkdir()

    assert check("bundle", tmp_path / "empty") == 2


def test_reading_a_proof_raises_only_proof_errors():
    for data in (b"", b"\xff" * 50, b"c2sp.org/tlog-proof@v1\nindex 5\n\n"):
        try:
            read_tlog_proof(data)
        except ProofError:
            continue
        assert data.endswith(b"\n\n")
