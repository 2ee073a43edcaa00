"""Terms by covenant, a calendar, four eyes, real erasure, a certificate. The journal stands."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.covenants.rules import operator
from agreements.models import Agency
from audit import ports
from audit.journal.entry import Action
from audit.journal.models import Entry
from cases.casework import commands as casework
from cases.casework.commands.contribution import Given
from cases.casework.commands.wording import new_words, save_words
from cases.meetings.models import AgendaItem, Decision, Meeting
from cases.models import Case, CaseSubject, Contribution, Subject
from cases.plans.models import Closing
from cases.records.models import PhaseChange
from cases.records.sealed import SealedFacts
from cases.retention import commands
from cases.retention.calendar import calendar
from cases.retention.models import Destruction
from cases.retention.rows import in_order
from cases.retention.terms import DEFAULTS, terms_of
from foundation import clock
from foundation.canonical import canonical_bytes
from foundation.errors import Invalid, NotFound, Refused
from tests.cases.desk import changing, give, make_case, page, reading
from tests.invariants.world import World

pytestmark = pytest.mark.django_db
SECRET = "zqxerasemeqzx"
"""One word, so that it stands whole in the indexes of search as well."""


def _closed(number: str = "R-1", *, days: int = 400, live: tuple[str, ...] = ("GEM-MD", "POL-MD", "ZVH-MD")) -> Case:
    """A case that was closed so many days ago."""
    case = make_case(number, live=live, began=clock.now() - timedelta(days=days + 30))
    at = clock.now() - timedelta(days=days)
    with changing():
        Closing.objects.create(
            case=case, source=Agency.objects.get(code="GEM-MD"), under=case.covenants, values=SealedFacts.seal({}),
            present="0", given_at=at, step="closed", reason="goals_met", decided_at=at,
        )  # fmt: skip
        Case.objects.filter(pk=case.pk).update(state="closed")
    return Case.objects.get(pk=case.pk)


def _lines(case: Case, at: datetime | None = None) -> list[Any]:
    return list(calendar(Case.objects.filter(pk=case.pk), at=at or clock.now()))


def _approved(world: World, case: Case, *, scope: str = "case", subject: Any = None) -> Destruction:
    made = commands.propose(reading(world, "nadia"), case.number, scope=scope, subject=subject)
    return commands.approve(reading(world, "carla"), made.uid)


def _run() -> tuple[Destruction, ...]:
    return commands.carry_out_approved(by=operator("erase_due"))


def test_the_shortest_term_of_the_covenants_counts(world: World) -> None:
    at = clock.now()

    assert terms_of(["PGA-MD"], at=at)["closed_case"].duration == "P1Y"
    both = terms_of(["PGA-MD", "JS-MD"], at=at)
    assert (both["closed_case"].duration, both["closed_case"].article) == ("P6M", "JS-MD v1 art. 14")
    assert terms_of([], at=at)["not_admitted"].duration == "P14D"


def test_a_closed_case_comes_into_the_calendar_with_its_article(world: World) -> None:
    (line,) = _lines(_closed(days=300))

    assert (line.scope, line.ground, line.article) == ("case", "closed_case", "PGA-MD v2 art. 11")
    assert line.warning in ("three_months", "one_month")


def test_a_case_that_was_not_admitted_goes_after_fourteen_days(world: World) -> None:
    case = make_case("R-2", live=("GEM-MD", "ZVH-MD"), began=clock.now() - timedelta(days=20))
    with changing():
        Case.objects.filter(pk=case.pk).update(state="rejected")
        PhaseChange.objects.filter(case=case).update(starts=clock.now() - timedelta(days=15))

    (line,) = _lines(Case.objects.get(pk=case.pk))

    assert (line.ground, line.warning) == ("not_admitted", "overdue")


def test_the_clock_of_a_person_runs_from_the_first_processing_in_any_case(world: World) -> None:
    case = make_case("R-3", live=("GEM-MD", "ZVH-MD"))
    give(world, case, "GEM-MD", given=clock.now() - timedelta(days=5 * 365 - 20), full_name="A")

    (line,) = _lines(case)

    assert (line.scope, line.ground) == ("person", "max_from_first_processing")
    assert line.warning == "one_month"


def test_a_term_of_months_is_over_when_those_months_are(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A covenant may set a term for persons that is much shorter than that of the law."""
    monkeypatch.setitem(DEFAULTS, "max_from_first_processing", "P6M")
    case = make_case("R-30", live=("GEM-MD", "ZVH-MD"), covenants=("KORT-MD",), began=clock.now() - timedelta(days=250))
    give(world, case, "GEM-MD", given=clock.now() - timedelta(days=200), full_name="A")

    (line,) = _lines(case)

    assert (line.scope, line.warning) == ("person", "overdue")


