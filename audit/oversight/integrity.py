"""The log's state in one line, for the first screen of the workbench. All of it: audit/sealing/state.py."""

import math
from dataclasses import dataclass

from django.db import connections

from audit.sealing import order
from audit.sealing.state import is_late, seal_lag


@dataclass(frozen=True, slots=True, kw_only=True)
class IntegrityLine:
    """size: entries sealed. waiting: committed and not sealed, the oldest `seconds` ago; None: nothing can be sealed.

    late: past the alarm.
    """

    size: int
    waiting: int
    seconds: int | None
    late: bool


def integrity_line(*, using: str = "default") -> IntegrityLine:
    """How far the log is sealed, in three queries."""
    lag = seal_lag(using=using)
    seconds = round(lag.seconds) if math.isfinite(lag.seconds) else None
    return IntegrityLine(size=order.mark(connections[using]).size, waiting=lag.rows, seconds=seconds, late=is_late(lag))
