"""Row F1: the page of an area, 200 areas with 40 indicators over ten years, against a bare query and JSON."""

import json
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import Q

from agreements.covenants.rules import operator
from audit.journal.appender import append
from audit.journal.scope import write_scope
from bench.caseload import READERS
from bench.client import Client
from bench.report import Row, at_most
from bench.stores import Store, ready, switch, vendors
from bench.timing import take_turns
from programmes.areas.commands import _entry
from programmes.areas.models import Area, Indicator, Measurement

AREAS, INDICATORS, YEARS = 200, 40, range(2016, 2026)
CODE = "f1-100"
PAGE, DATA, PLAIN = f"/wijken/{CODE}/", f"/api/v1/areas/{CODE}", f"/api/plain/areas/{CODE}"


def rows() -> Iterator[Row]:
    """Per database: the page as a reader has it (kept until the next import), the page made anew, and the API."""
    for vendor in vendors():
        switch(ready(Store(vendor=vendor, size=10)))
        _fill()
        client = Client(READERS["10 %"][1])
        answer = json.loads(client.get(DATA))
        assert _numbers(answer) == _numbers(json.loads(client.get(PLAIN))), "the plain area differs"
        page = client.get(PAGE).decode()
        assert page.count('<svg class="vb-wk__lijn"') == INDICATORS

        def anew(client: Client = client) -> bytes:
            cache.clear()
            return client.get(PAGE)

        taken = take_turns(
            {"page": partial(client.get, PAGE), "data": partial(client.get, DATA), "anew": anew,
             "plain": partial(client.get, PLAIN)}, calls=10,
        )  # fmt: skip
        told = (
            f"{taken.median('page') * 1000:.1f} ms against {taken.median('plain') * 1000:.1f} ms; the API "
            f"{taken.ratio('data', 'plain'):.2f}×; the page made anew, once after each import, "
            f"{taken.ratio('anew', 'plain'):.1f}×; {AREAS} areas, {INDICATORS} indicators, {len(YEARS)} years"
        )
        yield at_most(f"F1 {vendor}", taken.ratio("page", "plain"), 2, told)


def bare(code: str) -> dict[str, Any]:
    """One query and what it gives, grouped."""
    rows = Measurement.objects.filter(Q(area__code=code) | Q(area=None)).order_by("indicator__order", "year")
    found: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for indicator, of, year, value in rows.values_list("indicator__code", "area_id", "year", "value"):
        of_both = found.setdefault(indicator, {"area": [], "city": []})
        of_both["area" if of else "city"].append({"year": year, "value": value})
    return {"indicators": [{"indicator": name} | both for name, both in found.items()]}


def _numbers(answer: dict[str, Any]) -> list[Any]:
    return [
        (one["indicator"], [(n["year"], float(n["value"])) for n in one["area"]], len(one["city"]))
        for one in answer["indicators"]
    ]


def _fill() -> None:
    if Area.objects.filter(code=CODE).exists():
        return
    ring = [[4.4, 51.9], [4.41, 51.9], [4.41, 51.91], [4.4, 51.91], [4.4, 51.9]]
    day = date(2025, 12, 31)
    with transaction.atomic(), write_scope(reason="bench"):
        areas = Area.objects.bulk_create(
            Area(code=f"f1-{n}", name=f"Wijk {n}", city="Bench", geometry={"type": "Polygon", "coordinates": [ring]},
                 west=4.4, south=51.9, east=4.41, north=51.91, source="bench", dated=day)
            for n in range(AREAS)
        )  # fmt: skip
        indicators = Indicator.objects.bulk_create(
            Indicator(code=f"f1_{n}", label_nl=f"Indicator {n}", label_en=f"Indicator {n}", pillar="work",
                      unit="share", upward=True, order=n)
            for n in range(INDICATORS)
        )  # fmt: skip
        Measurement.objects.bulk_create(
            (
                Measurement(area=area, indicator=one, year=year, value=20 + (n * 7 + one.order + year) % 60,
                            source="bench", dated=day)
                for n, area in enumerate([*areas, None])
                for one in indicators
                for year in YEARS
            ),
            batch_size=2000,
        )  # fmt: skip
        append([_entry("areas.numbers_loaded", operator("bench"), numbers=1)])
