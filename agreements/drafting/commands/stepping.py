"""The steps of a draft: consultation, signature and back. Which exist: steps.py; what blocks one: obstacles.py."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.covenants.commands.offering import offer_version, withdraw_offer
from agreements.covenants.rules import Author
from agreements.drafting import editing
from agreements.drafting.commands.shared import journal, keep, locked, touch, words
from agreements.drafting.errors import StepRefused
from agreements.drafting.models import Draft
from agreements.drafting.obstacles import next_number, obstacles, state_of
from agreements.drafting.steps import Move, Step, moves_from, states_for
from agreements.parties.reader import Visit
from agreements.parties.rules import Role
from audit.journal.scope import write_scope
from foundation.errors import Refused

EVENTS = {
    Step.OPEN_CONSULTATION: "draft.consultation_opened",
    Step.BACK_TO_DRAFT: "draft.back_to_draft",
    Step.PUT_UP: "draft.offered",
    Step.TAKE_BACK: "draft.taken_back",
    Step.DROP: "draft.dropped",
}


def open_consultation(visit: Visit, uid: Any) -> Draft:
    """Share the draft with those who would sign, so that they can remark on it. Raises as take_step."""
    return take_step(visit, uid, step=Step.OPEN_CONSULTATION)


def back_to_draft(visit: Visit, uid: Any) -> Draft:
    """Take the draft out of consultation; remarks stay. Raises as take_step."""
    return take_step(visit, uid, step=Step.BACK_TO_DRAFT)


def put_up_for_signature(visit: Visit, uid: Any) -> Draft:
    """Make the text a version that its parties can sign; from now on it does not change. Raises as take_step."""
    return take_step(visit, uid, step=Step.PUT_UP)


def take_back(visit: Visit, uid: Any, *, reason: str) -> Draft:
    """Take the text out of signing. Signatures stay as evidence but are void; the text gets the next number."""
    return take_step(visit, uid, step=Step.TAKE_BACK, reason=reason)


def drop(visit: Visit, uid: Any, *, reason: str) -> Draft:
    """End the draft without a version. Raises as take_step."""
    return take_step(visit, uid, step=Step.DROP, reason=reason)


@transaction.atomic
def take_step(visit: Visit, uid: Any, *, step: Step, reason: str = "") -> Draft:
    """Take one step with a draft.

    Raises:
        NotFound: no such draft for this visit. Refused: not in a role that takes this step.
        StepRefused: the step does not exist from this state, or something stands in its way; `errors` has it all.
        Invalid: no reason, where the others are told one.
    """
    draft = locked(visit, uid)
    found = _check(visit, draft, step)
    said = words(reason, field="reason", empty=_("Deze stap heeft een reden."), most=500) if found.asks_reason else ""
    _refuse_if_blocked(draft, step)
    version = 0
    with write_scope(reason=EVENTS[step]):
        if step is Step.PUT_UP:
            version = _offer(visit, draft)
        if step is Step.TAKE_BACK:
            _withdraw(visit, draft, said)
        touch(draft, state=found.to)
        journal(visit, EVENTS[step], draft, reason=said, version=version)
    return draft


def _check(visit: Visit, draft: Draft, step: Step) -> Move:
    """The move, for a visit in a role that takes it, from a state that knows it."""
    state = state_of(draft)
    somewhere = [moves_from(at)[step] for at in states_for(step)]
    roles = {role for known in somewhere for role in known.roles}
    if draft.owner_id != visit.agency.id or not visit.roles & roles:
        raise Refused(who_may(draft, frozenset(roles)), remedy=_("Vraag het aan de penvoerder."))
    found = moves_from(state).get(step)
    if found is None:
        sentence = _("Dit kan nu niet: het concept is %(state)s.") % {"state": str(state.label).lower()}
        known = ", ".join(str(at.label).lower() for at in states_for(step))
        raise StepRefused(
            sentence,
            errors=(("state", sentence),),
            remedy=_("Deze stap kan als het concept %(states)s is.") % {"states": known},
            field="state",
        )
    return found


def who_may(draft: Draft, roles: frozenset[str]) -> str:
    """Who takes a step, in a sentence."""
    names = [str(Role(role).label).lower() for role in Role.values if role in roles]
    return _("Dit doet een %(roles)s van %(owner)s.") % {
        "roles": _(" of ").join(names),
        "owner": draft.owner.name,
    }


def _refuse_if_blocked(draft: Draft, step: Step) -> None:
    found = obstacles(draft, step)
    if found:
        raise StepRefused(
            found[0][1],
            errors=found,
            remedy=_("Los eerst op wat hier staat; probeer het daarna opnieuw."),
            field=found[0][0],
        )


def _offer(visit: Visit, draft: Draft) -> int:
    parties = {row.agency.code: row.capacity for row in draft.parties.select_related("agency")}
    draft.version = offer_version(draft.text, parties=parties, by=_author(visit))
    draft.save(update_fields=["version"])
    return draft.version.number


def _withdraw(visit: Visit, draft: Draft, reason: str) -> None:
    """The offer goes, and the text takes the number that the next offer needs."""
    if draft.version is not None:
        withdraw_offer(draft.version, by=_author(visit), reason=reason)
    draft.version = None
    draft.save(update_fields=["version"])
    number = next_number(draft.code)
    done = editing.set_head(draft.text, changes={"version": number})
    keep(draft, done.text, by=visit, note=_("teruggehaald; versie %(n)d") % {"n": number})


def _author(visit: Visit) -> Author:
    return Author(actor_ref=visit.actor_ref, agency_ref=visit.agency_ref, name=visit.name, trace_id=visit.trace_id)
