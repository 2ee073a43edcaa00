"""Monthly partitions of audit_entry on PostgreSQL. SQLite keeps one table; nothing here touches it.

The partition key is uid, whose first 48 bits are the moment: so uid can be the primary key, pages and
periods are ranges of it, and a month can later be detached.
"""

from datetime import UTC, datetime
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation, OperationCategory

from audit.journal.guards import PG_FUNCTION, pg_no_truncate
from audit.journal.uids import floor_of

MONTHS_AHEAD = 3

_PARTED = (
    "CREATE TABLE audit_entry_parted (LIKE audit_entry) PARTITION BY RANGE (uid)",
    "DROP TABLE audit_entry",
    "ALTER TABLE audit_entry_parted RENAME TO audit_entry",
    "CREATE SEQUENCE audit_entry_id_seq AS bigint OWNED BY audit_entry.id",
    "ALTER TABLE audit_entry ALTER id SET DEFAULT nextval('audit_entry_id_seq')",
    # Sealing orders by (tx, id) and takes only what is older than every open transaction.
    "ALTER TABLE audit_entry ADD tx xid8 NOT NULL DEFAULT pg_current_xact_id()",
    "ALTER TABLE audit_entry ADD PRIMARY KEY (uid)",
    "CREATE TABLE audit_entry_rest PARTITION OF audit_entry DEFAULT",
)


class PartitionByMonth(Operation):
    """Migration operation: on PostgreSQL, remake the (empty) audit_entry as a partitioned table."""

    reversible = False
    category = OperationCategory.SQL

    def state_forwards(self, app_label: str, state: Any) -> None:
        """For Django it stays the same table."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Remake the table and its indexes; on SQLite do nothing. AppendOnly comes after it."""
        if schema_editor.connection.vendor != "postgresql":
            return
        for statement in _PARTED:
            schema_editor.execute(statement, params=None)
        model = to_state.apps.get_model(app_label, "Entry")
        for index in model._meta.indexes:
            schema_editor.add_index(model, index)
        for statement in [PG_FUNCTION, *pg_no_truncate("audit_entry_rest")]:
            schema_editor.execute(statement, params=None)

    def describe(self) -> str:
        return "Partition audit_entry by month"


class OrderOfCommits(Operation):
    """Migration operation: on PostgreSQL, an index in the order in which the sealer reads; SQLite has it as `id`."""

    reversible = True
    category = OperationCategory.SQL
    reduces_to_sql = True

    def state_forwards(self, app_label: str, state: Any) -> None:
        """For Django it stays the same table."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Make the index on all partitions, those of later months included."""
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute("CREATE INDEX audit_entry_commits ON audit_entry (tx, id)", params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Drop it again."""
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute("DROP INDEX audit_entry_commits", params=None)

    def describe(self) -> str:
        return "Index audit_entry in the order of commits"


def make_months(connection: BaseDatabaseWrapper, *, now: datetime, ahead: int = MONTHS_AHEAD) -> tuple[str, ...]:
    """Make the partitions of `now`'s month and `ahead` more; returns the names of those made.

    A month whose entries are already in the rest partition (a clock that ran wrong, loaded history)
    is left there: right answers, only not detachable by itself.
    """
    if connection.vendor != "postgresql":
        return ()
    made = []
    month = datetime(now.year, now.month, 1, tzinfo=UTC)
    for _ in range(ahead + 1):
        following = datetime(month.year + month.month // 12, month.month % 12 + 1, 1, tzinfo=UTC)
        if _make(connection, month, following):
            made.append(_name(month))
        month = following
    return tuple(made)


def _name(month: datetime) -> str:
    return f"audit_entry_{month:%Y_%m}"


def _make(connection: BaseDatabaseWrapper, first: datetime, until: datetime) -> bool:
    name, low, high = _name(first), floor_of(first), floor_of(until)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_regclass(%s) IS NOT NULL OR EXISTS"
            " (SELECT 1 FROM audit_entry_rest WHERE uid >= %s AND uid < %s)",
            [name, low, high],
        )
        if cursor.fetchone()[0]:
            return False
        cursor.execute(f"CREATE TABLE {name} PARTITION OF audit_entry FOR VALUES FROM ('{low}') TO ('{high}')")
        for statement in pg_no_truncate(name):
            cursor.execute(statement)
    return True
