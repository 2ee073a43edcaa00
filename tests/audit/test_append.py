"""Writing: one statement, in the caller's transaction, all or nothing."""

import hashlib
import json

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from audit.journal import models
from audit.journal.apart import append_apart
from audit.journal.appender import append
from audit.journal.commitments import commit, open_part, pseudonym, verify
from audit.journal.entry import HistoryRef, Outcome
from audit.journal.errors import AppendOutsideTransaction, JournalUnavailable
from audit.journal.evidence import agreement_of, body_value
from audit.journal.reasons import NO_REASON
from tests.audit.conftest import newest, run
from tests.audit.stand_ins import NADIA, POLICE, SCHOOL, ZORRO, entry

FULL = {
    "subject_ref": ZORRO,
    "fields": (1 << 185) | (1 << 62) | 0b101,
    "announced": 1 << 7,
    "articles": ("PGA-MD v2 art. 6.1",),
    "purpose": "pga_youth",
    "legal_basis": ("art. 20 Wpg", "WGS art. 2.31"),
    "roles": ("professional",),
    "policy_epoch": 12,
    "catalogue_hash": "ab" * 32,
    "break_glass": True,
    "reason": "Cliënt belt, dreigt zichzelf iets aan te doen",
    "history": (HistoryRef(table="cases_historicalcontribution", history_id=7, content=b"{}"),),
    "detail": {"items": 3, "asked": "known"},
    "route": "case",
    "trace_id": "cd" * 16,
    "span_id": "ef" * 8,
    "actor_name": "D. Kuipers",
}


@pytest.mark.django_db
def test_an_entry_is_stored_with_the_hash_of_its_bytes_and_true_copies() -> None:
    (uid,) = append([entry(**FULL)])

    row = newest()
    assert row.uid.hex == uid
    assert bytes(row.leaf_hash) == hashlib.sha256(b"\x00" + bytes(row.body)).digest()
    assert agreement_of(row).whole
    assert (row.purpose, row.break_glass, row.policy_epoch, row.route) == ("pga_youth", True, 12, "case")
    assert body_value(row)["matter"]["detail"] == {"items": 3, "asked": "known"}


@pytest.mark.django_db
def test_no_personal_word_stands_in_an_entry() -> None:
    append([entry(**FULL)])

    row = newest()
    stored = bytes(row.body).decode() + "".join(str(getattr(row, f.attname)) for f in row._meta.concrete_fields)
    for personal in (ZORRO, ZORRO.split(":")[1], "Kuipers", "Cliënt", "dreigt"):
        assert personal not in stored


@pytest.mark.django_db
def test_every_personal_part_opens_to_what_its_commitment_binds() -> None:
    append([entry(**FULL)])

    body = body_value(newest())
    told = {
        "subject": (body["matter"]["subject"], ZORRO.encode()),
        "actor": (body["act"]["parts"]["actor"], b"D. Kuipers"),
        "reason": (body["act"]["parts"]["reason"], FULL["reason"].encode()),
        "history": (body["matter"]["history"][0]["commitment"], hashlib.sha256(b"{}").digest()),
    }
    for kind, (commitment, content) in told.items():
        part = models.Part.objects.get(commitment=bytes.fromhex(commitment))
        opened = open_part(part)
        assert opened is not None
        assert (part.kind, opened.content) == (kind, content)
        assert verify(bytes.fromhex(commitment), opened)
        assert commit(opened.salt, content + b"!").hex() != commitment
        assert content not in bytes(part.ciphertext)


@pytest.mark.django_db
def test_a_list_of_fifty_people_is_fifty_entries_and_fifty_one_parts_in_two_statements_at_most() -> None:
    people = [
        entry(subject_ref=f"subject:{n}", actor_name="D. Kuipers", fields=n, because=NO_REASON) for n in range(50)
    ]

    with CaptureQueriesContext(
        connection,
    ) as queries:
        uids = append(people)

    assert len(queries) == (1 if connection.vendor == "postgresql" else 2)
    assert list(uids) == sorted(uids)
    assert models.Entry.objects.count() == 50
    assert models.Part.objects.count() == 51
    assert all(agreement_of(row).whole for row in models.Entry.objects.all())


@pytest.mark.django_db
def test_a_person_is_found_by_pseudonym_and_has_another_one_at_another_agency() -> None:
    append([entry(subject_ref=ZORRO), entry(subject_ref=NADIA), entry(subject_ref=ZORRO.upper())])

    mine = pseudonym(ZORRO, agency_ref=POLICE)
    assert mine != pseudonym(ZORRO, agency_ref=SCHOOL)
    assert mine != pseudonym(NADIA, agency_ref=POLICE)
    assert models.Part.objects.filter(pseudonym=mine).count() == 1
    assert pseudonym("bsn: 123 ", agency_ref=POLICE) == pseudonym("bsn:123", agency_ref=POLICE)
    assert pseudonym("a:b", agency_ref=POLICE) != pseudonym("ab:", agency_ref=POLICE)


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_a_programming_error() -> None:
    with pytest.raises(AppendOutsideTransaction):
        append([entry()])

    assert not models.Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_rollback_leaves_no_entry_and_no_part() -> None:
    with pytest.raises(LookupError), transaction.atomic():  # noqa: PT012 - the error must come last
        append([entry(**FULL)])
        raise LookupError

    assert not models.Entry.objects.exists()
    assert not models.Part.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_refusal_is_kept_although_the_act_was_rolled_back() -> None:
    with pytest.raises(LookupError), transaction.atomic():  # noqa: PT012 - the error must come last
        append([entry()])
        raise LookupError
    append_apart([entry(outcome=Outcome.REFUSED)])

    assert [row.outcome for row in models.Entry.objects.all()] == ["refused"]


@pytest.mark.django_db(transaction=True)
def test_an_entry_of_its_own_cannot_be_written_inside_another_transaction() -> None:
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        append_apart([entry()])


@pytest.mark.django_db(transaction=True)
def test_when_the_journal_refuses_the_change_beside_it_is_rolled_back_even_if_the_error_is_swallowed() -> None:
    run("CREATE TABLE tests_note (word varchar(40))")
    try:
        with transaction.atomic():
            run("INSERT INTO tests_note VALUES ('shown?')")
            with pytest.raises(JournalUnavailable) as caught:
                append([entry(), Broken()])  # type: ignore[list-item]
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM tests_note")
            assert cursor.fetchone() == (0,)
        assert (caught.value.status, bool(caught.value.remedy)) == (503, True)
    finally:
        run("DROP TABLE tests_note")


class Broken:
    """No entry at all: any failure inside the journal counts as the journal being away."""


@pytest.mark.django_db
def test_appending_nothing_writes_nothing() -> None:
    assert append([]) == ()
    assert not models.Entry.objects.exists()


@pytest.mark.django_db
def test_bodies_are_read_back_as_they_were_written() -> None:
    append([entry(detail={"teken": "é…\u2028"}, purpose='a"b\\c')])

    row = newest()
    assert json.loads(bytes(row.body))["act"]["purpose"] == row.purpose == 'a"b\\c'
