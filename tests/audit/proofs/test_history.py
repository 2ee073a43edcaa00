"""The command history: version rows and standing rows (covenants), against what the entries vouch for."""

import base64
import hashlib
import json
import os
from pathlib import Path

import pytest

from tests.audit.proofs.making import Log, lines, log_of, proof_of, put


@pytest.fixture(scope="module")
def log() -> Log:
    return log_of(300, versions=1)


@pytest.fixture(scope="module")
def bundle(log: Log, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return log.write(tmp_path_factory.mktemp("made") / "bundle")


def test_version_rows_for_which_the_entries_vouch(log, bundle, tmp_path, check, capsys):
    assert check("history", bundle, lines(tmp_path / "rows", log.rows)) == 0
    assert "300 version rows are those for which an entry vouches" in capsys.readouterr().out


def test_rows_that_were_changed_removed_or_added(log, bundle, tmp_path, check, capsys):
    changed = [{**log.rows[0], "content": base64.b64encode(b"{}").decode()}, *log.rows[1:]]
    renumbered = [{**log.rows[0], "history_id": 5}, *log.rows[1:]]
    swapped = [{**log.rows[0], **{k: log.rows[1][k] for k in ("content", "salt")}}, *log.rows[1:]]
    added = [*log.rows, {**log.rows[0], "history_id": 999_999}]

    for rows, code, words in (
        (changed, 1, "row 0 of cases_historicalcontribution, for which entry 0 vouches, was changed"),
        (swapped, 1, "was changed"),
        (log.rows[1:], 2, "row 0 of cases_historicalcontribution, for which entry 0 vouches, is missing"),
        (renumbered, 1, "no entry vouches for row 5 of"),
        (added, 1, "no entry vouches for row 999999 of"),
        ([{**log.rows[0], "salt": None}, *log.rows[1:]], 2, "cannot be compared: it came without its salt"),
    ):
        assert check("history", bundle, lines(tmp_path / "rows", rows)) == code
        assert words in capsys.readouterr().out


def test_a_row_for_which_two_entries_vouch_needs_both_salts(tmp_path, check):
    content, ref = b'{"words":"x"}', {"table": "t", "history_id": 1}
    salts = [os.urandom(32), os.urandom(32)]
    log = Log()
    for number, salt in enumerate(salts):
        commitment = hashlib.sha256(salt + hashlib.sha256(content).digest()).hexdigest()
        body = {"act": {}, "matter": {"history": [{**ref, "commitment": commitment}], "uid": f"{number:032x}"}}
        log.bodies.append(json.dumps(body, sort_keys=True, separators=(",", ":")).encode())
    bundle = log.write(tmp_path / "bundle")
    rows = [{**ref, "content": base64.b64encode(content).decode(), "salt": salt.hex()} for salt in salts]

    assert check("history", bundle, lines(tmp_path / "rows", rows)) == 0
    assert check("history", bundle, lines(tmp_path / "rows", rows[:1])) == 1


COVENANT = {"table": "agreements_covenantversion", "history_id": 4}


def standing_log(*contents: bytes, before: int = 0) -> tuple[Log, list[dict[str, object]]]:
    """A log in which an entry vouches for each of these contents of one standing row; and the lines of its salts."""
    log, rows = log_of(before), []
    for number, content in enumerate(contents, start=before):
        salt = os.urandom(32)
        commitment = hashlib.sha256(salt + hashlib.sha256(content).digest()).hexdigest()
        promise = {**COVENANT, "commitment": commitment, "standing": True}
        body = {"act": {}, "matter": {"history": [promise], "uid": f"{number:032x}"}}
        log.bodies.append(json.dumps(body, sort_keys=True, separators=(",", ":")).encode())
        rows.append({**COVENANT, "content": base64.b64encode(content).decode(), "salt": salt.hex()})
    return log, rows


def test_of_a_covenant_the_last_entry_counts(tmp_path, check, capsys):
    log, rows = standing_log(b"draft", b"agreed", b"ended")
    bundle = log.write(tmp_path / "bundle")
    put_back = {**rows[1], "salt": rows[2]["salt"]}
    unsalted = {**rows[2], "salt": None}

    for given, code, words in (
        (rows[2:], 0, "1 standing rows are as the last entry about each says"),
        (rows[:2], 1, "row 4 of agreements_covenantversion, about which entry 2 was the last, was changed"),
        ([put_back], 1, "was changed"),
        ([], 2, "is missing"),
        ([unsalted], 2, "came without its salt"),
        ([{**put_back, "later": True}], 2, "changed after this checkpoint, says who made this"),
        ([*rows[2:], {**COVENANT, "history_id": 5, "content": ""}], 1, "no entry vouches for row 5 of"),
    ):
        assert check("history", bundle, lines(tmp_path / "rows", given)) == code
        assert words in capsys.readouterr().out


def test_a_covenant_that_is_gone_is_gone_only_if_an_entry_says_so(tmp_path, check):
    gone = {**COVENANT, "content": ""}
    told, rows = standing_log(b"here", b"")
    silent, kept = standing_log(b"here")

    assert check("history", told.write(tmp_path / "told"), lines(tmp_path / "rows", rows[1:])) == 0
    taken = lines(tmp_path / "taken", [{**gone, "salt": kept[0]["salt"]}])
    assert check("history", silent.write(tmp_path / "silent"), taken) == 1


@pytest.mark.parametrize(("lost", "code"), [("tile/entries/001.p/1", 2), ("tile/entries/000", 1)])
def test_a_covenant_that_an_entry_which_is_not_here_may_have_changed_is_not_called_tampered(
    lost, code, tmp_path, check
):
    log, rows = standing_log(b"first", b"second", before=255)
    bundle = log.write(tmp_path / "bundle")
    (bundle / lost).unlink()
    last = rows[0] if code == 2 else rows[1]
    other = {**last, "content": base64.b64encode(b"third").decode()}

    assert check("history", bundle, lines(tmp_path / "rows", [other])) == code


@pytest.mark.parametrize("standing", [1, "true", None])
def test_a_row_neither_standing_nor_not_is_told(standing, tmp_path, check):
    promise = {**COVENANT, "commitment": "00" * 32, "standing": standing}
    log = Log()
    body = {"act": {}, "matter": {"history": [promise], "uid": "0" * 32}}
    log.bodies.append(json.dumps(body, sort_keys=True, separators=(",", ":")).encode())

    assert check("history", log.write(tmp_path / "bundle"), lines(tmp_path / "rows", [])) == 1


@pytest.mark.parametrize(
    "change",
    [{"table": 1}, {"history_id": "0"}, {"history_id": True}, {"content": None}, {"salt": "x"}, {"table": "\ud800"}],
)
def test_malformed_rows_are_told(change, log, bundle, tmp_path, check):
    rows = [{**log.rows[0], **change}, *log.rows[1:]]

    assert check("history", bundle, lines(tmp_path / "rows", rows)) == 1


def test_rows_of_a_pruned_log_are_not_called_unvouched(tmp_path, check):
    log = log_of(300, versions=1)

    assert check("history", log.write(tmp_path / "bundle", minimum=256), lines(tmp_path / "rows", log.rows)) == 2


def test_an_entry_that_vouches_for_more_rows_than_tlog_tiles_has_room_for(tmp_path, check):
    """Nothing bounds a body: each version row adds some 130 bytes, so about 490 pass 65,535."""
    log = log_of(2)
    log.add(2, versions=500)
    bundle = log.write(tmp_path / "bundle")

    assert len(log.bodies[2]) > 65_535
    assert (bundle / "large/002").read_bytes() == log.bodies[2]
    assert check("bundle", bundle, "--bodies") == 0
    assert check("parts", bundle) == 0
    assert check("history", bundle, lines(tmp_path / "rows", log.rows)) == 0
    assert check("proof", put(tmp_path / "p", proof_of(log, 2)), "--entry", bundle / "large/002") == 0
