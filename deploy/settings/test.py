"""The suite: SQLite with the in-process layer, or PostgreSQL with Redis when DATABASE_URL says so."""

import os
import tempfile
from pathlib import Path

import dj_database_url

from deploy.settings.base import *
from deploy.settings.layers import over_redis

SECRET_KEY = "only-for-the-suite-0123456789-0123456789-0123456789-0123456789"  # noqa: S105
JOURNAL_KEY = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
FILES_KEY = "ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100"
VAPID_KEY = "f2vqz0u4L1G7pVYx3cJb8mNQd5sWtRkEoHiAaZfUyT4"
TOKEN_KEY = ""
VAR_DIR = Path(tempfile.gettempdir()) / f"verbond-suite-{os.getuid()}"
VAR_DIR.mkdir(exist_ok=True)
TOKEN_KEY_FILE = VAR_DIR / "token-key.json"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1", "[::1]"]
VERBOND_DEMO = True
POLICY_EPOCH_TTL_SECONDS = 0

_url = os.environ.get("DATABASE_URL", "")
if _url:
    DATABASES = {"default": dj_database_url.parse(_url)}
    # One store per run, so that two runs on one machine do not meet; workers inherit the name.
    _name = os.environ.setdefault("VERBOND_TEST_DB", f"test_verbond_{os.getpid()}")
    DATABASES["default"].setdefault("TEST", {})["NAME"] = _name
    # Whoever dies in a test is a client; what it was told is committed then stands without waiting for the disk.
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c synchronous_commit=off"
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(VAR_DIR / "suite.sqlite3"),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
            },
        }
    }
_redis = os.environ.get("REDIS_URL", "")
if _redis:
    # A number of its own per worker: each test clears its cache, and that empties the whole number.
    _worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:])
    _host, _, _number = _redis.removeprefix("redis://").partition("/")
    _location = f"redis://{_host}/{(int(_number or 15) - _worker) % 16}"
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": _location}}
    CHANNEL_LAYERS = over_redis(_location)
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# A test that wants to see a queue sets one; the others see the work done at once.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
