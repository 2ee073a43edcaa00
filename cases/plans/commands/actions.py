"""Actions of a plan: given to an agency, settled by it. The words are sealed; who, when and how far are columns."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from agreements.models import Agency, Professional
from agreements.parties.reader import current_memberships
from audit.journal.appender import append
from audit.journal.entry import Action as Act
from audit.journal.scope import write_scope
from cases.casework.commands.wording import checked_words, new_words, save_words
from cases.disclosure.reading import Reading, codes
from cases.disclosure.refusals import case_for, refuse
from cases.disclosure.visibility import CASE_ROLES
from cases.extracts.commands import end_with_action
from cases.plans.commands.reviews import plan_reviews
from cases.plans.models import Action, ActionResult, ActionState, Goal
from cases.plans.rules import check_day, check_worker, leads
from cases.records.models import Case, Participation
from foundation.errors import Invalid, Refused

SETTLED = (ActionState.DONE, ActionState.PARTLY, ActionState.NOT_DONE, ActionState.IMPOSSIBLE)
LONGEST_POWER = 60


def add_action(
    reading: Reading,
    number: str,
    *,
    text: str,
    owner_agency: str,
    due_on: date,
    owner: UUID | None = None,
    item: UUID | None = None,
    heard: Iterable[str] = (),
    goal: UUID | None = None,
    power: str = "",
    submission: UUID | None = None,
) -> Action:
    """Give `owner_agency` (code) something to do in case `number`, until `due_on`.

    owner: uuid of who of that agency. item: uid of the agenda item it was said in; heard: the agencies that were
    there. Somebody who is given a task is told of it, so its agency hears it as well. goal: uid. power: the legal
    power it rests on, as the covenant names it. The same `submission` again returns what it made.
    Raises NotYourCase; Refused (role, no covenant to write under); Invalid naming the field.
    Source: WGS art. 2.31(5), domain 5.6.
    """
    case = case_for(reading, number).case
    check_worker(reading)
    text = text.strip()
    checked_words(reading, {"action_text": text}, names={"action_text": "text"})
    if before := _submitted(reading, case, submission):
        return before
    agency, person = _owner(reading, case, owner_agency, owner)
    check_day(due_on, field="due_on")
    aim, power = _goal(reading, case, goal), _power(power)
    told = {*heard, agency.code} if (heard := tuple(heard)) else ()
    try:
        with transaction.atomic(), write_scope():
            # Others wait here, so that two at once get two numbers.
            Case.objects.select_for_update(no_key=True).get(pk=case.pk)
            last = Action.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0
            made = new_words(
                Action, reading, case, {"action_text": text}, heard=told, submission=submission, number=last + 1,
                owner_agency=agency, owner=person, due_on=due_on, item=item, goal=aim, power=power,
            )  # fmt: skip
            save_words(reading, made, event="action.added", action=Act.CREATE, owner=agency.code, due=str(due_on))
            plan_reviews(case, reading)
    except IntegrityError:
        # The same form was sent twice at once: the other one was first, and it is the answer.
        if before := _submitted(reading, case, submission):
            return before
        raise
    return made


def settle_action(reading: Reading, uid: UUID, *, state: str, result: str = "") -> Action:
    """Say what became of an action; `open` takes that back. By the agency that has to do it, or who leads the case.

    result: what came of it and why; needed unless it was simply done.
    Raises NotYourCase (also for an action that is silent here), Refused, Invalid.
    Source: domain 5.6.
    """
    found = _reachable(reading, uid)
    result = result.strip()
    _check_result(reading, state, result)
    with transaction.atomic(), write_scope():
        action = (
            Action.objects.select_for_update(of=("self",)).select_related("case", "about__subject").get(pk=found.pk)
        )
        if action.state == state and not result:
            # The same tap twice: it stands already.
            append([reading.entry(event="action.repeated", action=Act.UPDATE, case_ref=action.case.ref)])
            return action
        action.state = state
        action.settled_at = None if state == ActionState.OPEN else reading.at
        save_words(reading, action, event="action.settled", action=Act.UPDATE, state=state)
        if state != ActionState.OPEN:
            # What a third party got for this task ends with the task (domain, extracts).
            end_with_action(reading, action.case, action.uid)
        if result:
            words = new_words(
                ActionResult, reading, action.case, {"action_result": result}, about=action.about,
                heard=_heard_with(action, reading), action=action, state=state,
            )  # fmt: skip
            save_words(reading, words, event="action.result", action=Act.CREATE, state=state)
    return action


def may_settle(reading: Reading, action: Action) -> bool:
    """Whether this reader says what became of it."""
    own = action.owner_agency_id == reading.visit.agency.id and bool(reading.visit.roles & WORKERS_OF_OWNER)
    return own or (leads(reading, action.case) and hears(reading, action))


WORKERS_OF_OWNER = frozenset({"professional", "case_director", "chair", "team_lead"})
"""Roles that settle an action of their own agency."""


def hears(reading: Reading, words: Action | Goal) -> bool:
    """Whether these words were meant for the reader's agency at all."""
    own = reading.visit.agency
    return not words.heard or own.id == words.source_id or own.code in codes(words.heard)


