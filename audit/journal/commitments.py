"""Personal parts: salted commitments to them, their encryption, and pseudonyms. Erasing lives in erasure.py.

A pseudonym finds, a commitment proves: the first is the same for a person each time, the second never.
"""

import hashlib
import hmac
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.exceptions import InvalidTag

from audit.journal import keys, models

SALT = 32
NONCE = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A personal part in the clear, with the salt that proves it belongs to its commitment."""

    kind: str
    salt: bytes
    content: bytes


def commit(salt: bytes, content: bytes) -> bytes:
    """SHA-256(salt ‖ content): binds to `content` and says nothing about it without the 32-byte salt."""
    return hashlib.sha256(salt + content).digest()


def verify(commitment: bytes, opened: Opened) -> bool:
    """Whether `opened` is what `commitment` was made for."""
    return hmac.compare_digest(commitment, commit(opened.salt, opened.content))


def month_of(moment: datetime) -> str:
    """The dek_id of a moment: "2026-11", in UTC."""
    here = moment.astimezone(UTC)
    return f"{here.year:04d}-{here.month:02d}"


class Sealer:
    """Seals personal parts of one moment: holds the month's cipher and the agencies' pseudonym keys."""

    def __init__(self, moment: datetime) -> None:
        self.dek_id = month_of(moment)
        self._encrypt = keys.cipher(self.dek_id).encrypt
        self._keys: dict[str, bytes] = {}

    def seal(self, kind: str, content: bytes) -> tuple[bytes, bytes]:
        """(commitment, ciphertext) under a fresh salt; the kind is authenticated with the content."""
        noise = os.urandom(SALT + NONCE)
        nonce, salted = noise[:NONCE], noise[NONCE:] + content
        return hashlib.sha256(salted).digest(), nonce + self._encrypt(nonce, salted, kind.encode())

    def pseudonym(self, reference: str, *, agency_ref: str) -> bytes:
        """As the function `pseudonym`."""
        key = self._keys.get(agency_ref)
        if key is None:
            key = self._keys[agency_ref] = keys.pseudonym_key(agency_ref)
        return _pseudonym(key, reference)


def open_part(part: models.Part) -> Opened | None:
    """The part in the clear, or None when the ciphertext is damaged or made with another key."""
    sealed = bytes(part.ciphertext)
    try:
        clear = keys.cipher(part.dek_id).decrypt(sealed[:NONCE], sealed[NONCE:], part.kind.encode())
    except InvalidTag:
        return None
    return Opened(kind=part.kind, salt=clear[:SALT], content=clear[SALT:])


def pseudonym(reference: str, *, agency_ref: str) -> bytes:
    """HMAC-SHA256(K_agency, type ‖ 0x00 ‖ normalised id) of a reference like "subject:1f0a…".

    Source: audit design 4.1. A plain hash of a citizen number falls to trying all of them.
    """
    return _pseudonym(keys.pseudonym_key(agency_ref), reference)


def _pseudonym(key: bytes, reference: str) -> bytes:
    kind, _, identity = reference.rpartition(":")
    return hmac.digest(key, kind.encode() + b"\x00" + identity.strip().casefold().encode(), "sha256")


def parts_about(subject_ref: str, *, agency_refs: Iterable[str]) -> list[bytes]:
    """Commitments of all parts that name this person in entries of these agencies."""
    wanted = [pseudonym(subject_ref, agency_ref=ref) for ref in agency_refs]
    return [bytes(c) for c in models.Part.objects.filter(pseudonym__in=wanted).values_list("commitment", flat=True)]
