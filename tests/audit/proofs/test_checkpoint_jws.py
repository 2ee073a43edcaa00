"""The JWS copy says what the note says, and nothing else is taken for one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from audit.proofs import notes
from audit.proofs.checkpoint_jws import TYP, copy_as_jws, open_checkpoint_jws
from audit.proofs.note_keys import LOG, SigningKey
from audit.proofs.notes import Checkpoint, NoteInvalid
from foundation import jose

ORIGIN = "verbond.example/logboek"
NOW = datetime(2027, 1, 15, 8, 0, tzinfo=UTC)
LOG_KEY = SigningKey.generate(ORIGIN, LOG)
CHECKPOINT = Checkpoint(ORIGIN, 2**60 + 1, bytes(range(32)))
NOTE = str(notes.sign(CHECKPOINT, LOG_KEY))
JWK = jose.new_key()
KEYS = {JWK["kid"]: jose.public_half(JWK)}


def test_the_copy_says_what_the_note_says() -> None:
    token = copy_as_jws(NOTE, JWK, log=LOG_KEY.verifier, now=NOW)

    opened = open_checkpoint_jws(token, KEYS, origin=ORIGIN)

    assert (opened.checkpoint, opened.made_at) == (CHECKPOINT, NOW)


def test_only_a_genuine_note_of_that_log_is_copied() -> None:
    stranger = SigningKey.generate(ORIGIN, LOG)
    other = str(notes.sign(Checkpoint("other.example", 1, bytes(32)), LOG_KEY))

    for note, log in (
        (NOTE, stranger.verifier),
        (NOTE.replace("\n", "\n1", 1), LOG_KEY.verifier),
        (other, LOG_KEY.verifier),
    ):
        with pytest.raises(NoteInvalid):
            copy_as_jws(note, JWK, log=log, now=NOW)


@pytest.mark.parametrize("place", range(0, 300, 7))
def test_a_changed_copy_is_refused(place: int) -> None:
    token = copy_as_jws(NOTE, JWK, log=LOG_KEY.verifier, now=NOW)
    at = place % len(token)
    changed = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]

    with pytest.raises(jose.TokenRefused):
        open_checkpoint_jws(changed, KEYS, origin=ORIGIN)


def test_another_log_another_key_and_another_kind_of_token_are_refused() -> None:
    token = copy_as_jws(NOTE, JWK, log=LOG_KEY.verifier, now=NOW)
    stranger = jose.new_key()

    with pytest.raises(jose.TokenRefused):
        open_checkpoint_jws(token, KEYS, origin="other.example")
    with pytest.raises(jose.TokenRefused):
        open_checkpoint_jws(token, {stranger["kid"]: jose.public_half(stranger)}, origin=ORIGIN)
    with pytest.raises(jose.TokenRefused):
        open_checkpoint_jws(jose.seal_es256(b"{}", JWK, typ="JOSE"), KEYS, origin=ORIGIN)


@pytest.mark.parametrize(
    "payload",
    [
        b"{}",
        b"[]",
        b"x",
        b'{"iat":"1","origin":"o","root":"","size":"1"}',
        b'{"iat":1,"origin":"o","root":1,"size":1}',
        b'{"iat":99999999999999999999,"origin":"o","root":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=","size":"1"}',
        b'{"iat":1,"origin":"o","root":"AA==","size":"1"}',
    ],
)
def test_a_signed_payload_that_is_no_checkpoint_is_refused(payload: bytes) -> None:
    with pytest.raises(jose.TokenRefused):
        open_checkpoint_jws(jose.seal_es256(payload, JWK, typ=TYP), KEYS, origin="o")
