"""Whatever breaks while an entry is written: the act beside it does not happen and nothing is shown."""

import os
from typing import Any

import pytest
from django.db import transaction

from audit.journal import keys, models
from audit.journal.appender import append
from audit.journal.entry import Entry
from audit.journal.errors import JournalUnavailable
from audit.journal.scope import write_scope
from tests.audit.conftest import count, guarded_table, run, run_fault
from tests.audit.stand_ins import ZORRO, entry

pytestmark = pytest.mark.django_db


def disclose(table: str) -> str:
    """An act as a command does it: change, journal, commit, and only then answer."""
    with transaction.atomic(), write_scope():
        run(f"INSERT INTO {table} VALUES (1, 'value')")
        append([entry(subject_ref=ZORRO, actor_name="D. Kuipers"), entry()])
    return "bytes of the case"


class Broken:
    """No entry at all."""


def fails(table: str) -> None:
    with pytest.raises(JournalUnavailable) as caught:
        disclose(table)

    assert caught.value.code == "journal_unavailable"
    assert caught.value.status == 503
    assert count(table) == 0
    assert not models.Entry.objects.exists()
    assert not models.Part.objects.exists()


@pytest.fixture
def table(db: Any) -> str:
    return guarded_table("tests_thing", history=False)


@pytest.mark.parametrize("broken", ["audit_entry", "audit_part"])
def test_when_the_database_cannot_take_the_entry_or_its_parts_nothing_happened(broken: str, table: str) -> None:
    run_fault(broken)

    fails(table)


def test_when_the_key_is_gone_nothing_happened(table: str, settings: Any) -> None:
    settings.JOURNAL_KEY = ""

    fails(table)


def test_when_the_machine_has_no_randomness_nothing_happened(table: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def empty(n: int) -> bytes:
        raise OSError("no entropy")

    monkeypatch.setattr(os, "urandom", empty)

    fails(table)


def test_break_glass_is_no_exception(table: str) -> None:
    run_fault("audit_entry")

    with pytest.raises(JournalUnavailable), transaction.atomic():
        append([entry(break_glass=True, reason="Acuut")])


def test_a_word_that_is_no_text_is_no_entry_and_nothing_happened() -> None:
    torn: Entry = entry(purpose="\ud800")

    with pytest.raises(JournalUnavailable), transaction.atomic():
        append([torn])

    assert not models.Entry.objects.exists()


def test_after_a_failure_the_next_entry_is_written_again(table: str) -> None:
    with pytest.raises(JournalUnavailable), transaction.atomic():
        append([Broken()])  # type: ignore[list-item]

    assert disclose(table) == "bytes of the case"
    assert keys.master_key()
