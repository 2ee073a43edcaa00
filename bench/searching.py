"""Row C1: search with rights among a hundred thousand cases, against the same full-text query without."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial

from bench import plain, plain_search
from bench.caseload import READERS
from bench.client import Client
from bench.report import Row, at_most
from bench.stores import Store, ready, switch, vendors
from bench.timing import Taken, take_turns
from cases.search import limits
from cases.search.building import rebuild
from cases.search.models import SearchRow

PRODUCT, PLAIN = "/api/v1/search", "/api/plain/search"
CASES = 100_000
CALLS = 5
QUESTIONS = {"a word in every case": "bench", "a word in one case": "persoon 4711"}
_SUFFIX = {"a word in every case": "", "a word in one case": ", one hit"}
assert plain_search  # its address is entered by importing it


def rows() -> Iterator[Row]:
    """C1, per database: the worst of three readers for a full page, and for a question that finds one case.

    The second is the dearest there is by ratio: next to nothing is searched, and the entry must reach the disk.
    """
    # The clock asks more often than a person may; counting goes on.
    limits.PER_MINUTE = sys.maxsize
    for vendor in vendors():
        switch(ready(Store(vendor=vendor, size=CASES)))
        _indexed()
        for name, question in QUESTIONS.items():
            taken = {share: _beside_plain(persona, question) for share, (_code, persona) in READERS.items()}
            ratios = {share: found.ratio("product", "plain") for share, found in taken.items()}
            each = "; ".join(
                f"reader of {share}: {ratios[share]:.2f}× ({found.median('product') * 1e3:.1f} ms against "
                f"{found.median('plain') * 1e3:.1f})"
                for share, found in taken.items()
            )
            told = f"the worst of {each}; {name}, the first 20 of {CASES:,} cases"
            yield at_most(f"C1 {vendor}{_SUFFIX[name]}", max(ratios.values()), 1.5, told)


def _indexed() -> None:
    """The store's index: the caseload is put in past the commands that keep it."""
    if SearchRow.objects.exists():
        return
    began = time.monotonic()
    count = rebuild(by="operator:bench")
    print(f"    indexed {count:,} contributions in {time.monotonic() - began:.0f} s", file=sys.stderr)


def _beside_plain(persona: str, question: str) -> Taken:
    client = Client(persona)
    body = {"q": question}
    answer = json.loads(client.post(PRODUCT, body))
    for line in answer["items"]:
        plain.SAID.learn(line)
    assert answer == json.loads(client.post(PLAIN, body)), "the plain search differs"
    contenders: dict[str, Callable[[], object]] = {
        "product": partial(client.post, PRODUCT, body),
        "plain": partial(client.post, PLAIN, body),
    }
    for call in contenders.values():
        call()
    return take_turns(contenders, calls=CALLS)
