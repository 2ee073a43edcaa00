"""What waits for the leadership of a party: a proposed lead on which its agency said nothing yet."""

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.casework.pending import Pending
from cases.disclosure.reading import Reading
from foundation import clock
from programmes.leads.models import LeadParty, LeadState
from programmes.leads.rights import speaks_here
from programmes.plans.acting import LEADING
from programmes.plans.models import ProgrammeState
from programmes.plans.rights import pact_in_force, parties_of


def pending_for(reading: Reading) -> tuple[Pending, ...]:
    """Open proposals that the reader may answer for their agency."""
    visit = reading.visit
    if visit.case_pinned or not visit.roles & LEADING:
        return ()
    rows = LeadParty.objects.filter(state=LeadState.PROPOSED).exclude(programme__state=ProgrammeState.ENDED)
    rows = rows.exclude(voices__agency_id=visit.agency.id).select_related("programme__covenant")
    return tuple(
        Pending(
            kind="lead", what=_("Wie hoort de trekker te zijn? Antwoord voor uw organisatie"),
            place=row.programme.title,
            url=reverse("lead_answer", args=[row.programme.code, row.uid]),
            since=clock.start_of(row.proposed_on or clock.today()),
        )
        for row in rows
        if speaks_here(visit, parties_of(pact_in_force(row.programme)))
    )  # fmt: skip
