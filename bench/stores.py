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
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import dj_database_url
import psycopg
import yaml
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend
from django.utils.timezone import make_naive
from psycopg import sql

from agreements.covenants import epoch
from bench import caseload
from bench.caseload import COLUMNS, READERS, Caseload, People

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
        return f"bench_{self.size}_{fingerprint()}"

    @property
    def path(self) -> Path:
        return Path(settings.STORES) / f"{self.name}.sqlite3"


_marks: list[str] = []


def fingerprint() -> str:
    """Eight hex digits of the migrations, the demo's agreements and the caseload."""
    if not _marks:
        files = [*ROOT.glob("*/migrations/*.py"), *DEMO.glob("covenants/*.yaml"), DEMO / "parties.yaml"]
        files += [ROOT / "audit/journal/guards.py", ROOT / "audit/journal/partitions.py"]
        files += [Path(caseload.__file__), Path(__file__)]
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


@contextmanager
def use(store: Store) -> Iterator[BaseDatabaseWrapper]:
    """Django's default connection is this store's, in this thread, until the block ends."""
    before = connections["default"]
    wrapper = _wrappers.get(store)
    if wrapper is None:
        wrapper = _wrappers[store] = connect(store)
    connections["default"] = wrapper
    try:
        yield wrapper
    finally:
        connections["default"] = before


def switch(store: Store) -> None:
    """As `use`, without an end."""
    wrapper = _wrappers.setdefault(store, _wrappers.get(store) or connect(store))
    connections["default"] = wrapper
    epoch.forget()


def connect(store: Store) -> BaseDatabaseWrapper:
    """A connection of its own to a store, for Django's default alias."""
    described = deepcopy(connections.settings["default"])
    if store.vendor == "postgresql":
        described |= dj_database_url.parse(settings.POSTGRES)
        described |= {"NAME": store.name, "OPTIONS": {}, "CONN_MAX_AGE": None}
    else:
        described["NAME"] = store.path
    return load_backend(described["ENGINE"]).DatabaseWrapper(described, alias="default")


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
    _create(draft)
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
        # The guards ask this of every connection; a bench that fills a store of its own may answer for itself.
        raw.create_function("audit_scope", 0, lambda: "write")
        raw.execute("PRAGMA synchronous=OFF")
        raw.execute("PRAGMA cache_size=-1000000")
        for chunk in _chunks(load, size):
            for table, rows in chunk.items():
                names = ", ".join(f'"{name}"' for name in COLUMNS[table].split())
                marks = ", ".join("?" * len(COLUMNS[table].split()))
                raw.executemany(
                    f"INSERT INTO {table} ({names}) VALUES ({marks})", [tuple(map(_as_sqlite, row)) for row in rows]
                )
        raw.commit()
        raw.execute("ANALYZE")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()


def _as_sqlite(value: Any) -> Any:
    """As Django's adapters write it."""
    kind = type(value)
    if kind is datetime:
        return str(make_naive(value, value.tzinfo))
    if kind is UUID:
        return value.hex
    return value.isoformat() if kind is date else value


def _into_postgres(store: Store, load: Caseload, size: int) -> None:
    with psycopg.connect(settings.POSTGRES, dbname=store.name) as raw:
        # A store of the bench's own: neither guards nor foreign keys are asked for each row of millions.
        raw.execute("SET session_replication_role = replica")
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


def _create(store: Store, template: Store | None = None) -> None:
    if store.vendor == "sqlite":
        if template:
            shutil.copyfile(template.path, store.path)
        return
    _forget(template)
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


def sweep() -> None:
    """Take away the stores of other fingerprints: they will not be used again."""
    mark = fingerprint()
    for path in Path(settings.STORES).glob("bench_*.sqlite3*"):
        if mark not in path.name:
            path.unlink()
    if postgres_answers():
        with psycopg.connect(settings.POSTGRES, autocommit=True) as server:
            found = server.execute("SELECT datname FROM pg_database WHERE datname ~ '^bench_-?[0-9]+_[0-9a-f]{8}$'")
            for (name,) in found.fetchall():
                if mark not in name:
                    server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
