"""Each bypass measured in the audit study, tried on the journal's own tables."""

import pytest
from django.db import IntegrityError, connection, transaction

from audit import checks
from audit.journal import models
from audit.journal.appender import append
from audit.journal.commitments import parts_about
from audit.journal.entry import Action
from audit.journal.erasure import erase_parts
from audit.journal.evidence import agreement_of
from audit.journal.fieldset import FieldLabel, sync_fieldset
from audit.journal.scope import write_scope
from tests.audit.conftest import newest, run
from tests.audit.stand_ins import NADIA, POLICE, ZORRO, entry

TABLES = ("audit_entry", "audit_part", "audit_fieldset")
ONE = FieldLabel(bit=0, field="c1.name", label_nl="Naam", label_en="Name")


@pytest.fixture
def filled(db: None) -> None:
    append([entry(subject_ref=ZORRO, actor_name="D. Kuipers", fields=1)])
    sync_fieldset([ONE], version="1", catalogue_hash="ab" * 32)


def refused() -> object:
    return pytest.raises(IntegrityError, match="audit: ")


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("scoped", [False, True], ids=["without a scope", "in a write scope"])
def test_no_row_is_changed_or_deleted_by_raw_sql(table: str, scoped: bool) -> None:
    column = "dek_id" if table == "audit_part" else "schema_v"

    for sql in (f"UPDATE {table} SET {column} = '9'", f"DELETE FROM {table}"):
        with refused(), transaction.atomic():
            if scoped:
                with write_scope(), transaction.atomic():
                    run(sql)
            else:
                run(sql)


@pytest.mark.usefixtures("filled")
def test_no_row_is_changed_through_the_orm() -> None:
    row = newest()
    row.purpose = "other"

    with refused(), transaction.atomic():
        row.save()
    with refused(), transaction.atomic():
        models.Entry.objects.update(purpose="other")
    with refused(), transaction.atomic():
        models.Entry.objects.bulk_update([row], ["purpose"])
    with refused(), transaction.atomic():
        models.Entry.objects.all().delete()
    with refused(), transaction.atomic():
        row.delete()


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("table", TABLES)
def test_a_row_is_not_replaced_by_another_with_its_key(table: str) -> None:
    if connection.vendor == "sqlite":
        sql = f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
    else:
        key = {"audit_entry": "uid", "audit_part": "commitment", "audit_fieldset": "id"}[table]
        sql = f"INSERT INTO {table} SELECT * FROM {table} ON CONFLICT ({key}) DO UPDATE SET {key} = EXCLUDED.{key}"

    with refused(), transaction.atomic():
        run(sql)


@pytest.mark.usefixtures("filled")
def test_an_entry_is_not_replaced_under_another_id() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite replaces")
    names = [f.column for f in models.Entry._meta.concrete_fields if f.column != "id"]
    columns = ", ".join(names)

    with refused(), transaction.atomic():
        run(f"REPLACE INTO audit_entry (id, {columns}) SELECT id + 1, {columns} FROM audit_entry")


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("table", [*TABLES, "audit_entry_rest", "month"])
def test_no_table_or_partition_is_truncated(table: str) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    if table == "month":
        table = f"audit_entry_{newest().recorded_at:%Y_%m}"

    with refused(), transaction.atomic():
        run(f"TRUNCATE {table}")


@pytest.mark.usefixtures("filled")
def test_no_month_is_changed_behind_its_parents_back() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no partitions")
    month = f"audit_entry_{newest().recorded_at:%Y_%m}"

    for sql in (f"UPDATE {month} SET purpose = 'x'", f"DELETE FROM {month}"):
        with refused(), transaction.atomic():
            run(sql)


@pytest.mark.usefixtures("filled")
def test_erasing_a_person_leaves_entries_and_hashes_as_they_were_and_is_journalled() -> None:
    append([entry(subject_ref=NADIA)])
    before = list(models.Entry.objects.order_by("uid").values_list("uid", "leaf_hash"))

    erased = erase_parts(
        parts_about(ZORRO, agency_refs=[POLICE]), entry=entry(event_type="journal.erased", action=Action.DELETE)
    )

    assert erased == 1
    assert parts_about(ZORRO, agency_refs=[POLICE]) == []
    assert len(parts_about(NADIA, agency_refs=[POLICE])) == 1
    after = list(models.Entry.objects.order_by("uid").values_list("uid", "leaf_hash"))
    assert after[:-1] == before
    assert newest().event_type == "journal.erased"
    assert all(agreement_of(row).whole for row in models.Entry.objects.all())


@pytest.mark.usefixtures("filled")
def test_personal_parts_are_not_deleted_outside_an_erasure() -> None:
    with refused(), transaction.atomic(), write_scope():
        models.Part.objects.all().delete()

    assert models.Part.objects.count() == 2


@pytest.mark.django_db
def test_the_check_tells_which_guards_are_gone() -> None:
    assert [e for e in checks.check_guards(databases=["default"]) if "audit_" in e.msg] == []

    on = " ON audit_entry" if connection.vendor == "postgresql" else ""
    run(f"DROP TRIGGER guard_audit_entry_update{on}")

    (error,) = checks.check_guards(databases=["default"])
    assert error.id == "audit.W003"
    assert "guard_audit_entry_update" in error.msg

    checks.mend_guards(connection)

    assert checks.check_guards(databases=["default"]) == []
