"""A world that is built once by each worker, and brought back as it was built for every file that wants it.

Building one takes some seconds, bringing one back some milliseconds: on SQLite the whole store in memory is overwritten
with a copy of it, on PostgreSQL it is a database of its own that the connection moves to.
"""

import io
import pickle
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import pytest
from django.db import connection, transaction

from agreements.covenants import epoch, in_force
from cases.records.sealed import SealedFacts
from foundation import clock
from tests.stores.standing import standing
from tests.stores.template import copy_of_template

Built = TypeVar("Built")


class _Parked:
    """What `build` gave, as it was then. Sealed facts refuse to be pickled, and never change: they are kept as such."""

    def __init__(self, made: Any) -> None:
        self._sealed: list[SealedFacts] = []
        self._bytes = io.BytesIO()
        pickler = pickle.Pickler(self._bytes)
        pickler.persistent_id = self._apart  # type: ignore[method-assign, assignment]
        pickler.dump(made)

    def again(self) -> Any:
        """The same once more, whatever was done to the one before."""
        unpickler = pickle.Unpickler(io.BytesIO(self._bytes.getvalue()))
        unpickler.persistent_load = self._sealed.__getitem__  # type: ignore[method-assign, assignment]
        return unpickler.load()

    def _apart(self, item: Any) -> int | None:
        if not isinstance(item, SealedFacts):
            return None
        self._sealed.append(item)
        return len(self._sealed) - 1


_built: dict[str, tuple[Any, _Parked]] = {}
"""By name and day: the store (a copy in memory, or the name of a database), and what `build` gave."""


@contextmanager
def kept(name: str, build: Callable[[], Built], blocker: Any) -> Iterator[Built]:
    """What `build` wrote stands until the block ends, and with it what the tests in it leave; then nothing does.

    name: of the world, of letters. It is built anew when the day has turned, so that its dates are of today.
    blocker: pytest-django's. Not for files with transactional tests: those need a store of their own.
    """
    with blocker.unblock():
        # What is compiled of its rules within one file is nothing to the next: a test may change them behind the epoch.
        in_force._held = ()
        epoch.forget()
        key = f"{name}_{clock.today():%m%d}"
        bring = _at_its_database if connection.vendor == "postgresql" else _over_the_store
        with bring(key, build) as parked, standing(blocker):
            made: Built = parked.again()
            yield made


def standing_for_files(name: str, build: Callable[[], None]) -> Any:
    """A fixture of a file: whether what `build` writes stands for all its tests, each of which is rolled back.

    It does not in a file with transactional tests: those empty the store, so each test there builds for itself.
    """

    @pytest.fixture(scope="module")
    def stands(request: pytest.FixtureRequest, kept_worlds: None, django_db_blocker: Any) -> Iterator[bool]:
        own = [item for item in request.session.items if item.path == request.node.path]
        if any(mark.kwargs.get("transaction") for item in own for mark in item.iter_markers("django_db")):
            yield False
            return
        with kept(name, build, django_db_blocker):
            yield True

    return stands


def forget(blocker: Any) -> None:
    """Drop the databases that were made; for the end of a run."""
    with blocker.unblock():
        for store, _parked in _built.values():
            if connection.vendor == "postgresql":
                _as_admin(f'DROP DATABASE IF EXISTS "{store}" WITH (FORCE)')
            else:
                store.close()
    _built.clear()


@contextmanager
def _over_the_store(key: str, build: Callable[[], Any]) -> Iterator[_Parked]:
    connection.ensure_connection()
    store = connection.connection
    empty = _copy(store)
    try:
        if key not in _built:
            parked = _written(build)
            _built[key] = _copy(store), parked
        else:
            _built[key][0].backup(store)
        yield _built[key][1]
    finally:
        empty.backup(store)
        empty.close()


@contextmanager
def _at_its_database(key: str, build: Callable[[], Any]) -> Iterator[_Parked]:
    own = connection.settings_dict["NAME"]
    name = f"{own}_{key}"
    connection.close()
    if key not in _built:
        _as_admin(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        with connection._nodb_cursor() as cursor:
            copy_of_template(cursor, name)
    connection.settings_dict["NAME"] = name
    try:
        if key not in _built:
            _built[key] = name, _written(build)
            # Without it PostgreSQL takes every table for empty: nobody waits for its own round of looking.
            _tell("ANALYZE")
        yield _built[key][1]
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own


def _written(build: Callable[[], Any]) -> _Parked:
    """What `build` gives; what it wrote is committed, and nobody is told: nobody is of a test's own writes."""
    around = transaction.atomic()
    around._from_testcase = True  # type: ignore[attr-defined]
    with around:
        made = build()
        connection.run_on_commit = []
    return _Parked(made)


def _copy(store: sqlite3.Connection) -> sqlite3.Connection:
    copy = sqlite3.connect(":memory:", check_same_thread=False)
    store.backup(copy)
    return copy


def _tell(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _as_admin(statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)
