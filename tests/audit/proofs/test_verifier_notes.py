"""Signed notes, checkpoints and policies: what the verifier accepts, what it refuses, and in which words."""

import base64
import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.proofs.verifier import (
    ProofError,
    UsageError,
    index_path,
    open_checkpoint,
    parse_checkpoint,
    parse_key,
    parse_note,
    parse_policy,
    show,
    tile_path,
    unbase64,
)
from tests.audit.proofs.making import LOG, ORIGIN, WITNESSES, Signer, note, policy, text_of

ROOT = bytes(range(32))
TEXT = text_of(5, ROOT)
TRUST = parse_policy(policy())
EXAMPLE = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    "— witness.example.com/w1 "
    "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
)


def test_the_specification_s_example_is_read():
    text, signatures = parse_note(EXAMPLE.encode())
    found = parse_checkpoint(text)

    assert (found.origin, found.size) == (b"example.com/behind-the-sofa", 20852163)
    assert [s.name for s in signatures] == [b"example.com/behind-the-sofa", b"witness.example.com/w1"]
    assert int.from_bytes(signatures[1].value[:8], "big") == 1679315147
    assert [len(s.value) for s in signatures] == [64, 72]


def test_log_and_witnesses_are_recognised_and_make_the_quorum():
    found = open_checkpoint(note(TEXT, LOG, WITNESSES[0], WITNESSES[2]), TRUST)

    assert (found.origin.decode(), found.size, found.root) == (ORIGIN, 5, ROOT)
    assert set(found.cosigned) == {b"w0", b"w2"}
    assert found.quorum
    assert found.unknown == 0


def test_fewer_cosignatures_are_no_quorum_and_the_same_one_twice_is_one():
    assert not open_checkpoint(note(TEXT, LOG, WITNESSES[0]), TRUST).quorum
    twice = note(TEXT, LOG) + WITNESSES[0].line(TEXT, 1) + WITNESSES[0].line(TEXT, 2)
    found = open_checkpoint(twice, TRUST)
    assert (found.cosigned, found.quorum) == ({b"w0": 2}, False)


def test_strangers_count_for_nothing():
    stranger = Signer("witness.stranger.example", 0x04)
    namesake = Signer(WITNESSES[0].name, 0x04)
    found = open_checkpoint(note(TEXT, LOG, stranger, namesake, WITNESSES[1]), TRUST)

    assert (set(found.cosigned), found.unknown, found.quorum) == ({b"w1"}, 2, False)


def test_a_log_that_the_policy_does_not_name_is_refused():
    for signer in (Signer(ORIGIN, 0x01), Signer("log.other.example", 0x01), WITNESSES[0]):
        with pytest.raises(ProofError, match="not signed by a log"):
            open_checkpoint(note(TEXT, signer, *WITNESSES), TRUST)


def test_a_log_key_signs_only_for_its_own_origin():
    with pytest.raises(ProofError, match="not signed by a log"):
        open_checkpoint(note(text_of(5, ROOT, "log.other.example"), LOG, *WITNESSES), TRUST)


@pytest.mark.parametrize("signer", [LOG, WITNESSES[0]])
def test_a_false_signature_of_a_known_key_spoils_the_whole_note(signer):
    other = text_of(6, ROOT)
    with pytest.raises(ProofError, match="is false"):
        open_checkpoint(note(TEXT, LOG, *WITNESSES[:2]) + signer.line(other), TRUST)


def test_the_time_of_a_cosignature_is_signed_too():
    line = WITNESSES[0].line(TEXT, 1000)
    value = base64.b64decode(line.split(b" ")[2])
    later = value[:4] + (1001).to_bytes(8, "big") + value[12:]
    changed = line.rsplit(b" ", 1)[0] + b" " + base64.b64encode(later) + b"\n"

    assert open_checkpoint(note(TEXT, LOG) + line, TRUST).cosigned == {b"w0": 1000}
    with pytest.raises(ProofError, match="is false"):
        open_checkpoint(note(TEXT, LOG) + changed, TRUST)
    with pytest.raises(ProofError, match="no possible time"):
        open_checkpoint(note(TEXT, LOG) + WITNESSES[0].line(TEXT, 2**63), TRUST)


