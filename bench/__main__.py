"""`python -m bench` takes every figure; `python -m bench A3 A5` only those rows. See docs/metingen.md."""

import os
import sys
import time
import warnings

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
# Nothing is served from there in a bench.
warnings.filterwarnings("ignore", message="No directory at")

import django

django.setup()

from collections.abc import Callable, Iterator

from bench import changing, counting, deciding, detail, lists, stores
from bench.report import Row, keep, machine, say

GROUPS: dict[tuple[str, ...], Callable[[], Iterator[Row]]] = {
    ("A1", "A2"): deciding.rows,
    ("A3",): lists.rows_a3,
    ("A4",): lists.rows_a4,
    ("A5",): detail.rows_a5,
    ("A6",): detail.rows_a6,
    ("A7",): counting.rows,
    ("A8",): changing.rows,
}


def main(wanted: list[str]) -> int:
    """0 when every row holds, 1 when one falls short, 2 for a row that does not exist."""
    known = {name for names in GROUPS for name in names}
    if unknown := [name for name in wanted if name not in known]:
        print(f"No such row: {', '.join(unknown)}. There are {', '.join(sorted(known))}.", file=sys.stderr)
        return 2
    began = time.monotonic()
    print(f"{machine()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}; {', '.join(stores.vendors())}")
    stores.sweep()
    taken: list[Row] = []
    for names, rows in GROUPS.items():
        if wanted and not set(names) & set(wanted):
            continue
        for row in rows():
            say(row)
            taken.append(row)
        keep(taken)
    short = [row.row for row in taken if not row.holds]
    print(f"{len(taken)} rows in {time.monotonic() - began:.0f} s; " + (f"short: {', '.join(short)}" if short else "all hold"))
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
