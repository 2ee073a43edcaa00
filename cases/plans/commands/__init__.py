"""Each write of plans: one function, one transaction, journalled."""

from cases.plans.commands.actions import add_action, settle_action
from cases.plans.commands.goals import add_goal, change_goal
from cases.plans.commands.measurements import record_measurement
from cases.plans.commands.reviews import hold_review
from cases.plans.commands.steps import (
    Sight,
    check_closes,
    check_leads,
    check_reopens,
    close_case,
    reopen_case,
    sight_after,
    start_aftercare,
    start_monitoring,
    start_plan,
)

__all__ = [
    "Sight",
    "add_action",
    "add_goal",
    "change_goal",
    "check_closes",
    "check_leads",
    "check_reopens",
    "close_case",
    "hold_review",
    "record_measurement",
    "reopen_case",
    "settle_action",
    "sight_after",
    "start_aftercare",
    "start_monitoring",
    "start_plan",
]
