"""For whom a notice exists: who read what it is about and still takes part, and who answers requests for the agency."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from audit.journal.apart import append_apart
from audit.journal.entry import Outcome
from cases.disclosure.reading import Reading
from cases.disclosure.visibility import live_participations, of_cases, partner_participations
from cases.notices.events import READ
from cases.notices.models import FactNotice
from foundation.errors import NotFound

PASSING_ON = frozenset({"privacy_officer", "contact_point"})
"""Roles that get every notice to their agency, so that none is lost when who read it is gone (AVG art. 38(4))."""


def passes_on(reading: Reading) -> bool:
    """Whether the reader gets all notices to their agency. A token that is bound to one case does not."""
    return bool(reading.visit.roles & PASSING_ON) and reading.visit.case_pinned is None


def notices_for(reading: Reading) -> "QuerySet[FactNotice]":
    """The notices that exist for this reader.

    Included if, and only if, it is to the reader's agency, and the reader passes notices on, or read what it is about
    and takes part in the case now.
    """
    found = FactNotice.objects.filter(recipient_id=reading.visit.agency.id)
    if not passes_on(reading):
        at = reading.at
        cases = Q(of_cases(live_participations(reading.visit, at=at)))
        cases |= Q(of_cases(partner_participations(reading.visit, at=at)))
        found = found.filter(cases, readers__professional_id=reading.visit.professional_id)
    return found.select_related("case", "source", "person__subject", "settled_by")


def notice_for(reading: Reading, uid: UUID) -> FactNotice:
    """One of them. Raises NotFound, after journalling."""
    one = notices_for(reading).filter(uid=uid).first()
    if one is None:
        append_apart([reading.entry(event=READ, outcome=Outcome.REFUSED)])
        raise NotFound(_("Dit bericht bestaat niet, of is niet aan u gericht."), remedy=_("Ga terug naar uw inbox."))
    return one
