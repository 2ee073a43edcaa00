"""The key that signs access tokens: from the environment, or made once in the embedded installation."""

import os
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from foundation import jose
from foundation.canonical import canonical_bytes


def signing_key() -> dict[str, str]:
    """The private key of access tokens: settings.TOKEN_KEY (JWK or PEM), or else made once in TOKEN_KEY_FILE.

    Raises ImproperlyConfigured when there is neither.
    """
    return _read_key(settings.TOKEN_KEY, getattr(settings, "TOKEN_KEY_FILE", None))


@lru_cache(maxsize=4)
def _read_key(text: str, file: Path | None) -> dict[str, str]:
    if not text and file is None:
        raise ImproperlyConfigured("TOKEN_KEY is empty. Set it to an ES256 private key, as JWK or PEM.")
    try:
        return jose.private_key_of(text or _kept_key(Path(str(file))))
    except ValueError as wrong:
        raise ImproperlyConfigured(f"TOKEN_KEY cannot be used: {wrong}") from wrong


def _kept_key(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    if not path.exists():
        # Two processes that start together must end up with one key: the first link wins.
        draft.touch(mode=0o600)
        draft.write_bytes(canonical_bytes(jose.new_key()))
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text()
