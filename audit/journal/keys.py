"""Keys of the journal, all derived from settings.JOURNAL_KEY. No key is stored in the database."""

import base64
import binascii
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

_NEEDED = "JOURNAL_KEY must hold at least 32 random bytes, as hex or base64"


def master_key() -> bytes:
    """The installation's journal key. Raises ImproperlyConfigured when it is absent or too short."""
    return _parse(getattr(settings, "JOURNAL_KEY", ""))


@lru_cache(maxsize=4)
def _parse(value: str | bytes) -> bytes:
    if isinstance(value, str):
        try:
            value = bytes.fromhex(value)
        except ValueError:
            value = _from_base64(str(value))
    if len(value) < 32:
        raise ImproperlyConfigured(_NEEDED)
    return value


def _from_base64(value: str) -> bytes:
    try:
        return base64.b64decode(value, altchars=b"-_" if set(value) & set("-_") else None, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ImproperlyConfigured(_NEEDED) from error


@lru_cache(maxsize=1024)
def _derive(master: bytes, label: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"verbond/journal/" + label.encode()).derive(master)


@lru_cache(maxsize=256)
def _cipher(master: bytes, dek_id: str) -> AESGCM:
    return AESGCM(_derive(master, "dek/" + dek_id))


def cipher(dek_id: str) -> AESGCM:
    """AES-256-GCM under the key of one month; dek_id is "2026-11"."""
    return _cipher(master_key(), dek_id)


def pseudonym_key(agency_ref: str) -> bytes:
    """The agency's own 32-byte key: one person has unlike pseudonyms at two agencies."""
    return _derive(master_key(), "pseudonym/" + agency_ref)


def lane_key() -> bytes:
    """The 32-byte key of the MACs in lanes: an entry put in by whoever lacks it is found before sealing."""
    return _derive(master_key(), "lane")


def lane_tip_key() -> bytes:
    """The 32-byte key under which the sealer remembers how far it saw each lane."""
    return _derive(master_key(), "lane-tip")