def test_every_case_of_a_calendar_has_its_own_term_and_more_of_them_ask_no_more(world: World) -> None:
    at = clock.now()
    _closed("R-31", days=200)
    half = make_case("R-32", live=("GEM-MD", "ZVH-MD"), covenants=("JS-MD",), began=at - timedelta(days=230))
    with changing():
        Case.objects.filter(pk=half.pk).update(state="closed")
        PhaseChange.objects.filter(case=half).update(starts=at - timedelta(days=200))
    cases = Case.objects.filter(number__startswith="R-3")

    with CaptureQueriesContext(connection) as few:
        lines = calendar(cases, at=at)
    for number in range(4):
        case = _closed(f"R-3{number + 3}", days=900 - number)
        give(world, case, "GEM-MD", given=at - timedelta(days=1700), full_name="A")
    with CaptureQueriesContext(connection) as many:
        more = calendar(cases, at=at)

    assert [(line.case.number, line.warning) for line in lines] == [("R-32", "overdue"), ("R-31", "twelve_months")]
    assert len([line for line in more if line.scope == "case"]) == 6
    assert len([line for line in more if line.scope == "person"]) == 4
    # With persons near their term the renewals are asked too, once for all of them.
    assert len(many) <= len(few) + 2
    assert calendar(cases, at=at, ahead=timedelta()) == tuple(line for line in more if line.warning == "overdue")


@pytest.mark.parametrize("key", ["sanne", "ruben", "peter", "bas", "hilde"])
def test_who_keeps_no_terms_sees_no_calendar(world: World, key: str) -> None:
    assert page(world, key).get("/bewaren/").status_code == 403


