"""Timelines and the course of reads: who may see which, how they page, and that each look is an entry."""

from datetime import timedelta
from typing import Any

import pytest

from audit.journal import models as journal
from audit.journal.entry import Because, Outcome
from audit.journal.fieldset import FieldLabel, sync_fieldset
from audit.journal.reading import Officer, admit
from audit.models import Mark
from audit.oversight import looking
from audit.ports import Sort
from foundation import clock
from foundation.errors import Invalid, NotFound
from tests.audit.oversight.test_findings import wrote
from tests.audit.stand_ins import (
    BUREAU,
    CASE,
    NADIA,
    POLICE,
    SCHOOL,
    TEACHER,
    WIJKAGENT,
    ZORRO,
    UpperFloor,
    entry,
)
from tests.audit.stand_ins import Officer as Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("upper_floor")]
HASH = "ab" * 32


def officer(agency: str = POLICE, **who: Any) -> Officer:
    return admit(Visitor(agency_ref=agency, **who), route="test")


def of(sort: Sort, reference: str, by: Officer | None = None, **more: Any) -> Any:
    return looking.timeline_of(by or officer(), sort, reference, **more)


def looks() -> list[journal.Entry]:
    return list(journal.Entry.objects.filter(event_type="oversight.timeline").order_by("id"))


def test_a_person_has_a_timeline_of_who_read_what_and_why_without_values() -> None:
    fields = [FieldLabel(bit=bit, field=f"f{bit}", label_nl=f"Veld {bit}", label_en=f"F {bit}") for bit in (0, 1)]
    sync_fieldset(fields, version="1", catalogue_hash=HASH)
    about = {"catalogue_hash": HASH, "roles": ("street",), "because": Because(code="R3", fact_ref="action:1")}
    (uid,) = wrote(entry(subject_ref=ZORRO, fields=1, announced=2, **about))
    wrote(entry(subject_ref=NADIA, fields=1), entry(agency_ref=SCHOOL, actor_ref=TEACHER, subject_ref=ZORRO, fields=1))
    Mark.objects.create(entry_uid=uid, rule="off_hours", rule_version=1, noted_at=clock.now())

    (moment,) = of(Sort.PERSON, ZORRO).moments
    assert (moment.read.line.actor_ref, moment.roles, moment.read.reason) == (WIJKAGENT, ("street",), "R3")
    assert [field.field for field in moment.fields] == ["f0"]
    assert [field.field for field in moment.announced] == ["f1"]
    assert moment.read.rules == ("off_hours",)
    # The officer's own look is on it too, with the reason that it was the officer's work.
    whole = of(Sort.PERSON, ZORRO, officer(BUREAU)).moments
    assert [(m.read.line.event_type, m.read.reason) for m in whole] == [
        ("oversight.timeline", "R8"), ("case.read", "U"), ("case.read", "R3"),
    ]  # fmt: skip


def test_an_officer_sees_only_readers_of_the_own_agency_and_is_not_told_of_others() -> None:
    wrote(entry(subject_ref=ZORRO), entry(agency_ref=SCHOOL, actor_ref=TEACHER, subject_ref=ZORRO))
    school = officer(SCHOOL)

    assert [m.read.line.actor_ref for m in of(Sort.CASE, CASE, school).moments] == [TEACHER]
    assert not of(Sort.READER, WIJKAGENT, school).moments
    assert looking.found(school, Sort.AGENCY, "Politie") == ()
    assert looking.found(school, Sort.READER, "Kuipers") == ()
    assert looking.found(officer(BUREAU), Sort.READER, "Kuipers") == (WIJKAGENT,)


def test_what_nobody_in_scope_read_is_as_unknown_as_what_is_not_there() -> None:
    wrote(entry(agency_ref=SCHOOL, actor_ref=TEACHER, subject_ref=ZORRO))

    assert looking.found(officer(), Sort.PERSON, "MD-2026-0425") == looking.found(officer(), Sort.PERSON, "XX") == ()


