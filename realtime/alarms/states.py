"""The states of an alarm and the steps between them. Stores nothing."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """How an alarm stands."""

    RAISED = "raised", _("Nog geen antwoord")
    ACKNOWLEDGED = "acknowledged", _("Hulp komt")
    STOOD_DOWN = "stood_down", _("Afgemeld")
    FALSE_ALARM = "false_alarm", _("Vals alarm")


NEXT: dict[State, frozenset[State]] = {
    State.RAISED: frozenset({State.ACKNOWLEDGED, State.STOOD_DOWN, State.FALSE_ALARM}),
    State.ACKNOWLEDGED: frozenset({State.STOOD_DOWN, State.FALSE_ALARM}),
    State.STOOD_DOWN: frozenset(),
    State.FALSE_ALARM: frozenset(),
}
"""From each state, those that may follow it."""
RUNNING = frozenset({State.RAISED, State.ACKNOWLEDGED})
ENDED = frozenset({State.STOOD_DOWN, State.FALSE_ALARM})


def may_become(state: str, wanted: str) -> bool:
    """Whether an alarm in `state` may go to `wanted`."""
    return State(wanted) in NEXT[State(state)]
