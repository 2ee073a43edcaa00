"""Goals of a plan: what must be reached in one life domain, and how that goes."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from audit.journal.appender import append
from audit.journal.entry import Action as Act
from audit.journal.scope import write_scope
from cases.casework.commands.wording import checked_words, new_words, save_words
from cases.disclosure.reading import Reading
from cases.disclosure.refusals import case_for, refuse
from cases.plans.commands.actions import hears
from cases.plans.commands.reviews import plan_reviews
from cases.plans.models import Goal, GoalState
from cases.plans.rules import LIFE_DOMAINS, check_day, check_worker
from cases.records.models import Case
from foundation.errors import Invalid


def add_goal(
    reading: Reading,
    number: str,
    *,
    text: str,
    domain: str,
    target_on: date | None = None,
    submission: UUID | None = None,
) -> Goal:
    """Set a goal in case `number`, in one life domain. The same `submission` again returns what it made.

    Raises NotYourCase, Refused, Invalid naming the field. Source: WGS art. 2.31(5), domain 5.6.
    """
    case = case_for(reading, number).case
    check_worker(reading)
    text = text.strip()
    checked_words(reading, {"goal_text": text}, names={"goal_text": "text"})
    if before := _submitted(reading, case, submission):
        return before
    if domain not in LIFE_DOMAINS:
        raise Invalid(_("Dit leefgebied bestaat niet."), field="domain", remedy=_("Kies uit de lijst."))
    if target_on is not None:
        check_day(target_on, field="target_on")
    try:
        with transaction.atomic(), write_scope():
            made = new_words(
                Goal, reading, case, {"goal_text": text}, submission=submission, domain=domain, target_on=target_on
            )
            save_words(reading, made, event="goal.added", action=Act.CREATE, domain=domain)
            plan_reviews(case, reading)
    except IntegrityError:
        if before := _submitted(reading, case, submission):
            return before
        raise
    return made


def change_goal(reading: Reading, uid: UUID, *, state: str, target_on: date | None = None) -> Goal:
    """How a goal stands now, and by when it must be reached; its words stay as they were set.

    Raises NotYourCase (also for a goal that is silent here), Refused, Invalid.
    """
    found = Goal.objects.select_related("case").filter(uid=uid, withdrawn_at=None).first()
    if found is None:
        refuse(reading, "")
    case_for(reading, found.case.number)
    if not hears(reading, found):
        refuse(reading, "")
    check_worker(reading)
    if state not in GoalState.values:
        raise Invalid(_("Deze stand bestaat niet."), field="state", remedy=_("Kies uit de lijst."))
    with transaction.atomic(), write_scope():
        goal = Goal.objects.select_for_update(of=("self",)).select_related("case", "about__subject").get(pk=found.pk)
        if target_on is not None and target_on != goal.target_on:
            check_day(target_on, field="target_on")
        if (goal.state, goal.target_on) == (state, target_on):
            append([reading.entry(event="goal.repeated", action=Act.UPDATE, case_ref=goal.case.ref)])
            return goal
        goal.state, goal.target_on = state, target_on
        save_words(reading, goal, event="goal.changed", action=Act.UPDATE, state=state)
    return goal


@transaction.atomic
def _submitted(reading: Reading, case: Case, submission: UUID | None) -> Goal | None:
    if submission is None:
        return None
    found = Goal.objects.filter(source_id=reading.visit.agency.id, submission=submission).first()
    if found is None:
        return None
    if found.case_id != case.pk:
        raise Invalid(
            _("Dit formulier is al voor een andere casus verzonden."), field="submission",
            remedy=_("Open het formulier opnieuw en verstuur het dan."),
        )  # fmt: skip
    append([reading.entry(event="goal.repeated", action=Act.CREATE, case_ref=case.ref)])
    return found
