"""What a server has loaded is no longer looked through for garbage."""

import gc
from collections.abc import Iterator

import pytest

from foundation.settling import settle


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    kept = gc.get_threshold()
    yield
    gc.set_threshold(*kept)


def test_what_stands_is_left_out_of_later_looks() -> None:
    stands = [[number] for number in range(1000)]
    before = gc.get_freeze_count()
    settle()

    assert gc.get_freeze_count() >= before + len(stands)
    assert not any(one is stands for one in gc.get_objects())


def test_what_is_dropped_later_is_still_found() -> None:
    settle()
    ring: list[object] = []
    ring.append(ring)
    del ring

    assert gc.collect() >= 1
