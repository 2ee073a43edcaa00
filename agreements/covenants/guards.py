"""Triggers that keep agreed versions as they were signed, and apart in time. On both databases.

They stand beside GuardTable (audit.journal.guards): that refuses a change without an entry, these refuse
a change that no entry could justify.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation, OperationCategory

TABLE = "agreements_covenantversion"
_FIXED = ("covenant_id", "number", "text", "document", "sha256", "starts", "state", "loaded_at")
_CHANGED = " OR ".join(f"NEW.{column} <> OLD.{column}" for column in _FIXED)
_LATER = "(OLD.ends IS NOT NULL AND (NEW.ends IS NULL OR NEW.ends > OLD.ends))"

FIXED = "covenant: an agreed version does not change, it is followed by a new one"
KEPT = "covenant: an agreed version is kept"
APART = "covenant: two agreed versions would rule at the same moment"


def _overlap(never: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM {TABLE} other WHERE other.covenant_id = NEW.covenant_id "  # noqa: S608
        f"AND other.id <> NEW.id AND other.state = 'agreed' "
        f"AND other.starts < COALESCE(NEW.ends, {never}) AND NEW.starts < COALESCE(other.ends, {never}))"
    )


def statements(vendor: str) -> list[str]:
    """The SQL that makes the triggers on one database vendor."""
    return _postgresql() if vendor == "postgresql" else _sqlite()


def _sqlite() -> list[str]:
    apart = f"NEW.state = 'agreed' AND {_overlap(repr('9999'))}"
    made = (
        ("fixed", "UPDATE", f"OLD.state = 'agreed' AND ({_CHANGED} OR {_LATER})", FIXED),
        ("kept", "DELETE", "OLD.state = 'agreed'", KEPT),
        ("apart", "INSERT", apart, APART),
        ("apart_later", "UPDATE", apart, APART),
    )
    return [
        f"CREATE TRIGGER covenant_{name} BEFORE {verb} ON {TABLE} WHEN {when} BEGIN SELECT RAISE(ABORT, '{why}'); END"
        for name, verb, when, why in made
    ]


def _postgresql() -> list[str]:
    function = f"""
CREATE OR REPLACE FUNCTION covenant_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.state = 'agreed' THEN
    IF TG_OP = 'DELETE' THEN
      RAISE EXCEPTION '{KEPT}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF {_CHANGED} OR {_LATER} THEN
      RAISE EXCEPTION '{FIXED}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  IF NEW.state = 'agreed' AND {_overlap("'infinity'::timestamptz")} THEN
    RAISE EXCEPTION '{APART}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$
"""
    trigger = (
        f"CREATE TRIGGER covenant_keep BEFORE INSERT OR UPDATE OR DELETE ON {TABLE} "
        "FOR EACH ROW EXECUTE FUNCTION covenant_keep()"
    )
    return [function, trigger]


class KeepVersions(Operation):
    """Migration operation: agreed covenant versions neither change, nor go, nor overlap.

    A later AlterField rebuilds the table on SQLite and loses the triggers: repeat the operation there.
    """

    reversible = True
    reduces_to_sql = True
    category = OperationCategory.SQL

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Triggers are no part of Django's picture of a table."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        self.database_backwards(app_label, schema_editor, from_state, to_state)
        for statement in statements(schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS covenant_keep ON {TABLE}", params=None)
            return
        for name in ("fixed", "kept", "apart", "apart_later"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS covenant_{name}", params=None)

    def describe(self) -> str:
        return "Keep agreed covenant versions"
