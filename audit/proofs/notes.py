"""Signed notes and the checkpoints in them: text in, text out. Who trusts which key is in policy.py.

Plain Python and `cryptography`, no Django: the witness of a partner agency runs it too.
Source: C2SP signed-note, tlog-checkpoint and tlog-cosignature, v1.0.0.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from audit.proofs.note_keys import SignatureWrong, SigningKey, VerifierKey, decode64, encode64, is_key_name

NOTE_BYTES = 128 * 1024
SIGNATURES = 32
LARGEST_SIZE = 2**63 - 1

_DASH = "— "
_ID_BYTES = 4
_HASH_BYTES = 32
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


class NoteInvalid(ValueError):
    """A text that is no signed note or no checkpoint, or that a known key did not sign. The sentence says what."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The state of a log: its `origin`, its `size` in leaves and its `root` (32 bytes)."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """The three lines that are signed; never extension lines.

        Raises:
            NoteInvalid: a part that cannot stand in a checkpoint.
        """
        if not is_key_name(self.origin):
            raise NoteInvalid("De herkomst is leeg, of bevat een spatie, een plus of een stuurteken.")
        if not 0 <= self.size <= LARGEST_SIZE or len(self.root) != _HASH_BYTES:
            raise NoteInvalid("De grootte ligt buiten het bereik, of de wortel is geen 32 bytes.")
        return f"{self.origin}\n{self.size}\n{encode64(self.root)}\n"

    @classmethod
    def of_text(cls, text: str) -> Checkpoint:
        """The checkpoint in a note's text. Extension lines are allowed and left out: they prove nothing.

        Raises:
            NoteInvalid: not three or more non-empty lines of exactly this form.
        """
        lines = text.split("\n")
        if len(lines) < 4 or lines.pop() or not all(lines):
            raise NoteInvalid("Een momentopname heeft drie regels: herkomst, grootte en wortel.")
        return cls(lines[0], parse_size(lines[1]), parse_hash(lines[2]))


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: who says to have signed, with which key (4 bytes of id), and the signature's bytes."""

    name: str
    key_id: bytes
    data: bytes

    def line(self) -> str:
        return f"{_DASH}{self.name} {encode64(self.key_id + self.data)}\n"

    def is_of(self, key: VerifierKey) -> bool:
        """Whether the line names this key, by name and id; says nothing yet of whether it is genuine."""
        return self.name == key.name and self.key_id == key.key_id


@dataclass(frozen=True, slots=True)
class Note:
    """A text and its signatures, of which the unknown ones are kept as they came."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return f"{self.text}\n{''.join(signature.line() for signature in self.signatures)}"

    @property
    def checkpoint(self) -> Checkpoint:
        """What the note says; believe it only after `verify`. Raises NoteInvalid."""
        return Checkpoint.of_text(self.text)

    def plus(self, signatures: Iterable[Signature]) -> Note:
        """The note with more signatures; one that stands there already is not repeated."""
        return replace(self, signatures=tuple(dict.fromkeys((*self.signatures, *signatures))))


@dataclass(frozen=True, slots=True)
class Verified:
    """A signature that is genuine: the key, the line, and the time (POSIX seconds) if it is a cosignature."""

    key: VerifierKey
    signature: Signature
    time: int | None


def parse(source: str | bytes) -> Note:
    """The note in `source`, nothing of it believed yet.

    Raises:
        NoteInvalid: too long, not UTF-8, a control character, no blank line before the signatures, a line that
            is no signature, or no or too many signatures.
    """
    text = _decoded(source)
    if _CONTROL.search(text):
        raise NoteInvalid("De notitie bevat een stuurteken.")
    cut = text.rfind("\n\n")
    if cut < 0 or not text.endswith("\n"):
        raise NoteInvalid("De notitie heeft geen witregel vóór de handtekeningen, of geen regeleinde aan het slot.")
    return Note(text[: cut + 1], parse_signatures(text[cut + 2 :]))


def parse_signatures(lines: str) -> tuple[Signature, ...]:
    """The signatures in lines that each end in a newline. Raises NoteInvalid: none, too many, or another line."""
    if not lines.endswith("\n"):
        raise NoteInvalid("De notitie heeft geen handtekening.")
    found = lines.split("\n")[:-1]
    if len(found) > SIGNATURES:
        raise NoteInvalid(f"De notitie heeft meer dan {SIGNATURES} handtekeningen.")
    return tuple(_signature(line) for line in found)


def sign(checkpoint: Checkpoint, key: SigningKey) -> Note:
    """The checkpoint as a note signed by the log's key. Raises NoteInvalid, KeyInvalid."""
    text = checkpoint.text()
    return Note(text, (Signature(key.verifier.name, key.verifier.key_id, key.sign(text)),))


def cosign(note: Note, key: SigningKey, *, time: int) -> Signature:
    """The witness's signature over the note's text at `time` (POSIX seconds). Raises KeyInvalid, ValueError."""
    return Signature(key.verifier.name, key.verifier.key_id, key.cosign(note.text, time))


def verify(note: Note, keys: Iterable[VerifierKey]) -> tuple[Verified, ...]:
    """The signatures of the note that are of `keys`, in the note's order; lines of unknown keys are passed over.

    Raises:
        NoteInvalid: a line names one of the keys and is not genuine, or none is of these keys.
    """
    known = tuple(keys)
    pairs = [(key, signature) for signature in note.signatures for key in known if signature.is_of(key)]
    if not pairs:
        raise NoteInvalid("De notitie is door geen enkele vertrouwde sleutel ondertekend.")
    try:
        return tuple(Verified(key, made, key.verify(note.text, made.data)) for key, made in pairs)
    except SignatureWrong as wrong:
        raise NoteInvalid(str(wrong)) from wrong


def parse_size(text: str) -> int:
    """A number of leaves in decimal, without leading zeros. Raises NoteInvalid."""
    if not _SIZE.fullmatch(text) or int(text) > LARGEST_SIZE:
        raise NoteInvalid("De grootte is geen heel getal zonder voorloopnullen.")
    return int(text)


def parse_hash(text: str) -> bytes:
    """A SHA-256 value in base64. Raises NoteInvalid."""
    try:
        data = decode64(text)
    except ValueError as wrong:
        raise NoteInvalid("Een hash is geen geldige base64-tekst.") from wrong
    if len(data) != _HASH_BYTES:
        raise NoteInvalid("Een hash is geen 32 bytes.")
    return data


def _decoded(source: str | bytes) -> str:
    try:
        data = source.encode() if isinstance(source, str) else source
        if len(data) > NOTE_BYTES:
            raise NoteInvalid(f"De notitie is langer dan {NOTE_BYTES} bytes.")
        return data.decode()
    except UnicodeError as wrong:
        raise NoteInvalid("De notitie is geen geldige UTF-8-tekst.") from wrong


def _signature(line: str) -> Signature:
    name, space, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not space or not is_key_name(name):
        raise NoteInvalid("Na de witregel staat een regel die geen handtekening is.")
    try:
        data = decode64(encoded)
    except ValueError as wrong:
        raise NoteInvalid(f"De handtekening van {name} is geen geldige base64-tekst.") from wrong
    if len(data) <= _ID_BYTES:
        raise NoteInvalid(f"De handtekening van {name} is te kort.")
    return Signature(name, data[:_ID_BYTES], data[_ID_BYTES:])
