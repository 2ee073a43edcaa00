"""From an unexplained read to a closed finding: who waits in the queue, who may judge, what remains of a reason."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from audit.journal import models as journal
from audit.journal.appender import append
from audit.journal.entry import Because
from audit.journal.erasure import erase_parts
from audit.journal.evidence import agreement_of, body_value
from audit.journal.reading import NotYourJournal, Officer, admit
from audit.models import Finding, FindingStep, Mark
from audit.oversight import looking, queries
from audit.oversight.models import FindingState, Verdict
from audit.oversight.notable import RULES
from audit.oversight.overseeing import oversee
from audit.oversight.rules import OwnReads, StepNotPossible
from audit.oversight.sources import Waiting, _sources, supply_source
from foundation import clock
from foundation.errors import Invalid, NotFound
from tests.audit.conftest import run
from tests.audit.stand_ins import BUREAU, CASE, POLICE, SCHOOL, TEACHER, WIJKAGENT, UpperFloor, entry
from tests.audit.stand_ins import Officer as Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("upper_floor")]
NO, YES = Because(code="U", fact_ref="participation:1"), Because(code="R3", fact_ref="action:1")


def officer(agency: str = POLICE, **who: Any) -> Officer:
    return admit(Visitor(agency_ref=agency, **who), route="test")


def wrote(*entries: Any) -> tuple[str, ...]:
    with transaction.atomic():
        return append(list(entries))


def neighbour(**what: Any) -> Any:
    """A read by the police officer that nothing explains."""
    return entry(because=NO, fields=1, **what)


def test_the_police_officer_who_looked_up_a_neighbour_waits_in_the_queue_once(upper_floor: UpperFloor) -> None:
    wrote(neighbour(trace_id="aa"), neighbour(trace_id="aa"), neighbour(trace_id="bb", case_ref=CASE + "x"))
    wrote(entry(because=YES, fields=1, case_ref=CASE + "y"), entry(agency_ref=SCHOOL, actor_ref=TEACHER, because=YES))

    (group,) = looking.bench(officer()).groups
    assert (group.actor_ref, group.agency_ref) == (WIJKAGENT, POLICE)
    ((hit),) = group.hits
    assert (hit.rule, hit.reads, hit.looks, hit.cases) == ("U", 3, 2, 2)


def test_without_a_floor_that_explains_nothing_is_explained() -> None:
    (uid,) = wrote(entry(fields=1))

    assert journal.Entry.objects.get(uid=uid).reason_code == "U"


def test_an_officer_sees_only_readers_of_the_own_agency_and_the_bureau_all() -> None:
    wrote(neighbour(), entry(agency_ref=SCHOOL, actor_ref=TEACHER, because=NO))

    assert [group.actor_ref for group in looking.bench(officer(SCHOOL)).groups] == [TEACHER]
    assert {group.actor_ref for group in looking.bench(officer(BUREAU)).groups} == {TEACHER, WIJKAGENT}
    with pytest.raises(NotFound):
        looking.reader(officer(SCHOOL), agency_ref=POLICE, actor_ref=WIJKAGENT)
    with pytest.raises(NotFound):
        looking.open_finding(officer(SCHOOL), agency_ref=POLICE, actor_ref=WIJKAGENT)
    uid = looking.open_finding(officer(), agency_ref=POLICE, actor_ref=WIJKAGENT)
    with pytest.raises(NotFound):
        looking.finding(officer(SCHOOL), str(uid))
    with pytest.raises(NotFound):
        step(uid, FindingState.EXPLAINED, by=officer(SCHOOL))


def test_who_is_no_officer_is_refused_and_that_is_recorded() -> None:
    with pytest.raises(NotYourJournal):
        officer(roles=frozenset({"professional"}))

    assert journal.Entry.objects.filter(outcome="refused").count() == 1


def step(
    uid: UUID, state: FindingState, verdict: Verdict = Verdict.NONE, *, by: Any = None, reason: str = "om"
) -> None:
    looking.take_step(by or officer(), str(uid), state=state, verdict=verdict, reason=reason)


def opened() -> UUID:
    wrote(neighbour())
    return looking.open_finding(officer(), agency_ref=POLICE, actor_ref=WIJKAGENT)


def test_a_finding_goes_from_open_over_explained_to_closed_and_its_reads_leave_the_queue() -> None:
    uid = opened()
    assert not looking.bench(officer()).groups

    step(uid, FindingState.EXPLAINED, reason="Zegt dat hij een melding aannam.")
    step(uid, FindingState.CLOSED, Verdict.UNJUSTIFIED, reason="Er was geen melding.")

    found = looking.finding(officer(), str(uid))
    assert [(one.state, one.verdict, one.reason) for one in found.steps] == [
        ("open", "", None),
        ("explained", "", "Zegt dat hij een melding aannam."),
        ("closed", "unjustified", "Er was geen melding."),
    ]
    assert [read.reason for read in found.reads] == ["U"]
    bench = looking.bench(officer())
    assert (bench.findings, [line.uid for line in bench.closed]) == ((), [str(uid)])


def test_new_reads_after_a_finding_come_back_in_the_queue() -> None:
    opened()
    wrote(neighbour())

    assert len(looking.bench(officer()).groups) == 1


@pytest.mark.parametrize("then", list(FindingState))
def test_a_closed_finding_stays_closed(then: FindingState) -> None:
    uid = opened()
    step(uid, FindingState.CLOSED, Verdict.JUSTIFIED)

    with pytest.raises(StepNotPossible):
        step(uid, then)


@pytest.mark.parametrize(
    ("state", "verdict", "reason", "field"),
    [(FindingState.CLOSED, Verdict.NONE, "om", "verdict"), (FindingState.EXPLAINED, Verdict.JUSTIFIED, "om", "verdict"),
     (FindingState.EXPLAINED, Verdict.NONE, "  ", "reason"), (FindingState.EXPLAINED, Verdict.NONE, "a\0", "reason"),
     (FindingState.OPEN, Verdict.NONE, "om", "state")],
)  # fmt: skip
def test_a_step_needs_a_reason_and_closing_a_verdict(state: Any, verdict: Any, reason: str, field: str) -> None:
    uid = opened()

    with pytest.raises(Invalid) as caught:
        step(uid, state, verdict, reason=reason)
    assert caught.value.field == field
    assert FindingStep.objects.count() == 1


def test_nobody_judges_their_own_reads() -> None:
    wrote(neighbour())
    self = officer(actor_ref=WIJKAGENT)

    with pytest.raises(OwnReads):
        looking.open_finding(self, agency_ref=POLICE, actor_ref=WIJKAGENT)
    uid = looking.open_finding(officer(), agency_ref=POLICE, actor_ref=WIJKAGENT)
    with pytest.raises(OwnReads):
        step(uid, FindingState.CLOSED, Verdict.JUSTIFIED, by=self)
    with pytest.raises(OwnReads):
        looking.finding(self, str(uid))


def test_a_reason_can_be_erased_and_the_step_stays() -> None:
    uid = opened()
    step(uid, FindingState.EXPLAINED, reason="Buurman")
    part = journal.Part.objects.get(kind="reason")
    erase_parts([bytes(part.commitment)], entry=entry(event_type="part.erased"))

    assert [one.reason for one in looking.finding(officer(), str(uid)).steps] == [None, None]
    assert b"Buurman" not in b"".join(bytes(row.body) for row in journal.Entry.objects.all())


def test_a_rule_is_as_precise_as_its_closed_findings_say() -> None:
    for verdict in (Verdict.UNJUSTIFIED, Verdict.JUSTIFIED, Verdict.UNJUSTIFIED):
        step(opened(), FindingState.CLOSED, verdict)
    opened()

    found = looking.bench(officer()).precision
    assert (found["U"].closed, found["U"].unjustified) == (3, 2)
    assert (found["volume"].closed, found["volume"].unjustified) == (0, 0)


def test_every_look_at_the_oversight_is_an_entry_and_no_look_calls_another() -> None:
    before = journal.Entry.objects.count()
    looking.bench(officer())

    (look,) = journal.Entry.objects.order_by("id")[before:]
    assert look.event_type == "oversight.queue"
    assert not looking.bench(officer()).groups


def test_the_own_page_shows_only_ones_own_reads_and_is_recorded() -> None:
    wrote(neighbour(), entry(agency_ref=SCHOOL, actor_ref=TEACHER, because=YES))

    reads = looking.own(Visitor(agency_ref=SCHOOL, actor_ref=TEACHER, roles=frozenset()), route="own_lookups")
    assert [(read.line.actor_ref, read.reason) for read in reads] == [(TEACHER, "R3")]
    assert journal.Entry.objects.filter(event_type="oversight.own", actor_ref=TEACHER).count() == 1


def test_the_reason_is_part_of_the_evidence() -> None:
    (uid,) = wrote(neighbour())
    row = journal.Entry.objects.get(uid=uid)
    because = body_value(row)["matter"]["because"]
    row.reason_code = "R3"

    assert because == {"code": "U", "fact": NO.fact_ref, "rules": 1}
    assert agreement_of(row).differing == ("reason_code",)


@pytest.mark.parametrize(
    "sql",
    ["UPDATE audit_entry SET reason_code = 'R1'",
     "UPDATE audit_finding_step SET verdict = 'justified'", "DELETE FROM audit_finding",
     "DELETE FROM audit_finding_read", "UPDATE audit_finding SET actor_ref = ''"],
)  # fmt: skip
def test_what_was_found_cannot_be_changed(sql: str) -> None:
    opened()

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        run(sql)


def test_other_rooms_put_their_work_on_the_bench() -> None:
    supply_source("test", lambda who: [Waiting(title="Noodtoegang", url="/x/", since=clock.now())])
    try:
        assert [one.title for one in looking.bench(officer()).waiting] == ["Noodtoegang"]
    finally:
        _sources.pop("test")


def test_the_rules_run_over_everything_once_in_batches_and_go_on_where_they_stopped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    night = clock.start_of(clock.today()) - timedelta(days=3) + timedelta(hours=2)
    with monkeypatch.context() as patch:
        patch.setattr(clock, "now", lambda: night)
        wrote(*(neighbour(case_ref=f"{CASE}{n}") for n in range(7)))

    assert oversee(batch=3) == 7
    assert oversee(batch=3) == 0
    with monkeypatch.context() as patch:
        patch.setattr(clock, "now", lambda: night + timedelta(hours=1))
        wrote(entry(because=Because(code="U"), fields=1))

    assert oversee(batch=3) == 2
    assert set(Mark.objects.values_list("rule", flat=True)) == {"off_hours", "no_part"}
    (group,) = looking.bench(officer()).groups
    assert {hit.rule: hit.reads for hit in group.hits} == {"U": 8, "off_hours": 8, "no_part": 1}


def test_a_day_far_above_the_peers_is_marked_when_it_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    midday = clock.start_of(clock.today()) - timedelta(days=2) + timedelta(hours=12)
    with monkeypatch.context() as patch:
        patch.setattr(clock, "now", lambda: midday - timedelta(days=1))
        wrote(*(entry(because=YES, fields=1, actor_ref=f"professional:{n}") for n in range(5)))
        patch.setattr(clock, "now", lambda: midday)
        wrote(*(entry(because=YES, fields=1, case_ref=f"{CASE}{n}") for n in range(20)))
    oversee()

    assert Mark.objects.filter(rule="volume").count() == 20
    assert oversee() == 0


def test_the_queue_takes_as_many_queries_for_many_reads_as_for_one(django_assert_max_num_queries: Any) -> None:
    wrote(*(neighbour(case_ref=f"{CASE}{n}") for n in range(60)))

    with django_assert_max_num_queries(len(RULES)):
        queries.queue(RULES, scope=POLICE)
    assert connection.vendor in ("sqlite", "postgresql")
    assert Finding.objects.count() == 0
