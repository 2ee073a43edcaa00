"""Each write of intake: one function, one transaction, journalled."""

from cases.intake.commands.handling import (
    dismiss_signal,
    forward_signal,
    link_signal,
    merge_signal,
    reply_to_resident,
)
from cases.intake.commands.reporting import Reported, add_to_signal, report_signal
from cases.intake.commands.triage import take_into_triage

__all__ = [
    "Reported",
    "add_to_signal",
    "dismiss_signal",
    "forward_signal",
    "link_signal",
    "merge_signal",
    "reply_to_resident",
    "report_signal",
    "take_into_triage",
]
