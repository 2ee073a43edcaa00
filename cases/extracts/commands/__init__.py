"""Each change of an extract: one function, one transaction."""

from cases.extracts.commands.deciding import end_with_action, revoke, take_position
from cases.extracts.commands.proposing import Proposed, propose, withdraw_proposal
from cases.extracts.commands.receiving import SECRECY_VERSION, sign_secrecy
from cases.extracts.commands.shared import deciders

__all__ = [
    "SECRECY_VERSION",
    "Proposed",
    "deciders",
    "end_with_action",
    "propose",
    "revoke",
    "sign_secrecy",
    "take_position",
    "withdraw_proposal",
]
