"""The numbers as open data: CSV, and JSON-LD with the words of the W3C's Data Cube. The same numbers as the pages."""

import csv
import io
from typing import Any

from programmes.areas.models import Area, Indicator, Measurement

CONTEXT = {
    "qb": "http://purl.org/linked-data/cube#",
    "dct": "http://purl.org/dc/terms/",
    "sdmx-dimension": "http://purl.org/linked-data/sdmx/2009/dimension#",
    "sdmx-measure": "http://purl.org/linked-data/sdmx/2009/measure#",
}


def rows() -> list[dict[str, Any]]:
    """Every number that is shown, by area, indicator and year; those about too few people are said to be."""
    found = Measurement.objects.select_related("indicator", "area").order_by("area__code", "indicator__code", "year")
    return [
        {
            "area": one.area.code if one.area else "stad", "indicator": one.indicator.code, "year": one.year,
            "value": None if one.value is None else f"{one.value.normalize():f}",
            "suppressed": one.value is None, "unit": one.indicator.unit, "source": one.source,
            "dated": one.dated.isoformat(),
        }
        for one in found
    ]  # fmt: skip


def as_csv() -> str:
    """The numbers as CSV (RFC 4180); an empty value with suppressed=true is about too few people."""
    out = io.StringIO()
    writer = csv.writer(out)
    columns = ("area", "indicator", "year", "value", "suppressed", "unit", "source", "dated")
    writer.writerow(columns)
    for row in rows():
        writer.writerow(["" if row[name] is None else str(row[name]).lower() if name == "suppressed" else row[name]
                         for name in columns])  # fmt: skip
    return out.getvalue()


def as_json_ld(base: str) -> dict[str, Any]:
    """The numbers as a data set of observations. base: the address of the installation. Source: W3C, RDF Data Cube."""
    return {
        "@context": CONTEXT,
        "@id": f"{base}wijken/open-data.json",
        "@type": "qb:DataSet",
        "dct:license": "https://creativecommons.org/publicdomain/zero/1.0/",
        "areas": [{"@id": f"{base}wijken/{one.code}/", "dct:title": one.name} for one in Area.objects.all()],
        "indicators": [
            {"@id": f"{base}wijken/?indicator={one.code}", "dct:title": {"nl": one.label_nl, "en": one.label_en}}
            for one in Indicator.objects.all()
        ],
        "qb:observation": [
            {
                "@type": "qb:Observation",
                "sdmx-dimension:refArea": row["area"],
                "sdmx-dimension:refPeriod": row["year"],
                "qb:measureType": row["indicator"],
                "sdmx-measure:obsValue": row["value"],
                "dct:source": row["source"],
                "dct:date": row["dated"],
            }
            for row in rows()
        ],
    }
