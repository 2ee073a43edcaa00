"""Writes about change agents, social supervisors and experiments; each checks rights, changes, and journals."""

from programmes.agents.commands.agents import (
    Noted,
    assign_officer,
    change_agent,
    forget_bytes,
    move_agent,
    note_agent,
    withdraw,
)
from programmes.agents.commands.experiments import end_experiment, make_lesson, start_experiment
from programmes.agents.commands.supervisors import end_supervisor, name_supervisor

__all__ = [
    "Noted",
    "assign_officer",
    "change_agent",
    "end_experiment",
    "end_supervisor",
    "forget_bytes",
    "make_lesson",
    "move_agent",
    "name_supervisor",
    "note_agent",
    "start_experiment",
    "withdraw",
]
