"""Writes about programmes: each checks rights, changes, and journals, in one transaction."""

from programmes.plans.commands.goals import add_goal, decide_goal
from programmes.plans.commands.programmes import add_pillar, add_plan, move_programme, start_programme
from programmes.plans.commands.projects import add_project, end_project, report_pillar, start_project

__all__ = [
    "add_goal",
    "add_pillar",
    "add_plan",
    "add_project",
    "decide_goal",
    "end_project",
    "move_programme",
    "report_pillar",
    "start_programme",
    "start_project",
]
