"""Boxes for secrets that a table keeps: encrypted under SECRET_KEY, a key of its own for each use."""

import base64

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def box(use: str) -> MultiFernet:
    """What encrypts with the present SECRET_KEY and also opens with those of SECRET_KEY_FALLBACKS.

    use: "second-factor", "signing-keys"; what one use closed, another cannot open. Source: RFC 5869.
    """
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(str(secret), use)) for secret in secrets])


def _key(secret: str, use: str) -> bytes:
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"verbond/{use}".encode())
    return base64.urlsafe_b64encode(derive.derive(secret.encode()))
