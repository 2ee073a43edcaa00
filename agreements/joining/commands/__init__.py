"""Steps that parties take on a running covenant, gathered. Each checks the right, writes, and journals."""

from agreements.joining.commands.accession import Asked, ask_accession
from agreements.joining.commands.ending import propose_ending
from agreements.joining.commands.leaving import revoke, withdraw
from agreements.joining.commands.motions import answer, carry_out, take_back
from agreements.joining.commands.shared import StepRefused
from agreements.joining.commands.suspending import resume, suspend

__all__ = [
    "Asked",
    "StepRefused",
    "answer",
    "ask_accession",
    "carry_out",
    "propose_ending",
    "resume",
    "revoke",
    "suspend",
    "take_back",
    "withdraw",
]
