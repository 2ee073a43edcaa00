"""What waits for a reader in meetings: an invitation without an answer, a view that was asked. For the inbox."""

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.casework.pending import Pending
from cases.disclosure.reading import Reading
from cases.meetings.models import AgendaItem, ItemState, MeetingState, Picture
from cases.meetings.pages import link_to
from cases.meetings.queries import MeetingLine, waiting_for_answer
from cases.meetings.rights import meetings_for, seats_of
from foundation import clock


def pending_for(reading: Reading) -> tuple[Pending, ...]:
    """Invitations that the reader did not answer, and cases of which their agency's view is asked until some day."""
    invitations = [_invitation(reading, line) for line in waiting_for_answer(reading)]
    return (*invitations, *_views(reading))


def _invitation(reading: Reading, line: MeetingLine) -> Pending:
    return Pending(
        kind="invitation",
        what=_("Komt u naar dit overleg?"),
        place=line.title,
        url=reverse("meeting", args=[line.uid]),
        since=reading.at,
        due_on=line.starts.astimezone(clock.AMSTERDAM).date(),
        overdue=line.starts < reading.at,
    )


def _views(reading: Reading) -> list[Pending]:
    """Only of cases in which the reader takes part, so that another case shows in no line and no number."""
    meetings = meetings_for(reading).filter(state=MeetingState.PLANNED).exclude(lead_id=reading.visit.agency.id)
    items = AgendaItem.objects.filter(
        meeting__in=meetings.values("pk"), asked_by__gt=reading.at, state=ItemState.WAITING, case__isnull=False
    ).select_related("case", "meeting")
    found = list(items.order_by("asked_by", "pk"))
    live = seats_of(reading, [item.case_id for item in found]).live
    done = set(
        Picture.objects.filter(
            item__in=found, source_id=reading.visit.agency.id, joint=False, withdrawn_at=None
        ).values_list("item_id", flat=True)
    )
    return [
        Pending(
            kind="view",
            what=_("Zet het beeld van uw organisatie klaar voor het overleg"),
            place=item.case.number,
            url=link_to("meeting_views", item.uid) or reverse("meeting", args=[item.meeting.uid]),
            since=reading.at,
            due_on=item.asked_by.astimezone(clock.AMSTERDAM).date(),
        )
        for item in found
        if item.case and item.asked_by and item.case_id in live and item.pk not in done
    ]
