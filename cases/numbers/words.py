"""The words for what is counted."""

from agreements.covenants import labels
from cases.plans.models import ActionState, GoalState

_STATES = {"action": dict(ActionState.choices), "goal": dict(GoalState.choices)}
_KINDS = {"phase": "phase", "urgency": "urgency", "kind": "case_kind"}


def of_code(table: str, code: str) -> str:
    """The label of a code in one of the tables."""
    if table in _STATES:
        return str(_STATES[table].get(code, code))
    return labels.label(_KINDS[table], code)
