"""Signal patterns: what counts, when, who reads it, and that nobody's signal shows in any byte."""

import json
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.journal.models import Entry
from audit.journal.scope import UnjournalledWrite, write_scope
from cases.intake.commands import Reported, dismiss_signal, merge_signal, report_signal
from cases.intake.commands.resident import new_token, report_as_resident
from cases.intake.models import Signal
from deploy.demo_patterns import load_demo_patterns
from foundation import clock
from foundation.errors import Invalid
from programmes.areas.models import Area
from programmes.patterns import commands, queries
from programmes.patterns.closing import close, close_quarters
from programmes.patterns.models import SignalCell, SignalCluster, SignalQuarter
from programmes.patterns.rights import NoCounts
from programmes.patterns.rules import newest_due
from programmes.pulse.rules import Quarter, days_of
from tests.programmes.signals import (
    AREA,
    AT,
    BY,
    COVENANT,
    KIND,
    all_bytes,
    browser,
    cell,
    due,
    past,
    reading,
    report,
    then,
    token,
    undone,
    visible_kinds,
)


def test_quarters_have_their_days_and_wait_before_they_are_counted() -> None:
    assert days_of(Quarter(2026, 4)) == (date(2026, 10, 1), date(2027, 1, 1))
    assert newest_due(date(2026, 10, 28), wait=28) == Quarter(2026, 2)
    assert newest_due(date(2026, 10, 29), wait=28) == Quarter(2026, 3)


def test_signals_of_a_quarter_are_counted_per_neighbourhood_and_kind(town: None) -> None:
    report("ruben", 12)
    report("farid", 6)
    report("sanne", 6)
    report("ruben", 3, kind="youth")
    report("ruben", 12, area="")
    report("ruben", 30, at=then() + timedelta(days=92))

    assert close_quarters(by=BY) == 1
    assert (cell(), cell(kind="youth"), cell(area="bu99990001")) == (20, 0, 0)
    assert SignalCell.objects.count() == Area.objects.count() * len(visible_kinds())
    detail = json.loads(bytes(Entry.objects.get(event_type="patterns.closed").body))["matter"]["detail"]
    assert detail == {"covenant": COVENANT, "quarter": due().code, "cells": SignalCell.objects.count(), "clusters": 0}


def test_nobodys_signals_below_the_threshold_change_a_byte(town: None) -> None:
    report("ruben", 11)
    with undone():
        close_quarters(by=BY)
        without = all_bytes()
    with undone():
        report("farid", 5)
        report("sanne", 4)
        report("farid", 9, kind="youth")
        report("sanne", 9, area="bu99990002", kind="crime")
        person = Reported(about="person", kind=KIND, seen="Gevecht", person="Iemand", neighbourhood=AREA,
                          reliability="seen")  # fmt: skip
        report_signal(reading("ruben", at=then()), person)
        close_quarters(by=BY)
        assert all_bytes() == without
    report("farid", 6)
    report("sanne", 4)
    close_quarters(by=BY)
    assert all_bytes() != without


def test_a_counted_quarter_never_changes_whatever_comes_later(town: None) -> None:
    numbers = report("ruben", 12)
    report("farid", 10)
    close_quarters(by=BY)
    before = all_bytes()

    report("sanne", 30)
    for number in numbers[:6]:
        dismiss_signal(reading("nadia"), number, reason="Bleek niets te zijn")
    assert close_quarters(by=BY) == 0
    assert not close(COVENANT, due(), {}, source="Anders", by=BY)
    assert all_bytes() == before


def test_a_signal_about_a_person_has_no_neighbourhood_and_is_never_counted(town: None) -> None:
    for n in range(12):
        made = report_signal(
            reading("ruben", at=then()),
            Reported(about="person", kind=KIND, seen="Gevecht", person=f"Nummer {n}", place="Kade", reliability="seen",
                     neighbourhood=AREA),
        )  # fmt: skip
    assert Signal.objects.get(number=made).neighbourhood == ""
    close_quarters(by=BY)
    assert cell() == 0


def test_what_was_dismissed_is_not_counted_and_what_was_merged_is(town: None) -> None:
    first, *rest = report("ruben", 12)
    with undone():
        for number in rest:
            merge_signal(reading("nadia"), number, into=first)
        close_quarters(by=BY)
        assert cell() == 10
    for number in rest:
        merge_signal(reading("nadia"), number, into=first)
    dismiss_signal(reading("nadia"), first, reason="Verzonnen meldingen")
    close_quarters(by=BY)
    assert cell() == 0


def test_residents_count_with_the_municipality_that_took_them_over(town: None) -> None:
    what = Reported(about="area", kind=KIND, seen="Lawaai in de nacht", place="Plein", neighbourhood=AREA,
                    reliability="unverified")  # fmt: skip
    for _turn in range(8):
        report_as_resident(new_token(at=clock.now() - timedelta(minutes=1)), what)
    moved = Signal.objects.filter(channel="resident")
    assert set(moved.values_list("neighbourhood", "reported_by__code")) == {(AREA, "GEM-MD")}
    with transaction.atomic(), write_scope(reason="test"):
        moved.update(received_at=then())
        commands.append([reading("ruben").entry()])
    report("sanne", 3)

    close_quarters(by=BY)
    assert cell() == 10


