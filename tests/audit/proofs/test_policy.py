"""The policy file: the example of its specification, every refusal, and what a note is worth under it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.proofs import notes
from audit.proofs.note_keys import COSIGNATURE, LOG, SigningKey
from audit.proofs.notes import Checkpoint, NoteInvalid
from audit.proofs.policy import AHEAD_S, Cosigned, Policy, PolicyInvalid, judge, parse_policy

ORIGIN = "verbond.example/logboek"
NOW = 1_800_000_000
KEY = SigningKey.generate(ORIGIN, LOG)
NAMES = ["X1", "X2", "X3", "Y1", "Y2", "Y3"]
WITNESSES = {name: SigningKey.generate(f"{name}.example", COSIGNATURE) for name in NAMES}
# The example of tlog-policy, with keys in place of <vkey>.
EXAMPLE = f"""
log {KEY.verifier}

witness X1 {WITNESSES["X1"].verifier}
witness X2 {WITNESSES["X2"].verifier}
witness X3 {WITNESSES["X3"].verifier}
group X-witnesses 2 X1 X2 X3

witness Y1 {WITNESSES["Y1"].verifier}
witness Y2 {WITNESSES["Y2"].verifier}
witness Y3 {WITNESSES["Y3"].verifier} https://y3.example/
group Y-witnesses any Y1 Y2 Y3

\t # both organisations
group X-and-Y all X-witnesses Y-witnesses
 quorum\tX-and-Y
"""
POLICY = parse_policy(EXAMPLE)
W1, W2 = (str(WITNESSES[name].verifier) for name in ("X1", "X2"))
SIGNED = notes.sign(Checkpoint(ORIGIN, 7, bytes(32)), KEY)


def cosigned(*names: str, time: int = NOW, note: notes.Note = SIGNED) -> notes.Note:
    return note.plus(notes.cosign(note, WITNESSES[name], time=time) for name in names)


def test_the_example_of_the_specification_is_read_and_written_back() -> None:
    assert [one.name for one in POLICY.witnesses] == NAMES
    assert [(one.name, one.threshold) for one in POLICY.groups] == [
        ("X-witnesses", 2),
        ("Y-witnesses", 1),
        ("X-and-Y", 2),
    ]
    assert POLICY.witnesses[-1].url == "https://y3.example/"
    assert parse_policy(POLICY.text()) == POLICY


@pytest.mark.parametrize(
    ("names", "is_enough"),
    [("X1 X2 Y3", True), ("X1 X2 X3 Y1 Y2", True), ("X1 Y1 Y2 Y3", False), ("X1 X2 X3", False), ("", False)],
)
def test_the_quorum_of_the_example(names: str, is_enough: bool) -> None:
    judgement = judge(POLICY, cosigned(*names.split()), now=NOW)

    assert judgement.is_satisfied is is_enough
    assert [one.witness for one in judgement.cosigned] == names.split()
    assert set(judgement.missing) == set(NAMES) - set(names.split())


def test_a_policy_without_witnesses_is_met_by_the_logs_own_signature() -> None:
    assert judge(parse_policy(f"log {KEY.verifier}\nquorum none"), SIGNED, now=NOW).is_satisfied


def test_the_newest_cosignature_of_a_witness_counts_with_its_age() -> None:
    note = cosigned("X1", time=NOW - 10, note=cosigned("X1", time=NOW - 90))

    assert judge(POLICY, note, now=NOW).cosigned == (Cosigned("X1", NOW - 10, 10),)


def test_a_cosignature_from_the_future_is_told_and_does_not_count() -> None:
    policy = parse_policy(f"log {KEY.verifier}\nwitness X1 {W1}\nquorum X1")

    judgement = judge(policy, cosigned("X1", time=NOW + AHEAD_S + 1), now=NOW)

    assert (judgement.is_satisfied, judgement.ahead, judgement.missing) == (False, ("X1",), ())
    assert judge(policy, cosigned("X1", time=NOW + AHEAD_S), now=NOW).cosigned == (Cosigned("X1", NOW + AHEAD_S, 0),)


def test_only_a_log_of_the_policy_counts_and_only_for_its_own_origin() -> None:
    stranger = SigningKey.generate(ORIGIN, LOG)
    other = notes.sign(Checkpoint("other.example/log", 7, bytes(32)), KEY)

    for note in (cosigned(*NAMES, note=notes.sign(SIGNED.checkpoint, stranger)), cosigned(*NAMES, note=other)):
        with pytest.raises(NoteInvalid, match="Geen logboek"):
            judge(POLICY, note, now=NOW)


def test_a_forged_cosignature_of_a_known_witness_refuses_the_note() -> None:
    made = notes.cosign(SIGNED, WITNESSES["X1"], time=NOW)
    forged = notes.Signature(made.name, made.key_id, made.data[:-1] + bytes([made.data[-1] ^ 1]))

    with pytest.raises(NoteInvalid, match="klopt niet"):
        judge(POLICY, SIGNED.plus([forged]), now=NOW)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "quorum"),
        (f"log {KEY.verifier}", "quorum"),
        ("quorum none\nquorum none", "Regel 2"),
        ("quorum A", "niet op een eerdere regel"),
        (f"quorum A\nwitness A {W1}", "Regel 1"),
        (f"log {W1}\nquorum none", "andere soort"),
        (f"witness A {KEY.verifier}\nquorum A", "andere soort"),
        (f"log {KEY.verifier}\nlog {KEY.verifier}\nquorum none", "staat er al"),
        (f"witness A {W1}\nwitness B {W1}\nquorum A", "staat er al"),
        (f"witness A {W1}\nwitness A {W2}\nquorum A", "al bepaald"),
        (f"witness none {W1}\nquorum none", "al bepaald"),
        (f"witness A {W1}\ngroup A any A\nquorum A", "al bepaald"),
        (f"witness A {W1}\ngroup G 2 A\nquorum G", "aantal"),
        (f"witness A {W1}\ngroup G 0 A\nquorum G", "aantal"),
        (f"witness A {W1}\ngroup G 01 A\nquorum G", "aantal"),
        (f"witness A {W1}\ngroup G some A\nquorum G", "aantal"),
        (f"witness A {W1}\ngroup G any A A\nquorum G", "lid"),
        (f"witness A {W1}\ngroup G any A\ngroup H any A\nquorum G", "lid"),
        ("group G any none\nquorum G", "lid"),
        ("group G any\nquorum none", "geen regel"),
        (f"witness A {W1[:-5]}\nquorum A", "Regel 1"),
        (f"log {KEY.verifier} https://a b\nquorum none", "geen regel"),
        ("rule x\nquorum none", "geen regel"),
        ("quorum none\r\n", "stuurteken"),
    ],
)
def test_a_policy_that_is_wrong_is_refused_and_says_where(text: str, says: str) -> None:
    with pytest.raises(PolicyInvalid, match=says):
        parse_policy(text)


def test_names_are_octets_and_not_characters() -> None:
    policy = parse_policy(f"witness K {W1}\nwitness \u212a {W2}\nquorum \u212a".encode() + b"\n# \xff\n")

    assert [one.name for one in policy.witnesses] == ["K", "\u212a"]
    assert policy.is_met_by(["\u212a"])
    assert not policy.is_met_by(["K"])


@given(st.one_of(st.binary(max_size=200), st.text(max_size=200)))
def test_reading_anything_gives_a_policy_or_the_documented_refusal(source: str | bytes) -> None:
    try:
        assert isinstance(parse_policy(source), Policy)
    except PolicyInvalid:
        return
