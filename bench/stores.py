"""Stores of the bench: made once, kept in var/bench (SQLite) or as databases bench_* (PostgreSQL).

A store's name carries a fingerprint of all that made it, so that a change of tables or of the caseload makes
a new one. `use` puts a store behind Django's default connection, so that one run can go from one to another.
"""

import hashlib
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dj_database_url
import psycopg
import yaml
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend
from psycopg import sql

from agreements.covenants import epoch
from bench import caseload
from bench.caseload import COLUMNS, READERS, Caseload, People
from foundation.sqlite3 import shelf

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "deploy" / "demo"
COVENANTS = ("pga-md.v1", "pga-md.v2", "js-md.v1", "hav-gebied.v1", "nazorg-md.v1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """A store on one database vendor with so many cases; 0 is the base that the others are copied from."""

    vendor: str
    size: int

    @property
    def name(self) -> str:
        return f"bench_{self.size}_{fingerprint()}" if self.size >= 0 else f"bench_draft_{fingerprint()}"

    @property
    def path(self) -> Path:
        return Path(settings.STORES) / f"{self.name}.sqlite3"


_marks: list[str] = []


def fingerprint() -> str:
    """Eight hex digits of the migrations, the demo's agreements and the caseload."""
    if not _marks:
        files = [*ROOT.glob("*/migrations/*.py"), *DEMO.glob("covenants/*.yaml"), DEMO / "parties.yaml"]
        files += [ROOT / "audit/journal/guards.py", ROOT / "audit/journal/partitions.py"]
        files += [Path(caseload.__file__)]
        content = b"".join(path.read_bytes() for path in sorted(files))
        _marks.append(hashlib.sha256(content).hexdigest()[:8])
    return _marks[0]


def postgres_answers() -> bool:
    """Whether there is a PostgreSQL to take figures on."""
    try:
        psycopg.connect(settings.POSTGRES, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


def vendors() -> list[str]:
    """The databases to take figures on."""
    return ["sqlite", "postgresql"] if postgres_answers() else ["sqlite"]


# --- using one ----------------------------------------------------------------------------------------------

_wrappers: dict[Store, BaseDatabaseWrapper] = {}
# A copy: Django's own dictionary of databases is what point_at changes.
_EMBEDDED = deepcopy(settings.DATABASES["default"])


def point_at(store: Store) -> BaseDatabaseWrapper:
    """From now on Django's default connection in this thread is this store's; so are new ones of other threads."""
    wrapper = _wrappers.get(store)
    if wrapper is None:
        described = _described(store)
        wrapper = _wrappers[store] = load_backend(described["ENGINE"]).DatabaseWrapper(described, alias="default")
    connections.settings["default"] = wrapper.settings_dict
    connections["default"] = wrapper
    return wrapper


def switch(store: Store) -> None:
    """As point_at; what this process knows of the rules is asked again, for these may be other ones."""
    point_at(store)
    epoch.forget()


@contextmanager
def use(store: Store) -> Iterator[BaseDatabaseWrapper]:
    """As point_at, until the block ends."""
    before, described = connections["default"], connections.settings["default"]
    try:
        yield point_at(store)
    finally:
        connections.settings["default"] = described
        connections["default"] = before


def _described(store: Store) -> dict[str, Any]:
    described = deepcopy(_EMBEDDED)
    if store.vendor == "postgresql":
        described = dj_database_url.parse(settings.POSTGRES, conn_max_age=None) | {"NAME": store.name}
    else:
        described["NAME"] = store.path
    return connections.configure_settings({"default": described})["default"]


# --- making one ----------------------------------------------------------------------------------------------


def ready(store: Store) -> Store:
    """The store, made if it is not there yet."""
    if not _exists(store):
        began = time.monotonic()
        _copy(store) if store.size else _make_base(store)
        print(f"    made {store.vendor} {store.size:,} cases in {time.monotonic() - began:.0f} s", file=sys.stderr)
    return store


def _exists(store: Store) -> bool:
    if store.vendor == "sqlite":
        return store.path.exists()
    with psycopg.connect(settings.POSTGRES) as server:
        return server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [store.name]).fetchone() is not None


def _make_base(store: Store) -> None:
    """Tables, agencies, personas and covenants of the demo, by the product's own commands."""
    from agreements.covenants.commands import load_covenant
    from agreements.covenants.rules import operator
    from agreements.parties.commands import load_parties

    draft = Store(vendor=store.vendor, size=-1)
    _drop(draft)
    _create(draft, template=None)
    with use(draft) as wrapper:
        call_command("migrate", verbosity=0, interactive=False)
        load_parties(yaml.safe_load((DEMO / "parties.yaml").read_text()))
        for name in COVENANTS:
            signatures = yaml.safe_load((DEMO / "covenants" / f"{name}.signatures.yaml").read_text())
            load_covenant((DEMO / "covenants" / f"{name}.yaml").read_text(), signatures, by=operator("bench"))
        wrapper.close()
    _rename(draft, store)


def _copy(store: Store) -> None:
    """The base with a caseload. A draft takes the name only when it is whole."""
    base = ready(Store(vendor=store.vendor, size=0))
    draft = Store(vendor=store.vendor, size=-1)
    _drop(draft)
    _create(draft, template=base)
    with use(draft) as wrapper:
        load = Caseload(_people())
        insert = _into_postgres if store.vendor == "postgresql" else _into_sqlite
        wrapper.close()
        insert(draft, load, store.size)
    _rename(draft, store)


def _people() -> People:
    from agreements.models import Agency, Professional

    agencies = dict(Agency.objects.values_list("code", "pk"))
    personas = dict(Professional.objects.values_list("demo_key", "pk"))
    readers = {share: personas[persona] for share, (_code, persona) in READERS.items()}
    return People(agencies=agencies, readers=readers, writer=personas["nadia"])


def _chunks(load: Caseload, size: int) -> Iterator[dict[str, list[tuple[Any, ...]]]]:
    yield from load.cases(range(1, size + 1))
    caseload.forty(load, size + 1)
    caseload.many_facts(load, size + 2, "B-MANY", repeats=25)
    yield load._taken()


def _into_sqlite(store: Store, load: Caseload, size: int) -> None:
    with sqlite3.connect(store.path) as raw:
        raw.execute("PRAGMA synchronous=OFF")
        raw.execute("PRAGMA cache_size=-1000000")
        # A store of the bench's own: its guards step aside for the filling, which is millions of rows.
        guards = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _statement in guards:
            raw.execute(f"DROP TRIGGER {name}")
        for chunk in _chunks(load, size):
            for table, rows in chunk.items():
                names = ", ".join(f'"{name}"' for name in COLUMNS[table].split())
                marks = ", ".join("?" * len(COLUMNS[table].split()))
                raw.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)
        for _name, statement in guards:
            raw.execute(statement)
        raw.commit()
        raw.execute("ANALYZE")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()


