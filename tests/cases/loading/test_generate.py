"""Practice caseloads: the same seed gives the same cases, readers see known shares, and it is journalled."""

import json
from collections import Counter
from collections.abc import Callable
from io import StringIO
from random import Random

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings
from stdnum.nl import bsn

from agreements.covenants.rules import operator
from agreements.policy.catalogue import load_catalogue
from audit.journal.models import Entry
from cases.casework import queries
from cases.casework.loading import distributions, generate
from cases.casework.loading.drawing import Drawn, Pool, draw_case
from cases.casework.loading.world import look_around
from cases.disclosure.reading import Reading
from cases.disclosure.visibility import live_participations
from cases.models import Case, CaseSubject, Contribution, Participation, PhaseChange
from foundation import clock
from foundation.errors import Invalid, Refused
from tests.cases.loading.conftest import visit_of

BY = operator("test")
DRAWN = 2000


@pytest.fixture(scope="module")
def drawn(agreed: None) -> list[Drawn]:
    """Cases that are drawn and not saved."""
    pool = Pool.of(look_around(), distributions.SHARES)
    return [draw_case(pool, seed=7, serial=serial) for serial in range(1, DRAWN + 1)]


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generate, "BATCH", 10)


def test_the_same_seed_gives_the_same_case(store: None, drawn: list[Drawn]) -> None:
    pool = Pool.of(look_around(), distributions.SHARES)

    assert repr(draw_case(pool, seed=7, serial=12).statements) == repr(drawn[11].statements)
    assert draw_case(pool, seed=8, serial=12).statements != drawn[11].statements


@pytest.mark.parametrize(("code", "share"), [("GEM-MD", 0.90), ("RCL-MD", 0.10), ("VT-MD", 0.01)])
def test_some_readers_see_a_share_that_is_known(store: None, drawn: list[Drawn], code: str, share: float) -> None:
    seen = sum(
        any(agency.code == code and reads for agency, reads, _ in case.takers) and case.state != "closed"
        for case in drawn
    )

    assert seen / DRAWN == pytest.approx(share, abs=0.025 if share > 0.05 else 0.006)


def test_a_case_has_two_to_six_participants_some_three_contributions_and_ten_facts(
    store: None, drawn: list[Drawn]
) -> None:
    takers = Counter(len(case.takers) for case in drawn)
    contributions = sum(len(case.statements) for case in drawn) / DRAWN
    facts = sum(len(statement.values) for case in drawn for statement in case.statements) / DRAWN

    assert set(takers) == {2, 3, 4, 5, 6}
    assert 3 <= contributions <= 4
    assert 9 <= facts <= 12


def test_every_fact_fits_its_field_and_its_source(store: None, drawn: list[Drawn]) -> None:
    fields = load_catalogue().by_code
    for statement in (statement for case in drawn for statement in case.statements):
        assert statement.under
        for code, value in (*statement.values.items(), *(statement.corrected or {}).items()):
            assert not fields[code].check(value)
            assert fields[code].section == statement.section
            assert statement.agency.type in fields[code].sources


def test_days_never_lie_ahead_and_run_on(store: None, drawn: list[Drawn]) -> None:
    today = clock.today()
    for case in drawn:
        days = [day for _, day in case.phases]
        assert days == sorted(days)
        assert days[-1] <= today
        assert all(day <= today for _, _, day in case.takers)
        for statement in case.statements:
            assert case.phases[0][1] <= statement.observed_on <= statement.given_on <= statement.changed_on <= today


def test_citizen_numbers_come_from_the_range_for_testing() -> None:
    rng = Random(1)
    numbers = {distributions.citizen_number(rng) for _ in range(50)}

    assert all(bsn.is_valid(number) and number.startswith("99999") for number in numbers)


