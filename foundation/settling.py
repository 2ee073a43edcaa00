"""What a server does last before it serves, so that its first visitor does not wait and later ones wait less."""

import gc

from django.urls import get_resolver

YOUNG, MIDDLE, OLD = 20_000, 10, 10
"""After how many new objects the youngest are looked through for garbage, and after how many such looks the older ones.

A page makes some thousands that are freed without it; the older ones are few once what stands is left out, and looked
through as often as Python does. Source: CPython manual, gc.set_threshold.
"""


def settle() -> None:
    """Load all pages now, and leave what stands out of every later look for garbage, which stops all threads.

    What was loaded stays until the server ends. Source: CPython manual, gc.freeze.
    """
    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
