"""Starts the real embedded installation with demo data, in a folder of its own. No test lives here.

Used by the browser tests and by docs/screenshots.py, so that both show what `make run` gives. Preparing one takes
longer than most tests, so a run of the suite prepares one and copies it.
"""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import django
from playwright.sync_api import Browser, sync_playwright

from tests.door import SERVED, open_door
from tests.stores.template import template_file

ROOT = Path(__file__).resolve().parents[2]
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Names do not resolve: whatever a page asks for elsewhere fails, also on a machine with a network.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
PREPARATION = (
    ("migrate", "--no-input", "-v", "0"),
    ("collectstatic", "--no-input", "-v", "0"),
    ("load_demo", "--verbosity", "0"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """A running server: its address, its folder, and what it wrote to its log."""

    url: str
    folder: Path
    env: dict[str, str]

    @property
    def log(self) -> str:
        return (self.folder / "server.log").read_text(encoding="utf-8")

    def manage(self, *command: str) -> "subprocess.CompletedProcess[str]":
        """Run manage.py on this installation. `db_worker --batch` does the work that waits."""
        return subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=self.env, check=False, capture_output=True, text=True
        )

    def count(self, table: str) -> int:
        """Rows in a table of the store, read beside the server; writers are not hindered."""
        with closing(sqlite3.connect(f"file:{self.folder / 'verbond.sqlite3'}?mode=ro", uri=True)) as store:
            return int(store.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])


def environment(folder: Path) -> dict[str, str]:
    """The environment of the embedded installation in this folder."""
    kept_out = ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE")
    return {name: value for name, value in os.environ.items() if name not in kept_out} | {
        "DJANGO_SETTINGS_MODULE": "deploy.settings.embedded",
        "VERBOND_DEMO": "1",
        "VERBOND_VAR": str(folder),
    }


def prepare(folder: Path, *, migrated: Path | None = None) -> None:
    """What `make run` does before it serves. migrated: an empty store to begin with; migrating goes on from there."""
    if migrated:
        shutil.copy(migrated, folder / "verbond.sqlite3")
    for command in PREPARATION:
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=environment(folder),
            check=True,
            stdout=subprocess.DEVNULL,
        )


def prepared_once(place: Path, *, migrated: Path | None = None) -> Path:
    """A prepared folder in `place`, made by the first process that asks, for all to copy. Nobody serves it."""
    folder = place / "prepared"
    with (place / "prepared.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            making = place / "preparing"
            shutil.rmtree(making, ignore_errors=True)
            making.mkdir()
            prepare(making, migrated=migrated)
            making.rename(folder)
    return folder


@contextmanager
def serving(folder: Path) -> Iterator[Installation]:
    """The installation that was prepared in this folder, on a free port of the loopback address; stopped at the end."""
    env = environment(folder)
    # The socket listens before the server starts: the first request simply waits, nobody has to poll.
    with open_door() as door, (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [
                sys.executable, "-m", "uvicorn", "deploy.asgi:application", *SERVED,
                "--fd", str(door.fileno()), "--log-level", "warning", "--no-server-header",
            ],
            cwd=ROOT, env=env, pass_fds=[door.fileno()], stdout=log, stderr=log,
        )  # fmt: skip
        url = f"http://127.0.0.1:{door.getsockname()[1]}"
        try:
            # The first answer waits for everything to be imported; the time of a test does not.
            with urlopen(f"{url}/inloggen/", timeout=300) as first:
                first.read()
            yield Installation(url=url, folder=folder, env=env)
        finally:
            server.terminate()
            server.wait(timeout=30)


def browser_path() -> str:
    """The Chromium of this machine, or "" when there is none."""
    return next((found for found in map(shutil.which, BROWSERS) if found), "")


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium through Playwright."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


if __name__ == "__main__":
    # Before the tests begin, into a folder that they know by this name: see bin/test.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings.test")
    django.setup()
    folder = Path(os.environ["VERBOND_PREPARED"])
    making = folder.with_name("making")
    making.mkdir()
    prepare(making, migrated=template_file())
    making.rename(folder)