GOOD = note(TEXT)
LINE = LOG.line(TEXT)


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        TEXT,
        TEXT + b"\n",
        GOOD[:-1],
        GOOD + b"\n",
        GOOD.replace(b"\n", b"\r\n"),
        GOOD.replace("—".encode(), b"-"),
        b"\x00" + GOOD,
        b"\xff" + GOOD,
        GOOD.replace(b"\n5\n", b"\n5\x7f\x01\n"),
        TEXT + b"\n" + LINE.replace(ORIGIN.encode(), b"a+b"),
        TEXT + b"\n" + LINE.replace(ORIGIN.encode(), b"a\xc2\xa0b"),
        TEXT + b"\n" + LINE.replace(ORIGIN.encode(), b""),
        TEXT + b"\n" + LINE.replace(b"\n", b" \n"),
        TEXT + b"\n" + LINE.replace(b"\n", b"=\n"),
        TEXT + b"\n" + "— a AAAA\n".encode(),
        TEXT + b"\n" + b"x" * 1_000_001 + b"\n",
    ],
)
def test_malformed_notes_are_refused(bad):
    with pytest.raises(ProofError):
        open_checkpoint(bad, TRUST)


@pytest.mark.parametrize(
    "text",
    [
        f"{ORIGIN}\n05\n{{root}}\n", f"{ORIGIN}\n-5\n{{root}}\n", f"{ORIGIN}\n+5\n{{root}}\n",
        f"{ORIGIN}\n5 \n{{root}}\n",
        f"{ORIGIN}\n٥\n{{root}}\n", f"{ORIGIN}\n9223372036854775808\n{{root}}\n", f"{ORIGIN}\n5\n{{root}}A\n",
        f"{ORIGIN}\n5\n\n", f"{ORIGIN}\n5\n", "\n5\n{root}\n", f"{ORIGIN}\n5\nAAAA\n", f"{ORIGIN}\n5\n{{root}}\n\nx\n",
    ],
)  # fmt: skip
def test_malformed_checkpoints_are_refused_although_they_are_signed(text):
    text = text.replace("{root}", base64.b64encode(ROOT).decode()).encode()
    with pytest.raises(ProofError):
        open_checkpoint(note(text), TRUST)


def test_extra_lines_are_told():
    assert open_checkpoint(note(TEXT + b"an extra line\n"), TRUST).extensions == 1


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(GOOD) * 8 - 1))
def test_no_changed_bit_of_a_note_gives_it_another_meaning(bit):
    changed = bytearray(GOOD)
    changed[bit // 8] ^= 1 << bit % 8
    try:
        found = open_checkpoint(bytes(changed), TRUST)
    except ProofError:
        return
    # Only a line's own name or key id may have changed: then that line counts no longer.
    assert found.text == TEXT
    assert found.unknown == 1
    assert not found.quorum


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=80) | st.text(max_size=60).map(str.encode))
def test_arbitrary_bytes_are_refused_and_break_nothing(data):
    for read in (parse_note, parse_checkpoint, parse_key, unbase64):
        with pytest.raises(ProofError):
            read(b"!" + data)
    with pytest.raises(UsageError):
        parse_policy(b"x" + data)


# --- keys and policies ---


def test_a_key_whose_id_is_not_its_own_is_refused():
    name, key_id, data = LOG.vkey.split("+", 2)
    assert parse_key(LOG.vkey.encode()).public == LOG.public
    for bad in (f"{name}+00000000+{data}", f"{name}+{key_id.upper()}X+{data}", f"x{name}+{key_id}+{data}", name):
        with pytest.raises(ProofError):
            parse_key(bad.encode())


A, B, C = (f"witness {name} {witness.vkey}" for name, witness in zip("abc", WITNESSES, strict=True))
TOP = f"log {LOG.vkey} https://log.example/\n{A}\n{B} https://witness.example/\n\t{C}\n# a comment\n  # another\n\n"


