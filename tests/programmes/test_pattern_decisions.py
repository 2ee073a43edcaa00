"""What is decided about a cluster: by whom, once, and without opening a signal."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from audit.journal.models import Entry
from audit.journal.scope import write_scope
from cases.intake.commands import Reported, report_signal
from cases.intake.counting import counted
from cases.intake.models import Signal
from cases.meetings.commands.planning import Sitting, plan
from cases.meetings.models import AgendaItem
from cases.meetings.rights import NotYourMeeting
from foundation import clock
from foundation.errors import Invalid, NotFound, Refused
from programmes.patterns import closing, commands
from programmes.patterns.closing import close_quarters
from programmes.patterns.models import SignalCluster
from programmes.patterns.rights import NoCounts
from programmes.patterns.rules import moments_of
from tests.programmes.signals import (
    AREA,
    AT,
    BY,
    COVENANT,
    KIND,
    all_bytes,
    browser,
    cluster,
    due,
    past,
    reading,
    report,
    then,
    token,
    undone,
)


def test_a_cluster_is_reported_as_a_signal_and_does_not_confirm_itself(town: None) -> None:
    found = cluster(town)
    with pytest.raises(Refused):
        commands.propose_case(reading("nadia"), found.uid, reason="Het bureau geeft zelf geen feiten")
    with undone():
        first = Reported(about="area", kind=KIND, seen="Eigen", place="Plein", reliability="seen", submission=found.uid)
        report_signal(reading("farid"), first)
        commands.propose_case(reading("ruben"), found.uid, reason="Drie partijen zien het, nu samen kijken")
        assert Signal.objects.count() == 2
    commands.propose_case(reading("ruben"), found.uid, reason="Drie partijen zien het, nu samen kijken")

    signal = Signal.objects.get()
    assert (signal.file.kind, signal.kind, signal.neighbourhood) == ("area", KIND, AREA)
    assert signal.handler.code == "ZVH-MD"
    with transaction.atomic(), write_scope(reason="test"):
        Signal.objects.update(received_at=then())
        commands.append([reading("ruben").entry()])
    starts, ends = moments_of(due())
    assert [row.n for row in counted(starts, ends)] == [1]
    assert counted(starts, ends, without=[found.mark]) == ()
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
