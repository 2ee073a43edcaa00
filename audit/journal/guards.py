"""Triggers that refuse: append-only tables of the journal, and guarded tables outside a write scope.

They stop mistakes and side doors (update(), bulk, raw SQL, REPLACE, TRUNCATE), not the owner of the
database; against the owner stand separate roles (docs/decisions/0003) and the proofs (audit/proofs).
"""

from collections.abc import Iterable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation, OperationCategory

PREFIX = "guard_"

APPEND_ONLY = {
    "audit_entry": "id = NEW.id OR uid = NEW.uid",
    "audit_part": "commitment = NEW.commitment",
    "audit_mark": "id = NEW.id OR (entry_uid = NEW.entry_uid AND rule = NEW.rule)",
    "audit_finding": "id = NEW.id OR uid = NEW.uid",
    "audit_finding_read": "entry_uid = NEW.entry_uid",
    "audit_finding_step": "id = NEW.id OR (finding_id = NEW.finding_id AND number = NEW.number)",
    "audit_question": "id = NEW.id OR uid = NEW.uid OR (finding_id = NEW.finding_id AND number = NEW.number)",
    "audit_answer": "id = NEW.id OR question_id = NEW.question_id",
    "audit_fieldset": "id = NEW.id OR (catalogue_hash = NEW.catalogue_hash AND bit = NEW.bit)",
    "audit_leaf": "seq = NEW.seq OR entry_uid = NEW.entry_uid",
    "audit_tile": 'id = NEW.id OR (level = NEW.level AND "index" = NEW."index")',
    "audit_checkpoint": "size = NEW.size",
    "audit_cosignature": "id = NEW.id OR (size = NEW.size AND witness = NEW.witness)",
    "audit_flaw": "id = NEW.id",
    "audit_prunebatch": "id = NEW.id OR entry_uid = NEW.entry_uid",
    "audit_verification": "id = NEW.id OR uid = NEW.uid",
    "audit_judgement": "id = NEW.id OR (review_id = NEW.review_id AND side = NEW.side)",
}
"""Append-only tables, and when a new row would replace an old one (INSERT OR REPLACE on SQLite)."""

DELETABLE = {"audit_part": "erase", "audit_entry": "prune", "audit_mark": "prune"}
"""Append-only tables of which rows may go, and the kind of scope in which alone they may (scope.ScopeKind)."""
_NO_SCOPE = "needs an open write_scope"
PG_NEWS = """
coalesce(current_setting('audit.scope', true), '') = '' OR current_setting('audit.wrote', true) IS DISTINCT FROM '1'
"""
"""When a guarded row concerns its guard: no scope is open, or nobody has noted yet that it wrote.

Asked by PostgreSQL itself; calling the function takes ten times as long, at every row.
"""

PG_FUNCTION = """
CREATE OR REPLACE FUNCTION audit_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  scope text := coalesce(current_setting('audit.scope', true), '');
BEGIN
  IF TG_ARGV[0] = 'never' OR scope = ''
    OR (TG_ARGV[0] IN ('erase', 'prune') AND scope <> TG_ARGV[0]) THEN
    RAISE EXCEPTION 'audit: % on % %', TG_OP, TG_TABLE_NAME, TG_ARGV[1]
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'TRUNCATE' THEN
    RETURN NULL;
  END IF;
  IF current_setting('audit.wrote', true) IS DISTINCT FROM '1' THEN
    PERFORM set_config('audit.wrote', '1', true);
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  RETURN NEW;
END $$
"""


def append_only_sql(vendor: str, table: str) -> list[str]:
    """Statements that make one of the APPEND_ONLY tables refuse everything but new rows.

    Rows of the DELETABLE ones may also be deleted, in a scope of their kind.
    """
    kind = DELETABLE.get(table, "")
    only = "is refused: the table is append-only"
    if vendor == "postgresql":
        return [
            PG_FUNCTION,
            *_pg(table, "update", "UPDATE", "never", only),
            *_pg(table, "delete", "DELETE", kind or "never", only),
            *pg_no_truncate(table),
        ]
    when_delete = f"audit_scope() IS NOT '{kind}'" if kind else ""
    taken = f"EXISTS (SELECT 1 FROM {table} WHERE {APPEND_ONLY[table]})"  # noqa: S608
    return [
        *_sqlite(table, "update", "UPDATE", "", only),
        *_sqlite(table, "delete", "DELETE", when_delete, only),
        *_sqlite(table, "replace", "INSERT", taken, only),
    ]