@pytest.mark.parametrize(
    ("rest", "makes", "misses"),
    [
        ("quorum none", ["", "a"], []),
        ("quorum a", ["a", "ab"], ["", "bc"]),
        ("group g any a b c\nquorum g", ["a", "c"], [""]),
        ("group g all a b c\nquorum g", ["abc"], ["ab", "bc", ""]),
        ("group g 2 a b c\nquorum g", ["ab", "bc", "abc"], ["a", ""]),
        ("group g any a b\ngroup h all g c\nquorum h", ["ac", "bc"], ["ab", "c"]),
        ("group \xc3\xa9t\xc3\xa9 \t any  a\nquorum \xc3\xa9t\xc3\xa9 ", ["a"], ["b"]),
    ],
)
def test_quorums(rest, makes, misses):
    found = parse_policy((TOP + rest + "\n").encode("latin-1"))

    assert all(found.met_by([c.encode() for c in names]) for names in makes)
    assert not any(found.met_by([c.encode() for c in names]) for names in misses)


@pytest.mark.parametrize(
    "rest",
    [
        "", "quorum d", "quorum", "quorum a b", "quorum a\nquorum b",
        "quorum g\ngroup g any a", "group g any\nquorum a",
        "group g 0 a\nquorum g", "group g 3 a b\nquorum g", "group g 02 a b\nquorum g", "group g -1 a\nquorum g",
        "group g some a\nquorum g", "group g any a a\nquorum g", "group g any a\ngroup h any a b\nquorum h",
        "group a any b\nquorum a", "group none any a\nquorum none", "group g any none\nquorum g",
        "group g any g\nquorum g",
        f"{A}\nquorum a", f"witness d {WITNESSES[0].vkey}\nquorum a", f"log {LOG.vkey}\nquorum a",
        f"witness d {LOG.vkey}\nquorum d", f"log {WITNESSES[0].vkey}\nquorum a", "log\nquorum a", "banana a\nquorum a",
        "quorum a\r", "quorum a\x00", "witness none {key}\nquorum none", "log a+b+c\nquorum a",
    ],
)  # fmt: skip
def test_policies_that_cannot_be_used(rest):
    with pytest.raises(UsageError):
        parse_policy((TOP + rest.replace("{key}", Signer("d", 0x04).vkey) + "\n").encode())


def test_a_policy_of_thirty_two_logs_witnesses_and_groups():
    names = [f"w{n}" for n in range(32)]
    lines = [f"log {Signer(f'log{n}', 0x01).vkey}" for n in range(32)]
    lines += [f"witness {name} {Signer(name, 0x04).vkey}" for name in names]
    lines += [f"group g{n} any w{n}" for n in range(32)]
    found = parse_policy("\n".join([*lines, "quorum g31"]).encode())

    assert found.met_by([b"w31"])
    assert not found.met_by([b"w30"])


def test_ml_dsa_keys_may_stand_in_a_policy_but_nothing_of_theirs_is_checked():
    name = "witness.quantum.example"
    data = b"\x06" + b"k" * 1312
    key_id = hashlib.sha256(name.encode() + b"\n" + data).digest()[:4]
    vkey = f"{name}+{key_id.hex()}+{base64.b64encode(data).decode()}"
    trust = parse_policy(policy().replace(b"quorum agencies", f"witness q {vkey}\nquorum q".encode()))
    line = f"— {name} ".encode() + base64.b64encode(key_id + bytes(8 + 2420)) + b"\n"

    found = open_checkpoint(GOOD + line, trust)

    assert (found.unknown, found.quorum) == (1, False)


# --- paths and screens ---


def test_paths_are_those_of_tlog_tiles():
    assert index_path(1234067) == "x001/x234/067"
    assert [index_path(n) for n in (0, 999, 1000, 1_000_000)] == ["000", "999", "x001/000", "x001/x000/000"]
    assert tile_path(1, 273, 112) == "tile/1/273.p/112"
    assert tile_path(0, 0, 256) == "tile/0/000"


def test_names_of_others_cannot_write_on_the_screen():
    assert show(b"a\x1b[31m\n\xff") == r"a\x1b[31m\n\\xff"
    assert show("w\u202eitness".encode()) == r"w\u202eitness"