def test_an_unknown_neighbourhood_is_named_and_the_forms_offer_them(town: None) -> None:
    with pytest.raises(Invalid) as wrong:
        report("ruben", area="bu00000000")
    assert wrong.value.field == "neighbourhood"

    assert "Havenkwartier" in browser("ruben").get("/signalen/nieuw/").content.decode()
    assert "Havenkwartier" in Client(HTTP_HOST="localhost").get("/melden/").content.decode()
    sent = {"about": "area", "kind": KIND, "place": "Kade 9", "seen": "Lawaai", "urgency": "normal",
            "reliability": "seen", "neighbourhood": AREA}  # fmt: skip
    assert browser("ruben").post("/signalen/nieuw/", sent).status_code == 302
    assert Signal.objects.get().neighbourhood == AREA
    again = browser("ruben").post("/signalen/nieuw/", sent | {"neighbourhood": "x"})
    assert again.status_code == 422
    assert "Kade 9" in again.content.decode()


def test_the_covenant_decides_who_reads_the_numbers(town: None) -> None:
    close_quarters(by=BY)
    for key in ("ruben", "joost", "farid", "nadia", "esra"):
        page = browser(key).get(AT)
        assert page.status_code == 200, key
        assert "HAV-GEBIED art. 5.1" in page.content.decode()
    for key in ("hanneke", "carla", "ineke", "marloes"):
        assert browser(key).get(AT).status_code == 403, key
        assert browser(key).get(f"{AT}wijk/{AREA}/").status_code == 403, key
        assert browser(key).get(f"{AT}aantallen.csv").status_code == 403, key
    assert Entry.objects.filter(event_type="patterns.read", outcome="refused").count() == 12
    assert Entry.objects.filter(event_type="patterns.read", outcome="ok").count() == 5
    assert browser("ruben").get(f"{AT}?convenant=PGA-MD").status_code == 403
    assert token("ruben", "area_safety").get("/api/v1/signal-patterns").status_code == 200
    assert token("ruben", "pga_youth").get("/api/v1/signal-patterns").status_code == 403


def test_the_pages_of_areas_lead_there_for_whom_it_opens_alone(town: None) -> None:
    ways = ((AT, "/wijken/"), (f"{AT}wijk/{AREA}/", f"/wijken/{AREA}/"))
    for way, page in ways:
        shown = {
            key: f'href="{way}"' in browser(key).get(page).content.decode() for key in ("esra", "marloes", "hanneke")
        }
        assert shown == {"esra": True, "marloes": False, "hanneke": False}, page
        assert f'href="{way}"' not in Client().get(page).content.decode()


def test_without_a_covenant_for_an_area_nothing_is_counted(house: None) -> None:
    assert close_quarters(by=BY) == 0
    with pytest.raises(NoCounts):
        queries.pattern_page(reading("ruben"))


@pytest.mark.parametrize("query", ["soort=geen", "kwartaal=1999-1", "kwartaal=%00"])
def test_a_choice_that_there_is_not_is_named(town: None, query: str) -> None:
    close_quarters(by=BY)
    assert browser("ruben").get(f"{AT}?{query}").status_code == 422


def test_pages_ask_as_much_of_the_store_whatever_was_counted(town: None) -> None:
    close_quarters(by=BY)
    one = browser("ruben")

    def asked(path: str) -> int:
        one.get(path)
        with CaptureQueriesContext(connection) as found:
            assert one.get(path).status_code == 200
        return len(found)

    few = [asked(AT), asked(f"{AT}wijk/{AREA}/")]
    past({(AREA, kind): 60 for kind, _nl, _en in visible_kinds()}, quarters=6)
    assert [asked(AT), asked(f"{AT}wijk/{AREA}/")] == few
    assert max(few) < 40


def test_tables_take_no_change_without_an_entry_and_no_second_count(town: None) -> None:
    close_quarters(by=BY)
    with pytest.raises(UnjournalledWrite), transaction.atomic(), write_scope(reason="test"):
        SignalCell.objects.update(at_least=10)
    again = SignalQuarter.objects.get()
    again.pk = None
    with pytest.raises(IntegrityError), transaction.atomic(), write_scope(reason="test"):
        again.save(force_insert=True)


def test_the_first_count_is_the_newest_quarter_or_from_the_one_that_is_named(town: None) -> None:
    report("ruben", 12, at=then() - timedelta(days=100))
    with undone():
        call_command("close_signal_quarters", verbosity=0)
        assert [one.code for one in SignalQuarter.objects.all()] == [due().code]
    call_command("close_signal_quarters", since=due().before.before.code, verbosity=0)
    assert SignalQuarter.objects.count() == 3
    assert (cell(), cell(quarter=due().before)) == (0, 10)
    with pytest.raises(CommandError):
        call_command("close_signal_quarters", since="2026-5")


def test_the_demo_hides_havenstraat_and_proposes_the_havenkwartier(town: None) -> None:
    load_demo_patterns()
    load_demo_patterns()
    call_command("close_signal_quarters", verbosity=0)

    assert SignalQuarter.objects.count() == 8
    assert not SignalCell.objects.filter(area__code="bu99990005", kind="crime", at_least__gt=0).exists()
    found = {(one.cell.area.code, one.cell.kind): one.state for one in SignalCluster.objects.all()}
    assert SignalCluster.objects.count() == 2
    assert found == {("bu99990004", "youth"): "proposed", ("bu99990002", "substance"): "aside"}
    assert "Jeugd en groepen in Havenkwartier" in browser("nadia").get(AT).content.decode()