def _into_postgres(store: Store, load: Caseload, size: int) -> None:
    with psycopg.connect(settings.POSTGRES, dbname=store.name) as raw:
        # As above; foreign keys step aside as well.
        raw.execute("SET session_replication_role = replica")
        raw.execute("SET timezone = 'UTC'")
        raw.execute("SET synchronous_commit = off")
        for chunk in _chunks(load, size):
            for table, rows in chunk.items():
                names = sql.SQL(", ").join(map(sql.Identifier, COLUMNS[table].split()))
                into = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
                with raw.cursor() as cursor, cursor.copy(into) as copy:
                    for row in rows:
                        copy.write_row(row)
        for table, following in load.next.items():
            raw.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, following])
    with psycopg.connect(settings.POSTGRES, dbname=store.name, autocommit=True) as raw:
        raw.execute("VACUUM ANALYZE")


def _create(store: Store, *, template: Store | None) -> None:
    _forget(template)
    if store.vendor == "sqlite":
        if template:
            shutil.copyfile(template.path, store.path)
        return
    with psycopg.connect(settings.POSTGRES, autocommit=True) as server:
        origin = template.name if template else "template0"
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        server.execute(statement.format(sql.Identifier(store.name), sql.Identifier(origin)))


def _drop(store: Store) -> None:
    _forget(store)
    if store.vendor == "sqlite":
        for path in store.path.parent.glob(f"{store.path.name}*"):
            path.unlink()
        return
    with psycopg.connect(settings.POSTGRES, autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(store.name)))


def _rename(draft: Store, store: Store) -> None:
    _forget(draft)
    if store.vendor == "sqlite":
        draft.path.rename(store.path)
        return
    with psycopg.connect(settings.POSTGRES, autocommit=True) as server:
        statement = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        server.execute(statement.format(sql.Identifier(draft.name), sql.Identifier(store.name)))


def _forget(store: Store | None) -> None:
    if store in _wrappers:
        _wrappers.pop(store).close()
    # What waits on the shelf keeps what was written last beside the file, and the file is what is moved and copied.
    shelf.close_all()


def sweep(*, everything: bool = False) -> None:
    """Take away the stores of other fingerprints, which will not be used again; or all of them."""
    keep = "/" if everything else fingerprint()
    for pattern in ("bench_*.sqlite3*", "covenants.sqlite3*", "peer.sqlite3*"):
        for path in Path(settings.STORES).glob(pattern):
            if keep not in path.name:
                path.unlink()
    if not postgres_answers():
        return
    with psycopg.connect(settings.POSTGRES, autocommit=True) as server:
        ours = "^bench_((log_)?[0-9]+|draft|[a-z]+)_[0-9a-f]{8}$"
        found = server.execute("SELECT datname FROM pg_database WHERE datname ~ %s", [ours])
        for (name,) in found.fetchall():
            if keep not in name:
                # One that another bench has open stays where it is.
                with suppress(psycopg.errors.ObjectInUse):
                    server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
