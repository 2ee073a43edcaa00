"""Erasing on a person's request: a source proposes what it decided on its sheet, another person approves it.

It is carried out and certified like every destruction (erasing.py). A hold on the case beats the request.
"""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from audit import ports
from audit.journal.appender import append
from audit.journal.entry import Action, Entry
from audit.journal.rules import may_oversee
from audit.journal.scope import write_scope
from cases.disclosure.reading import Reading
from cases.records.models import Case
from cases.retention import events
from cases.retention.models import Destruction, DestructionState, Ground, RetentionHold, Scope
from foundation.errors import Invalid, NotFound, Refused

DECIDING = frozenset({"privacy_officer", "contact_point", "chair", "signatory"})
"""Roles that say the second word for their agency; the officer for all partners may say it for each."""
RUNNING = (DestructionState.PROPOSED, DestructionState.APPROVED)
ARTICLE = "AVG art. 17(1)"
HOLDS = {
    RetentionHold.Reason.CLAIM: "AVG art. 17(3)(e)",
    RetentionHold.Reason.STATUTE: "AVG art. 17(3)(b)",
    RetentionHold.Reason.OVERSIGHT: "AVG art. 17(3)(b)",
    RetentionHold.Reason.REQUEST: "AVG art. 18(1)",
}
"""On what ground what a hold keeps is not erased."""


class Held(Invalid):
    """The case stands under a hold, which beats a request to erase."""

    code = "held"


def held_by(case: Case) -> RetentionHold | None:
    """The oldest hold on the case that was not lifted."""
    return RetentionHold.objects.filter(case=case, ends=None).order_by("starts", "pk").first()


def check_not_held(case: Case, *, field: str = "decision") -> None:
    """Raises Held, with the ground on which nothing of this case may be erased."""
    hold = held_by(case)
    if hold is None:
        return
    reason = RetentionHold.Reason(hold.reason)
    raise Held(
        _("%(number)s moet bewaard blijven: %(why)s.") % {"number": case.number, "why": str(reason.label).lower()},
        field=field, article=HOLDS[reason],
        remedy=_("Kies «Niet wissen» op deze grond, of laat eerst het uitstel opheffen bij Bewaren."),
    )  # fmt: skip


def propose_items(
    reading: Reading, case: Case, *, subject: UUID, items: Collection[UUID], sheet: UUID, due_on: date
) -> Destruction:
    """Put before a second person that the reader's agency erases these things of its own about a person.

    In the caller's transaction and write scope; that they are its own, the caller has checked.
    Raises Held, Invalid when something of this person's is before somebody already.
    """
    check_not_held(case, field="items")
    try:
        with transaction.atomic():
            made = Destruction.objects.create(
                case=case, scope=Scope.ITEMS, subject=subject, source_id=reading.visit.agency.id,
                ground=Ground.ON_REQUEST, article=ARTICLE, due_on=due_on, items=sorted(map(str, items)), sheet=sheet,
                proposed_by_id=reading.visit.professional_id, proposed_at=reading.at,
            )  # fmt: skip
    except IntegrityError as error:
        raise Invalid(
            _("In %(number)s ligt al wissen voor over deze persoon.") % {"number": case.number}, field="items",
            remedy=_("Laat dat eerst goedkeuren en uitvoeren, of stop het."),
        ) from error  # fmt: skip
    append([_entry(reading, made, events.PROPOSED, Action.CREATE)])
    return made


def erasures_of(sheet: UUID) -> tuple[Destruction, ...]:
    """What was put before a second person by this sheet and not stopped, oldest first."""
    found = Destruction.objects.filter(sheet=sheet).exclude(state=DestructionState.STOPPED)
    return tuple(found.select_related("case", "source", "proposed_by", "approved_by").order_by("proposed_at", "pk"))


def may_decide(reading: Reading, found: Destruction) -> bool:
    """Whether the reader says the second word for the agency whose facts these are."""
    visit = reading.visit
    if visit.case_pinned:
        return False
    mine = visit.agency.id == found.source_id and bool(visit.roles & DECIDING)
    return mine or (may_oversee(visit) and ports.scope_of(visit) is None)


def approve_items(reading: Reading, sheet: UUID) -> tuple[Destruction, ...]:
    """The second pair of eyes on all that waits of this sheet; the worker erases it.

    Raises NotFound for who may not decide, Refused for who proposed it, Held, Invalid when nothing waits.
    """
    with transaction.atomic(), write_scope():
        waiting = [one for one in _mine(reading, sheet) if one.state == DestructionState.PROPOSED]
        if not waiting:
            raise Invalid(_("Dit wacht niet meer op goedkeuring."), field="state", remedy=_("Ververs de pagina."))
        for one in waiting:
            if one.proposed_by_id == reading.visit.professional_id:
                raise Refused(
                    _("U stelde dit zelf voor. Een ander kijkt mee voordat iets verdwijnt."),
                    remedy=_("Vraag het een collega die namens uw organisatie beslist."),
                )
            check_not_held(one.case, field="state")
            one.state, one.approved_at = DestructionState.APPROVED, reading.at
            one.approved_by_id = reading.visit.professional_id
            one.save()
            append([_entry(reading, one, events.APPROVED, Action.EXECUTE)])
    return tuple(waiting)


def stop_items(reading: Reading, sheet: UUID) -> int:
    """Stop what was not erased yet; returns how many. Raises NotFound for who may not decide, Invalid."""
    with transaction.atomic(), write_scope():
        running = [one for one in _mine(reading, sheet) if one.state in RUNNING]
        if not running:
            raise Invalid(_("Dit is al uitgevoerd of gestopt."), field="state", remedy=_("Ververs de pagina."))
        for one in running:
            one.state = DestructionState.STOPPED
            one.save()
            append([_entry(reading, one, events.STOPPED, Action.EXECUTE)])
    return len(running)


def waiting_items(reading: Reading) -> tuple[Destruction, ...]:
    """What waits for the reader's second word, oldest first."""
    waiting = Destruction.objects.filter(scope=Scope.ITEMS, state=DestructionState.PROPOSED)
    found = waiting.exclude(proposed_by_id=reading.visit.professional_id).order_by("proposed_at", "pk")
    return tuple(one for one in found.select_related("case", "source") if may_decide(reading, one))


def _mine(reading: Reading, sheet: UUID) -> list[Destruction]:
    found = Destruction.objects.select_for_update(of=("self",)).filter(sheet=sheet).select_related("case")
    mine = [one for one in found.order_by("pk") if may_decide(reading, one)]
    if not mine:
        raise NotFound(_("Dit voorstel bestaat niet, of u beslist er niet over."), remedy=_("Ga terug naar uw inbox."))
    return mine


def _entry(reading: Reading, found: Destruction, event: str, action: Action) -> Entry:
    return reading.entry(
        event=event, action=action, case_ref=found.case.ref, subject_ref=f"subject:{found.subject}",
        articles=(found.article,), purpose="subject_request",
        detail={
            "destruction": str(found.uid), "scope": found.scope, "ground": found.ground, "items": len(found.items),
        },
    )  # fmt: skip