def scope_sql(vendor: str, table: str, *, history: bool) -> list[str]:
    """Statements that make `table` refuse a change outside a write scope; history never changes."""
    if vendor == "postgresql":
        verbs = "INSERT OR DELETE" if history else "INSERT OR UPDATE OR DELETE"
        statements = [PG_FUNCTION, *_pg(table, "scope", verbs, "scope", _NO_SCOPE, PG_NEWS)]
        statements += pg_no_truncate(table)
        never = _pg(table, "update", "UPDATE", "never", "is refused: history does not change")
        return statements + never if history else statements
    statements = []
    for verb in ("insert", "update", "delete"):
        when, why = "audit_scope() IS NULL", _NO_SCOPE
        if history and verb == "update":
            when, why = "", "is refused: history does not change"
        statements += _sqlite(table, verb, verb.upper(), when, why)
    return statements


def pg_no_truncate(table: str) -> list[str]:
    """A partition needs its own: the parent's does not fire for TRUNCATE of a partition (measured)."""
    name = f"{PREFIX}{table}_truncate"
    return [
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
        f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT "
        "EXECUTE FUNCTION audit_guard('never', 'is refused')",
    ]


def _pg(table: str, suffix: str, verbs: str, rule: str, why: str, when: str = "") -> list[str]:
    name = f"{PREFIX}{table}_{suffix}"
    condition = f"WHEN ({when}) " if when else ""
    return [
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
        f"CREATE TRIGGER {name} BEFORE {verbs} ON {table} FOR EACH ROW {condition}"
        f"EXECUTE FUNCTION audit_guard('{rule}', '{why}')",
    ]


def _sqlite(table: str, suffix: str, verb: str, when: str, why: str) -> list[str]:
    name = f"{PREFIX}{table}_{suffix}"
    condition = f"WHEN {when} " if when else ""
    return [
        f"DROP TRIGGER IF EXISTS {name}",
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} {condition}"
        f"BEGIN SELECT RAISE(ABORT, 'audit: {verb} on {table} {why}'); END",
    ]


def triggers_of(connection: BaseDatabaseWrapper, table: str) -> set[str]:
    """Names of the guards that stand on a table."""
    if connection.vendor == "postgresql":
        # A disabled trigger ('D') guards nothing, so it does not count as standing.
        sql = "SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass(%s) AND tgenabled <> 'D'"
    else:
        sql = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, [table])
        return {name for (name,) in cursor.fetchall() if name.startswith(PREFIX)}


def expected_triggers(statements: Iterable[str]) -> set[str]:
    """Names of the guards that these statements make."""
    return {s.split()[2] for s in statements if s.startswith("CREATE TRIGGER ")}


class Guard(Operation):
    """Base of both operations: runs its statements forwards, drops its triggers backwards."""

    reversible = True
    reduces_to_sql = True
    category = OperationCategory.SQL
    table: str

    def statements(self, vendor: str) -> list[str]:
        """The SQL for one database vendor."""
        raise NotImplementedError

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Triggers are no part of Django's picture of a table."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        for statement in self.statements(schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        vendor = schema_editor.connection.vendor
        on = f" ON {self.table}" if vendor == "postgresql" else ""
        for name in sorted(expected_triggers(self.statements(vendor))):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{on}", params=None)

    def describe(self) -> str:
        return f"Guard {self.table}"


class GuardTable(Guard):
    """Migration operation: `table` takes INSERT, UPDATE and DELETE only inside a write_scope.

    history=True for a table of django-simple-history: rows may be added and erased, never changed.
    A later AlterField rebuilds the table on SQLite and loses the triggers; after each migrate they are
    put back (audit.checks.mend_guards), and system check audit.W003 tells when some are gone.
    """

    def __init__(self, table: str, history: bool = False) -> None:
        self.table = table
        self.history = history

    def statements(self, vendor: str) -> list[str]:
        """The SQL for one database vendor."""
        return scope_sql(vendor, self.table, history=self.history)


class AppendOnly(Guard):
    """Migration operation: one of the journal's own tables refuses everything but new rows."""

    def __init__(self, table: str) -> None:
        self.table = table

    def statements(self, vendor: str) -> list[str]:
        """The SQL for one database vendor."""
        return append_only_sql(vendor, self.table)