def test_cases_are_saved_in_batches_with_one_entry_each(store: None, small_batches: None) -> None:
    seen: list[int] = []
    made = generate.generate_caseload(25, seed=3, by=BY, progress=seen.append)
    entries = Entry.objects.filter(event_type="caseload.generated").order_by("id")
    detail = [json.loads(bytes(entry.body))["matter"]["detail"] for entry in entries]

    assert seen == [10, 10, 5]
    assert (made.first, made.last) == ("GEN-000001", "GEN-000025")
    assert sum(entry["cases_case"] for entry in detail) == Case.objects.count() == made.rows["cases_case"] == 25
    assert sum(entry["cases_contribution"] for entry in detail) == Contribution.objects.count()
    assert detail[0]["first"] == "GEN-000001"


def test_a_second_run_goes_on_after_the_first(store: None, small_batches: None) -> None:
    generate.generate_caseload(12, seed=3, by=BY)
    made = generate.generate_caseload(3, seed=3, by=BY)

    assert (made.first, made.last) == ("GEN-000013", "GEN-000015")
    assert Case.objects.count() == 15


def test_rows_belong_together_and_versions_end_where_the_contribution_stands(store: None) -> None:
    generate.generate_caseload(60, seed=3, by=BY)
    for case in Case.objects.prefetch_related("participations__agency"):
        last = PhaseChange.objects.filter(case=case).last()
        assert last is not None
        assert (last.phase, last.starts) == (case.phase, case.phase_since)
        live = {row.agency.type for row in case.participations.all() if row.mode == "live"}
        assert live == set(case.partners.split())
    for row in Contribution.objects.select_related("about"):
        newest = Contribution.history.filter(id=row.pk).latest("history_id")
        assert (newest.uid, newest.present, newest.withdrawn_at) == (row.uid, row.present, row.withdrawn_at)
        assert row.about is None or row.about.case_id == row.case_id


def test_rows_that_are_added_later_get_free_numbers(store: None) -> None:
    generate.generate_caseload(5, seed=3, by=BY)
    highest = max(Case.objects.values_list("pk", flat=True))
    generate.generate_caseload(1, seed=3, by=BY)

    assert max(Case.objects.values_list("pk", flat=True)) > highest
    assert CaseSubject.objects.filter(case__isnull=True).count() == 0


def test_a_reader_finds_the_cases_in_the_list_with_names(store: None) -> None:
    generate.generate_caseload(40, seed=3, by=BY)
    reading = Reading.begin(visit_of("sanne"), route="worklist", event="case.list")
    page = queries.worklist(reading, {})

    assert len(page.answers) == live_participations(reading.visit, at=reading.at).count() >= 30
    assert any(person.first("full_name") for answer in page.answers for person in answer.disclosures)


def test_shares_can_be_set(store: None) -> None:
    generate.generate_caseload(30, seed=3, by=BY, shares={"VT-MD": 1.0, "GEM-MD": 0.0})
    taking = Counter(Participation.objects.filter(mode="live").values_list("agency__code", flat=True))

    assert taking["VT-MD"] >= 25
    assert taking["GEM-MD"] <= 3


def test_what_cannot_be_is_refused(store: None, settings: Settings) -> None:
    with pytest.raises(Invalid, match="XX-MD"):
        generate.generate_caseload(1, seed=1, by=BY, shares={"XX-MD": 0.5})
    with pytest.raises(Invalid):
        generate.generate_caseload(1, seed=1, by=BY, shares={"GEM-MD": 1.5})
    with pytest.raises(Invalid):
        generate.generate_caseload(0, seed=1, by=BY)
    settings.VERBOND_DEMO = False
    with pytest.raises(Refused):
        generate.generate_caseload(1, seed=1, by=BY)


def test_the_command_says_what_it_made(store: None) -> None:
    out = StringIO()
    call_command("generate_caseload", "--cases", "3", "--seed", "5", "--agencies-share", "GEM-MD=0.5", stdout=out)

    assert "GEN-000001 tot en met GEN-000003" in out.getvalue()


def test_without_covenants_there_is_nothing_to_generate_under(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    nothing: Callable[[], dict[str, object]] = dict
    monkeypatch.setattr("cases.casework.loading.world._covenants", nothing)

    with pytest.raises(CommandError, match="load_demo"):
        call_command("generate_caseload", "--cases", "3")
