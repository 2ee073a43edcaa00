"""A migrated, empty store, made once per state of the migrations and copied for each worker of each run.

On SQLite it is a file; on PostgreSQL a database. `python -m tests.stores.template` makes it beforehand. After the copy
Django migrates as ever and finds nothing to do but what it does after every migration.
"""

import ast
import fcntl
import hashlib
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("foundation", "audit", "agreements", "cases", "programmes", "realtime", "deploy")
ALSO = ("audit/checks.py", "cases/search/following.py", "cases/search/full_text.py")
"""Beside the migrations, what makes tables, triggers and guards after one."""
PREFIX = "verbond_template_"
KEPT_DAYS = 7
"""A template that no run used for so long is removed: it is of migrations that are no more."""
_held: list[sqlite3.Connection] = []


def begin_with_template() -> None:
    """From now on the test database of this process begins as a copy of the template, made if it is not there.

    Call it when the name of the test database is known, before Django creates it.
    """
    name = template()
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = name
        _copy_on_creation_alone()
        return
    # A database in memory lasts as long as a connection to it: this one stays.
    copy = sqlite3.connect(connection.creation._get_test_db_name(), uri=True)
    with closing(sqlite3.connect(_file(name))) as source:
        source.backup(copy)
    os.utime(_file(name))
    _held.append(copy)


def template(exists: Callable[[str], bool] | None = None) -> str:
    """The name of the template, which is there when this returns. exists: whether it is, if not to ask Django."""
    name = PREFIX + key()
    if not (exists or _exists)(name):
        subprocess.run([sys.executable, "-m", __name__], cwd=ROOT, check=True)
    return name


def template_file() -> Path:
    """The template as a file of SQLite, for an installation to begin with."""
    return _file(template())


def copy_of_template(admin: Any, name: str) -> None:
    """Creates a database of PostgreSQL as a copy. admin: a connection in autocommit."""
    known = "SELECT 1 FROM pg_database WHERE datname = %s"
    original = template(lambda name: admin.execute(known, [name]).fetchone() is not None)
    with _alone():
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{original}"')


def key() -> str:
    """Names the state of everything that a migrated store comes from; the month too, for the journal's partitions."""
    digest = hashlib.sha256(time.strftime("%Y-%m").encode())
    for path in sorted({*_sources(), *ROOT.glob("agreements/policy/*.yaml"), ROOT / "requirements.lock"}):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _sources() -> set[Path]:
    """The migrations, and all modules of the house that they import, directly or not."""
    found: set[Path] = set()
    waiting = [*(path for floor in FLOORS for path in (ROOT / floor / "migrations").glob("*.py"))]
    waiting += [ROOT / path for path in ALSO]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += _imports(path)
    return found


def _imports(path: Path) -> Iterator[Path]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        for name in names:
            if name.partition(".")[0] in FLOORS:
                place = ROOT.joinpath(*name.split("."))
                yield from (one for one in (place.with_suffix(".py"), place / "__init__.py") if one.is_file())


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time makes a template, or copies one in PostgreSQL; the others wait."""
    with (settings.VAR_DIR / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _file(name: str) -> Path:
    return Path(settings.VAR_DIR) / f"{name}.sqlite3"


def _exists(name: str) -> bool:
    if connection.vendor != "postgresql":
        return _file(name).exists()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def _copy_on_creation_alone() -> None:
    """PostgreSQL copies a database to which nobody is connected, so no two workers copy at once."""
    create = connection.creation._execute_create_test_db

    def alone(*args: object, **kwargs: object) -> None:
        with _alone():
            create(*args, **kwargs)

    connection.creation._execute_create_test_db = alone


def _make(name: str) -> None:
    """Migrate a new store under a name of its own, then give it the name by which others find it."""
    if _exists(name):
        return
    making = f"{name}_making"
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["NAME"] = making
        with connection._nodb_cursor() as cursor:
            for old in _outdated(cursor, name):
                cursor.execute(f'DROP DATABASE IF EXISTS "{old}"')
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'ALTER DATABASE "{making}" RENAME TO "{name}"')
            cursor.execute(f"COMMENT ON DATABASE \"{name}\" IS '{time.time():.0f}'")
        return
    connection.creation.create_test_db(verbosity=0, serialize=False)
    for old in Path(settings.VAR_DIR).glob(f"{PREFIX}*"):
        if time.time() - old.stat().st_mtime > KEPT_DAYS * 86_400:
            old.unlink()
    with suppress(FileNotFoundError):
        _file(making).unlink()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(_file(making))])
    _file(making).rename(_file(name))


def _outdated(cursor: Any, name: str) -> list[str]:
    cursor.execute(
        "SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database WHERE datname LIKE %s", [f"{PREFIX}%"]
    )
    before = time.time() - KEPT_DAYS * 86_400
    return [datname for datname, made in cursor.fetchall() if not made or float(made) < before]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings.test")
    django.setup()
    with _alone():
        _make(PREFIX + key())
