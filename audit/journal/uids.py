"""UUIDs of version 7 (RFC 9562): their order is the order of recording, so they serve as page cursors."""

import os
import threading
from datetime import UTC, datetime
from uuid import UUID

_COUNTER_BITS = 42
_lock = threading.Lock()
_last = {"ms": -1, "counter": 0}


def _milliseconds(moment: datetime) -> int:
    # Whole numbers: a float would round a month's bound into its neighbour.
    since = moment.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 1_000 + since.microseconds // 1_000


def new_uids(n: int, *, at: datetime) -> list[str]:
    """`n` rising identifiers (32 hex digits each) of the moment `at`, and unlike any given before.

    Within one millisecond a 42-bit counter rises; its start and the last 32 bits are random.
    Source: RFC 9562, section 6.2, method 1.
    """
    ms = _milliseconds(at)
    noise = os.urandom(5 + 4 * n)
    with _lock:
        if ms != _last["ms"]:
            _last["ms"] = ms
            _last["counter"] = int.from_bytes(noise[:5], "big")
        first = _last["counter"] + 1
        _last["counter"] += n
    head = ms << 80
    return [
        format(_assemble(head, first + k, int.from_bytes(noise[5 + 4 * k : 9 + 4 * k], "big")), "032x")
        for k in range(n)
    ]


def _assemble(head: int, counter: int, tail: int) -> int:
    high = (counter >> 30) & 0xFFF
    low = counter & 0x3FFFFFFF
    return head | 0x7 << 76 | high << 64 | 0x2 << 62 | low << 32 | tail


def floor_of(moment: datetime) -> UUID:
    """The smallest identifier of `moment`'s millisecond: a bound for "from then on"."""
    return UUID(int=_milliseconds(moment) << 80)