def _reachable(reading: Reading, uid: UUID) -> Action:
    found = Action.objects.select_related("case").filter(uid=uid, withdrawn_at=None).first()
    if found is None:
        refuse(reading, "")
    case_for(reading, found.case.number)
    own = found.owner_agency_id == reading.visit.agency.id
    if not (own or hears(reading, found)):
        refuse(reading, "")
    if not may_settle(reading, found):
        raise Refused(
            _("Alleen de organisatie die de actie doet, of de procesregisseur, rondt haar af."),
            remedy=_("Vraag de eigenaar van de actie."),
        )
    return found


def _check_result(reading: Reading, state: str, result: str) -> None:
    if state not in ActionState.values:
        raise Invalid(_("Deze uitkomst bestaat niet."), field="state", remedy=_("Kies uit de lijst."))
    if state in (ActionState.PARTLY, ActionState.NOT_DONE, ActionState.IMPOSSIBLE) and len(result) < 3:
        raise Invalid(
            _("Schrijf in een paar woorden waarom."), field="result", remedy=_("Een korte zin is genoeg."),
        )  # fmt: skip
    if result:
        checked_words(reading, {"action_result": result}, names={"action_result": "result"})


def _heard_with(action: Action, reading: Reading) -> tuple[str, ...]:
    """Whoever heard the action hears its result; who it came from and who tells it need no naming, but do no harm."""
    return (*codes(action.heard), action.source.code, reading.visit.agency.code) if action.heard else ()


def _owner(reading: Reading, case: Case, code: str, person: UUID | None) -> tuple[Agency, Professional | None]:
    taking = (
        Participation.objects.filter(case=case, is_open=True, agency__code=code, starts__lte=reading.at)
        .exclude(ends__lte=reading.at)
        .select_related("agency")
        .first()
    )
    if taking is None:
        raise Invalid(
            _("Deze organisatie doet niet mee in de casus."), field="owner_agency",
            remedy=_("Kies een deelnemer, of laat de organisatie eerst deelnemen."),
        )  # fmt: skip
    if person is None:
        return taking.agency, None
    rows = current_memberships().filter(agency=taking.agency, professional__uuid=person)
    works = next((row.professional for row in rows if CASE_ROLES & set(row.roles)), None)
    if works is None:
        raise Invalid(
            _("Deze persoon werkt niet bij die organisatie."), field="owner", remedy=_("Kies een collega van daar."),
        )  # fmt: skip
    return taking.agency, works


def _goal(reading: Reading, case: Case, uid: UUID | None) -> Goal | None:
    if uid is None:
        return None
    found = Goal.objects.filter(case=case, uid=uid, withdrawn_at=None).first()
    if found is None or not hears(reading, found):
        raise Invalid(_("Dit doel hoort niet bij de casus."), field="goal", remedy=_("Kies een doel uit de lijst."))
    return found


def _power(power: str) -> str:
    if len(power) > LONGEST_POWER or not power.isprintable():
        raise Invalid(
            _("De bevoegdheid is te lang."), field="power", remedy=_("Noem alleen de wet en het artikel."),
        )  # fmt: skip
    return power.strip()


@transaction.atomic
def _submitted(reading: Reading, case: Case, submission: UUID | None) -> Action | None:
    """What this submission made before, journalled as a repetition. Raises Invalid when it was for another case."""
    if submission is None:
        return None
    found = Action.objects.filter(source_id=reading.visit.agency.id, submission=submission).first()
    if found is None:
        return None
    if found.case_id != case.pk:
        raise Invalid(
            _("Dit formulier is al voor een andere casus verzonden."), field="submission",
            remedy=_("Open het formulier opnieuw en verstuur het dan."),
        )  # fmt: skip
    append([reading.entry(event="action.repeated", action=Act.CREATE, case_ref=case.ref)])
    return found


__all__ = ["SETTLED", "add_action", "hears", "may_settle", "settle_action"]
