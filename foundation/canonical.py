"""Canonical JSON bytes (RFC 8785) and their SHA-256: what is signed and what is hashed."""

import hashlib
from typing import Any

import rfc8785


def canonical_bytes(value: Any) -> bytes:
    """`value` (JSON types only) as RFC 8785 bytes. Raises ValueError for what JSON cannot carry."""
    return rfc8785.dumps(value)


def digest(value: Any) -> str:
    """SHA-256 of the canonical bytes, as 64 lower-case hex digits."""
    return hashlib.sha256(canonical_bytes(value)).hexdigest()
