"""Words about persons as the tables of this room keep them: closed with a key of their own, opened for who may read."""

import json
from collections.abc import Mapping
from typing import Any

from cryptography.fernet import InvalidToken

from foundation.boxes import box

_BOX = "subject-requests"


def closed(content: Mapping[str, Any]) -> bytes:
    """`content` as JSON in a box."""
    return sealed(json.dumps(content, ensure_ascii=False, sort_keys=True).encode())


def opened(kept: bytes | memoryview | None) -> dict[str, Any]:
    """What `closed` was given; {} when nothing is kept, or it was closed with a key that is gone."""
    if not kept:
        return {}
    try:
        found: dict[str, Any] = json.loads(unsealed(kept))
    except InvalidToken:
        return {}
    return found


def sealed(data: bytes) -> bytes:
    """Bytes (a PDF) in a box."""
    return box(_BOX).encrypt(data)


def unsealed(kept: bytes | memoryview) -> bytes:
    """The inverse of `sealed`. Raises InvalidToken."""
    return box(_BOX).decrypt(bytes(kept))