def test_a_timeline_pages_without_a_gap_and_without_twice_the_same() -> None:
    with_read = wrote(*(entry(trace_id=f"{n:032x}", case_ref=f"{CASE}{n}") for n in range(7)))
    seen, before = [], ""
    while True:
        page = of(Sort.READER, WIJKAGENT, before=before, limit=3)
        seen += [moment.read.line.uid for moment in page.moments]
        before = page.older
        if not before:
            break

    assert seen == list(reversed(with_read))
    with pytest.raises(Invalid):
        of(Sort.READER, WIJKAGENT, before="zqx")


def test_refused_attempts_and_break_glass_are_on_it() -> None:
    wrote(entry(outcome=Outcome.REFUSED, event_type="case.refused"), entry(break_glass=True))

    shown = {(m.read.line.outcome, m.read.line.break_glass) for m in of(Sort.CASE, CASE).moments}
    assert shown == {("refused", False), ("ok", True)}


def test_each_look_is_an_entry_that_names_of_whom() -> None:
    wrote(entry(subject_ref=ZORRO))
    of(Sort.PERSON, ZORRO)
    of(Sort.CASE, CASE)

    about_person, about_case = looks()
    assert (about_person.case_ref, about_case.case_ref) == ("", CASE)
    about = journal.Part.objects.filter(kind="subject", entry_uid=about_person.uid)
    assert about.count() == 1
    assert ZORRO.encode() not in bytes(about_person.body)


def test_nothing_is_asked_per_line(django_assert_max_num_queries: Any, upper_floor: UpperFloor) -> None:
    wrote(*(entry(subject_ref=ZORRO) for _ in range(30)))

    with django_assert_max_num_queries(12):
        assert len(of(Sort.PERSON, ZORRO).moments) == 30


def test_the_course_counts_requests_exactly_within_scope_and_in_tens_outside(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    earlier = clock.now() - timedelta(weeks=2)
    with monkeypatch.context() as patch:
        patch.setattr(clock, "now", lambda: earlier)
        why = Because(code="R3", fact_ref="action:1")
        wrote(*(entry(trace_id=f"{n % 3:032x}", because=Because(code="U") if n < 2 else why) for n in range(6)))
        teacher = {"agency_ref": SCHOOL, "actor_ref": TEACHER, "because": why}
        wrote(*(entry(trace_id=f"{n:032x}", **teacher) for n in range(19)))

    police = looking.plot_of(officer())
    own, other = police.agencies
    assert (own.agency_ref, own.reads[-3], own.unexplained[-3], own.own) == (POLICE, 3, 2, True)
    assert (other.agency_ref, other.reads[-3], other.total, other.own) == (SCHOOL, 10, 10, False)
    assert sum(other.unexplained) == 0
    assert police.whole.total == 3
    assert looking.plot_of(officer(BUREAU)).whole.total == 22


def test_a_neighbour_with_less_than_ten_reads_is_not_there() -> None:
    wrote(*(entry(trace_id=f"{n:032x}", agency_ref=SCHOOL, actor_ref=TEACHER) for n in range(9)))

    assert [one.agency_ref for one in looking.plot_of(officer()).agencies] == [POLICE]


def test_why_says_what_is_known_of_a_read_and_only_within_scope() -> None:
    (uid,) = wrote(entry(subject_ref=ZORRO, fields=1, articles=("own", "XX v1 art. 1"), because=Because(code="U")))

    found = looking.why_of(officer(), uid)
    assert (found.reason, found.own, found.unknown, found.ground) == ("U", True, ("XX v1 art. 1",), None)
    assert (found.seal.seq, found.seal.proven) == (None, None)
    assert journal.Entry.objects.filter(event_type="oversight.why", case_ref=CASE).count() == 1
    with pytest.raises(NotFound):
        looking.why_of(officer(SCHOOL), uid)
