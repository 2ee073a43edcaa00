"""Each change of this room: one function, one transaction."""

from cases.subject_requests.commands.deciding import close, decide, decide_lookups, give_rest, place, reopen
from cases.subject_requests.commands.holding import hold, lift
from cases.subject_requests.commands.receiving import extend, hand_out, identify, receive, refuse

__all__ = [
    "close",
    "decide",
    "decide_lookups",
    "extend",
    "give_rest",
    "hand_out",
    "hold",
    "identify",
    "lift",
    "place",
    "receive",
    "refuse",
    "reopen",
]
