"""What the page of a programme shows, out of what was read. No tables, no rights of its own."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agreements.parties.reader import Visit
from programmes.plans.acting import speaks_for
from programmes.plans.models import Project, ProjectState, Side
from programmes.plans.plots import plot_of
from programmes.plans.queries import PillarLine, ProgrammePage
from programmes.plans.rules import STEPS
from programmes.plans.words import OUTCOME_TONES, PROJECT_TONES, STEP_LABELS

_SIDES: dict[str, Promise] = {Side.SOCIAL: _("sociaal"), Side.REPRESSIVE: _("repressief")}


def programme_context(page: ProgrammePage, *, visit: Visit | None, language: str) -> dict[str, Any]:
    """All of the page."""
    return {
        "page": page, "programme": page.programme, "leads": page.leads, "tab": "programme",
        "pillars": [_pillar(line, page, visit, language) for line in page.pillars],
        "lessons": [_project(one, page, visit) for one in page.lessons],
        "steps": [{"to": to, "label": STEP_LABELS[to]} for to in STEPS[page.programme.state]] if page.leads else [],
    }  # fmt: skip


def _pillar(line: PillarLine, page: ProgrammePage, visit: Visit | None, language: str) -> dict[str, Any]:
    return {
        "pillar": line.pillar, "reports": line.reports,
        "missing": [str(_SIDES[side]) for side in line.missing] if line.goals and page.partner else [],
        "goals": [
            {
                "plot": plot_of(goal, language=language),
                "projects": [_project(one, page, visit) for one in goal.projects],
            }
            for goal in line.goals
        ],
    }  # fmt: skip


def _project(project: Project, page: ProgrammePage, visit: Visit | None) -> dict[str, Any]:
    own = page.leads or speaks_for(visit, project.owner_id)
    return {
        "project": project, "tone": PROJECT_TONES[project.state],
        "outcome_tone": OUTCOME_TONES.get(project.outcome, ""),
        "may_start": own and project.state == ProjectState.PLANNED,
        "may_end": own and project.state == ProjectState.RUNNING,
    }  # fmt: skip
