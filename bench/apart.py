"""Stores of one row's own, into which it writes: a copy of the base that is there for a block."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bench import stores
from bench.stores import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart(Store):
    """A copy of the base for rows that write into it. label: letters."""

    label: str

    @property
    def name(self) -> str:
        return f"bench_{self.label}_{stores.fingerprint()}"


@contextmanager
def apart(vendor: str, label: str) -> Iterator[Apart]:
    """A store of a row's own, as the base is, until the block ends."""
    store = Apart(vendor=vendor, size=0, label=label)
    renew(store)
    try:
        yield store
    finally:
        stores._drop(store)


def renew(store: Apart) -> None:
    """As the base is, whatever was written into it."""
    base = stores.ready(Store(vendor=store.vendor, size=0))
    stores._drop(store)
    stores._create(store, template=base)
