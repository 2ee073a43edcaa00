"""What a map file must be, and what is said when it is not."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from agreements.covenants.rules import operator
from audit.journal.models import Entry
from cases.relations.geojson import read_map
from cases.relations.map_loading import load_map
from cases.relations.models import MapAddress, MapShape
from deploy.demo_map import FILE, text
from foundation.errors import Invalid

SQUARE = [[4.0, 52.0], [4.1, 52.0], [4.1, 52.1], [4.0, 52.0]]
AREA = {
    "type": "Feature", "properties": {"soort": "buurt", "naam": "Noord", "code": "BU1"},
    "geometry": {"type": "Polygon", "coordinates": [SQUARE]},
}  # fmt: skip
HOUSE = {
    "type": "Feature", "properties": {"straat": "Kade", "huisnummer": "9", "postcode": "3196 aa"},
    "geometry": {"type": "Point", "coordinates": [4.05, 52.05]},
}  # fmt: skip


def as_text(*features: Any, **more: Any) -> str:
    return json.dumps({"type": "FeatureCollection", "name": "proef", "features": list(features)} | more)


def with_(feature: dict[str, Any], *, points: Any = None, type_: str = "", **properties: Any) -> dict[str, Any]:
    geometry = dict(feature["geometry"])
    if points is not None:
        geometry["coordinates"] = points
    if type_:
        geometry["type"] = type_
    return feature | {"properties": feature["properties"] | properties, "geometry": geometry}


def test_a_good_map_is_read() -> None:
    found = read_map(as_text(AREA, HOUSE))

    (shape,), (address,) = found.shapes, found.addresses
    assert (shape.name, shape.code, shape.west, shape.north) == ("Noord", "bu1", 4.0, 52.1)
    assert (address.key, address.street_key) == ("3196AA9", "kade 9")


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("{", "geen JSON"),
        ("[]", "geen FeatureCollection"),
        (json.dumps({"type": "Feature"}), "geen FeatureCollection"),
        (as_text(AREA, name=""), "geen naam"),
        (as_text(), "leeg"),
        (as_text(AREA, crs={"properties": {"name": "EPSG:28992"}}), "WGS84"),
    ],
)
def test_a_file_that_is_no_map_says_so(file: str, words: str) -> None:
    with pytest.raises(Invalid) as raised:
        read_map(file)
    assert words in raised.value.sentence
    assert raised.value.remedy


@pytest.mark.parametrize(
    ("feature", "words"),
    [
        ("niets", "geen properties"),
        ({"properties": {}, "geometry": None}, "geen properties"),
        (with_(AREA, soort="kasteel"), "onbekende soort"),
        (with_(AREA, naam=" "), "geen naam"),
        (with_(AREA, points=[SQUARE[:3]]), "te weinig punten"),
        (with_(AREA, points=[[*SQUARE[:3], [4.5, 52.0]]]), "niet gesloten"),
        (with_(AREA, points=[[["a", 1]]]), "geen [lon, lat]"),
        (with_(AREA, points="x"), "coördinaten"),
        (with_(AREA, type_="Circle"), "niet tekenen"),
        (with_(HOUSE, points=[155000, 463000]), "Rijksdriehoek"),
        (with_(HOUSE, points=[500, 52]), "buiten de wereld"),
        (with_(HOUSE, postcode="31"), "postcode"),
        (with_(HOUSE, huisnummer="negen"), "huisnummer"),
        (with_(HOUSE, straat=""), "straat"),
        (with_(HOUSE, type_="LineString", points=[[4, 52], [4, 53]]), "een adres is een Point"),
        ({"properties": {"x": 1}, "geometry": HOUSE["geometry"]}, "geen “soort”"),
    ],
)
def test_a_wrong_feature_is_named_with_its_place(feature: Any, words: str) -> None:
    with pytest.raises(Invalid) as raised:
        read_map(as_text(AREA, feature))
    assert raised.value.errors[0][0] == "features[1]"
    assert words in raised.value.errors[0][1]


def test_an_address_that_stands_twice_is_refused() -> None:
    with pytest.raises(Invalid) as raised:
        read_map(as_text(HOUSE, HOUSE))
    assert "staat er al" in raised.value.errors[0][1]


@pytest.mark.django_db
def test_a_new_map_replaces_the_old_one_of_that_name_and_is_journalled() -> None:
    load_map(as_text(AREA, HOUSE), by=operator("tests"))
    load_map(as_text(with_(AREA, naam="Zuid")), by=operator("tests"))

    assert [shape.name for shape in MapShape.objects.all()] == ["Zuid"]
    assert not MapAddress.objects.exists()
    assert Entry.objects.filter(event_type="map.loaded").count() == 2


@pytest.mark.django_db
def test_the_command_reads_the_map_of_the_demo_and_refuses_a_wrong_one(tmp_path: Path) -> None:
    call_command("load_map", area=FILE)
    before = MapShape.objects.count(), MapAddress.objects.count()
    wrong = tmp_path / "fout.geojson"
    wrong.write_text(as_text(with_(AREA, soort="kasteel"), name="Maasdelta (verzonnen)"))

    with pytest.raises(CommandError, match=r"features\[0\]: onbekende soort"):
        call_command("load_map", area=wrong)
    with pytest.raises(CommandError, match="kan niet worden gelezen"):
        call_command("load_map", area=tmp_path / "weg.geojson")

    assert before == (MapShape.objects.count(), MapAddress.objects.count())
    assert min(before) > 0
    assert before[1] >= 150


def test_the_map_of_the_demo_is_what_the_script_draws() -> None:
    assert FILE.read_text(encoding="utf-8") == text()
