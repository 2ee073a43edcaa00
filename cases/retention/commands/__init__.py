"""Each change of retention: one function, one transaction."""

from cases.retention.commands.deciding import approve, propose, stop
from cases.retention.commands.erasing import carry_out, carry_out_approved
from cases.retention.commands.holds import lift_hold, set_hold
from cases.retention.commands.on_request import approve_items, propose_items, stop_items
from cases.retention.commands.renewing import answer_renewal, ask_renewal

__all__ = [
    "answer_renewal",
    "approve",
    "approve_items",
    "ask_renewal",
    "carry_out",
    "carry_out_approved",
    "lift_hold",
    "propose",
    "propose_items",
    "set_hold",
    "stop",
    "stop_items",
]
