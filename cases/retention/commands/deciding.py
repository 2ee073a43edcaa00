"""Proposing a destruction, approving it by a second person, stopping it before it is done."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from audit.journal.appender import append
from audit.journal.entry import Action, Entry
from audit.journal.scope import write_scope
from cases.disclosure.reading import Reading
from cases.retention import events
from cases.retention.calendar import line_for
from cases.retention.models import Destruction, DestructionState
from cases.retention.rights import APPROVING, PROPOSING, case_for_terms, check_reader, destructions_for
from foundation import clock
from foundation.errors import Invalid, NotFound, Refused


def propose(reading: Reading, number: str, *, scope: str, subject: UUID | None = None) -> Destruction:
    """Propose to destroy what the calendar says is due. Asking twice gives the running one.

    Raises NotFound, Refused (role), Invalid when nothing is due, or something holds it.
    """
    check_reader(reading)
    case = case_for_terms(reading, number)
    if not reading.visit.roles & PROPOSING:
        raise Refused(_("Uw rol stelt geen vernietiging voor."), remedy=_("Vraag het de procesregisseur."))
    line = line_for(case, scope=scope, subject=subject, at=reading.at)
    if line is None or line.due_on > clock.today():
        raise Invalid(
            _("De bewaartermijn is nog niet om."), field="due_on",
            remedy=_("Wacht tot de dag in de kalender, of sluit de casus eerst."),
        )  # fmt: skip
    if line.held:
        raise Invalid(_("Er staat een uitstel op."), field="held", remedy=_("Hef eerst het uitstel op."))
    if line.running:
        return line.running
    try:
        with transaction.atomic(), write_scope():
            made = Destruction.objects.create(
                case=case, scope=scope, subject=subject, ground=line.ground, article=line.article, due_on=line.due_on,
                proposed_by_id=reading.visit.professional_id, proposed_at=reading.at,
            )  # fmt: skip
            append([_entry(reading, made, events.PROPOSED, Action.CREATE)])
    except IntegrityError:
        again = line_for(case, scope=scope, subject=subject, at=reading.at)
        if again and again.running:
            return again.running
        raise
    return made


def approve(reading: Reading, uid: UUID) -> Destruction:
    """The second pair of eyes. The work is done by the worker, at once.

    Raises NotFound, Refused for who proposed it or has no such role, Invalid when it is no longer to be approved
    or its ground fell away. Source: domain 3 (erased: after FG notice).
    """
    check_reader(reading)
    with transaction.atomic(), write_scope():
        found = _running(reading, uid)
        if found.proposed_by_id == reading.visit.professional_id:
            raise Refused(
                _("U stelde dit zelf voor. Een ander kijkt mee voordat iets verdwijnt."),
                remedy=_("Vraag het een privacy officer, het contactpunt of een voorzitter."),
            )
        if not reading.visit.roles & APPROVING:
            raise Refused(
                _("Uw rol keurt geen vernietiging goed."), remedy=_("Vraag het de privacy officer of het contactpunt.")
            )
        if found.state != DestructionState.PROPOSED:
            raise Invalid(_("Dit wacht niet meer op goedkeuring."), field="state", remedy=_("Ververs de pagina."))
        _check_still_due(reading, found)
        found.state, found.approved_at = DestructionState.APPROVED, reading.at
        found.approved_by_id = reading.visit.professional_id
        found.save()
        append([_entry(reading, found, events.APPROVED, Action.EXECUTE)])
    return found


def stop(reading: Reading, uid: UUID) -> None:
    """Stop a destruction that was not done yet. Raises NotFound, Invalid when it was."""
    check_reader(reading)
    with transaction.atomic(), write_scope():
        found = _running(reading, uid)
        if found.state not in (DestructionState.PROPOSED, DestructionState.APPROVED):
            raise Invalid(_("Dit is al uitgevoerd of gestopt."), field="state", remedy=_("Ververs de pagina."))
        found.state = DestructionState.STOPPED
        found.save()
        append([_entry(reading, found, events.STOPPED, Action.EXECUTE)])


def _running(reading: Reading, uid: UUID) -> Destruction:
    found = destructions_for(reading).select_for_update(of=("self",)).filter(uid=uid).first()
    if found is None:
        raise NotFound(_("Deze vernietiging bestaat niet, of niet voor u."), remedy=_("Ga terug naar de kalender."))
    return found


def _check_still_due(reading: Reading, found: Destruction) -> None:
    """A case that was reopened, a term that was renewed or a hold that came meanwhile: then it must not go."""
    if found.ground == "renewal_refused":
        return
    line = line_for(found.case, scope=found.scope, subject=found.subject, at=reading.at)
    if line is None or line.due_on > clock.today() or line.held:
        raise Invalid(
            _("De grond is intussen vervallen: de termijn is verlengd, de casus heropend, of er staat een uitstel op."),
            field="state",
            remedy=_("Stop dit voorstel."),
        )


def _entry(reading: Reading, found: Destruction, event: str, action: Action) -> Entry:
    return reading.entry(
        event=event,
        action=action,
        case_ref=found.case.ref,
        subject_ref=f"subject:{found.subject}" if found.subject else "",
        articles=(found.article,),
        detail={"destruction": str(found.uid), "scope": found.scope, "ground": found.ground},
    )
