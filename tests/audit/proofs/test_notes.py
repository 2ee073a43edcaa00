"""Signed notes: the published examples, what is refused, and that nothing else than a refusal ever comes out."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import example, given, settings
from hypothesis import strategies as st

from audit.proofs import note_keys, notes
from audit.proofs.note_keys import COSIGNATURE, LOG, KeyInvalid, SigningKey, parse_skey, parse_vkey
from audit.proofs.notes import Checkpoint, Note, NoteInvalid

# golang.org/x/mod/sumdb/note, note_test.go: the reference implementation of signed notes.
GO_VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_SKEY = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
GO_NOTE = f"""\
{GO_TEXT}
— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
"""
ENOCH = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
# C2SP: the example key of signed-note, and keys of types 01 and 04 of transparency-dev/formats.
VKEYS = [
    GO_VKEY,
    ENOCH,
    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
    "TEST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6",
    "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2",
]
# C2SP tlog-cosignature: a checkpoint with a log's signature and a witness's.
SPEC_CHECKPOINT = """\
example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa \
Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 \
jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
"""
SPEC_QUASIMODO = """\
Ognuno sta solo sul cuor della terra
trafitto da un raggio di sole:

ed è subito sera.

— quasimodo.example/salvatore \
NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=
"""
ROOT = hashlib.sha256(b"root").digest()
KEY = SigningKey.generate("verbond.example/log", LOG)
WITNESS = SigningKey.generate("gemeente.example/getuige", COSIGNATURE)
SIGNED = notes.sign(Checkpoint("verbond.example/log", 7, ROOT), KEY)
LINE = "— a AAAAAAA=\n"


def test_the_reference_note_verifies_and_is_made_again_byte_for_byte() -> None:
    (genuine,) = notes.verify(notes.parse(GO_NOTE), [parse_vkey(GO_VKEY)])

    assert genuine.time is None
    made = notes.Signature("PeterNeumann", parse_vkey(GO_VKEY).key_id, parse_skey(GO_SKEY).sign(GO_TEXT))
    assert str(Note(GO_TEXT, (made,))) == GO_NOTE
    assert parse_skey(GO_SKEY).skey() == GO_SKEY


@pytest.mark.parametrize("text", VKEYS)
def test_published_keys_are_read_and_written_back(text: str) -> None:
    assert str(parse_vkey(text)) == text


def test_the_example_checkpoint_of_the_specification_is_read_and_written_back() -> None:
    note = notes.parse(SPEC_CHECKPOINT)

    assert (note.checkpoint.origin, note.checkpoint.size) == ("example.com/behind-the-sofa", 20852163)
    assert note.checkpoint.text() == note.text
    assert [made.name for made in note.signatures] == ["example.com/behind-the-sofa", "witness.example.com/w1"]
    # The specification prints the time of this cosignature beside it: "time 1679315147".
    assert int.from_bytes(note.signatures[1].data[:8], "big") == 1679315147
    assert str(note) == SPEC_CHECKPOINT


def test_a_text_may_hold_blank_lines_of_its_own() -> None:
    note = notes.parse(SPEC_QUASIMODO)

    assert note.text.endswith("sole:\n\ned è subito sera.\n")
    assert str(note) == SPEC_QUASIMODO


def test_a_cosignature_signs_what_the_specification_says() -> None:
    """Made here with nothing but Ed25519 and bytes, from the text of tlog-cosignature."""
    private, name, time = Ed25519PrivateKey.generate(), "w.example", 1679315147
    public = private.public_key().public_bytes_raw()
    key_id = hashlib.sha256(name.encode() + b"\n\x04" + public).digest()[:4]
    message = f"cosignature/v1\ntime {time}\n{SIGNED.text}".encode()
    encoded = base64.b64encode(key_id + time.to_bytes(8, "big") + private.sign(message)).decode()

    note = notes.parse(f"{SIGNED}— {name} {encoded}\n")
    (genuine,) = notes.verify(note, [note_keys.VerifierKey(name, COSIGNATURE, public)])

    assert genuine.time == time


def test_our_own_signatures_verify_beside_each_other() -> None:
    note = SIGNED.plus([notes.cosign(SIGNED, WITNESS, time=42)])

    again = notes.parse(str(note))

    assert [made.time for made in notes.verify(again, [WITNESS.verifier, KEY.verifier])] == [None, 42]
    assert again.plus(again.signatures) == again


def test_unknown_signatures_are_kept_and_passed_over() -> None:
    same_name = SigningKey.generate("verbond.example/log", LOG)
    note = notes.parse(f"{SIGNED}{LINE}").plus(notes.sign(SIGNED.checkpoint, same_name).signatures)

    assert len(notes.verify(note, [KEY.verifier])) == 1
    assert str(note).count("—") == 3


def test_a_note_without_a_known_signature_is_refused() -> None:
    with pytest.raises(NoteInvalid, match="geen enkele"):
        notes.verify(SIGNED, [WITNESS.verifier])


@pytest.mark.parametrize("place", [0, 20, 63])
def test_one_wrong_signature_of_a_known_key_refuses_the_note(place: int) -> None:
    data = bytearray(SIGNED.signatures[0].data)
    data[place] ^= 1
    forged = notes.Signature(KEY.verifier.name, KEY.verifier.key_id, bytes(data))

    with pytest.raises(NoteInvalid, match="klopt niet"):
        notes.verify(SIGNED.plus([forged]), [KEY.verifier])


@pytest.mark.parametrize("change", [("\n7\n", "\n8\n"), ("log\n7", "lag\n7"), ("=\n\n", "=\nextra\n\n")])
def test_a_changed_text_no_longer_verifies(change: tuple[str, str]) -> None:
    text = str(SIGNED).replace(*change, 1)
    assert text != str(SIGNED)

    with pytest.raises(NoteInvalid):
        notes.verify(notes.parse(text), [KEY.verifier])


def test_the_time_of_a_cosignature_is_signed_too() -> None:
    made = notes.cosign(SIGNED, WITNESS, time=42)
    later = notes.Signature(made.name, made.key_id, (43).to_bytes(8, "big") + made.data[8:])
    impossible = notes.Signature(made.name, made.key_id, b"\xff" * 8 + made.data[8:])

    for wrong in (later, impossible, notes.Signature(made.name, made.key_id, made.data[8:])):
        with pytest.raises(NoteInvalid):
            notes.verify(Note(SIGNED.text, (wrong,)), [WITNESS.verifier])


def test_keys_do_each_their_own_kind_of_signature() -> None:
    with pytest.raises(KeyInvalid):
        notes.sign(SIGNED.checkpoint, WITNESS)
    with pytest.raises(KeyInvalid):
        notes.cosign(SIGNED, KEY, time=1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\n",
        "a\n\n",
        f"a\n{LINE}",
        f"\n{LINE}",
        f"a\n\n{LINE}"[:-1],
        "a\n\n- a AAAAAAA=\n",
        "a\n\n— a AAAAAAA\n",
        "a\n\n— a AAAAAAB=\n",
        "a\n\n— a AAAA\n",
        "a\n\n— a AAAAAA==\n",
        "a\n\n—  AAAAAAA=\n",
        "a\n\n— a+b AAAAAAA=\n",
        "a\n\n— a\u00a0b AAAAAAA=\n",
        "a\n\n— a b AAAAAAA=\n",
        f"a\r\n\n{LINE}",
        f"a\x00\n\n{LINE}",
        f"a\ud800\n\n{LINE}",
        f"a\n\n{LINE * (notes.SIGNATURES + 1)}",
        f"{'a' * notes.NOTE_BYTES}\n\n{LINE}",
    ],
)
def test_malformed_notes_are_refused(text: str) -> None:
    with pytest.raises(NoteInvalid):
        notes.parse(text)


def test_bytes_that_are_no_utf8_are_refused() -> None:
    with pytest.raises(NoteInvalid, match="UTF-8"):
        notes.parse(b"a\xff\n\n" + LINE.encode())


def test_sixteen_signatures_of_post_quantum_length_are_accepted() -> None:
    """C2SP signed-note: verifiers MUST accept at least 16, each up to nearly 5 kB."""
    line = f"— a {base64.b64encode(bytes(4 + 4900)).decode()}\n"

    assert len(notes.parse(f"a\n\n{line * 16}").signatures) == 16


@pytest.mark.parametrize(
    "text",
    [
        "",
        "o\n1\n",
        f"o\n1\n{base64.b64encode(ROOT).decode()}",
        f"o\n01\n{base64.b64encode(ROOT).decode()}\n",
        f"o\n+1\n{base64.b64encode(ROOT).decode()}\n",
        f"o\n١\n{base64.b64encode(ROOT).decode()}\n",
        f"o\n-1\n{base64.b64encode(ROOT).decode()}\n",
        f"o\n{2**63}\n{base64.b64encode(ROOT).decode()}\n",
        f"o\n{'9' * 5000}\n{base64.b64encode(ROOT).decode()}\n",
        f"\n1\n{base64.b64encode(ROOT).decode()}\n",
        f"o\n1\n{base64.b64encode(ROOT[1:]).decode()}\n",
        f"o\n1\n{base64.b64encode(ROOT).decode()[:-1]}\n",
        f"o\n1\n{base64.b64encode(ROOT).decode()}\n\nextension\n",
    ],
)
def test_texts_that_are_no_checkpoint_are_refused(text: str) -> None:
    with pytest.raises(NoteInvalid):
        Checkpoint.of_text(text)


def test_extension_lines_of_others_are_read_over_and_never_made() -> None:
    text = f"o\n1\n{base64.b64encode(ROOT).decode()}\nextension\n"

    assert Checkpoint.of_text(text).text() == text.removesuffix("extension\n")


@pytest.mark.parametrize("origin", ["", "a b", "a+b", "a\nb", "a\ud800"])
def test_a_checkpoint_with_an_impossible_origin_is_not_made(origin: str) -> None:
    with pytest.raises(NoteInvalid):
        Checkpoint(origin, 1, ROOT).text()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a+530d903a",
        GO_VKEY.replace("c74f20a3", "c74f20a4"),
        GO_VKEY.replace("c74f20a3", "C74F20A3"),
        GO_VKEY.replace("Peter", "Petra"),
        GO_VKEY[:-1],
        GO_VKEY + "!",
        "a+00000000+",
        "rekor.sigstore.dev+12345678+AwEB",
        GO_SKEY,
    ],
)
def test_malformed_keys_are_refused(text: str) -> None:
    with pytest.raises(KeyInvalid):
        parse_vkey(text)


@pytest.mark.parametrize("text", ["", GO_VKEY, GO_SKEY.replace("c74f", "c74e"), GO_SKEY[:-4], "PRIVATE+KEY+"])
def test_malformed_private_keys_are_refused_without_repeating_them(text: str) -> None:
    with pytest.raises(KeyInvalid) as refused:
        parse_skey(text)

    assert "AYEKFALV" not in str(refused.value)


def test_a_key_file_is_its_owners_alone_and_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "key"
    made = SigningKey.generate("w.example", COSIGNATURE)
    note_keys.make_key_file(path, made)

    assert path.stat().st_mode & 0o777 == 0o600
    assert note_keys.read_key_file(path, COSIGNATURE).verifier == made.verifier
    assert made.skey() not in repr(made)
    with pytest.raises(FileExistsError):
        note_keys.make_key_file(path, WITNESS)
    with pytest.raises(KeyInvalid, match="andere soort"):
        note_keys.read_key_file(path, LOG)


def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "key"
    note_keys.make_key_file(path, WITNESS)
    path.chmod(0o640)

    with pytest.raises(KeyInvalid, match="0600"):
        note_keys.read_key_file(path, COSIGNATURE)


@given(st.one_of(st.text(), st.binary(), st.text("a\n—+ 1=A", max_size=40)))
@example("\n\n\n")
@example(b"\xe2\x80\x94 a \n\n\n")
def test_parsing_anything_gives_a_note_or_the_documented_refusal(source: str | bytes) -> None:
    try:
        note = notes.parse(source)
    except NoteInvalid:
        return
    assert str(note).encode() == (source.encode() if isinstance(source, str) else source)


@settings(max_examples=300)
@given(st.integers(0, len(str(SIGNED).encode()) - 1), st.integers(1, 255))
def test_one_changed_byte_of_a_note_is_never_accepted(place: int, difference: int) -> None:
    data = bytearray(str(SIGNED).encode())
    data[place] ^= difference

    with pytest.raises(NoteInvalid):
        notes.verify(notes.parse(bytes(data)), [KEY.verifier])


@given(st.text(max_size=80))
def test_reading_any_text_as_a_checkpoint_or_key_gives_it_or_the_documented_refusal(text: str) -> None:
    for read, refusal in ((Checkpoint.of_text, NoteInvalid), (parse_vkey, KeyInvalid), (parse_skey, KeyInvalid)):
        try:
            read(text)
        except refusal:
            continue


@given(st.integers(0, notes.LARGEST_SIZE), st.binary(min_size=32, max_size=32))
def test_every_checkpoint_is_read_back_as_it_was_made(size: int, root: bytes) -> None:
    made = Checkpoint("verbond.example/log", size, root)

    assert notes.parse(str(notes.sign(made, KEY))).checkpoint == made
