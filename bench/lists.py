"""Rows A3 and A4: a page of fifty cases, with visibility, masks and journal, and at ten thousand or a million."""

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
from bench.stores import Store, ready, switch, vendors
from bench.timing import Taken, take_turns
from cases.disclosure import disclose as disclosing

PRODUCT, PLAIN = "/api/v1/cases", "/api/plain/cases"
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
            yield at_most(row, max(ratios.values()), bar, _told(ratios, taken, name))


def _told(ratios: dict[str, float], taken: dict[str, Taken], name: str) -> str:
    each = "; ".join(
        f"reader of {share}: {ratios[share]:.2f}× ({t.median(name) * 1e3:.1f} ms against {t.median('plain') * 1e3:.1f})"
        for share, t in taken.items()
    )
    return f"the worst of {each}; 50 of {MIDDLE:,} cases"


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
    append = disclosing.append
    disclosing.append = _nothing  # type: ignore[assignment]
    try:
        yield
    finally:
        disclosing.append = append


def _nothing(entries: Any) -> tuple[str, ...]:
    return ()


def rows_a4() -> Iterator[Row]:
    """A4, per database: the same page out of many more cases, for the same share of them."""
    for vendor in vendors():
        small, large = (ready(Store(vendor=vendor, size=size)) for size in (SMALL, LARGE))
        ratios = {}
        for share, (_code, persona) in READERS.items():
            taken = _side_by_side(small, large, persona)
            ratios[share] = (taken.ratio("large", "small"), taken.median("large"), taken.median("small"))
        worst = max(ratio for ratio, _large, _small in ratios.values())
        each = "; ".join(
            f"reader of {share}: {ratio:.2f}× ({large_ * 1e3:.1f} ms against {small_ * 1e3:.1f})"
            for share, (ratio, large_, small_) in ratios.items()
        )
        stand_in = "" if LARGE >= 1_000_000 else " as a stand-in for 1,000,000"
        told = f"the worst of {each}; {LARGE:,} cases{stand_in} against {SMALL:,}"
        yield at_most(f"A4 {vendor}", worst, 1.3, told)


def _side_by_side(small: Store, large: Store, persona: str) -> Taken:
    clients = {}
    for name, store in (("small", small), ("large", large)):
        switch(store)
        clients[name] = (store, Client(persona))
        check_equal_lists(clients[name][1])

    def read(name: str) -> None:
        _store, client = clients[name]
        client.get(PRODUCT)

    # Policies are kept per store, so a change of store is followed by a request that is not counted.
    found: dict[str, list[float]] = {"small": [], "large": []}
    for number in range(9):
        for name in ("small", "large") if number % 2 else ("large", "small"):
            switch(clients[name][0])
            read(name)
            taken = take_turns({name: partial(read, name)}, calls=CALLS, rounds=1)
            found[name].append(taken.median(name))
    return Taken(seconds={name: tuple(seconds) for name, seconds in found.items()})
