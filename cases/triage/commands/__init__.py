"""Each write of triage: one function, one transaction, journalled."""

from cases.triage.commands.informing import Wait, lift, mark_informed, postpone
from cases.triage.commands.judging import ask_more, judge, propose, respond, say_fits
from cases.triage.commands.known import Typed, answer, ask, compare, identify
from cases.triage.commands.opening import Opened, open_case
from cases.triage.commands.start import invite_to_weigh, pass_filter, start_triage, take_signal

__all__ = [
    "Opened",
    "Typed",
    "Wait",
    "answer",
    "ask",
    "ask_more",
    "compare",
    "identify",
    "invite_to_weigh",
    "judge",
    "lift",
    "mark_informed",
    "open_case",
    "pass_filter",
    "postpone",
    "propose",
    "respond",
    "say_fits",
    "start_triage",
    "take_signal",
]
