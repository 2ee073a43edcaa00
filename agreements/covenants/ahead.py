"""Has the rules of this process compiled before anybody asks: beside the requests, and by whoever changes them.

A request goes by rules that were looked at less than POLICY_EPOCH_TTL_SECONDS ago, here as everywhere. The watch looks
several times in that while and remembers a new epoch only with its rules compiled, so that requests go on by the old
ones for what is left of it and no longer. Where compiling takes longer than that, requests wait: never the other way.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.conf import settings
from django.db import Error, connection

from agreements.covenants import epoch
from agreements.covenants.in_force import rules_of

LOOKS = 6
"""How often the watch looks while an answer about the epoch may be used."""
BUSY_SECONDS, IDLE_WAIT = 10.0, 1.0
"""In a process that nobody asked anything for the first, it looks once in the second: then no request waits for it."""
log = logging.getLogger("verbond.covenants")
_over: threading.Event | None = None


def start() -> None:
    """Begin the watch of this process; a second call does nothing, nor where every question asks the database.

    For servers. A program that changes rules and goes, or a worker, compiles when it asks.
    """
    global _over
    if _over is not None or not settings.POLICY_EPOCH_TTL_SECONDS:
        return
    _over = threading.Event()
    epoch.at_commit(catch_up)
    threading.Thread(target=_watch, args=(_over,), name="rules-ahead", daemon=True).start()


def stop() -> None:
    """End the watch."""
    global _over
    if _over is not None:
        _over.set()
        _over = None
        epoch.at_commit(None)


@contextmanager
def watching() -> Iterator[None]:
    """The watch until the block ends."""
    start()
    try:
        yield
    finally:
        stop()


def catch_up() -> None:
    """Look at the epoch, compile its rules if they are new, and only then go by them."""
    found = epoch.look()
    rules_of(found.epoch)
    epoch.remember(found)


def _watch(over: threading.Event) -> None:
    failing = False
    while not over.wait(settings.POLICY_EPOCH_TTL_SECONDS / LOOKS if epoch.is_wanted(BUSY_SECONDS) else IDLE_WAIT):
        try:
            connection.close_if_unusable_or_obsolete()
            catch_up()
            failing = False
        except Exception:
            # Requests then ask for themselves, and say what is wrong.
            if not failing:
                log.exception("the watch on the rules failed", extra={"event": "rules_watch_failed"})
            failing = True
            with suppress(Error):
                connection.close()
    with suppress(Error):
        connection.close()
