"""System checks of the ground floor: the key is there, the ports are filled, the guards stand."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, Warning, register
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
    """audit.W003: a guarded table lost triggers. A warning, so that `migrate`, which mends it, still runs."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        for operation, missing in missing_guards(connection):
            message = f"{operation.table} has lost guards: {', '.join(sorted(missing))}"
            hint = "Find out who dropped them, then run migrate: it puts them back."
            found.append(Warning(message, hint=hint, id="audit.W003"))
    return found


def missing_guards(connection: BaseDatabaseWrapper) -> Iterator[tuple[guards.Guard, set[str]]]:
    """Guards without all their triggers, by the migrations that were applied to this database."""
    loader = MigrationLoader(connection)
    tables = set(connection.introspection.table_names())
    # A later migration that guards a table again replaces what an earlier one put there.
    guarded: dict[str, guards.Guard] = {}
    for key in sorted(loader.applied_migrations):
        migration = loader.disk_migrations.get(key)
        for operation in migration.operations if migration else ():
            if isinstance(operation, guards.Guard) and operation.table in tables:
                guarded[operation.table] = operation
    for table, operation in guarded.items():
        expected = guards.expected_triggers(operation.statements(connection.vendor))
        missing = expected - guards.triggers_of(connection, table)
        if missing:
            yield operation, missing


def mend_guards(connection: BaseDatabaseWrapper) -> None:
    """Put back what is missing: SQLite drops a table's triggers when an AlterField rebuilds it."""
    for operation, _missing in tuple(missing_guards(connection)):
        with connection.cursor() as cursor:
            for statement in operation.statements(connection.vendor):
                cursor.execute(statement)
