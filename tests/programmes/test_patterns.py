"""Signal patterns: what counts, when, who reads it, what is decided, and that nobody's signal shows in any byte."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agreements.covenants.rules import operator
from agreements.models import Agency, Membership
from agreements.parties.tokens import issue_token
from audit.journal.models import Entry
from audit.journal.scope import UnjournalledWrite, write_scope
from cases.disclosure.reading import Reading
from cases.intake.commands import Reported, dismiss_signal, merge_signal, report_signal
from cases.intake.commands.resident import new_token, report_as_resident
from cases.intake.counting import counted
from cases.intake.models import Signal
from cases.meetings.commands.planning import Sitting, plan
from cases.meetings.models import AgendaItem
from cases.meetings.rights import NotYourMeeting
from deploy.demo_patterns import load_demo_patterns
from foundation import clock
from foundation.errors import Invalid, NotFound, Refused
from programmes.areas.models import Area
from programmes.patterns import closing, commands, queries
from programmes.patterns.closing import close, close_quarters
from programmes.patterns.models import SignalCell, SignalCluster, SignalQuarter
from programmes.patterns.rights import NoCounts
from programmes.patterns.rules import days_of, moments_of, newest_due
from programmes.pulse.rules import Quarter
from tests.agreements.covenants.world import DEMO, load_covenant, signatures
from tests.invariants.crawl import sign_in
from tests.programmes.conftest import visit

COVENANT, AREA, KIND = "HAV-GEBIED", "bu99990004", "nuisance"
BY = operator("test")
AT = "/signaalpatronen/"


@pytest.fixture
def town(house: None) -> None:
    """A covenant of an area and one of persons are in force."""
    for name in ("hav-gebied.v1", "pga-md.v1", "pga-md.v2"):
        load_covenant((DEMO / "covenants" / f"{name}.yaml").read_text(), signatures(name), by=BY)


def due() -> Quarter:
    return newest_due(clock.today(), wait=settings.PATTERN_WAIT_DAYS)


def then() -> datetime:
    """In the middle of the newest quarter that may be counted."""
    return moments_of(due())[0] + timedelta(days=40)


def reading(key: str, *, at: datetime | None = None) -> Reading:
    made = Reading.begin(visit(key), route="test", event="patterns.read")
    return replace(made, at=at) if at else made


def report(key: str, n: int = 1, *, area: str = AREA, kind: str = KIND, at: datetime | None = None) -> list[str]:
    what = Reported(
        about="area", kind=kind, seen="Elke avond lawaai", place="Kade 9", reliability="seen", neighbourhood=area
    )
    return [report_signal(reading(key, at=at or then()), what) for _turn in range(n)]


def cell(*, area: str = AREA, kind: str = KIND, quarter: Quarter | None = None) -> int:
    at = quarter or due()
    return SignalCell.objects.get(
        area__code=area, kind=kind, quarter__year=at.year, quarter__quarter=at.number
    ).at_least  # fmt: skip


def browser(key: str) -> Client:
    member = Membership.objects.select_related("professional").get(professional__demo_key=key)
    return sign_in(member.professional, member)


def token(key: str, purpose: str) -> Client:
    member = Membership.objects.select_related("professional", "agency").get(professional__demo_key=key)
    given = issue_token(member, purpose=purpose, case="").token
    return Client(HTTP_HOST="localhost", HTTP_AUTHORIZATION=f"Bearer {given}")


def all_bytes(key: str = "ruben") -> dict[str, bytes]:
    """Everything that somebody can get: every choice of the page, every neighbourhood, the file and the API."""
    one, choices = browser(key), [code for code, _nl, _en in visible_kinds()]
    paths = [AT, f"{AT}aantallen.csv", *(f"{AT}?soort={kind}&kwartaal={due().code}" for kind in choices)]
    paths += [f"{AT}wijk/{code}/" for code in Area.objects.values_list("code", flat=True)]
    found = {path: one.get(path).content for path in paths}
    found["api"] = token(key, "area_safety").get("/api/v1/signal-patterns").content
    return {path: re.sub(rb'value="[A-Za-z0-9]{64}"|nonce-\S+', b"", text) for path, text in found.items()}


def visible_kinds() -> tuple[tuple[str, str, str], ...]:
    return reading("ruben").policy.catalogue.by_code["signal_domain"].choices


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside never happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def past(counts: dict[tuple[str, str], int], *, quarters: int = 4) -> None:
    """Closed quarters before the newest one, in which each of three agencies reported a third."""
    sources = list(Agency.objects.values_list("pk", flat=True)[:3])
    at = due()
    for _turn in range(quarters):
        at = at.before
        numbers = {where: dict.fromkeys(sources, n // 3) for where, n in counts.items()}
        close(COVENANT, at, numbers, source="Vroeger", by=BY)


def cluster(town: None) -> SignalCluster:
    past({})
    sources = list(Agency.objects.values_list("pk", flat=True)[:3])
    close(COVENANT, due(), {(AREA, KIND): dict.fromkeys(sources, 12)}, source="Vroeger", by=BY)
    return SignalCluster.objects.get()


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


def test_without_a_covenant_for_an_area_nothing_is_counted(house: None) -> None:
    assert close_quarters(by=BY) == 0
    with pytest.raises(NoCounts):
        queries.pattern_page(reading("ruben"))


@pytest.mark.parametrize("query", ["soort=geen", "kwartaal=1999-1", "kwartaal=%00"])
def test_a_choice_that_there_is_not_is_named(town: None, query: str) -> None:
    close_quarters(by=BY)
    assert browser("ruben").get(f"{AT}?{query}").status_code == 422


def test_a_cluster_is_reported_as_a_signal_and_does_not_confirm_itself(town: None) -> None:
    found = cluster(town)
    with pytest.raises(Refused):
        commands.propose_case(reading("nadia"), found.uid, reason="Het bureau geeft zelf geen feiten")
    commands.propose_case(reading("ruben"), found.uid, reason="Drie partijen zien het, nu samen kijken")

    signal = Signal.objects.get()
    assert (signal.file.kind, signal.kind, signal.neighbourhood) == ("area", KIND, AREA)
    assert signal.handler.code == "ZVH-MD"
    with transaction.atomic(), write_scope(reason="test"):
        Signal.objects.update(received_at=then())
        commands.append([reading("ruben").entry()])
    starts, ends = moments_of(due())
    assert [row.n for row in counted(starts, ends)] == [1]
    assert counted(starts, ends, without=[found.uid]) == ()
    assert not closing._counts(COVENANT, starts, ends)


def test_who_decides_sees_no_signal_by_it(town: None) -> None:
    numbers = [*report("ruben", 12), *report("farid", 12)]
    past({})
    close_quarters(by=BY)
    found = SignalCluster.objects.get()
    before = browser("joost").get("/signalen/").content
    commands.set_aside(reading("joost"), found.uid, reason="Bekend, er loopt al een aanpak")

    after = browser("joost").get("/signalen/").content.decode()
    pages = [after, *(text.decode() for text in all_bytes("joost").values())]
    assert not [number for number in numbers for text in pages if number in text]
    assert before
    for number in numbers[:2]:
        assert browser("joost").get(f"/signalen/{number}/").status_code == 404


def test_a_cluster_goes_on_the_agenda_by_its_number_only(town: None) -> None:
    found = cluster(town)
    sitting = plan(reading("nadia"), Sitting(title="Gebiedsoverleg", starts_at=clock.now() + timedelta(days=3)))
    with pytest.raises(NotYourMeeting):
        commands.put_on_agenda(reading("ruben"), found.uid, reason="Samen bespreken", meeting=sitting.uid)
    commands.put_on_agenda(reading("nadia"), found.uid, reason="Samen bespreken", meeting=sitting.uid)

    assert AgendaItem.objects.get(meeting=sitting).title == f"Signaalpatroon {found.number}"
    with pytest.raises(Invalid):
        commands.set_aside(reading("ruben"), found.uid, reason="Toch niet")


def test_a_decision_needs_a_role_a_reason_and_no_names(town: None) -> None:
    found = cluster(town)
    for reason in ("", " ", "x" * 201, "Bel 06-12345678"):
        with pytest.raises(Invalid) as wrong:
            commands.set_aside(reading("ruben"), found.uid, reason=reason)
        assert wrong.value.field == "reason"
    with pytest.raises(Refused):
        commands.set_aside(reading("esra"), found.uid, reason="Weet ik")
    with pytest.raises(NoCounts):
        commands.set_aside(reading("hanneke"), found.uid, reason="Weet ik")
    with pytest.raises(NotFound):
        commands.set_aside(reading("ruben"), uuid4(), reason="Weet ik")
    assert SignalCluster.objects.get().state == "proposed"


def test_the_page_of_a_decision_keeps_what_was_typed_and_the_api_decides_once(town: None) -> None:
    found = cluster(town)
    path = f"{AT}cluster/{found.uid}/"
    assert browser("esra").get(path).status_code == 403
    wrong = browser("nadia").post(path, {"to": "agenda", "reason": "Blijft staan"})
    assert wrong.status_code == 422
    assert "Blijft staan" in wrong.content.decode()

    api, body = token("ruben", "area_safety"), {"to": "aside", "reason": "Kermis, volgend kwartaal opnieuw"}
    where = f"/api/v1/signal-patterns/clusters/{found.uid}"
    assert api.post(where, json.dumps({**body, "to": "agenda"}), content_type="application/json").status_code == 422
    assert api.post(where, json.dumps(body), content_type="application/json").status_code == 204
    assert api.post(where, json.dumps(body), content_type="application/json").status_code == 422
    (shown,) = api.get("/api/v1/signal-patterns").json()["clusters"]
    assert (shown["state"], shown["at_least"], shown["before"]) == ("aside", 30, [None] * 4)
    assert Entry.objects.filter(event_type="patterns.decided", outcome="ok").count() == 1


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
