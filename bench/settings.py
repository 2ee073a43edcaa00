"""The embedded installation's settings, as `make run` has them, for stores that the bench makes itself."""

import os
from pathlib import Path

from deploy.settings.base import *
from deploy.settings.base import BASE_DIR

STORES = Path(os.environ.get("BENCH_STORES", BASE_DIR / "var" / "bench"))
STORES.mkdir(parents=True, exist_ok=True)
VAR_DIR = STORES
POSTGRES = os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")

SECRET_KEY = "only-for-the-bench-0123456789-0123456789-0123456789-0123456789"
JOURNAL_KEY = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
TOKEN_KEY = ""
TOKEN_KEY_FILE = STORES / "token-key.json"
# A token of an hour outlives a run; nothing else of the demo is used.
VERBOND_DEMO = True
ALLOWED_HOSTS = ["testserver"]
ROOT_URLCONF = "bench.urls"
INSTALLED_APPS = [*INSTALLED_APPS, "bench"]

# The same as deploy.settings.embedded: what is committed is on the disk before bytes leave.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": STORES / "none.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": SQLITE_OPTIONS,
    }
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# The line per request is made and written, only not to the screen.
LOGGING = {
    **LOGGING,
    "handlers": {
        "console": {"class": "logging.FileHandler", "filename": os.devnull, "formatter": "json"},
    },
}
