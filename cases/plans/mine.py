"""The actions that wait for the reader's agency, over all its cases."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from cases.casework.purpose import Session, declared
from cases.disclosure.answer import Answer
from cases.disclosure.disclose import disclose
from cases.disclosure.opening import Opening
from cases.disclosure.reading import Reading
from cases.disclosure.rows import WORDS_RELATIONS, words_rows
from cases.disclosure.visibility import live_participations, of_cases
from cases.plans.lines import ActionLine, ActionLines, facts_of
from cases.plans.models import Action, ActionState, Goal
from cases.records.models import Participation
from cases.records.phases import READABLE
from foundation import clock

MOST_ACTIONS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class MyCase:
    """A case with the actions in it that wait for the reader's agency. answer: names for its title.

    unread: a purpose must be chosen before the words can be read.
    """

    answer: Answer
    actions: tuple[ActionLine, ...]
    unread: bool


def my_actions(reading: Reading, session: Session | None, *, titles: bool = True) -> tuple[MyCase, ...]:
    """The open actions of the reader's agency in the cases it reads, the most urgent case first (journalled).

    titles: the face shows who each case is about.

    Included if, and only if, the action is open, is for this agency, and the reader takes part in its case.
    The words of an action come from disclosure; where that gives none, the line says only whose it is and by when.
    """
    found = list(waiting(reading)[:MOST_ACTIONS])
    cases = {action.case_id: action.case for action in found}
    if not cases:
        return ()
    openings = [
        Opening(
            case=case, purpose=declared(reading, case, session),
            rows=words_rows([action for action in found if action.case_id == pk]),
        )
        for pk, case in cases.items()
    ]  # fmt: skip
    mask = reading.policy.catalogue.mask
    answers = disclose(reading, openings, wanted=mask(["action_text"]), named=0)
    heads = [Opening(case=opening.case, purpose=opening.purpose) for opening in openings]
    names = answers
    if titles:
        names = disclose(reading, heads, wanted=mask(("full_name", "date_of_birth")), named=0, titles=True)
    made = []
    for opening, answer, head in zip(openings, answers, names, strict=True):
        lines = ActionLines(reading, opening.case, facts_of(answer), [], {})
        own = [lines.of(action) for action in found if action.case_id == opening.case.pk]
        own.sort(key=lambda line: (not line.mine, line.due_on))
        made.append(MyCase(answer=head, actions=tuple(own), unread=not opening.purpose))
    return tuple(sorted(made, key=lambda case: (not case.actions[0].mine, case.actions[0].due_on)))


def waiting(reading: Reading) -> Any:
    """The open actions of the reader's agency in the cases that it reads, the first due first."""
    mine = of_cases(live_participations(reading.visit, at=reading.at))
    return (
        Action.objects.filter(mine, owner_agency_id=reading.visit.agency.id, state=ActionState.OPEN, withdrawn_at=None)
        .select_related(*WORDS_RELATIONS, "case", "owner_agency", "owner")
        .order_by("due_on", "id")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LateLine:
    """A late action of the team in a case that its leader does not read: no words, no case beyond its number."""

    uid: UUID
    number: str
    person: str
    due_on: date
    since: datetime


def late_of_team(reading: Reading) -> tuple[LateLine, ...]:
    """For a team leader: the late actions of the own agency in cases that the leader does not read.

    The agency owns the task, so that it is late is no news from others. Source: domain 2 (team leader).
    """
    visit = reading.visit
    if "team_lead" not in visit.roles or visit.case_pinned:
        return ()
    taking = Participation.objects.filter(
        Q(ends=None) | Q(ends__gt=reading.at), agency_id=visit.agency.id, is_open=True,
        case__state__in=[state.value for state in READABLE],
    )  # fmt: skip
    late = Action.objects.filter(
        of_cases(taking), ~of_cases(live_participations(visit, at=reading.at)),
        owner_agency_id=visit.agency.id, state=ActionState.OPEN, withdrawn_at=None, due_on__lt=clock.today(),
    )  # fmt: skip
    return tuple(
        LateLine(
            uid=action.uid, number=action.case.number, person=action.owner.name if action.owner else "",
            due_on=action.due_on, since=action.given_at,
        )
        for action in late.select_related("case", "owner").order_by("due_on", "id")[:MOST_ACTIONS]
    )  # fmt: skip


def case_of_action(reading: Reading, uid: UUID) -> str:
    """The number of the case of an action, for going back to it; "" when there is none for this reader."""
    mine = of_cases(live_participations(reading.visit, at=reading.at))
    return Action.objects.filter(mine, uid=uid).values_list("case__number", flat=True).first() or ""


def case_of_goal(reading: Reading, uid: UUID) -> str:
    """The same for a goal."""
    mine = of_cases(live_participations(reading.visit, at=reading.at))
    return Goal.objects.filter(mine, uid=uid).values_list("case__number", flat=True).first() or ""
