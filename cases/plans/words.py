"""Words of plans that no covenant speaks of: the parts of an effect, states with their icon and tone."""

from agreements.policy.catalogue import Catalogue
from cases.casework.fact_rows import language
from cases.plans.models import ActionState, GoalState
from cases.plans.rules import LIFE_DOMAINS

ACTION_LOOKS = {
    ActionState.OPEN: ("info", "player-play"),
    ActionState.DONE: ("ok", "circle-check"),
    ActionState.PARTLY: ("warn", "check"),
    ActionState.NOT_DONE: ("danger", "x"),
    ActionState.IMPOSSIBLE: ("danger", "ban"),
}
GOAL_LOOKS = {
    GoalState.OPEN: ("info", "target-arrow"),
    GoalState.REACHED: ("ok", "circle-check"),
    GoalState.PARTLY: ("warn", "check"),
    GoalState.DROPPED: ("", "x"),
}


def part_labels(catalogue: Catalogue) -> dict[str, str]:
    """The parts of the field effect_score in the language of the page."""
    english = language() == "en"
    return {code: en if english else nl for code, nl, en in catalogue.by_code["effect_score"].choices}


def domain_choices(catalogue: Catalogue) -> list[tuple[str, str]]:
    """The life domains, for a form."""
    labels = part_labels(catalogue)
    return [(code, labels[code]) for code in LIFE_DOMAINS]
