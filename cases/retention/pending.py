"""What waits for a reader here: destructions to approve, terms that are over, renewals to answer."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.casework.pending import Pending
from cases.disclosure.reading import Reading
from cases.retention.calendar import calendar
from cases.retention.models import DestructionState, RenewalConsent
from cases.retention.rights import APPROVING, PROPOSING, cases_for, destructions_for


def pending_for(reading: Reading) -> tuple[Pending, ...]:
    """By role: only who keeps terms, and the sources that are asked for a renewal."""
    url = reverse("retention_calendar")
    found: list[Pending] = []
    roles = reading.visit.roles
    if roles & APPROVING:
        waiting = destructions_for(reading).filter(state=DestructionState.PROPOSED)
        found += [
            Pending(
                kind="destruction", what=_("Keur een vernietiging goed"), place=item.case.number, url=url,
                since=item.proposed_at, due_on=item.due_on, overdue=True,
            )
            for item in waiting.exclude(proposed_by_id=reading.visit.professional_id)
        ]  # fmt: skip
    if roles & PROPOSING:
        found += [
            Pending(
                kind="retention", what=_("Stel vernietiging voor: de termijn is om"), place=line.case.number, url=url,
                since=reading.at, due_on=line.due_on, overdue=True,
            )
            for line in calendar(cases_for(reading), at=reading.at, ahead=timedelta())
            if not line.held and not line.running
        ]  # fmt: skip
        asked = RenewalConsent.objects.filter(agency_id=reading.visit.agency.id, agrees=None)
        found += [
            Pending(
                kind="renewal", what=_("Mag de bewaartermijn worden verlengd?"), place=item.renewal.case.number,
                url=url, since=item.renewal.asked_at,
            )
            for item in asked.select_related("renewal__case")
        ]  # fmt: skip
    return tuple(found)
