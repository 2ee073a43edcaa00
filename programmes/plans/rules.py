"""Pure decisions about programmes: which step follows, how a goal stands, whether there is focus, both sides."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum

from programmes.plans.models import ProgrammeState, Side

STEPS: Mapping[str, tuple[str, ...]] = {
    ProgrammeState.PROPOSED: (ProgrammeState.ADOPTED,),
    ProgrammeState.ADOPTED: (ProgrammeState.RUNNING,),
    ProgrammeState.RUNNING: (ProgrammeState.REVIEWED, ProgrammeState.ENDED),
    ProgrammeState.REVIEWED: (ProgrammeState.RUNNING, ProgrammeState.ENDED),
    ProgrammeState.ENDED: (),
}
"""From each state, where a programme can go."""
PUBLIC_STATES = frozenset(ProgrammeState.values) - {ProgrammeState.PROPOSED}
GOING_STATES = PUBLIC_STATES - {ProgrammeState.ENDED}
"""Decided, and not at its end."""


class GoalStanding(StrEnum):
    """How a goal stands: not decided yet, set, on its way, behind, met, missed."""

    DRAFT = "draft"
    SET = "set"
    ON_COURSE = "on_course"
    BEHIND = "behind"
    MET = "met"
    MISSED = "missed"


def reaches(value: Decimal, wanted: Decimal, *, upward: bool) -> bool:
    """Whether a value is as good as what was wanted."""
    return value >= wanted if upward else value <= wanted


def expected(path: Mapping[int, Decimal], year: int) -> Decimal:
    """What the path (baseline, milestones and target by year) asks for in a year: straight between its points."""
    years = sorted(path)
    if year <= years[0]:
        return path[years[0]]
    if year >= years[-1]:
        return path[years[-1]]
    after = next(one for one in years if one >= year)
    before = max(one for one in years if one <= year)
    if after == before:
        return path[after]
    return path[before] + (path[after] - path[before]) * (year - before) / (after - before)


def goal_standing(
    *, decided: bool, upward: bool, path: Mapping[int, Decimal], measured: Mapping[int, Decimal | None]
) -> GoalStanding:
    """How a goal stands by the newest number that is shown. measured: by year; None for too few people."""
    if not decided:
        return GoalStanding.DRAFT
    start, end = min(path), max(path)
    known = {year: value for year, value in measured.items() if value is not None and year > start}
    if not known:
        return GoalStanding.SET
    newest = max(known)
    if reaches(known[newest], path[end], upward=upward):
        return GoalStanding.MET
    if newest >= end:
        return GoalStanding.MISSED
    on_course = reaches(known[newest], expected(path, newest), upward=upward)
    return GoalStanding.ON_COURSE if on_course else GoalStanding.BEHIND


def sides_missing(sides: Iterable[str]) -> tuple[str, ...]:
    """Which of the two sides has no project: none may be reported on without both."""
    found = set(sides)
    return tuple(side for side in Side.values if side not in found)


def too_many(n_goals: int, *, most: int) -> bool:
    """Whether a programme has more goals than it can keep in focus."""
    return n_goals > most
