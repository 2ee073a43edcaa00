"""How states of programmes are called and coloured on pages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from programmes.plans.models import Outcome, ProgrammeState, ProjectState
from programmes.plans.rules import GoalStanding

STANDINGS: dict[str, Promise] = {
    GoalStanding.DRAFT: _("Concept"),
    GoalStanding.SET: _("Vastgesteld"),
    GoalStanding.ON_COURSE: _("Op koers"),
    GoalStanding.BEHIND: _("Loopt achter"),
    GoalStanding.MET: _("Gehaald"),
    GoalStanding.MISSED: _("Niet gehaald"),
}
TONES: dict[str, str] = {
    GoalStanding.DRAFT: "",
    GoalStanding.SET: "info",
    GoalStanding.ON_COURSE: "ok",
    GoalStanding.BEHIND: "warn",
    GoalStanding.MET: "ok",
    GoalStanding.MISSED: "danger",
}
PROJECT_TONES: dict[str, str] = {ProjectState.PLANNED: "", ProjectState.RUNNING: "info", ProjectState.ENDED: "new"}
OUTCOME_TONES: dict[str, str] = {Outcome.WORKED: "ok", Outcome.PARTLY: "warn", Outcome.NOT: "danger"}
STEP_LABELS: dict[str, Promise] = {
    ProgrammeState.ADOPTED: _("Stel vast en maak openbaar"),
    ProgrammeState.RUNNING: _("Laat lopen"),
    ProgrammeState.REVIEWED: _("Begin herijking"),
    ProgrammeState.ENDED: _("Rond af"),
}
