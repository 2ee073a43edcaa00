"""Which places a reader finds on the map of a case, and which never."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.utils.html import strip_tags

from agreements.covenants.rules import operator
from agreements.models import Agency
from agreements.policy.catalogue import load_catalogue
from cases.intake.models import Report, Signal
from cases.models import Case
from cases.records.sealed import SealedFacts
from cases.relations import queries
from cases.relations.map_loading import load_map
from cases.relations.mapview import map_context
from cases.relations.matching import find_places
from deploy.demo_map import FILE
from foundation import clock
from foundation.masks import to_hex
from tests.cases.desk import Api, changing, make_case, page, reading
from tests.cases.relations.family import PAGE, family, tell
from tests.invariants.world import World

pytestmark = pytest.mark.django_db

AREA = "/casus/T-2/mensen-en-plaats/"
TEXT = Path(FILE).read_text(encoding="utf-8")


@pytest.fixture
def town(world: World, db: None) -> None:
    load_map(TEXT, by=operator("tests"))


@pytest.fixture
def case(world: World, town: None) -> Case:
    return family(world)


def spots(world: World, key: str, number: str = "T-1", view: str = "") -> dict[str, Any]:
    found = queries.pictures(reading(world, key), number, None)
    return map_context(found, load_catalogue(), number=number, view=view)


def marked(world: World, key: str, number: str = "T-1") -> list[str]:
    """What the marks on a persona's map are called."""
    drawn = spots(world, key, number)["map"]
    return [mark["name"] for mark in drawn["marks"]] if drawn else []


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("Kadeplein 41, 3199 AB Maasdelta", ["Kadeplein 41"]),
        ("Terpdijk 67-C, 3193BJ Maasdelta", ["Terpdijk 67-C"]),
        ("Briefadres Stadskantoor, Raadhuisplein 1, 3191 AA Maasdelta", ["Raadhuisplein 1", "Stadskantoor"]),
        ("Kade 9 en tramhalte, donderdag van 21 tot 1 uur", ["Kade 9", "Tramhalte"]),
        ("Bewoners mijden de Havenstraat", ["Havenstraat"]),
        ("Op het Kadeplein", ["Kadeplein"]),
        ("Kadeplein 41, 9999 ZZ Elders", ["Kadeplein"]),
        ("Bij zijn zus, tijdelijk", []),
        ("", []),
        ("1 2 3 4000 AA \U0001f642 ' -", []),
    ],
)
def test_a_text_names_places_on_the_map(town: None, words: str, places: list[str]) -> None:
    assert [point.name for point in find_places([words])[0]] == places


def test_an_address_is_marked_for_whom_the_field_is_and_for_nobody_else(world: World, case: Case) -> None:
    tell(world, case, "GEM-MD", 0, brp_address="Kadeplein 41, 3199 AB Maasdelta")

    assert marked(world, "sanne") == ["Kadeplein 41"]
    for key in ("nadia", "ruben", "wouter", "marloes"):
        assert marked(world, key) == []
        text = page(world, key).get(PAGE).content.decode()
        assert "Kadeplein 41" not in text
        assert "vb-kmerk" not in text


def test_an_address_that_the_map_does_not_know_says_so_to_who_sees_it_alone(world: World, case: Case) -> None:
    tell(world, case, "GEM-MD", 0, actual_residence="Bij zijn zus, tijdelijk")

    assert "niet op de kaart gevonden" in page(world, "sanne").get(PAGE).content.decode()
    assert "niet op de kaart" not in page(world, "ruben").get(PAGE).content.decode()


def test_a_secret_address_is_on_nobodys_map_not_even_that_of_its_source(world: World, case: Case) -> None:
    tell(world, case, "VT-MD", 0, secret_address="Lisdodde 4, 3197 CK Maasdelta")

    for key in ("fenna", "sanne", "nadia", "ruben", "wouter"):
        assert marked(world, key) == []
        for answer in (page(world, key).get(PAGE), Api(world, key, "pga_adult").get("/cases/T-1/map")):
            assert "Lisdodde 4" not in answer.content.decode()


