"""What waits for a reader in this room: minutes to approve. Opens no facts."""

from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.casework.pending import Pending
from cases.disclosure.reading import Reading
from cases.meetings.models import Attendance
from cases.minutes.models import Approval, Minutes, MinutesState
from cases.minutes.rights import APPROVERS, items_of, may_speak
from foundation import clock


def pending_for(reading: Reading) -> tuple[Pending, ...]:
    """The minutes that wait for the approval of the reader's agency, oldest term first.

    Once the agency asked for a correction they wait for it as well: only it can say that the addendum settles it.
    """
    if not reading.visit.roles & APPROVERS:
        return ()
    sat = Attendance.objects.filter(agency_id=reading.visit.agency.id).values("item__meeting_id")
    said = Approval.objects.filter(agency_id=reading.visit.agency.id, agrees=True).values("minutes_id")
    waiting = Minutes.objects.filter(~Q(pk__in=said), state=MinutesState.FOR_APPROVAL, meeting_id__in=sat)
    return tuple(
        _pending(reading, minutes)
        for minutes in waiting.select_related("meeting").order_by("approve_before")
        if items_of(reading, minutes.meeting) and may_speak(reading, minutes)
    )


def _pending(reading: Reading, minutes: Minutes) -> Pending:
    last = (minutes.approve_before - timedelta(seconds=1)).astimezone(clock.AMSTERDAM).date()
    return Pending(
        kind="minutes", what=_("Verslag goedkeuren of corrigeren"), place=minutes.meeting.title,
        url=reverse("minutes", args=[minutes.meeting.uid]), since=minutes.made_at, due_on=last,
        overdue=minutes.approve_before <= reading.at,
    )  # fmt: skip
