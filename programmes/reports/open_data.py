"""Programmes, goals and pledges as open data: CSV, and JSON-LD with words of schema.org. The same as the pages."""

import csv
import io
from typing import Any

from programmes.reports.queries import Told, everything, goal_rows, pledge_rows

LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
CONTEXT = {"@vocab": "https://schema.org/", "dct": "http://purl.org/dc/terms/", "verbond": "urn:verbond:programme:"}
COLUMNS = (
    "programme", "party", "kind", "promise", "quantity", "unit", "measure", "starts", "due", "standing", "delivered",
    "suppressed",
)  # fmt: skip


def as_csv() -> str:
    """All pledges as CSV (RFC 4180). standing: "" before its release; suppressed=true: about too few people."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for told in everything():
        for row in pledge_rows(told):
            writer.writerow([_cell(row[name]) for name in COLUMNS])
    return out.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    text = "" if value is None else str(value)
    # A spreadsheet would work out what begins like this. Source: OWASP, CSV injection.
    return f"'{text}" if text[:1] in "=+-@\t\r" and not text.lstrip("-").replace(".", "").isdigit() else text


def as_json_ld(base: str) -> dict[str, Any]:
    """All programmes with goals and pledges. base: the address of the installation. Source: schema.org, Project."""
    return {
        "@context": CONTEXT,
        "@id": f"{base}wijkprogrammas/open-data.json",
        "@type": "Dataset",
        "license": LICENCE,
        "hasPart": [_programme(told, base) for told in everything()],
    }


def _programme(told: Told, base: str) -> dict[str, Any]:
    found = told.page.programme
    return {
        "@type": "Project",
        "@id": f"{base}wijkprogrammas/{found.code}/",
        "name": found.title,
        "description": found.summary,
        "foundingDate": str(found.starts_year),
        "dissolutionDate": str(found.until_year),
        "location": [{"@id": f"{base}wijken/{code}/", "name": name} for code, name in told.page.areas],
        "verbond:goal": [{f"verbond:{name}": value for name, value in row.items()} for row in goal_rows(told)],
        "verbond:pledge": [{f"verbond:{name}": value for name, value in row.items()} for row in pledge_rows(told)],
    }
