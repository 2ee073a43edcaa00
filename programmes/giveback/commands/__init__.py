"""Writes of the board: each checks rights, changes, and journals, in one transaction."""

from programmes.giveback.commands.interventions import Offered, move_intervention, plan_intervention
from programmes.giveback.commands.projects import finish, fund, propose, record_vote, show
from programmes.giveback.commands.seizures import Reported, move_seizure, report_seizure

__all__ = [
    "Offered",
    "Reported",
    "finish",
    "fund",
    "move_intervention",
    "move_seizure",
    "plan_intervention",
    "propose",
    "record_vote",
    "report_seizure",
    "show",
]