def test_the_map_is_the_same_bytes_whether_a_withheld_address_is_there_or_not(world: World, case: Case) -> None:
    def looked() -> tuple[str, bytes]:
        drawn = page(world, "ruben").get(f"{PAGE}?kaart=900,400,700").content.decode()
        return strip_tags(drawn.split('id="kaart"')[-1]), Api(world, "ruben", "pga_adult").get("/cases/T-1/map").content

    tell(world, case, "POL-MD", 0, actual_residence="Kade 9, 3196 AA Maasdelta")
    before = looked()
    tell(world, case, "GEM-MD", 0, brp_address="Kadeplein 41, 3199 AB Maasdelta")
    tell(world, case, "VT-MD", 0, secret_address="Lisdodde 4, 3197 CK Maasdelta")

    assert looked() == before


def test_who_reads_the_case_of_the_ex_infers_nothing_of_where_she_is(world: World, town: None) -> None:
    """Demo case 2: Lotte's secret address, seen from the case of Bram by his probation officer."""
    lotte = make_case("T-8", live=("VT-MD", "GEM-MD", "POL-MD", "ZVH-MD"))
    bram = make_case("T-9", live=("RCL-MD", "POL-MD", "GEM-MD", "ZVH-MD"))
    tell(world, bram, "GEM-MD", 0, full_name="Bram Zeeduin")
    tell(world, bram, "RCL-MD", 0, actual_residence="Bij zijn broer, Lisdodde 8, 3197 CK Maasdelta")
    client, api = page(world, "wouter"), Api(world, "wouter", "pga_adult")
    asked = (
        "/casus/T-9/mensen-en-plaats/", "/casus/T-9/mensen-en-plaats/?kaart=1500,1200,200",
        "/casus/T-8/mensen-en-plaats/", "/zoeken/?q=Havenstraat", "/zoeken/?q=Lotte", "/",
    )  # fmt: skip

    def looked() -> list[str]:
        pages = [client.get(url).content.decode() for url in asked]
        pages += [
            api.get(f"/cases/{nr}/{part}").content.decode() for nr in ("T-8", "T-9") for part in ("map", "relations")
        ]
        return [_steady(text) for text in pages]

    before = looked()
    tell(world, lotte, "GEM-MD", 0, full_name="Lotte Oomen")
    tell(world, lotte, "VT-MD", 0, secret_address="Havenstraat 12, 3196 HS Maasdelta")
    tell(world, lotte, "VT-MD", 0, threat_relation="Bram Zeeduin")
    tell(world, lotte, "POL-MD", 0, actual_residence="Havenstraat 12, 3196 HS Maasdelta")
    tell(world, lotte, "GEM-MD", 0, brp_address="Briefadres, Raadhuisplein 1, 3191 AA Maasdelta")

    assert looked() == before
    assert marked(world, "wouter", "T-9") == ["Lisdodde 8"]


