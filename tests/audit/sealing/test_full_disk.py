"""Invariant 2: on a full disk nothing is acknowledged and nothing is sealed, and afterwards nothing is missing."""

import pytest
from django.db import DatabaseError, connection, transaction

from audit.journal.appender import append
from audit.journal.errors import JournalUnavailable
from audit.models import Entry
from audit.sealing.sealer import seal_all
from tests.audit.conftest import run
from tests.audit.sealing.steps import flaws, sealed, tree_is_whole, write
from tests.audit.stand_ins import entry

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PRAGMA max_page_count is SQLite's"),
]


def pages(limit: int) -> None:
    run(f"PRAGMA max_page_count = {limit}")


def test_nothing_is_acknowledged_while_the_disk_is_full_and_nothing_is_missing_afterwards() -> None:
    acknowledged = write(3)
    seal_all()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        full = cursor.fetchone()[0]
        # What other tests left free in the file is filled first.
        cursor.execute("PRAGMA freelist_count")
        free = cursor.fetchone()[0]
    pages(full)
    try:
        refused = 0
        for _ in range(60 + free):
            try:
                with transaction.atomic():
                    uids = append([entry(detail={"padding": "x" * 12_000})])
                acknowledged += uids
            except (JournalUnavailable, DatabaseError):
                refused += 1
        assert refused
        assert {uid.hex for uid in Entry.objects.values_list("uid", flat=True)} == set(acknowledged)
    finally:
        pages(1_000_000_000)
    acknowledged += write(2)

    seal_all()

    assert sealed() == acknowledged
    assert flaws() == []
    assert tree_is_whole()


def test_a_round_of_sealing_for_which_there_is_no_room_leaves_nothing_and_is_done_later() -> None:
    uids = write(2)
    seal_all()
    with transaction.atomic():
        uids += append([entry() for _ in range(900)])
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        pages(cursor.fetchone()[0])
    try:
        with pytest.raises(DatabaseError):
            seal_all()
        assert len(sealed()) == 2
    finally:
        pages(1_000_000_000)

    seal_all()

    assert sealed() == uids
    assert tree_is_whole()
