"""A change of guarded rows and its entries as one statement: both stand, or neither does (PostgreSQL)."""

from collections.abc import Iterator

import pytest
from django.db import IntegrityError, connection, transaction

from audit.journal import lanes, models
from audit.journal.apart import SCOPED, Change, append_apart, change_apart
from audit.journal.errors import JournalUnavailable
from audit.sealing.sealer import seal_all
from tests.audit.conftest import guarded_table, run
from tests.audit.flushing import let_flush_through
from tests.audit.sealing.steps import flaws
from tests.audit.stand_ins import entry

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no trips to spare"),
]
let_flush_through()


@pytest.fixture(autouse=True)
def _own_lanes() -> Iterator[None]:
    lanes.forget(connection)
    yield
    lanes.forget(connection)


@pytest.fixture(autouse=True)
def _thing() -> Iterator[None]:
    """A guarded table with one row."""
    guarded_table("tests_thing", history=False)
    assert change_apart(put(1, "one"), [entry()])
    yield
    run("DROP TABLE tests_thing")


def put(number: int, word: str) -> Change:
    return Change([
        ("made", f"INSERT INTO tests_thing SELECT %s::int, %s::text WHERE {SCOPED} RETURNING id, word", [number, word])
    ])  # fmt: skip


def reword(word: str, *, number: int = 1) -> Change:
    """Changes a row, and puts another beside it."""
    text = f"UPDATE tests_thing SET word = %s WHERE id = %s AND {SCOPED} RETURNING id"
    return Change([
        ("found", text, [word, number]),
        ("made", "INSERT INTO tests_thing SELECT found.id + 10, %s::text FROM found RETURNING id", [word]),
    ])  # fmt: skip


def words() -> list[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, word FROM tests_thing ORDER BY id")
        return [(int(number), str(word)) for number, word in cursor.fetchall()]


def entries() -> int:
    return models.Entry.objects.count()


def test_a_change_its_entries_and_answers_come_in_one_trip() -> None:
    before = entries()

    found = change_apart(
        reword("other"), [entry(), entry()], beside=[("(SELECT count(*) FROM tests_thing)", []), ("%s::int + 1", [6])]
    )

    assert found == [(11, 1, 7)], "of what stood before"
    assert words() == [(1, "other"), (11, "other")]
    assert entries() == before + 2


def test_without_a_row_there_is_no_entry_and_the_lane_goes_on() -> None:
    before = entries()

    assert change_apart(reword("other", number=5), [entry()]) == []
    assert (words(), entries()) == ([(1, "one")], before)

    change_apart(reword("other"), [entry()])
    append_apart([entry()])
    rows = list(models.Entry.objects.order_by("lane_seq").values_list("lane", "lane_seq"))
    assert [number for _lane, number in rows] == list(range(before + 2))
    assert len({lane for lane, _number in rows}) == 1
    seal_all()
    assert flaws() == []


def test_what_the_table_refuses_is_said_and_nothing_stands() -> None:
    before = entries()

    with pytest.raises(IntegrityError):
        change_apart(put(1, "again"), [entry()])

    assert (words(), entries()) == ([(1, "one")], before)
    assert change_apart(put(2, "two"), [entry()]) == [(2, "two")]
    seal_all()
    assert flaws() == []


def test_when_the_journal_refuses_the_change_does_not_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    before = entries()
    monkeypatch.setattr("audit.journal.appender.SCHEMA_V", "x")

    with pytest.raises(JournalUnavailable):
        change_apart(reword("other"), [entry()])

    assert (words(), entries()) == ([(1, "one")], before)


def test_an_entry_that_is_there_already_is_the_journals_own_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    (uid,) = append_apart([entry()])
    monkeypatch.setattr("audit.journal.uids.new_uids", lambda number, at: [uid] * number)

    with pytest.raises(JournalUnavailable):
        change_apart(reword("other"), [entry()])

    assert words() == [(1, "one")]


def test_nothing_is_open_after_it() -> None:
    change_apart(reword("other"), [entry()])

    with pytest.raises(IntegrityError, match="needs an open write_scope"):
        run("UPDATE tests_thing SET word = 'silent'")
    with pytest.raises(IntegrityError, match="needs an open write_scope"), transaction.atomic():
        run("DELETE FROM tests_thing")
    assert words() == [(1, "other"), (11, "other")]


def test_inside_a_transaction_it_is_not_to_be_had() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        change_apart(reword("other"), [entry()])
    assert words() == [(1, "one")]
