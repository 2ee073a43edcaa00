"""Each change of this room: one function, one transaction."""

from cases.subject_requests.commands.deciding import close, decide, decide_lookups, give_rest, place, reopen
from cases.subject_requests.commands.erasing import approve_erasure, propose_erasure, stop_erasure
from cases.subject_requests.commands.holding import hold, lift
from cases.subject_requests.commands.receiving import extend, hand_out, identify, receive, refuse

__all__ = [
    "approve_erasure",
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
    "propose_erasure",
    "receive",
    "refuse",
    "reopen",
    "stop_erasure",
]
