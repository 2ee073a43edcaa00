"""A professional reports a signal: who may, under which covenant, who reads it, and that it comes in once."""

from typing import Any
from uuid import uuid4

import pytest

from audit.journal.models import Entry
from cases.intake import commands, queries
from cases.intake.access import NotYourSignal
from cases.intake.commands import Reported
from cases.intake.models import Report, Signal
from cases.intake.pending import pending_for
from foundation.errors import Invalid, Refused
from tests.cases.desk import Api, page, reading, shown
from tests.invariants.world import World

pytestmark = pytest.mark.django_db

PLANTED = ("S-2026-9901", "S-2026-9902")
FORM = {
    "kind": "violence", "about": "person", "person": "Een man met een rode jas", "place": "Kade 9",
    "seen": "Twee mannen vechten in het portiek", "urgency": "high", "reliability": "seen",
}  # fmt: skip


def made() -> Any:
    """The signals that the test itself made."""
    return Signal.objects.exclude(number__in=PLANTED)


def report(world: World, key: str, **other: Any) -> str:
    about = other.pop("about", "person")
    values = {
        "about": about, "kind": "violence", "seen": "Twee mannen vechten in het portiek", "reliability": "seen",
        "place": "Kade 9", "person": "Een man met een rode jas" if about == "person" else "", **other,
    }  # fmt: skip
    return commands.report_signal(reading(world, key), Reported(**values))


def seen_by(world: World, key: str, number: str) -> set[str]:
    opened = queries.open_signal(reading(world, key), number, None)
    return {code for _source, code in shown(opened.answer)}


def test_the_case_director_reads_what_the_police_reported_but_not_about_whom(world: World) -> None:
    number = report(world, "ruben")

    read = seen_by(world, "nadia", number)

    assert read == {"signal_summary", "signal_domain", "signal_reliability", "signal_place"}
    assert "signal_person" in seen_by(world, "ruben", number)


def test_a_signal_has_a_file_of_its_own_that_no_case_page_opens(world: World) -> None:
    number = report(world, "ruben")
    case = Signal.objects.get(number=number).file

    assert (case.state, case.phase, case.number, case.covenants) == ("draft", "signal", number, "PGA-MD")
    assert number.startswith("S-")
    assert page(world, "nadia").get(f"/casus/{number}/").status_code == 404
    assert f"/casus/{number}/" not in page(world, "nadia").get("/").content.decode()


def test_the_covenant_follows_from_what_the_signal_is_about(world: World) -> None:
    case = Signal.objects.get(number=report(world, "ruben", kind="school")).file

    assert (case.covenants, case.purpose) == ("JS-MD", "youth_school")


def test_what_a_third_party_reports_is_taken_over_by_the_municipality(world: World) -> None:
    number = report(world, "joost", kind="housing")
    signal = Signal.objects.get(number=number)

    assert signal.handler.code == "GEM-MD"
    assert seen_by(world, "sanne", number) == {"home_nuisance"}
    assert seen_by(world, "joost", number) >= {"home_nuisance", "signal_person"}
    assert signal.file.participations.get(agency__code="WON-WATERWEG").mode == "extract"


def test_a_signal_about_a_place_holds_no_person(world: World) -> None:
    number = report(world, "farid", about="area", kind="nuisance", person="Henk")

    assert seen_by(world, "nadia", number) == {"hotspot_note", "signal_place"}
    assert not Signal.objects.get(number=number).file.case_subjects.exists()
    assert "signal_person" not in seen_by(world, "farid", number)


def test_who_only_reports_sees_their_own_and_nothing_of_a_colleague(world: World) -> None:
    mine, theirs = report(world, "esra"), report(world, "ruben")

    listed = {line.number for line in queries.signal_list(reading(world, "esra", event="signal.list")).lines}

    assert mine in listed
    assert theirs not in listed
    with pytest.raises(NotYourSignal):
        queries.open_signal(reading(world, "esra"), theirs, None)


@pytest.mark.parametrize("key", ["margot", "peter", "joost", "hanneke", "sanne"])
def test_a_signal_of_the_police_does_not_exist_for_others(world: World, key: str) -> None:
    number = report(world, "ruben")

    with pytest.raises(NotYourSignal) as hidden:
        queries.open_signal(reading(world, key), number, None)
    with pytest.raises(NotYourSignal) as absent:
        queries.open_signal(reading(world, key), "S-1999-0001", None)

    assert str(hidden.value) == str(absent.value)
    assert Entry.objects.filter(event_type="signal.refused", outcome="refused").count() == 2


@pytest.mark.parametrize("key", ["ineke", "carla", "bas"])
def test_who_does_no_casework_reports_nothing(world: World, key: str) -> None:
    with pytest.raises(Refused):
        report(world, key)
    assert queries.signal_list(reading(world, key, event="signal.list")).lines == ()


def test_the_bureau_reports_nothing_itself(world: World) -> None:
    with pytest.raises(Refused):
        report(world, "nadia")


