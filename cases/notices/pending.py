"""What waits in this room: notices that were not dealt with. Names a case by number; no field and no source."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.casework.pending import Pending
from cases.disclosure.reading import Reading
from cases.notices.models import Kind
from cases.notices.rights import notices_for, passes_on

KIND = "notice"


def pending_for(reading: Reading) -> tuple[Pending, ...]:
    """The notices that wait for this reader, newest first."""
    mine = Q(readers__professional_id=reading.visit.professional_id, readers__seen_at=None)
    waiting = notices_for(reading).filter(Q(settled_at=None) if passes_on(reading) else mine)
    return tuple(
        Pending(
            kind=KIND, what=_("Een gegeven dat u eerder kreeg is %(what)s") % {"what": Kind(one.kind).label},
            place=one.case.number, url=reverse("fact_notice", args=[one.uid]), since=one.at,
        )
        for one in waiting
    )  # fmt: skip
