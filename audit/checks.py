"""System checks of the ground floor: the key is there, the ports are filled, the guards stand."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

from audit import ports
from audit.journal import guards, keys


@register()
def check_ports(**_: Any) -> list[CheckMessage]:
    """audit.E001: an upper floor must say how references are shown and who oversees whom."""
    hint = "Call audit.ports.supply in the ready() of the floor that knows it."
    return [
        Error(f"No floor supplies the journal with {name}.", hint=hint, id="audit.E001") for name in ports.unfilled()
    ]


@register()
def check_key(**_: Any) -> list[CheckMessage]:
    """audit.E002: without a proper JOURNAL_KEY no entry can be written."""
    try:
        keys.master_key()
    except ImproperlyConfigured as error:
        return [Error(str(error), hint="Make one with: openssl rand -hex 32", id="audit.E002")]
    return []


@register(Tags.database)
def check_guards(*, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """audit.E003: every table that a migration guards still has its triggers (run by migrate)."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        for table, missing in missing_guards(connection):
            hint = "Repeat its GuardTable operation in a new migration."
            found.append(Error(f"{table} has lost guards: {', '.join(sorted(missing))}", hint=hint, id="audit.E003"))
    return found


def missing_guards(connection: BaseDatabaseWrapper) -> Iterator[tuple[str, set[str]]]:
    """Guarded tables without all their triggers, by the migrations that were applied to this database."""
    loader = MigrationLoader(connection)
    for key in sorted(loader.applied_migrations):
        migration = loader.disk_migrations.get(key)
        for operation in migration.operations if migration else ():
            if isinstance(operation, guards.GuardTable | guards.AppendOnly):
                expected = guards.expected_triggers(operation.statements(connection.vendor))
                missing = expected - guards.triggers_of(connection, operation.table)
                if missing:
                    yield operation.table, missing
