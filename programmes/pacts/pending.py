"""What waits for the leadership of a party: its own pledges that are late, or due within a month."""

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.casework.pending import Pending
from cases.disclosure.reading import Reading
from foundation import clock
from programmes.pacts.models import Pledge, PledgeState
from programmes.pacts.reminders import NEAR
from programmes.plans.acting import LEADING


def pending_for(reading: Reading) -> tuple[Pending, ...]:
    """Open pledges of the reader's agency, for who may write about them (programmes/pacts/rights.py)."""
    visit, today = reading.visit, clock.today()
    if visit.case_pinned or not visit.roles & LEADING:
        return ()
    rows = Pledge.objects.filter(agency_id=visit.agency.id, state=PledgeState.OPEN, due_on__lte=today + NEAR)
    return tuple(
        Pending(
            kind="pledge", what=_("Toezegging: %(promise)s") % {"promise": row.promise}, place=row.programme.title,
            url=reverse("programme_pact_party", args=[row.programme.code, visit.agency.code]),
            since=clock.start_of(row.due_on - NEAR), due_on=row.due_on,
            overdue=row.due_on < today,
        )
        for row in rows.select_related("programme")
    )  # fmt: skip
