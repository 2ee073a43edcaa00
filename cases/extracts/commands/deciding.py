"""Controllers decide on a copy; it is revoked, or ends with the action it served."""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from audit.journal.appender import append
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from cases.disclosure.reading import Reading
from cases.disclosure.refusals import case_for
from cases.extracts import events
from cases.extracts.commands.shared import asked, deciders, end, give, settle
from cases.extracts.models import (
    ExtractPosition,
    ProposalState,
)
from cases.records.models import Case, Extract
from foundation.errors import Invalid, NotFound, Refused

DECIDING = frozenset({"professional", "chair", "case_director"})


def take_position(reading: Reading, number: str, uid: UUID, *, agrees: bool) -> None:
    """A controller agrees or objects. One objection stops it; enough agreement gives the copy.

    Raises NotYourCase, NotFound, Refused for who does not decide on it, Invalid when it was decided already.
    """
    case = case_for(reading, number).case
    with transaction.atomic(), write_scope():
        found = asked(case, uid)
        who = deciders(reading, case, found.covenant, source_id=found.source_id)
        if reading.visit.agency.id not in who or not reading.visit.roles & DECIDING:
            raise Refused(
                _("Over deze verstrekking beslissen de andere verwerkingsverantwoordelijken van de casus."),
                remedy=_("Vraag het een van hen."),
                article=f"{found.covenant} {_('art. %(nr)s') % {'nr': found.article}}; Wgs art. 2.31 lid 9",
            )
        if found.state != ProposalState.ASKED:
            raise Invalid(_("Hierover is al besloten."), field="agrees", remedy=_("Ververs de pagina."))
        ExtractPosition.objects.update_or_create(
            proposal=found, agency_id=reading.visit.agency.id,
            defaults={"agrees": agrees, "at": reading.at, "professional_id": reading.visit.professional_id},
        )  # fmt: skip
        event = events.AGREED if agrees else events.OBJECTED
        append([reading.entry(event=event, action=Action.EXECUTE, case_ref=case.ref, detail={"words": str(uid)})])
        if not agrees:
            settle(found, ProposalState.OBJECTED, reading.at)
        elif found.positions.filter(agrees=True).count() >= min(settings.EXTRACT_AGREEMENTS, len(who)):
            give(reading, found)


def revoke(reading: Reading, number: str, uid: UUID) -> None:
    """Source or a deciding controller ends a copy for the future: from now on it does not open.

    Raises NotYourCase, NotFound for a copy of another case or one that was revoked, Refused.
    """
    case = case_for(reading, number).case
    with transaction.atomic(), write_scope():
        extract = Extract.objects.select_for_update().filter(case=case, uid=uid, revoked_at=None).first()
        if extract is None:
            raise NotFound(_("Deze verstrekking bestaat niet, of is al ingetrokken."), remedy=_("Ververs de pagina."))
        who = {extract.source_id, *deciders(reading, case, extract.under, source_id=extract.source_id)}
        if reading.visit.agency.id not in who:
            raise Refused(
                _("Alleen de bron of een verwerkingsverantwoordelijke trekt een verstrekking in."),
                remedy=_("Vraag het een van hen."),
            )
        end(reading, case, [extract])


def end_with_action(reading: Reading, case: Case, action: UUID) -> int:
    """The copies that served this action end with it; returns how many. Inside the caller's write scope."""
    found = list(
        Extract.objects.filter(case=case, proposal__action=action, revoked_at=None).select_for_update(of=("self",))
    )
    end(reading, case, found)
    return len(found)
