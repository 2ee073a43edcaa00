"""The embedded installation of `make run`: SQLite, one process, demo data, loopback only.

Secrets are made once and kept in var/secrets.json, so that a second start opens the same store.
"""

import base64
import json
import os
import secrets

from deploy.demo_log import ORIGIN
from deploy.settings.base import *
from deploy.settings.base import BASE_DIR, VAR_DIR
from foundation.jose import new_key, private_key_of

VAR_DIR.mkdir(parents=True, exist_ok=True)


def _new_vapid_key() -> str:
    """The number of a P-256 key: 32 bytes below the order of the curve, which begins with 32 ones (SEC 2, 2.4.2)."""
    return base64.urlsafe_b64encode(b"\x7f" + secrets.token_bytes(31)).rstrip(b"=").decode()


def _kept_secrets() -> dict[str, str]:
    path = VAR_DIR / "secrets.json"
    kept = json.loads(path.read_text()) if path.exists() else {}
    made = {
        "SECRET_KEY": secrets.token_urlsafe(50), "JOURNAL_KEY": secrets.token_hex(32),
        "FILES_KEY": secrets.token_hex(32), "LOG_JWS_KEY": json.dumps(new_key()),
        "VAPID_KEY": _new_vapid_key(),
    } | kept  # fmt: skip
    if made == kept:
        return kept
    path.touch(mode=0o600)
    path.write_text(json.dumps(made))
    return made


_secrets = _kept_secrets()
SECRET_KEY = _secrets["SECRET_KEY"]
JOURNAL_KEY = _secrets["JOURNAL_KEY"]
FILES_KEY = _secrets["FILES_KEY"]
LOG_JWS_KEY = private_key_of(_secrets["LOG_JWS_KEY"])
VAPID_KEY = _secrets["VAPID_KEY"]
TOKEN_KEY = ""  # made once under var/ by agreements.parties.tokens
TOKEN_KEY_FILE = VAR_DIR / "token-key.json"

VERBOND_DEMO = os.environ.get("VERBOND_DEMO", "0") == "1"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

DATABASES = {
    "default": {
        "ENGINE": "foundation.sqlite3",
        "NAME": VAR_DIR / "verbond.sqlite3",
        "ATOMIC_REQUESTS": False,
        "OPTIONS": {
            # A writer waits for its turn at BEGIN instead of failing in the middle of its work.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # secure_delete: what is deleted is overwritten in the file, not only unlinked.
            # cache_size: 16 MB; the journal's keys are spread over its indexes, and 2 MB does not hold those.
            # wal_autocheckpoint: a search writes some hundred pages; moving them over every tenth one cost as much
            # as the commits. Every commit is on disk before anything leaves, as ever (FULL).
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; "
                "PRAGMA cache_size=-16000; PRAGMA wal_autocheckpoint=4000;"
            ),
        },
    }
}
# `make run` has a signer behind a socket and two witnesses (deploy/demo_log.py); else the sealer signs by itself.
SEALING = True
SEAL_SOCKET = VAR_DIR / "sealer.sock"
LOG_ORIGIN = ORIGIN
LOG_SIGNER_SOCKET = os.environ.get("LOG_SIGNER_SOCKET", "")
LOG_SIGNER_DIRECTORY = VAR_DIR / "signer"
LOG_POLICY_FILE = VAR_DIR / "log-policy.txt"
# Sooner than elsewhere, so that whoever stops a witness sees it.
LOG_WITNESS_SECONDS = 1.0
LOG_WITNESS_AGAIN_SECONDS = 4.0
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Reminders are written to files here: the embedded installation sends no mail.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
MEDIA_ROOT = BASE_DIR / "var" / "media"
