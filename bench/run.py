"""The rows in their order, and what a run says at its end."""

import os
import sys
import time
from collections.abc import Callable, Iterator

from bench import (
    areas,
    breach,
    changing,
    counting,
    deciding,
    detail,
    impact,
    lists,
    logged_read,
    meeting,
    minutes,
    reach,
    sealing,
    searching,
    storage,
    stores,
    street,
    verifying,
)
from bench.report import Row, keep, machine, say

GROUPS: dict[tuple[str, ...], Callable[[], Iterator[Row]]] = {
    ("A1", "A2"): deciding.rows,
    ("A3",): lists.rows_a3,
    ("A4",): lists.rows_a4,
    ("A5",): detail.rows_a5,
    ("A6",): detail.rows_a6,
    ("A7",): counting.rows,
    ("A8",): changing.rows,
    ("B1",): impact.rows,
    ("B2",): reach.rows,
    ("C1",): searching.rows,
    ("C2",): minutes.rows,
    ("C3",): meeting.rows,
    ("D1", "D2", "D7"): sealing.rows,
    ("D3",): logged_read.rows,
    ("D4",): storage.rows,
    ("D5",): verifying.rows,
    ("D6",): breach.rows,
    ("E1", "E2"): street.rows_e1,
    ("E3",): street.rows_e3,
    ("E4",): street.rows_e4,
    ("E5",): street.rows_e5,
    ("F1",): areas.rows,
}


def run(wanted: list[str]) -> int:
    """0 when every row holds, 1 when one falls short, 2 for a row that does not exist.

    `clean` in place of rows takes every store away, also those on PostgreSQL.
    """
    if wanted == ["clean"]:
        stores.sweep(everything=True)
        return 0
    known = {name for names in GROUPS for name in names}
    if unknown := [name for name in wanted if name not in known]:
        print(f"No such row: {', '.join(unknown)}. There are {', '.join(sorted(known))}.", file=sys.stderr)
        return 2
    began = time.monotonic()
    print(f"{machine()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}; {', '.join(stores.vendors())}")
    stores.sweep()
    taken: list[Row] = []
    for names, rows in GROUPS.items():
        if not wanted or set(names) & set(wanted):
            taken += _take(rows)
    short = [row.row for row in taken if not row.holds]
    verdict = f"falls short: {'; '.join(short)}" if short else "all hold"
    print(f"{len(taken)} rows in {time.monotonic() - began:.0f} s; {verdict}")
    return 1 if short else 0


def _take(rows: Callable[[], Iterator[Row]]) -> list[Row]:
    """The rows of one group, said and kept as they come: a run that is broken off leaves what it had."""
    taken = []
    for row in rows():
        say(row)
        taken.append(row)
    keep(taken)
    return taken
