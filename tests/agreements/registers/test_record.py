"""The record of processing: follows from the covenants of a day, for those whose work it is."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from pypdf import PdfReader

from agreements.covenants.commands import suspend_covenant, withdraw_party
from agreements.covenants.rules import REGISTER_READERS
from agreements.policy.catalogue import load_catalogue
from agreements.policy.catalogue_file import DataClass
from agreements.policy.schema import Retention
from agreements.policy.vocabulary import ROLES
from agreements.registers.answers import Activity, Record
from agreements.registers.record import record_of
from agreements.registers.words import DATA_CLASSES, RETENTION
from foundation import clock
from foundation.errors import Invalid, Refused
from tests.agreements.covenants.world import BY, PGA, attendance_announced, load, signatures, text
from tests.agreements.insight.world import api, browser, visit

pytestmark = pytest.mark.usefixtures("house")


def _record(who: str = "carla", **asked: Any) -> Record:
    return record_of(visit(who), **asked)


def _activity(record: Record, code: str = PGA) -> Activity:
    return next(item for item in record.activities if item.code == code)


def _fields(activity: Activity, section: str) -> set[str]:
    return {name for item in activity.categories if item.section == section for name in (*item.fields, *item.announced)}


@pytest.mark.parametrize("role", ROLES)
def test_the_record_is_for_those_whose_work_it_is(role: str) -> None:
    load()
    someone = replace(visit("carla"), roles=frozenset({role}))

    if role in REGISTER_READERS:
        assert record_of(someone).activities
    else:
        with pytest.raises(Refused):
            record_of(someone)


def test_it_names_what_the_law_asks_for() -> None:
    load()
    activity = _activity(_record())

    assert activity.capacity == "controller"
    assert {"GEM-MD", "POL-MD", "OM-MD"} <= {party.code for party in activity.controllers}
    assert all(party.email for party in activity.controllers)
    assert activity.contact_point is not None
    assert activity.contact_point.email == "contactpunt@maasdelta.example"
    assert ("4.1", "Persoonsgerichte aanpak jeugd en gezin") in activity.purposes
    assert activity.subjects[0] == "Personen over wie een casus gaat"
    assert "Minderjarigen" in activity.subjects
    assert ("na sluiting van de casus", "1 jaar", "11") in activity.retention
    assert "Wpg art. 20 lid 3" in activity.bases
    assert {"Politie", "Onderwijs"} <= set(activity.recipients)
    assert any("vastgelegd" in words for words, _numbers in activity.security)
    assert activity.dpia is not None
    assert activity.dpia.ref == "DPIA-2025-07"
    assert activity.processors == (
        "Zorg- en Veiligheidshuis Maasdelta, bureau namens Gemeente Maasdelta, sociaal team",
    )


def test_categories_come_from_the_rules_and_change_with_them() -> None:
    load()
    before = _activity(_record())
    changed = (
        text()
        .replace("set: pol_full, purposes", "fields: [police_incident], purposes")
        .replace("set: pol_light, purposes", "fields: [police_incident], purposes")
    )
    with time_machine.travel(clock.now() + timedelta(hours=1), tick=False):
        load(changed.replace("  version: 2\n", "  version: 3\n"), signatures(version_starts=0))
        after = _activity(_record())

        assert _fields(after, "Politie") == {"Incident"}
        assert {"Incident", "Huiselijk geweld"} <= _fields(before, "Politie")
        assert after.version.number == 3


def test_what_a_prohibition_takes_away_is_not_in_it() -> None:
    load()
    care = next(item for item in _activity(_record()).categories if item.section == "Zorg")

    assert "Het Baken College" not in care.recipients
    assert "Waterweg Wonen" not in care.recipients


def test_an_announced_field_is_told_apart() -> None:
    load(attendance_announced(2))
    school = next(item for item in _activity(_record()).categories if item.section == "Onderwijs")

    assert "Gemeld verzuim (uren)" in school.announced
    assert "Gemeld verzuim (uren)" not in school.fields


def test_a_past_day_tells_of_its_own_time() -> None:
    load(text("pga-md.v1"), signatures("pga-md.v1"))
    load()

    last_day = clock.start_of(_activity(_record()).version.first_day).date() - timedelta(days=1)
    assert _activity(_record(day=last_day)).version.number == 1
    assert _activity(_record()).version.number == 2
    assert _record(day=last_day.replace(year=2020)).activities == ()


def test_a_day_to_come_is_refused() -> None:
    with pytest.raises(Invalid):
        _record(day=clock.today() + timedelta(days=1))


def test_who_left_has_it_until_the_day_it_left() -> None:
    load()
    withdraw_party(PGA, agency="GEM-MD", by=BY)

    assert _record().activities == ()
    assert _activity(_record(day=clock.today() - timedelta(days=1))).code == PGA


def test_a_suspended_covenant_stays_in_it_and_says_so() -> None:
    load()
    suspend_covenant(PGA, reason="onderzoek", by=BY)

    assert _activity(_record()).version.standing == "suspended"


def test_a_third_party_has_only_what_it_gives_and_receives_itself() -> None:
    load()
    school = _activity(_record("karin"))

    assert school.capacity == "third_party"
    assert {item.section for item in school.categories if item.receives} == {"Onderwijs", "Ondersteuning"}
    assert all(item.gives or item.receives for item in school.categories)


def test_the_bureau_works_for_another() -> None:
    load()

    assert _activity(_record("ineke")).on_behalf_of == "Gemeente Maasdelta, sociaal team"


def test_privacy_officers_are_named_for_their_agency() -> None:
    load()

    assert _record("dirk").agency.people == ("Dirk Ensing",)


def test_every_class_and_term_has_words() -> None:
    classes: Iterable[str] = DataClass.__args__  # type: ignore[attr-defined]
    assert set(DATA_CLASSES) == set(classes)
    assert {field.data_class for field in load_catalogue().fields} <= set(DATA_CLASSES)
    assert set(RETENTION) == set(Retention.model_fields)


def test_page_pdf_and_data_say_the_same() -> None:
    load()
    client = browser("carla")

    page = client.get("/verwerkingsregister/").content.decode()
    answer = client.get("/verwerkingsregister/pdf/")
    paper = PdfReader(BytesIO(answer.content))
    printed = " ".join(" ".join(part.extract_text() for part in paper.pages).split())
    data = api("carla", "/registers/processing").json()
    for words in ("Convenant Persoonsgerichte Aanpak", "DPIA-2025-07", "Wpg art. 20 lid 3", "Huiselijk geweld"):
        assert words in page
        assert words in printed
    assert data["activities"][0]["bases"] == list(_activity(_record()).bases)
    assert data["activities"][0]["transfers"] == []
    assert answer["Content-Type"] == "application/pdf"
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert paper.trailer["/Root"]["/Lang"] == "nl"


def test_a_late_review_of_the_dpia_is_said() -> None:
    load()
    with time_machine.travel("2026-11-25T12:00:00+01:00", tick=False):
        assert "De herziening van de DPIA was op 1 september 2026: 85 dagen te laat." in (
            browser("carla").get("/verwerkingsregister/").content.decode()
        )


@pytest.mark.parametrize("day", ["gisteren", "2026-02-30", "9999-12-31"])
def test_a_day_that_cannot_be_is_refused_in_words(day: str) -> None:
    load()

    assert browser("carla").get("/verwerkingsregister/", {"op": day}).status_code == 422
