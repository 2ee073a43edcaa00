"""The API of programmes: the public part, for everybody."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from foundation.routes import Shows, route
from programmes.plans import queries
from programmes.plans.models import Programme, Project
from programmes.plans.queries import GoalLine

router = Router(tags=["programmes"])


class ProgrammeLine(Schema):
    """A programme in the list. lead: code of the agency that leads it."""

    code: str
    title: str
    state: str
    lead: str
    starts_year: int
    until_year: int


class ProjectOut(Schema):
    """A project; outcome, result and learned are filled when it ended. side: social or repressive."""

    title: str
    about: str
    side: str
    owner: str
    state: str
    starts_on: date
    until_on: date
    ended_on: date | None
    outcome: str
    result: str
    learned: str


class PointOut(Schema):
    """A number of a year; null where it is about too few people."""

    year: int
    value: Decimal | None


class GoalOut(Schema):
    """A goal: what is measured where, from which baseline; path: baseline, milestones and target."""

    title: str
    area: str
    indicator: str
    standing: str
    source: str
    dated: date
    path: list[PointOut]
    measured: list[PointOut]
    projects: list[ProjectOut]


class ReportOut(Schema):
    """What was told about a pillar over a year, and on how many projects of each side it rests."""

    year: int
    words: str
    n_social: int
    n_repressive: int


class PillarOut(Schema):
    """A pillar."""

    kind: str
    name: str
    goals: list[GoalOut]
    reports: list[ReportOut]


class ProgrammeOut(ProgrammeLine):
    """One programme."""

    summary: str
    mandate: str
    lead_why: str
    lead_since: date
    areas: list[str]
    pillars: list[PillarOut]


@router.get("/programmes", response=list[ProgrammeLine], operation_id="programmes")
@route("api:programmes", shows=Shows.NOTHING, public=True)
def programmes(request: HttpRequest) -> list[dict[str, Any]]:
    """All programmes that were adopted."""
    return [_line(one) for one in queries.programmes(None)]


@router.get("/programmes/{code}", response=ProgrammeOut, operation_id="programme")
@route("api:programme", shows=Shows.NOTHING, public=True)
def programme(request: HttpRequest, code: str) -> dict[str, Any]:
    """One programme with its goals, numbers and projects."""
    page = queries.programme_page(None, code)
    found = page.programme
    return _line(found) | {
        "summary": found.summary, "mandate": found.mandate, "lead_why": found.lead_why, "lead_since": found.lead_since,
        "areas": [area for area, _name in page.areas],
        "pillars": [
            {
                "kind": line.pillar.kind, "name": line.pillar.name, "goals": [_goal(goal) for goal in line.goals],
                "reports": [
                    {"year": one.year, "words": one.words, "n_social": one.n_social, "n_repressive": one.n_repressive}
                    for one in line.reports
                ],
            }
            for line in page.pillars
        ],
    }  # fmt: skip


def _line(one: Programme) -> dict[str, Any]:
    return {
        "code": one.code, "title": one.title, "state": one.state, "lead": one.lead.code, "starts_year": one.starts_year,
        "until_year": one.until_year,
    }  # fmt: skip


def _goal(line: GoalLine) -> dict[str, Any]:
    goal = line.goal
    return {
        "title": goal.title, "area": goal.area.code, "indicator": goal.indicator.code, "standing": line.standing.value,
        "source": goal.baseline_source, "dated": goal.baseline_dated,
        "path": [{"year": year, "value": value} for year, value in sorted(line.path.items())],
        "measured": [{"year": one.year, "value": one.value} for one in line.measured],
        "projects": [_project(one) for one in line.projects],
    }  # fmt: skip


def _project(one: Project) -> dict[str, Any]:
    return {
        "title": one.title, "about": one.about, "side": one.side, "owner": one.owner.code, "state": one.state,
        "starts_on": one.starts_on, "until_on": one.until_on, "ended_on": one.ended_on, "outcome": one.outcome,
        "result": one.result, "learned": one.learned,
    }  # fmt: skip
