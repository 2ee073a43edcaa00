"""Keys of signed notes: their names, key ids, text encodings and the two kinds of signature that are made here.

Plain Python and `cryptography`, no Django: the witness of a partner agency runs it too.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

LOG = 0x01
"""Ed25519 over the note's text: how a log signs. Source: C2SP signed-note."""
COSIGNATURE = 0x04
"""Ed25519 over `cosignature/v1`, a time and the note's text: how a witness signs. Source: C2SP tlog-cosignature."""
KINDS = (LOG, COSIGNATURE)
LATEST_TIME = 2**63 - 1

_ID_BYTES = 4
_KEY_BYTES = 32
_TIME_BYTES = 8
_SIGNATURE_BYTES = 64
_HEX_ID = re.compile(r"[0-9a-f]{8}")


class KeyInvalid(ValueError):
    """A text or a file that holds no usable key; the sentence never repeats a private key."""


class SignatureWrong(ValueError):
    """A signature that names this key and was not made with it."""


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key: its `name`, its `kind` (LOG or COSIGNATURE) and the 32 bytes of the Ed25519 point."""

    name: str
    kind: int
    public: bytes

    def __post_init__(self) -> None:
        if not is_key_name(self.name):
            raise KeyInvalid("De naam van een sleutel is leeg, of bevat een spatie, een plus of een stuurteken.")
        if self.kind not in KINDS or len(self.public) != _KEY_BYTES:
            raise KeyInvalid("De sleutel is geen Ed25519-sleutel van een logboek (01) of een getuige (04).")

    @property
    def key_id(self) -> bytes:
        """The four bytes by which a signature line names this key."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:_ID_BYTES]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{encode64(bytes([self.kind]) + self.public)}"

    def verify(self, text: str, signature: bytes) -> int | None:
        """The time (POSIX seconds) that a cosignature states over the note's `text`; None for a log's signature.

        Raises:
            SignatureWrong: `signature` (without key id) does not fit text and key.
        """
        if self.kind == LOG:
            self._check(signature, text.encode())
            return None
        if len(signature) != _TIME_BYTES + _SIGNATURE_BYTES:
            raise SignatureWrong(f"De medeondertekening van {self.name} heeft niet de lengte die erbij hoort.")
        time = int.from_bytes(signature[:_TIME_BYTES], "big")
        if time > LATEST_TIME:
            raise SignatureWrong(f"De medeondertekening van {self.name} noemt een onmogelijke tijd.")
        self._check(signature[_TIME_BYTES:], _cosigned(text, time))
        return time

    def _check(self, signature: bytes, message: bytes) -> None:
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError) as wrong:
            raise SignatureWrong(f"De handtekening van {self.name} klopt niet.") from wrong


