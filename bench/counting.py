"""Row A7: how many queries the list and the page of a case ask, however large the case or the store."""

from collections.abc import Iterator
from typing import Any
from unittest import mock

from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.covenants import epoch
from audit.journal import apart
from bench.caseload import FORTY, READERS
from bench.client import Client
from bench.report import Row
from bench.stores import Store, ready, switch, vendors

MOST = 8
SIZES = (10, 10_000)
NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


def rows() -> Iterator[Row]:
    """The list of 10 and of 10,000 cases; a case of 8 and of 200 contributions; rules looked up again or not."""
    for vendor in vendors():
        counts: dict[str, set[int]] = {"list": set(), "case": set()}
        for size in SIZES:
            switch(ready(Store(vendor=vendor, size=size)))
            for persona in (READERS["10 %"][1], READERS["90 %"][1]):
                client = Client(persona)
                client.get("/api/v1/cases")
                counts["list"].add(_count(client, "/api/v1/cases"))
                counts["case"] |= {_count(client, f"/api/v1/cases/{number}") for number in (FORTY, "B-MANY")}
        most = max(max(found) for found in counts.values())
        constant = all(len(found) == 1 for found in counts.values())
        told = "; ".join(f"{name}: {sorted(found)}" for name, found in counts.items())
        yield Row(
            row=f"A7 {vendor}",
            figure=f"{most}" if constant else "varies",
            bar=f"constant, ≤ {MOST}",
            holds=constant and most <= MOST,
            detail=f"queries of the {told}, the look-up of the rules' number included; "
            f"{SIZES[0]} and {SIZES[1]:,} cases, 8 and 200 contributions",
        )


def _count(client: Client, path: str) -> int:
    """Queries of one request, at the moment that the process must ask whether the rules changed.

    What the journal puts on SQLite past Django's cursors counts too, a statement for each table.
    """
    epoch.forget()
    past: list[str] = []

    def put(store: Any, tables: Any) -> None:
        past.extend(table for table, _columns, rows in tables if rows)
        _insert_and_commit(store, tables)

    with CaptureQueriesContext(connection) as captured, mock.patch.object(apart, "insert_and_commit", put):
        client.get(path)
    return len(past) + sum(not query["sql"].startswith(NOT_COUNTED) for query in captured.captured_queries)


_insert_and_commit = apart.insert_and_commit
