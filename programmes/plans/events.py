"""The kinds of journal entry that this room writes, and their names. Not here: writing them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import ports

STARTED, MOVED, PILLAR = "programme.started", "programme.moved", "programme.pillar_added"
GOAL, GOAL_SET, PLAN = "programme.goal_added", "programme.goal_set", "programme.plan_added"
PROJECT, PROJECT_STARTED, PROJECT_ENDED = (
    "programme.project_added",
    "programme.project_started",
    "programme.project_ended",
)
REPORTED = "programme.pillar_reported"
EVENT_TYPES: dict[str, Promise] = {
    STARTED: _("Wijkprogramma voorgesteld"),
    MOVED: _("Wijkprogramma een stap verder"),
    PILLAR: _("Pijler toegevoegd"),
    GOAL: _("Doel toegevoegd"),
    GOAL_SET: _("Doel vastgesteld"),
    PLAN: _("Uitvoeringsplan toegevoegd"),
    PROJECT: _("Project toegevoegd"),
    PROJECT_STARTED: _("Project begonnen"),
    PROJECT_ENDED: _("Project afgerond met resultaat en les"),
    REPORTED: _("Bericht over een pijler gepubliceerd"),
}


def supply_events() -> None:
    """Hand the journal the names of these events; called once, from AppConfig.ready."""
    ports.supply("programmes.plans", ports.Supply(event_types=EVENT_TYPES))
