"""What a resident reads about a report: where it stands in three words, and the fixed answer. Nothing of a case."""

from typing import Any

from django.utils.translation import gettext as _

from cases.intake.commands.resident import Followed
from cases.intake.models import Reply, SignalState

_RECEIVED = {SignalState.NEW}
_DONE = {SignalState.DISMISSED}


def found(followed: Followed) -> dict[str, Any]:
    """The context of the page for who holds the code."""
    state = SignalState(followed.state)
    answered = bool(followed.reply)
    if state in _DONE:
        step, label = 3, _("Afgesloten")
    elif answered:
        step, label = 3, _("Beantwoord")
    elif state in _RECEIVED:
        step, label = 1, _("Ontvangen")
    else:
        step, label = 2, _("Wordt bekeken")
    return {
        "label": label,
        "steps": [
            {"label": _("Ontvangen"), "state": _at(1, step)},
            {"label": _("Wordt bekeken"), "state": _at(2, step)},
            {"label": label if step == 3 else _("Antwoord"), "state": _at(3, step)},
        ],
        "reply": Reply(followed.reply).label if answered else "",
        "since": followed.since,
        "open_for_more": followed.open_for_more,
    }


def _at(place: int, step: int) -> str:
    return "done" if place < step else "current" if place == step else "todo"
