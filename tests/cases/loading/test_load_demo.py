"""The demo loads, stands, and shows each persona what it is made for."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from pytest_django import Settings

from audit.journal.models import Entry
from audit.journal.reading import admit
from audit.oversight import looking
from cases.casework import queries
from cases.disclosure.reading import Reading
from cases.disclosure.refusals import NotYourCase
from cases.models import Case, Contribution, Subject
from tests.cases.loading.conftest import visit_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """The whole demo, loaded once for this file."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer._from_testcase = True
        with outer:
            call_command("load_demo", stdout=StringIO())
            yield
            transaction.set_rollback(True)


def load_demo(*options: str) -> str:
    out = StringIO()
    call_command("load_demo", *options, stdout=out)
    return out.getvalue()


def fields_read(persona: str, number: str) -> set[str]:
    reading = Reading.begin(visit_of(persona), route="case", event="case.read")
    opened = queries.open_case(reading, number, {})
    return {fact.code for person in opened.answer.disclosures for fact in person.facts}


def numbers_listed(persona: str) -> set[str]:
    reading = Reading.begin(visit_of(persona), route="worklist", event="case.list")
    return {answer.head.number for answer in queries.worklist(reading, {}).answers}


def test_the_demo_stands_and_a_second_load_changes_nothing(demo: None) -> None:
    before = Entry.objects.count(), Contribution.history.count()
    said = load_demo()

    assert Case.objects.filter(signal=None).count() == 14
    assert "er is niets veranderd" in said
    assert (Entry.objects.count(), Contribution.history.count()) == before


def test_reset_loads_the_cases_anew(demo: None) -> None:
    old = set(Case.objects.values_list("uid", flat=True))
    rows = Contribution.objects.count(), Contribution.history.count(), Subject.objects.count()
    load_demo("--reset")

    assert old.isdisjoint(Case.objects.values_list("uid", flat=True))
    assert (Contribution.objects.count(), Contribution.history.count(), Subject.objects.count()) == rows
    assert Entry.objects.filter(event_type="case.emptied").count() == 14


def test_only_a_demo_loads_the_demo(demo: None, settings: Settings) -> None:
    settings.VERBOND_DEMO = False

    with pytest.raises(CommandError, match="VERBOND_DEMO=1"):
        load_demo()


def test_the_police_reads_the_advice_and_never_the_diagnosis(demo: None) -> None:
    read = fields_read("ruben", "MD-2026-0433")

    assert "handling_advice" in read
    assert not read & {"diagnosis", "medication"}


def test_the_coordinator_reads_that_debt_help_runs(demo: None) -> None:
    assert {"debt_arrangement", "eviction_date"} <= fields_read("sanne", "MD-2026-0402")


def test_what_the_police_holds_back_exists_for_the_prosecutor_and_not_for_the_municipality(demo: None) -> None:
    assert "police_incident" in fields_read("margot", "MD-2026-0451")
    assert "police_incident" not in fields_read("sanne", "MD-2026-0451")


def test_probation_never_meets_the_secret_address(demo: None) -> None:
    assert "secret_address" not in fields_read("wouter", "MD-2026-0361")
    assert "MD-2026-0360" not in numbers_listed("wouter")


def test_the_officer_of_the_police_finds_who_looked_up_a_neighbour_and_nobody_who_had_work(demo: None) -> None:
    found = looking.bench(admit(visit_of("dirk"), route="test"))

    assert [group.actor_ref for group in found.groups] == [visit_of("esra").actor_ref]
    assert found.unexplained == 1


def test_a_school_that_signed_and_is_not_involved_sees_no_case(demo: None) -> None:
    assert not numbers_listed("hanneke")


def test_the_landlord_gets_one_line_and_cannot_open_the_case(demo: None) -> None:
    reading = Reading.begin(visit_of("joost"), route="partner", event="extract.opened")
    opened = queries.partner_case(reading, "MD-2026-0402")
    read = {fact.code for person in opened.answer.disclosures for fact in person.facts}

    assert "housing_agreement" in read
    assert "debt_arrangement" not in read
    outer = transaction.atomic(savepoint=True)
    outer._from_testcase = True
    with pytest.raises(NotYourCase), outer:
        queries.open_case(reading, "MD-2026-0402", {})
