"""What is read of programmes: the list, and one with all that is in it, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.db.models import Q

from agreements.parties.reader import Visit
from agreements.registers.in_force_then import Then
from programmes.areas.models import Measurement
from programmes.areas.queries import Value
from programmes.plans.models import (
    Goal,
    PillarReport,
    Plan,
    Programme,
    ProgrammePillar,
    Project,
    ProjectState,
    Side,
)
from programmes.plans.rights import is_partner, may_lead, pact_in_force, programme_for
from programmes.plans.rules import PUBLIC_STATES, GoalStanding, goal_standing, sides_missing, too_many


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalLine:
    """A goal with how it stands. path: baseline, milestones and target by year; measured: what is shown since."""

    goal: Goal
    standing: GoalStanding
    path: Mapping[int, Decimal]
    measured: tuple[Value, ...]
    projects: tuple[Project, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PillarLine:
    """A pillar with its goals and reports. missing: the sides on which nothing runs or ran."""

    pillar: ProgrammePillar
    goals: tuple[GoalLine, ...]
    reports: tuple[PillarReport, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammePage:
    """All of one programme for one reader. pact: the agreement in force. n_goals, crowded: whether it keeps focus."""

    programme: Programme
    areas: tuple[tuple[str, str], ...]
    pillars: tuple[PillarLine, ...]
    plans: tuple[Plan, ...]
    pact: Then | None
    partner: bool
    leads: bool
    n_goals: int
    crowded: bool

    @property
    def lessons(self) -> tuple[Project, ...]:
        """Projects that ended, the newest first."""
        ended = (p for line in self.pillars for goal in line.goals for p in goal.projects if p.ended_on)
        return tuple(sorted(ended, key=lambda project: project.ended_on or project.until_on, reverse=True))


def programmes(visit: Visit | None) -> tuple[Programme, ...]:
    """The programmes that exist for this reader: all public ones, and those that its agency proposes."""
    shown = Q(state__in=PUBLIC_STATES)
    if visit is not None:
        shown |= Q(lead_id=visit.agency.id)
    return tuple(Programme.objects.filter(shown).select_related("lead").prefetch_related("areas"))


def programme_page(visit: Visit | None, code: str) -> ProgrammePage:
    """One programme; drafts of goals for its partners only. Raises NotFound."""
    programme = programme_for(visit, code)
    pact = pact_in_force(programme)
    partner = is_partner(visit, programme, pact)
    goals = (
        Goal.objects.filter(pillar__programme=programme)
        .select_related("area", "indicator", "pillar")
        .defer("area__geometry")
    )
    if not partner:
        goals = goals.filter(decided=True)
    lines = goal_lines(goals)
    by_pillar: dict[int, list[GoalLine]] = defaultdict(list)
    for line in lines:
        by_pillar[line.goal.pillar_id].append(line)
    return ProgrammePage(
        programme=programme,
        areas=tuple(programme.areas.values_list("code", "name")),
        pillars=tuple(
            PillarLine(
                pillar=one, goals=tuple(by_pillar[one.pk]), reports=tuple(one.reports.all()),
                missing=sides_missing(
                    project.side for line in by_pillar[one.pk] for project in line.projects
                    if project.state != ProjectState.PLANNED
                ),
            )
            for one in programme.pillars.prefetch_related("reports")
        ),
        plans=tuple(programme.plans.all()), pact=pact, partner=partner, leads=may_lead(visit, programme),
        n_goals=len(lines), crowded=too_many(len(lines), most=settings.PROGRAMME_MOST_GOALS),
    )  # fmt: skip


def goal_lines(goals: Iterable[Goal]) -> tuple[GoalLine, ...]:
    """Goals with their numbers and projects: three queries whatever their number."""
    found = list(goals)
    numbers: dict[tuple[int, int], list[Value]] = defaultdict(list)
    wanted = {(goal.area_id, goal.indicator_id) for goal in found}
    rows = Measurement.objects.filter(
        area_id__in={area for area, _indicator in wanted}, indicator_id__in={one for _area, one in wanted}
    ).order_by("year")
    for area, indicator, year, value in rows.values_list("area_id", "indicator_id", "year", "value"):
        if area is not None and (area, indicator) in wanted:
            numbers[area, indicator].append(Value(year, value))
    points: dict[int, dict[int, Decimal]] = defaultdict(dict)
    projects: dict[int, list[Project]] = defaultdict(list)
    for project in Project.objects.filter(goal__in=found).select_related("owner", "plan"):
        projects[project.goal_id].append(project)
    for goal in Goal.objects.filter(pk__in=[one.pk for one in found]).prefetch_related("milestones"):
        points[goal.pk] = {one.year: one.value for one in goal.milestones.all()}
    return tuple(
        _line(goal, points[goal.pk], numbers[goal.area_id, goal.indicator_id], projects[goal.pk]) for goal in found
    )


def _line(goal: Goal, milestones: dict[int, Decimal], values: list[Value], projects: list[Project]) -> GoalLine:
    path = {goal.baseline_year: goal.baseline, **milestones, goal.target_year: goal.target}
    measured = tuple(one for one in values if one.year >= goal.baseline_year)
    standing = goal_standing(
        decided=goal.decided, upward=goal.indicator.upward, path=path,
        measured={one.year: one.value for one in measured},
    )  # fmt: skip
    return GoalLine(goal=goal, standing=standing, path=path, measured=measured, projects=tuple(projects))


def projects_of_year(pillar: ProgrammePillar, year: int) -> list[str]:
    """The side of each project of a pillar that ran in some part of a year."""
    running = Project.objects.filter(goal__pillar=pillar, starts_on__year__lte=year).exclude(state=ProjectState.PLANNED)
    still = Q(ended_on=None) | Q(ended_on__year__gte=year)
    return [Side(side) for side in running.filter(still).values_list("side", flat=True)]
