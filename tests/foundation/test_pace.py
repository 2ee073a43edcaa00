"""The bar of time that other tests lean on: it holds, and it falls."""

import time

import pytest

from tests.pace import within


def _busy(seconds: float) -> None:
    began = time.process_time()
    while time.process_time() - began < seconds:
        pass


def test_what_takes_too_long_fails() -> None:
    with pytest.raises(AssertionError, match="the bar is"), within(0.001):
        _busy(0.1)


def test_waiting_for_others_does_not_count() -> None:
    with within(0.05):
        time.sleep(0.2)