def test_the_same_form_twice_reports_once(world: World) -> None:
    once = uuid4()

    assert report(world, "ruben", submission=once) == report(world, "ruben", submission=once)
    assert made().count() == 1
    with pytest.raises(Invalid):
        report(world, "esra", submission=once)


def test_every_empty_place_is_named(world: World) -> None:
    with pytest.raises(Invalid) as wrong:
        report(world, "ruben", kind="maan", seen=" ", person="", reliability="", urgency="ooit")

    assert {place for place, _why in wrong.value.errors} == {"kind", "seen", "person", "reliability", "urgency"}
    assert not made().exists()


def test_too_long_a_note_about_a_place_is_named_at_its_field(world: World) -> None:
    with pytest.raises(Invalid) as wrong:
        report(world, "farid", about="area", seen="x" * 201)

    assert wrong.value.field == "seen"


def test_an_agency_outside_the_area_covenant_reports_no_place(world: World) -> None:
    with pytest.raises(Invalid) as wrong:
        report(world, "marloes", about="area")

    assert wrong.value.field == "about"


def test_the_words_are_sealed_with_a_version_that_the_journal_vouches_for(world: World) -> None:
    report(world, "ruben")
    words = Report.objects.get(signal__in=made())

    assert "sealed" in repr(words.values)
    assert Report.history.filter(id=words.pk).count() == 1
    assert Entry.objects.filter(event_type="signal.reported").count() == 1


def test_the_form_says_who_will_read_it_and_keeps_what_was_typed(world: World) -> None:
    browser = page(world, "ruben")
    form = browser.get("/signalen/nieuw/").content.decode()
    wrong = browser.post("/signalen/nieuw/", {**FORM, "person": ""})

    assert "Zorg- en Veiligheidshuis Maasdelta: Signaal, Leefgebied, Betrouwbaarheid" in form
    assert 'data-draft="signaal:nieuw"' in form
    assert wrong.status_code == 422
    assert "Vul in over wie het gaat" in wrong.content.decode()
    assert FORM["seen"] in wrong.content.decode()


def test_a_signal_sent_from_the_form_is_in_the_list_without_its_words(world: World) -> None:
    browser = page(world, "ruben")
    sent = browser.post("/signalen/nieuw/", FORM, follow=True)

    listed = page(world, "nadia").get("/signalen/").content.decode()

    assert sent.redirect_chain[-1] == ("/signalen/", 302)
    assert "Geweld" in listed
    assert FORM["seen"] not in listed
    assert FORM["place"] not in listed


@pytest.mark.parametrize(
    "text", ["BSN 999990007", "auto met kenteken 12-ABC-3", "bel 06 12345678", "mail jan@voorbeeld.nl", "rode jas Henk"]
)
def test_what_looks_like_a_personal_number_warns_and_does_not_refuse(world: World, text: str) -> None:
    browser = page(world, "ruben")
    form = {**FORM, "seen": f"Gezien: {text}", "person": "Henk de Wit"}

    first = browser.post("/signalen/nieuw/", form)
    second = browser.post("/signalen/nieuw/", {**form, "reconsidered": "1"})

    assert first.status_code == 422
    assert "Kijk dit eerst na" in first.content.decode()
    assert second.status_code == 302
    assert made().count() == 1


def test_a_new_signal_waits_for_its_handler_alone(world: World) -> None:
    number = report(world, "ruben", urgency="acute")

    assert [item.place for item in pending_for(reading(world, "nadia"))] == [number]
    assert pending_for(reading(world, "nadia"))[0].due_on is not None
    assert pending_for(reading(world, "ruben")) == ()
    assert pending_for(reading(world, "ineke")) == ()


def test_the_api_reports_lists_and_reads_as_the_pages_do(world: World) -> None:
    police, director = Api(world, "ruben", "pga_adult"), Api(world, "nadia", "pga_adult")
    body = {"about": "person", "kind": "violence", "seen": "Gevecht", "person": "Henk", "reliability": "seen"}

    sent = police.post("/signals", body)
    number = sent.json()["number"]
    read = director.get(f"/signals/{number}").json()

    assert sent.status_code == 201
    assert [item["number"] for item in director.get("/signals").json()["items"]] == [number]
    assert {fact["field"] for fact in read["persons"][0]["facts"]} == {
        "signal_summary", "signal_domain", "signal_reliability"
    }  # fmt: skip
    assert Api(world, "margot", "pga_adult").get(f"/signals/{number}").status_code == 404
    assert police.post("/signals", {**body, "kind": "maan"}).status_code == 422


def test_a_list_goes_on_by_cursor(world: World) -> None:
    numbers = [report(world, "ruben") for _ in range(3)]

    first = queries.signal_list(reading(world, "nadia"), size=2)
    second = queries.signal_list(reading(world, "nadia"), size=2, after=first.cursor)

    assert [line.number for line in (*first.lines, *second.lines)] == numbers[::-1]
    assert second.cursor == ""
    with pytest.raises(Invalid):
        queries.signal_list(reading(world, "nadia"), after="hier.daar")
