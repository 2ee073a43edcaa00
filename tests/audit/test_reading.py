"""Reading the journal: who sees which entries, how they are found, and that the look is recorded."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.journal import models, queries, reading
from audit.journal.appender import append
from audit.journal.commitments import parts_about
from audit.journal.entry import Action, Outcome
from audit.journal.erasure import erase_parts
from audit.journal.filters import Filter, matching, reading_agencies
from audit.journal.rules import NotYourJournal, may_oversee
from foundation import clock
from foundation.errors import Invalid, NotFound, SignInNeeded
from tests.audit.flushing import guards_lifted
from tests.audit.stand_ins import (
    CASE,
    NADIA,
    POLICE,
    SCHOOL,
    TEACHER,
    WIJKAGENT,
    ZORRO,
    Officer,
    UpperFloor,
    entry,
)

pytestmark = pytest.mark.django_db
SCHOOLS = {"agency_ref": SCHOOL, "actor_ref": TEACHER, "case_ref": "case:other"}
REFUSED = {"outcome": Outcome.REFUSED, "event_type": "case.refused"}


@pytest.fixture
def world(upper_floor: UpperFloor) -> list[str]:
    """Four entries, oldest first: two of the police, two of the school."""
    return list(
        append(
            [
                entry(subject_ref=ZORRO, fields=0b11),
                entry(subject_ref=ZORRO, fields=1 << 70, **SCHOOLS),
                entry(subject_ref=NADIA, **REFUSED),
                entry(subject_ref=NADIA, fields=1 << 185, break_glass=True, **SCHOOLS),
            ]
        )
    )


def found(wanted: Filter, *, scope: str | None = None) -> list[str]:
    return [line.uid for line in queries.newest(wanted, scope_agency_ref=scope).lines]


def test_an_officer_sees_the_reads_of_their_own_agency_and_no_others(world: list[str]) -> None:
    assert found(Filter(), scope=POLICE) == [world[2], world[0]]
    assert found(Filter(agencies=(SCHOOL,)), scope=POLICE) == []
    assert found(Filter(subjects=(ZORRO,)), scope=SCHOOL) == [world[1]]


def test_the_bureau_sees_the_reads_of_all_agencies(world: list[str]) -> None:
    assert found(Filter()) == world[::-1]


@pytest.mark.parametrize(
    ("wanted", "places"),
    [
        (Filter(subjects=(ZORRO,)), [1, 0]),
        (Filter(subjects=(ZORRO, NADIA)), [3, 2, 1, 0]),
        (Filter(subjects=()), []),
        (Filter(cases=(CASE,)), [2, 0]),
        (Filter(cases=()), []),
        (Filter(readers=(TEACHER,)), [3, 1]),
        (Filter(agencies=(POLICE,)), [2, 0]),
        (Filter(field=0), [0]),
        (Filter(field=70), [1]),
        (Filter(field=185), [3]),
        (Filter(field=2), []),
        (Filter(event_type="case.refused"), [2]),
        (Filter(outcome="refused"), [2]),
        (Filter(break_glass=True), [3]),
        (Filter(break_glass=False), [2, 1, 0]),
        (Filter(subjects=(NADIA,), readers=(WIJKAGENT,), outcome="refused"), [2]),
    ],
    ids=str,
)
def test_entries_are_found_by(world: list[str], wanted: Filter, places: list[int]) -> None:
    assert found(wanted) == [world[place] for place in places]


def test_a_period_includes_its_start_and_leaves_out_its_end(upper_floor: UpperFloor) -> None:
    noon = clock.start_of(clock.today()) + timedelta(hours=12)
    uids = []
    for hours in range(3):
        with time_machine.travel(noon + timedelta(hours=hours), tick=False):
            uids += append([entry()])

    wanted = Filter(since=noon + timedelta(hours=1), until=noon + timedelta(hours=2))

    assert found(wanted) == [uids[1]]


def test_pages_follow_each_other_without_gap_or_repeat(world: list[str]) -> None:
    append([entry(event_type="x") for _ in range(7)])
    seen: list[str] = []
    cursor = ""
    while True:
        page = queries.newest(Filter(), scope_agency_ref=None, before=cursor, limit=4)
        seen += [line.uid for line in page.lines]
        append([entry(event_type="meanwhile")])
        cursor = page.older
        if not cursor:
            break

    assert len(seen) == 11
    assert seen == sorted(set(seen), reverse=True)


def test_a_cursor_that_is_none_is_told_with_a_remedy() -> None:
    with pytest.raises(Invalid) as caught:
        queries.newest(Filter(), scope_agency_ref=None, before="1; DROP TABLE")

    assert caught.value.field == "before"
    assert caught.value.remedy


def test_the_agencies_that_read_are_found_without_walking_the_journal(world: list[str]) -> None:
    assert sorted(reading_agencies()) == sorted([POLICE, SCHOOL])


def test_a_page_costs_one_query_and_a_look_one_more_insert(world: list[str]) -> None:
    officer = reading.admit(Officer(agency_ref=POLICE), route="journal")
    with CaptureQueriesContext(connection) as captured:
        reading.read_page(officer, Filter())

    selects = [q["sql"] for q in captured if q["sql"].lstrip().upper().startswith("SELECT")]
    assert len(selects) == 1


def test_a_look_at_the_journal_is_recorded_once_and_is_not_on_its_own_page(world: list[str]) -> None:
    officer = reading.admit(Officer(agency_ref=POLICE), route="journal")

    page = reading.read_page(officer, Filter(cases=(CASE,), field=0))

    assert [line.uid for line in page.lines] == [world[0]]
    (look,) = models.Entry.objects.filter(event_type="journal.read")
    assert (look.agency_ref, look.case_ref, look.purpose, look.outcome) == (POLICE, CASE, "oversight", "ok")
    again = reading.read_page(officer, Filter(event_type="journal.read"))
    assert [line.uid for line in again.lines] == [look.uid.hex]
    assert models.Entry.objects.filter(event_type="journal.read").count() == 2


def test_a_look_for_a_person_concerns_that_person(world: list[str]) -> None:
    officer = reading.admit(Officer(agency_ref=POLICE), route="journal")

    reading.read_page(officer, Filter(subjects=(ZORRO,)))

    assert len(found(Filter(subjects=(ZORRO,), event_type="journal.read"))) == 1


def test_who_is_no_privacy_officer_is_refused_with_a_remedy_and_that_is_recorded(upper_floor: UpperFloor) -> None:
    teacher = Officer(agency_ref=SCHOOL, actor_ref=TEACHER, roles=frozenset({"professional"}))

    with pytest.raises(NotYourJournal) as caught:
        reading.admit(teacher, route="journal")

    assert caught.value.remedy
    assert not may_oversee(teacher)
    (line,) = queries.newest(Filter(), scope_agency_ref=SCHOOL).lines
    assert (line.event_type, line.outcome, line.actor_ref) == ("journal.read", "refused", TEACHER)


def test_nobody_is_asked_to_sign_in() -> None:
    with pytest.raises(SignInNeeded):
        reading.admit(None, route="journal")


def test_an_entry_opens_with_its_person_reason_articles_and_agreement(world: list[str]) -> None:
    (uid,) = append([entry(subject_ref=ZORRO, reason="Acuut", articles=("PGA-MD v2 art. 9",), fields=1)])

    opened = reading.read_entry(reading.admit(Officer(agency_ref=POLICE), route="journal_entry"), uid)

    assert opened.agreement.whole
    assert opened.articles == ("PGA-MD v2 art. 9",)
    assert [(p.kind, p.state, p.text) for p in opened.parts] == [
        ("subject", "bound", ZORRO),
        ("reason", "bound", "Acuut"),
    ]
    assert [field.field for field in opened.fields] == ["bit_0"]


def test_an_entry_of_another_agency_does_not_exist_for_this_officer(world: list[str]) -> None:
    officer = reading.admit(Officer(agency_ref=POLICE), route="journal_entry")

    with pytest.raises(NotFound):
        reading.read_entry(officer, world[1])
    with pytest.raises(NotFound):
        reading.read_entry(officer, uuid4().hex)


def test_an_erased_person_is_shown_as_erased_and_the_entry_still_agrees(world: list[str]) -> None:
    erase_parts(
        parts_about(ZORRO, agency_refs=[POLICE]), entry=entry(event_type="journal.erased", action=Action.DELETE)
    )

    opened = queries.opened(world[0], scope_agency_ref=None)

    assert [(p.kind, p.state, p.text) for p in opened.parts] == [("subject", "erased", "")]
    assert opened.agreement.whole
    assert found(Filter(subjects=(ZORRO,))) == [world[1]]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE audit_entry SET actor_ref = 'professional:x'", "actor_ref"),
        ("UPDATE audit_entry SET outcome = 'ok' ", "outcome"),
        ("UPDATE audit_entry SET fields_1 = 0, fields_2 = 0, fields_0 = 4", "fields_0"),
        ("UPDATE audit_entry SET legal_basis = 'none'", "legal_basis"),
    ],
)
def test_a_column_changed_by_who_went_round_the_guards_is_told(change: str, told: str, world: list[str]) -> None:
    with guards_lifted(connection), connection.cursor() as cursor:
        cursor.execute(change)

    assert told in queries.opened(world[2], scope_agency_ref=None).agreement.differing


def test_a_body_changed_by_who_went_round_the_guards_is_told(world: list[str]) -> None:
    row = models.Entry.objects.get(uid=world[0])
    body = bytes(row.body).replace(b"case.read", b"case.list")
    with guards_lifted(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET body = %s, event_type = 'case.list'", [body])

    agreement = queries.opened(world[0], scope_agency_ref=None).agreement
    assert not agreement.hash_fits
    assert not agreement.whole


def test_a_part_moved_to_another_commitment_is_shown_as_broken(world: list[str]) -> None:
    (mine,) = parts_about(ZORRO, agency_refs=[POLICE])
    other = models.Part.objects.exclude(commitment=mine).first()
    assert other is not None
    with guards_lifted(connection):
        models.Part.objects.filter(commitment=mine).update(ciphertext=other.ciphertext)

    (part,) = queries.opened(world[0], scope_agency_ref=None).parts
    assert (part.kind, part.state, part.text) == ("subject", "broken", "")


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (Filter(), "sqlite_autoindex_audit_entry"),
        (Filter(since=datetime(2026, 1, 1, tzinfo=UTC)), "sqlite_autoindex_audit_entry"),
        (Filter(subjects=(ZORRO,)), "audit_part_pseudonym"),
        (Filter(cases=(CASE,)), "audit_entry_case"),
        (Filter(readers=(TEACHER,)), "audit_entry_actor"),
        (Filter(agencies=(POLICE,)), "audit_entry_agency"),
        (Filter(outcome="refused"), "audit_entry_not_ok"),
        (Filter(break_glass=True), "audit_entry_break_glass"),
    ],
    ids=str,
)
def test_each_way_to_search_has_its_index(world: list[str], wanted: Filter, index: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads a table this small from end to end")

    assert index in matching(wanted, scope_agency_ref=None)[:51].explain()
