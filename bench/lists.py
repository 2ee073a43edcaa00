"""Rows A3 and A4: a page of fifty cases, with visibility, masks and journal, and at ten thousand or a million.

Beside A4 the inbox, which is of ours: what waits for a reader, and what changed in the first fifty of their cases.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from bench import plain
from bench.caseload import READERS
from bench.client import Client
from bench.report import Row, at_most
from bench.stores import Store, point_at, ready, switch, vendors
from bench.timing import Taken, take_turns
from cases.disclosure import disclose as disclosing

PRODUCT, PLAIN, INBOX = "/api/v1/cases", "/api/plain/cases", "/api/v1/inbox"
SMALL, MIDDLE = 10_000, 100_000
LARGE = int(os.environ.get("BENCH_LARGE", "1000000"))
CALLS = 10


def rows_a3() -> Iterator[Row]:
    """A3, per database: the worst of the three readers, whole and without the journal."""
    for vendor in vendors():
        store = ready(Store(vendor=vendor, size=MIDDLE))
        switch(store)
        taken = {share: _beside_plain(persona) for share, (_code, persona) in READERS.items()}
        for name, bar in (("product", 1.5), ("no journal", 1.3)):
            ratios = {share: t.ratio(name, "plain") for share, t in taken.items()}
            row = f"A3 {vendor}" + ("" if name == "product" else ", no journal")
            told = f"{_told(ratios, taken, name, 'plain')}; 50 of {MIDDLE:,} cases"
            yield at_most(row, max(ratios.values()), bar, told)


def _told(ratios: dict[str, float], taken: dict[str, Taken], name: str, against: str) -> str:
    each = "; ".join(
        f"reader of {share}: {ratios[share]:.2f}× ({t.median(name) * 1e3:.1f} ms against {t.median(against) * 1e3:.1f})"
        for share, t in taken.items()
    )
    return f"the worst of {each}"


def _beside_plain(persona: str) -> Taken:
    client = Client(persona)
    check_equal_lists(client)

    def without_journal() -> None:
        with no_journal():
            client.get(PRODUCT)

    contenders: dict[str, Callable[[], object]] = {
        "product": partial(client.get, PRODUCT),
        "no journal": without_journal,
        "plain": partial(client.get, PLAIN),
    }
    for call in contenders.values():
        call()
    return take_turns(contenders, calls=CALLS)


def check_equal_lists(client: Client) -> None:
    """Raises AssertionError where the plain list is not, to the letter, what the product gives."""
    page = json.loads(client.get(PRODUCT))
    assert len(page["items"]) == 50, f"{len(page['items'])} cases on the page"
    assert all(line["persons"] for line in page["items"]), "a case without a name"
    for line in page["items"]:
        plain.SAID.learn(line)
    assert page == json.loads(client.get(PLAIN)), "the plain list differs"


@contextmanager
def no_journal() -> Iterator[None]:
    """Disclosure that writes no entries. Only here, to tell what the journal costs."""
    keep = disclosing.keep
    disclosing.keep = _nothing  # type: ignore[assignment]
    try:
        yield
    finally:
        disclosing.keep = keep


def _nothing(entries: Any) -> tuple[str, ...]:
    return ()


def rows_a4() -> Iterator[Row]:
    """A4, per database: the same page out of many more cases, for the same share of them; and the inbox."""
    for vendor in vendors():
        small, large = (ready(Store(vendor=vendor, size=size)) for size in (SMALL, LARGE))
        stand_in = "" if LARGE >= 1_000_000 else " as a stand-in for 1,000,000"
        for path, name in ((PRODUCT, ""), (INBOX, ", inbox")):
            taken = {share: _side_by_side(small, large, who, path) for share, (_code, who) in READERS.items()}
            ratios = {share: t.ratio("large", "small") for share, t in taken.items()}
            told = f"{_told(ratios, taken, 'large', 'small')}; {LARGE:,} cases{stand_in} against {SMALL:,}"
            yield at_most(f"A4 {vendor}{name}", max(ratios.values()), 1.3, told)


def _side_by_side(small: Store, large: Store, persona: str, path: str) -> Taken:
    """Both stores are copies of one base, so rules and reader are the same and a call to each takes turns."""
    contenders = {}
    for name, store in (("small", small), ("large", large)):
        switch(store)
        client = Client(persona)
        check_equal_lists(client)
        contenders[name] = partial(_read, store, client, path)
    return take_turns(contenders, calls=CALLS)


def _read(store: Store, client: Client, path: str) -> None:
    point_at(store)
    client.get(path)