class SigningKey:
    """A private key; shows only its public half."""

    def __init__(self, name: str, kind: int, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.verifier = VerifierKey(name, kind, private.public_key().public_bytes_raw())

    def __repr__(self) -> str:
        return f"SigningKey({self.verifier})"

    @classmethod
    def generate(cls, name: str, kind: int) -> SigningKey:
        """A fresh key. Raises KeyInvalid when the name cannot be one."""
        return cls(name, kind, Ed25519PrivateKey.generate())

    def sign(self, text: str) -> bytes:
        """The signature of a log key over a note's text, without the key id."""
        if self.verifier.kind != LOG:
            raise KeyInvalid("Met de sleutel van een getuige wordt geen logboek ondertekend.")
        return self._private.sign(text.encode())

    def cosign(self, text: str, time: int) -> bytes:
        """The timestamped signature of a witness key over a note's text at `time` (POSIX seconds), without key id."""
        if self.verifier.kind != COSIGNATURE:
            raise KeyInvalid("Met de sleutel van een logboek wordt niets medeondertekend.")
        if not 0 <= time <= LATEST_TIME:
            raise ValueError("a cosignature's time lies between 0 and 2^63 - 1")
        return time.to_bytes(_TIME_BYTES, "big") + self._private.sign(_cosigned(text, time))

    def skey(self) -> str:
        """The private key as text, `PRIVATE+KEY+name+id+base64(kind, seed)`: what Go's sumdb/note writes."""
        seed = bytes([self.verifier.kind]) + self._private.private_bytes_raw()
        return f"PRIVATE+KEY+{self.verifier.name}+{self.verifier.key_id.hex()}+{encode64(seed)}"


def parse_vkey(text: str) -> VerifierKey:
    """The public key in `name+id+base64(kind, point)`. Raises KeyInvalid. Source: C2SP signed-note, verifier keys."""
    name, key_id, kind, public = _parts(text)
    key = VerifierKey(name, kind, public)
    if key.key_id.hex() != key_id:
        raise KeyInvalid("Het kenmerk van de sleutel past niet bij naam en sleutel: er is iets verschreven.")
    return key


def parse_skey(text: str) -> SigningKey:
    """The private key that `SigningKey.skey` wrote. Raises KeyInvalid."""
    head = "PRIVATE+KEY+"
    if not text.startswith(head):
        raise KeyInvalid("Dit is geen geheime sleutel.")
    name, key_id, kind, seed = _parts(text.removeprefix(head))
    if len(seed) != _KEY_BYTES:
        raise KeyInvalid("De geheime sleutel heeft niet de goede lengte.")
    key = SigningKey(name, kind, Ed25519PrivateKey.from_private_bytes(seed))
    if key.verifier.key_id.hex() != key_id:
        raise KeyInvalid("Het kenmerk van de geheime sleutel past er niet bij: het bestand is beschadigd.")
    return key


def make_key_file(path: Path, key: SigningKey) -> None:
    """Writes a key to a new file, readable by its owner only.

    Raises:
        FileExistsError: there is one already; a key is never overwritten.
        OSError: it cannot be written; then there is no file.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(key.skey() + "\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink(missing_ok=True)
        raise


def read_key_file(path: Path, kind: int) -> SigningKey:
    """The key in a file that `make_key_file` made.

    Raises:
        KeyInvalid: no key of this kind, or a file that others than its owner may read or write.
        OSError: the file cannot be read.
    """
    with path.open(encoding="utf-8", errors="replace") as file:
        if stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
            raise KeyInvalid(f"{path} is ook voor anderen dan de eigenaar toegankelijk; zet de rechten op 0600.")
        key = parse_skey(file.read(4096).removesuffix("\n"))
    if key.verifier.kind != kind:
        raise KeyInvalid(f"De sleutel in {path} is van een andere soort dan hier nodig is.")
    return key


def is_key_name(name: str) -> bool:
    """Whether `name` may stand in a signature line: not empty, no space, plus or control character, valid UTF-8."""
    return bool(name) and not any(
        char.isspace() or char == "+" or char < " " or "\ud800" <= char <= "\udfff" for char in name
    )


def encode64(data: bytes) -> str:
    """Base64 with padding (RFC 4648 §4)."""
    return base64.b64encode(data).decode("ascii")


def decode64(text: str) -> bytes:
    """The bytes of exactly that base64; one spelling only. Raises ValueError."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as wrong:
        raise ValueError("not base64") from wrong
    if encode64(data) != text:
        raise ValueError("not the one spelling of these bytes in base64")
    return data


def _parts(text: str) -> tuple[str, str, int, bytes]:
    # The base64 may itself hold a plus: only the first two separate.
    parts = text.split("+", 2)
    if len(parts) != 3 or not _HEX_ID.fullmatch(parts[1]):
        raise KeyInvalid("Een sleutel hoort geschreven te zijn als naam+kenmerk+sleutel.")
    try:
        material = decode64(parts[2])
    except ValueError as wrong:
        raise KeyInvalid("De sleutel is geen geldige base64-tekst.") from wrong
    if not material:
        raise KeyInvalid("De sleutel is leeg.")
    return parts[0], parts[1], material[0], material[1:]


def _cosigned(text: str, time: int) -> bytes:
    return f"cosignature/v1\ntime {time}\n{text}".encode()
