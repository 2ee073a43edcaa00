"""Areas: files with faults, and numbers that say nothing about a few people, by whatever way one asks."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from agreements.covenants.rules import operator
from audit.journal.models import Entry
from deploy.demo_areas import load_demo_areas
from foundation.errors import Invalid
from programmes.areas.commands import load_areas, load_indicators, load_numbers
from programmes.areas.models import Area, Indicator, Measurement
from programmes.areas.rules import breaks, protected, shade

BY = operator("tests")
HEAD = "area,indicator,year,value,people,source,dated\n"
SQUARE = [[[4.4, 51.9], [4.5, 51.9], [4.5, 51.95], [4.4, 51.95], [4.4, 51.9]]]
INDICATORS = """
- {code: truancy, label: {nl: Verzuim, en: Truancy}, pillar: school, unit: count, upward: false}
- {code: benefits, label: {nl: Uitkering, en: Benefits}, pillar: work, unit: share, upward: false}
- {code: mark, label: {nl: Cijfer, en: Mark}, pillar: liveability, unit: score, upward: true, decimals: 1}
"""

people = st.integers(0, 5000)
T = 10


@given(people)
def test_a_count_is_kept_in_whole_tens_or_not_at_all(count: int) -> None:
    kept = protected(Decimal(count), unit="count", people=None, threshold=T)
    if count < T:
        assert kept is None
    else:
        assert kept is not None
        assert kept % T == 0
        assert abs(kept - count) <= T / 2


@given(people, st.integers(-9, 9))
def test_two_reports_of_the_same_number_never_differ_by_a_few_people(count: int, more: int) -> None:
    first = protected(Decimal(count), unit="count", people=None, threshold=T)
    later = max(count + more, 0)
    second = protected(Decimal(later), unit="count", people=None, threshold=T, standing=first)
    if first is not None and second is not None:
        assert first == second or abs(first - later) >= T


@given(st.integers(0, 100), st.integers(1, 3000))
def test_a_share_counts_and_leaves_out_nobody_or_enough(percent: int, base: int) -> None:
    kept = protected(Decimal(percent), unit="share", people=base, threshold=T)
    counted = Decimal(percent) * base / 100
    assert (kept is None) == (base < T or counted < T or base - counted < T)


def test_a_score_of_too_few_is_not_kept_and_a_share_needs_its_people() -> None:
    assert protected(Decimal("7.2"), unit="score", people=9, threshold=T) is None
    assert protected(Decimal("7.2"), unit="score", people=None, threshold=T) == Decimal("7.2")
    with pytest.raises(ValueError, match="number of people"):
        protected(Decimal(5), unit="share", people=None, threshold=T)


def test_shades_go_up_with_the_value() -> None:
    values = [Decimal(n) for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10)]
    borders = breaks(values)
    assert [shade(value, borders) for value in values] == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert breaks([Decimal(3)]) == []
    assert shade(Decimal(3), []) == 1


def areas_text(*codes: str, **more: object) -> str:
    features = [
        {"type": "Feature", "properties": {"code": code, "naam": code.title(), "stad": "Proefstad"},
         "geometry": {"type": "Polygon", "coordinates": SQUARE}}
        for code in codes
    ]  # fmt: skip
    return json.dumps({"type": "FeatureCollection", "features": features} | more)


@pytest.fixture
def city(db: None) -> None:
    load_areas(areas_text("wijk1", "wijk2"), source="proef", dated=date(2025, 1, 1), by=BY)
    load_indicators(INDICATORS, by=BY)


@pytest.mark.usefixtures("city")
def test_numbers_come_in_protected_and_with_an_entry() -> None:
    lines = ["wijk1,truancy,2025,8,,bron,2025-12-31", "wijk1,truancy,2024,34,,bron,2024-12-31",
             "wijk1,benefits,2025,12.4,400,bron,2025-12-31", "stad,benefits,2025,11,900,bron,2025-12-31"]  # fmt: skip
    assert load_numbers(HEAD + "\n".join(lines), by=BY) == (3, 1)
    values = {(row.indicator.code, row.year, row.area_id is None): row.value for row in Measurement.objects.all()}
    assert values == {
        ("truancy", 2025, False): None, ("truancy", 2024, False): Decimal(30), ("benefits", 2025, False): Decimal(12),
        ("benefits", 2025, True): Decimal(11),
    }  # fmt: skip
    assert Entry.objects.filter(event_type="areas.numbers_loaded").count() == 1


@pytest.mark.usefixtures("city")
@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("wijk9,truancy,2025,8,,bron,2025-12-31", "onbekende wijk"),
        ("wijk1,zork,2025,8,,bron,2025-12-31", "kolom indicator"),
        ("wijk1,truancy,25,8,,bron,2025-12-31", "kolom year"),
        ("wijk1,truancy,2025,acht,,bron,2025-12-31", "kolom value"),
        ("wijk1,truancy,2025,NaN,,bron,2025-12-31", "kolom value"),
        ("wijk1,benefits,2025,101,400,bron,2025-12-31", "kolom value"),
        ("wijk1,benefits,2025,10,,bron,2025-12-31", "kolom people"),
        ("wijk1,truancy,2025,80,,,2025-12-31", "kolom source"),
        ("wijk1,truancy,2025,80,,bron,31-12-2025", "kolom dated"),
        ("wijk1,truancy,2025,80", "kolommen"),
    ],
)
def test_a_fault_names_its_line_and_column_and_nothing_is_stored(line: str, word: str) -> None:
    good = "wijk2,truancy,2025,80,,bron,2025-12-31"
    with pytest.raises(Invalid) as raised:
        load_numbers(HEAD + good + "\n" + line, by=BY)
    assert raised.value.errors[0][0] == "3"
    assert word in raised.value.errors[0][1]
    assert not Measurement.objects.exists()


@pytest.mark.usefixtures("city")
def test_the_same_number_twice_in_one_file_is_a_fault() -> None:
    line = "wijk1,truancy,2025,80,,bron,2025-12-31"
    with pytest.raises(Invalid):
        load_numbers(HEAD + line + "\n" + line, by=BY)


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["{", "[]", '{"features": 3}', areas_text("a", "A"), areas_text("")])
def test_a_map_that_is_wrong_is_refused_whole(text: str) -> None:
    with pytest.raises(Invalid):
        load_areas(text, source="proef", dated=date(2025, 1, 1), by=BY)
    assert not Area.objects.exists()


@pytest.mark.usefixtures("city")
def test_a_number_that_is_too_small_is_nowhere() -> None:
    """Pages of every indicator and year, the API and open data, before and after a second report."""
    client = Client(HTTP_HOST="localhost")
    for count in (7, 9):
        load_numbers(
            HEAD + f"wijk1,truancy,2025,{count},,bron,2025-12-31\nwijk2,truancy,2025,{count + 40},,b,2025-12-31", by=BY
        )
        texts = [client.get(path).content.decode() for path in (
            "/wijken/?indicator=truancy&jaar=2025", "/wijken/wijk1/", "/api/v1/areas/wijk1", "/wijken/open-data.csv",
            "/wijken/open-data.json",
        )]  # fmt: skip
        numbers = list(csv.DictReader(io.StringIO(texts[3])))
        assert {row["value"] for row in numbers} == {"", "50"}
        assert "te weinig mensen" in texts[0]
        assert json.loads(texts[2])["indicators"][0]["area"] == [{"year": 2025, "value": None}]
        assert [one["sdmx-measure:obsValue"] for one in json.loads(texts[4])["qb:observation"]] == [None, "50"]


@pytest.mark.django_db
def test_the_city_of_the_demo_stands_and_hides_its_smallest_neighbourhood() -> None:
    load_demo_areas()
    load_demo_areas()
    assert (Area.objects.count(), Indicator.objects.count()) == (15, 16)
    small = Measurement.objects.filter(area__name="Oude Haven")
    assert small.count() == 160
    counts = small.filter(indicator__unit="count")
    assert not counts.filter(value__isnull=False).exists()
    kept = Measurement.objects.filter(value__isnull=False, indicator__unit="count")
    assert not kept.filter(value__lt=settings.SMALL_NUMBER).exists()


@pytest.mark.django_db
def test_pages_cost_the_same_number_of_queries_whatever_there_is() -> None:
    load_demo_areas()
    client = Client(HTTP_HOST="localhost")
    for path, most in (("/wijken/", 8), ("/wijken/bu99990004/", 6), ("/api/v1/areas/bu99990004", 5)):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(path).status_code == 200
        assert len(asked) <= most, [one["sql"][:90] for one in asked]


@pytest.mark.usefixtures("city")
@pytest.mark.parametrize(
    ("path", "status"),
    [("/wijken/?indicator=zork", 404), ("/wijken/?indicator=truancy&jaar=1800", 422), ("/wijken/nergens/", 404),
     ("/wijken/?indicator=truancy&jaar=%C2%B2", 422)],
)  # fmt: skip
def test_what_is_not_there_is_said(path: str, status: int) -> None:
    load_numbers(HEAD + "wijk1,truancy,2025,80,,bron,2025-12-31", by=BY)
    assert Client(HTTP_HOST="localhost").get(path).status_code == status
