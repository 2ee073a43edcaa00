"""How long something may take, on whatever machine it runs: a bar is given in seconds of the one it was set on."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

_STEPS = 30_000
_THERE = 0.030
"""Seconds that `_walk` takes on the machine the bars were set on, with little beside it."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """The block may take so many seconds of this process's processor, had it run on the machine of the bars.

    Measured before and after the block, so that what slows this machine meanwhile slows the yardstick too.
    """
    before = _walk()
    began = time.process_time()
    yield
    took = time.process_time() - began
    slower = max(1.0, max(before, _walk()) / _THERE)
    assert took / slower < seconds, f"{took:.3f} s on a machine {slower:.1f} times as slow; the bar is {seconds} s"


def _walk() -> float:
    """Seconds of a fixed piece of Python that reads, calls and makes, as the measured code does."""
    began = time.process_time()
    kept: dict[int, tuple[int, str]] = {}
    for step in range(_STEPS):
        kept[step % 97] = (step, str(step))
        sum(value for value, _ in list(kept.values())[:5])
    return time.process_time() - began
