"""Writes about prosecution in a programme: each checks rights, changes, and journals, in one transaction."""

from programmes.justice.commands.follow_ups import agree_follow_up, measure_follow_up
from programmes.justice.commands.priorities import agree_norm, end_priority, set_priority
from programmes.justice.commands.throughput import Kept, import_throughput, load_throughput

__all__ = [
    "Kept",
    "agree_follow_up",
    "agree_norm",
    "end_priority",
    "import_throughput",
    "load_throughput",
    "measure_follow_up",
    "set_priority",
]