def test_nothing_is_destroyed_before_its_day(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        commands.propose(reading(world, "nadia"), _closed(days=100).number, scope="case")

    assert refused.value.field == "due_on"


def test_nobody_approves_what_they_proposed(world: World) -> None:
    case = _closed()
    made = commands.propose(reading(world, "carla"), case.number, scope="case")

    with pytest.raises(Refused):
        commands.approve(reading(world, "carla"), made.uid)
    assert _run() == ()
    assert Case.objects.get(pk=case.pk).state == "closed"


def test_an_agency_without_the_case_neither_proposes_nor_approves(world: World) -> None:
    case = _closed(live=("GEM-MD", "ZVH-MD"))
    made = commands.propose(reading(world, "nadia"), case.number, scope="case")

    # Dirk is privacy officer of the police, which never took part in this case.
    for act in (
        lambda: commands.propose(reading(world, "dirk"), case.number, scope="case"),
        lambda: commands.approve(reading(world, "dirk"), made.uid),
        lambda: commands.stop(reading(world, "dirk"), made.uid),
    ):
        with pytest.raises(NotFound):
            act()


def _full_case(world: World) -> Case:
    """A closed case with a secret in every kind of place where words can stand."""
    case = _closed()
    with changing():
        Case.objects.filter(pk=case.pk).update(state="open", next_step=SECRET)
        PhaseChange.objects.filter(case=case).update(note=SECRET)
        case.participations.update(reason=SECRET)
    fact = give(world, case, "GEM-MD", full_name=SECRET)
    casework.correct_contribution(
        reading(world, "sanne"), case.number, fact.uid,
        Given(values={"full_name": f"{SECRET}-2"}, observed_on=clock.today()), reason=SECRET,
    )  # fmt: skip
    with changing():
        meeting = Meeting.objects.create(
            title="Overleg", lead=case.lead, chair=world.people["nadia"], starts_at=clock.now()
        )
        item = AgendaItem.objects.create(meeting=meeting, position=1, case=case)
        told = reading(world, "nadia")
        words = new_words(Decision, told, case, {"decision_text": SECRET}, item=item, number=1)
        save_words(told, words, event="decision.recorded", action=Action.CREATE)
        Case.objects.filter(pk=case.pk).update(state="closed")
    return Case.objects.get(pk=case.pk)


def _everywhere() -> list[str]:
    """The tables of cases in which the secret still stands, read past every guard."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if not table.startswith("cases_"):
                continue
            cursor.execute(f'SELECT * FROM "{table}"')
            if any(SECRET in str(value) for row in cursor.fetchall() for value in row):
                found.append(table)
    return found


def test_a_case_is_erased_from_every_table_versions_too(world: World) -> None:
    case = _full_case(world)
    subjects = list(CaseSubject.objects.filter(case=case).values_list("subject_id", flat=True))
    before = _everywhere()
    entries = Entry.objects.filter(case_ref=case.ref).count()
    _approved(world, case)

    (done,) = _run()

    assert {
        "cases_contribution", "cases_historicalcontribution", "cases_decision", "cases_historicaldecision",
        "cases_searchrow", "cases_roomrow",
    } <= set(before)  # fmt: skip
    assert _everywhere() == []
    assert not Subject.objects.filter(pk__in=subjects).exists()
    assert Case.objects.get(pk=case.pk).state == "erased"
    assert Entry.objects.filter(case_ref=case.ref).count() > entries, "the journal stands, and tells of it"
    assert done.certificate["rows"]["cases_contribution"] == 1
    assert done.certificate["rows"]["cases_historicalcontribution"] >= 1


def test_the_certificate_is_bound_to_the_journal(world: World) -> None:
    case = _closed()
    _approved(world, case)

    (done,) = _run()

    assert done.hash == hashlib.sha256(canonical_bytes(done.certificate)).hexdigest()
    entry = Entry.objects.filter(case_ref=case.ref, event_type="destruction.done").get()
    assert done.hash in bytes(entry.body).decode()
    assert done.certificate["proposed_by"] != done.certificate["approved_by"]


def test_every_table_that_hangs_from_a_case_is_known_to_the_eraser() -> None:
    """A room that adds words about a case is erased with it; one that points at a case otherwise fails here."""
    known = set(in_order())
    words = {
        model
        for model in apps.get_app_config("cases").get_models()
        if not hasattr(model, "instance_type") and {"values", "case"} <= {f.name for f in model._meta.concrete_fields}
    }

    assert words <= known


def test_another_case_of_the_same_person_is_left_alone(world: World) -> None:
    case, other = _closed(), make_case("R-9", live=("GEM-MD", "ZVH-MD"))
    subject = CaseSubject.objects.get(case=case).subject
    with changing():
        CaseSubject.objects.create(case=other, subject=subject, role="circle", position=1)
    give(world, other, "GEM-MD", full_name="Blijft")
    _approved(world, case)

    _run()

    assert Subject.objects.filter(pk=subject.pk).exists()
    assert Contribution.objects.filter(case=other).count() == 1


def test_only_that_person_goes_when_the_term_of_one_ends(world: World) -> None:
    case = make_case("R-4", live=("GEM-MD", "ZVH-MD"), kind="family")
    give(world, case, "GEM-MD", given=clock.now() - timedelta(days=5 * 365 + 10), full_name=SECRET)
    with changing():
        child = Subject.objects.create(born_on=clock.today() - timedelta(days=4000))
        place = CaseSubject.objects.create(case=case, subject=child, role="subject", position=1)
    fresh = give(world, case, "GEM-MD", full_name="Kind")
    with changing():
        Contribution.objects.filter(pk=fresh.pk).update(about=place)
    old = CaseSubject.objects.get(case=case, position=0).subject
    _approved(world, case, scope="person", subject=old.uid)

    _run()

    assert _everywhere() == []
    assert not Subject.objects.filter(pk=old.pk).exists()
    assert Contribution.objects.filter(case=case).count() == 1
    assert Case.objects.get(pk=case.pk).state == "open"


def test_a_hold_stops_what_was_approved_until_it_is_lifted(world: World) -> None:
    case = _closed()
    _approved(world, case)
    commands.set_hold(
        reading(world, "carla"), case.number, reason="claim", review_on=clock.today() + timedelta(days=90)
    )

    assert _run() == ()
    assert ports.held() == {case.ref}, "the journal keeps its entries of the case as well"
    commands.lift_hold(reading(world, "carla"), case.number)
    assert ports.held() == set()
    assert len(_run()) == 1


@pytest.mark.parametrize("days", [0, 400])
def test_a_hold_is_looked_at_again_within_a_year(world: World, days: int) -> None:
    with pytest.raises(Invalid) as refused:
        commands.set_hold(
            reading(world, "carla"), _closed().number, reason="claim", review_on=clock.today() + timedelta(days=days)
        )

    assert refused.value.field == "review_on"


def test_a_reopened_case_is_not_destroyed_though_it_was_proposed(world: World) -> None:
    case = _closed()
    made = commands.propose(reading(world, "nadia"), case.number, scope="case")
    with changing():
        Case.objects.filter(pk=case.pk).update(state="open")

    with pytest.raises(Invalid):
        commands.approve(reading(world, "carla"), made.uid)


def test_two_proposals_at_once_are_one(world: World) -> None:
    case = _closed()

    first = commands.propose(reading(world, "nadia"), case.number, scope="case")
    second = commands.propose(reading(world, "carla"), case.number, scope="case")

    assert first.pk == second.pk


def _ending(world: World) -> tuple[Case, Any]:
    """A person whose term ends in a month, with facts of two sources."""
    case = make_case("R-5", live=("GEM-MD", "POL-MD", "ZVH-MD"))
    early = clock.now() - timedelta(days=5 * 365 - 20)
    give(world, case, "GEM-MD", given=early, full_name="Blijft")
    give(world, case, "POL-MD", given=early, police_incident=SECRET)
    return case, CaseSubject.objects.get(case=case).subject.uid


def test_a_renewal_asks_every_source_and_facts_of_who_refuses_go(world: World) -> None:
    case, subject = _ending(world)
    renewal = commands.ask_renewal(reading(world, "nadia"), case.number, subject)
    commands.answer_renewal(reading(world, "sanne"), renewal.uid, agrees=True)
    commands.answer_renewal(reading(world, "ruben"), renewal.uid, agrees=False)
    made = Destruction.objects.get(case=case)
    commands.approve(reading(world, "carla"), made.uid)

    _run()

    assert _everywhere() == []
    assert list(Contribution.objects.filter(case=case).values_list("source__code", flat=True)) == ["GEM-MD"]
    assert _lines(case) == [], "renewed by two years"


def test_a_source_answers_once_and_only_when_it_was_asked(world: World) -> None:
    case, subject = _ending(world)
    renewal = commands.ask_renewal(reading(world, "nadia"), case.number, subject)
    commands.answer_renewal(reading(world, "sanne"), renewal.uid, agrees=True)

    with pytest.raises(Invalid):
        commands.answer_renewal(reading(world, "sanne"), renewal.uid, agrees=False)
    with pytest.raises(NotFound):
        commands.answer_renewal(reading(world, "marloes"), renewal.uid, agrees=True)
    with pytest.raises(Invalid):
        commands.ask_renewal(reading(world, "nadia"), case.number, subject)