def _steady(text: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|Kenmerk [0-9a-f-]+|"(?:trace|instance)[^,}]*', "", text)


def test_an_area_shows_its_outline_and_places_as_the_covenant_gives_them(world: World, town: None) -> None:
    case = _area(world)
    tell(world, case, "GEM-MD", None, area_unit="bu99990004")
    tell(world, case, "POL-MD", None, hotspot_note="Kade 9, vrijdag van 21 tot 1 uur")

    assert marked(world, "nadia", "T-2") == ["Kade 9"]
    assert any(shape["chosen"] for shape in spots(world, "nadia", "T-2")["map"]["shapes"])
    # The landlord shares the picture of the neighbourhood, never the places: who reported cannot be found out.
    assert marked(world, "joost", "T-2") == []
    assert any(shape["chosen"] for shape in spots(world, "joost", "T-2")["map"]["shapes"])
    assert "Kade 9" not in page(world, "joost").get(AREA).content.decode()


def test_the_place_of_a_linked_signal_is_marked_for_whom_it_is(world: World, town: None) -> None:
    case = _area(world, phase="triage")
    _signal(world, case, "POL-MD", signal_place="Loodsstraat 4", signal_summary="Geheim genoeg")

    for key in ("nadia", "ruben"):
        assert marked(world, key, "T-2") == ["Loodsstraat 4"]
    for key in ("sanne", "joost", "farid"):
        assert marked(world, key, "T-2") == []
    assert "Geheim genoeg" not in page(world, "nadia").get(AREA).content.decode()


def test_the_map_moves_by_links_and_nonsense_begins_anew(world: World, case: Case) -> None:
    tell(world, case, "GEM-MD", 0, brp_address="Kadeplein 41, 3199 AB Maasdelta")
    first = spots(world, "sanne")["map"]

    near = spots(world, "sanne", view="872,320,130")["map"]
    assert near["numbers"]
    assert len(near["houses"]) < len(first["houses"])
    for nonsense in ("x", "1,2", "1,2,3,4", "99999999999999999999,0,-5", "nan,1,1", "²,1,1"):
        assert spots(world, "sanne", view=nonsense)["map"]["box"]
        assert page(world, "sanne").get(PAGE, {"kaart": nonsense}).status_code == 200


def test_nothing_on_the_page_is_fetched_from_elsewhere(world: World, case: Case) -> None:
    tell(world, case, "GEM-MD", 0, brp_address="Kadeplein 41, 3199 AB Maasdelta")
    text = page(world, "sanne").get(PAGE).content.decode()

    assert "http" not in text.replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert " style=" not in text


def test_without_a_map_the_places_stand_in_the_list(world: World, db: None) -> None:
    tell(world, family(world), "GEM-MD", 0, brp_address="Kadeplein 41, 3199 AB Maasdelta")
    text = page(world, "sanne").get(PAGE).content.decode()

    assert "Er is nog geen kaart ingelezen" in text
    assert "Kadeplein 41" in text


def test_the_api_gives_geojson_with_source_and_article(world: World, case: Case) -> None:
    tell(world, case, "GEM-MD", 0, brp_address="Kadeplein 41, 3199 AB Maasdelta")
    tell(world, case, "GEM-MD", 0, actual_residence="Onbekend")

    found = Api(world, "sanne", "pga_adult").get("/cases/T-1/map").json()

    assert found["type"] == "FeatureCollection"
    known, unknown = found["features"]
    assert known["geometry"]["type"] == "Point"
    assert known["properties"]["source"]["code"] == "GEM-MD"
    assert known["properties"]["article"]
    assert unknown["geometry"] is None


def _area(world: World, *, phase: str = "plan") -> Case:
    return make_case(
        "T-2", live=("POL-MD", "GEM-MD", "BGM-MD", "JW-HAVEN", "WON-WATERWEG", "ZVH-MD"), kind="area", phase=phase,
        covenants=("HAV-GEBIED",), purpose="area_safety",
    )  # fmt: skip


def _signal(world: World, case: Case, agency: str, **values: str) -> None:
    source = Agency.objects.get(code=agency)
    with changing():
        file = Case.objects.create(
            number="S-T-2", kind="area", label="Melding", purpose="area_safety", urgency="normal", phase="signal",
            phase_since=clock.now(), state="draft", covenants="HAV-GEBIED", lead=case.lead, opened_at=clock.now(),
        )  # fmt: skip
        signal = Signal.objects.create(
            number="S-T-2", file=file, channel="professional", kind="youth", urgency="normal", state="linked",
            handler=case.lead, reported_by=source, received_at=clock.now() - timedelta(days=1), linked_case=case,
            submission=uuid4(),
        )  # fmt: skip
        Report.objects.create(
            signal=signal, sort="report", case=file, source=source, under="HAV-GEBIED",
            values=SealedFacts.seal(values), present=to_hex(load_catalogue().mask(values)), given_at=clock.now(),
        )  # fmt: skip
