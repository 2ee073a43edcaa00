"""Row D4: bytes that the log takes for a read of forty fields of a person, against a row for each field.

Ours is all that a read leaves: entry, personal parts, leaf and its share of the tiles. The peer is the same log with an
entry for each field: the same evidence, the same proofs. A second row sets ours against a peer without any evidence:
only the columns and indexes that one searches by, `field` in place of the masks. All after VACUUM.
"""

from collections.abc import Iterator
from dataclasses import replace

from django.db import connection

from bench import stores
from bench.apart import apart
from bench.logged_read import FIELDS, read_of_all_fields
from bench.report import Row

READS = 2_000
_OURS = ("audit_entry", "audit_part", "audit_leaf", "audit_tile", "audit_lane")
_TEXTS = (
    "event_type", "outcome", "agency_ref", "actor_ref", "case_ref", "purpose", "legal_basis", "route", "trace_id",
    "span_id",
)  # fmt: skip
_INDEXES = ("agency_ref, uid", "actor_ref, uid", "case_ref, uid", "articles_ref, uid", "pseudonym, uid")


def rows() -> Iterator[Row]:
    """D4, on each database vendor."""
    for vendor in stores.vendors():
        with apart(vendor, "storage") as store:
            stores.switch(store)
            before = _size(_OURS)
            _write(each=[(1 << FIELDS) - 1], reads=READS)
            ours = (_size(_OURS) - before) / READS
            _make_bare()
            bare = _size(("bench_field",)) / READS
            before = _size(_OURS)
            _write(each=[1 << bit for bit in range(FIELDS)], reads=READS // 10)
            same = (_size(_OURS) - before) / (READS // 10)
        yield _row(f"D4 {vendor}", ours, same, "for an entry a field")
        yield _row(f"D4 {vendor}, peer without evidence", ours, bare, "for rows without body, parts and proofs")


def _row(name: str, ours: float, peer: float, what: str) -> Row:
    told = f"{ours:,.0f} bytes against {peer:,.0f} {what}; a read of {FIELDS} fields of one person, with all indexes"
    return Row(row=name, figure=f"1/{peer / ours:.1f}", bar="≤ 1/10", holds=ours / peer <= 0.1, detail=told)


def _write(*, each: list[int], reads: int) -> None:
    """So many reads in a transaction each, with an entry for each of these masks of fields."""
    from audit.journal.apart import append_apart
    from audit.sealing.sealer import seal_all

    for _ in range(reads):
        one = read_of_all_fields()
        append_apart([replace(one, fields=mask) for mask in each])
    seal_all()


def _make_bare() -> None:
    """The same reads out of the log itself, a row for each field."""
    uid, blob = ("uuid", "bytea") if connection.vendor == "postgresql" else ("char(32)", "blob")
    texts = ", ".join(f"{name} text NOT NULL" for name in _TEXTS)
    key = "bigserial PRIMARY KEY" if connection.vendor == "postgresql" else "integer PRIMARY KEY AUTOINCREMENT"
    moment = "timestamptz" if connection.vendor == "postgresql" else "datetime"
    reason = "break_glass, policy_epoch, articles_ref, reason_code, reason_ref"
    names = f"uid, recorded_at, action, {', '.join(_TEXTS)}, {reason}"
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TABLE bench_field (id {key}, uid {uid} NOT NULL, recorded_at {moment} NOT NULL,"
            f" action varchar(1) NOT NULL, {texts}, break_glass bool NOT NULL, policy_epoch bigint NOT NULL,"
            f" articles_ref bigint, reason_code varchar(3), reason_ref varchar(80), field smallint NOT NULL,"
            f" pseudonym {blob} NOT NULL)"
        )
        for number, columns in enumerate(_INDEXES):
            cursor.execute(f"CREATE INDEX bench_field_{number} ON bench_field ({columns})")
        numbers = " UNION ALL ".join(f"SELECT {n} AS field" for n in range(FIELDS))
        cursor.execute(
            f"INSERT INTO bench_field ({names}, field, pseudonym)"
            f" SELECT {names.replace('uid,', 'e.uid,', 1)}, f.field, p.pseudonym FROM audit_entry e"
            f" JOIN audit_part p ON p.entry_uid = e.uid AND p.pseudonym IS NOT NULL CROSS JOIN ({numbers}) f"
            " WHERE e.route = 'case' ORDER BY e.uid, f.field"
        )
        cursor.execute("SELECT count(*) FROM bench_field")
        assert cursor.fetchone()[0] == READS * FIELDS


def _size(tables: tuple[str, ...]) -> int:
    """Bytes of these tables with their indexes, rewritten without gaps."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")
            marks = ", ".join(["%s"] * len(tables))
            cursor.execute(
                "SELECT sum(s.pgsize) FROM dbstat s JOIN sqlite_master m ON m.name = s.name"
                f" WHERE m.tbl_name IN ({marks})",
                tables,
            )
            return int(cursor.fetchone()[0])
        parts = "SELECT inhrelid FROM pg_inherits WHERE inhparent = 'audit_entry'::regclass"
        cursor.execute("VACUUM FULL")
        cursor.execute(
            f"SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relname = ANY(%s)"
            f" OR (%s AND oid IN ({parts}))",
            [list(tables), "audit_entry" in tables],
        )
        return int(cursor.fetchone()[0])
