"""What waits for a reader here: proposals to decide on, and secrecy to sign."""

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.casework.pending import Pending
from cases.disclosure.reading import Reading
from cases.disclosure.visibility import extracts_for, live_participations, of_cases
from cases.extracts.commands import deciders
from cases.extracts.models import ExtractProposal, ProposalState


def pending_for(reading: Reading) -> tuple[Pending, ...]:
    """Proposals on which this reader's agency has not yet said anything; copies that wait for a signature."""
    own = reading.visit.agency.id
    mine = of_cases(live_participations(reading.visit, at=reading.at))
    asked = (
        ExtractProposal.objects.filter(mine, state=ProposalState.ASKED, withdrawn_at=None)
        .exclude(source_id=own)
        .exclude(positions__agency_id=own)
        .select_related("case")
    )
    found = [
        Pending(
            kind="extract", what=_("Beslis over een verstrekking op maat"), place=proposal.case.number,
            url=reverse("case_extracts", args=[proposal.case.number]), since=proposal.given_at,
        )
        for proposal in asked
        if own in deciders(reading, proposal.case, proposal.covenant, source_id=proposal.source_id)
    ]  # fmt: skip
    unsigned = (
        extracts_for(reading.visit, at=reading.at)
        .exclude(case__secrecy_declarations__professional_id=reading.visit.professional_id)
        .filter(opened_at=None)
        .select_related("case")
    )
    found += [
        Pending(
            kind="secrecy", what=_("Teken de geheimhouding om een verstrekking te openen"), place=copy.case.number,
            url=reverse("extract_secrecy", args=[copy.case.number]), since=copy.decided_at,
        )
        for copy in unsigned
    ]  # fmt: skip
    return tuple(found)
