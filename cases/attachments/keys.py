"""How files are locked: each with a key of its own, which itself is locked with the key of the installation.

The locked key of a file stands among its sealed values, so that only who disclosure gave those can ask for the bytes,
and erasing the values makes the bytes unreadable for good. AES-256-GCM bound to the uid of what the file belongs to:
bytes or a key put beside another uid do not open. Source: NIST SP 800-38D; design of audit/journal/keys.py.
"""

import base64
import secrets
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from foundation.errors import Unavailable

_NONCE = 12


class Damaged(Unavailable):
    """The stored bytes are not those that were locked, or the installation has another key."""

    code = "file_damaged"


def lock(data: bytes, *, uid: UUID) -> tuple[bytes, str]:
    """`data` locked with a new key, and that key locked as text for the sealed values."""
    key = secrets.token_bytes(32)
    return _shut(key, data, b"bytes/" + uid.bytes), base64.b64encode(
        _shut(_master(), key, b"key/" + uid.bytes)
    ).decode()


def unlock(locked: bytes, key: str, *, uid: UUID) -> bytes:
    """What `lock` locked. Raises Damaged when anything in it was changed or belongs to another uid."""
    try:
        opened = _open(_master(), base64.b64decode(key, validate=True), b"key/" + uid.bytes)
        return _open(opened, locked, b"bytes/" + uid.bytes)
    except (InvalidTag, ValueError):
        raise Damaged(
            _("Dit bestand is beschadigd en kan niet worden getoond."),
            remedy=_("Vraag wie het gaf om het opnieuw toe te voegen, en meld dit aan uw beheerder."),
        ) from None


def _shut(key: bytes, data: bytes, about: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, data, about)


def _open(key: bytes, locked: bytes, about: bytes) -> bytes:
    return AESGCM(key).decrypt(locked[:_NONCE], locked[_NONCE:], about)


def _master() -> bytes:
    return _derived(settings.FILES_KEY)


@lru_cache(maxsize=2)
def _derived(text: str) -> bytes:
    try:
        given = bytes.fromhex(text)
    except ValueError:
        given = b""
    if len(given) < 32:
        raise ImproperlyConfigured("FILES_KEY must hold at least 32 random bytes as hex: openssl rand -hex 32")
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"verbond/files/keys").derive(given)
