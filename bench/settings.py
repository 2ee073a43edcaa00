"""The embedded installation as `make run` has it, with stores that the bench makes itself."""

import os
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
STORES = Path(os.environ.get("BENCH_STORES", _ROOT / "var" / "bench"))
STORES.mkdir(parents=True, exist_ok=True)
# Its secrets are kept beside the stores, so that those can be used again.
os.environ["VERBOND_VAR"] = str(STORES)

from deploy.settings import embedded  # noqa: E402

globals().update({name: getattr(embedded, name) for name in dir(embedded) if name.isupper()})

POSTGRES = os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
# A token of an hour outlives a run; nothing else of the demo is used.
VERBOND_DEMO = True
ALLOWED_HOSTS = ["testserver"]
ROOT_URLCONF = "bench.urls"
INSTALLED_APPS = [*embedded.INSTALLED_APPS, "bench"]

# Where it points is never used: stores.py puts a store behind the default connection.
DATABASES = {"default": {**embedded.DATABASES["default"], "NAME": STORES / "none.sqlite3", "CONN_MAX_AGE": None}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# The line per request is made and written, only not to the screen.
_SILENT = {"class": "logging.FileHandler", "filename": os.devnull, "formatter": "json"}
LOGGING = {**embedded.LOGGING, "handlers": {"console": _SILENT}}
