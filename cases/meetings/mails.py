"""Mail about a meeting: when, where, a link and a calendar file. No title, no case; of people only an address.

Mail leaves the house, so what it says must be no more than that there is a meeting.
"""

import logging
from collections.abc import Iterable
from smtplib import SMTPException
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from cases.disclosure.reading import Reading
from cases.meetings.calendar_file import Event, calendar_file
from cases.meetings.models import Answer, Invitation, Meeting, MeetingState
from cases.meetings.queries import line_of
from cases.meetings.rights import meeting_for
from cases.meetings.seating import Window, seats_at, window_for
from foundation import clock

log = logging.getLogger("verbond.meetings")


def page_url(meeting: Meeting) -> str:
    """The address of the meeting's page, from outside."""
    return f"{getattr(settings, 'VERBOND_URL', '')}{reverse('meeting', args=[meeting.uid])}"


def event_of(reading: Reading, meeting: Meeting, window: Window) -> Event:
    """The meeting as a calendar may know it, for somebody who is expected in this window."""
    return Event(
        uid=meeting.uid, starts=window.starts, ends=window.ends, place=meeting.place, url=page_url(meeting),
        cancelled=meeting.state == MeetingState.CANCELLED, at=reading.at,
    )  # fmt: skip


def event_for_reader(reading: Reading, uid: UUID) -> Event:
    """The meeting for the reader's own calendar, when they are expected. Raises NotYourMeeting (journalled)."""
    meeting = meeting_for(reading, uid)
    line = line_of(reading, meeting)
    return event_of(reading, meeting, Window(starts=line.starts, ends=line.ends))


def tell_everybody(reading: Reading, meeting: Meeting) -> int:
    """Mail everybody who did not say that they stay away; returns to how many."""
    rows = meeting.invitations.exclude(answer=Answer.NO).select_related("agency", "professional")
    return send(reading, meeting, rows)


def remind(reading: Reading, meeting: Meeting) -> int:
    """Mail everybody who did not answer; returns to how many."""
    rows = meeting.invitations.filter(answer=Answer.NONE).select_related("agency", "professional")
    return send(reading, meeting, rows)


def send(reading: Reading, meeting: Meeting, invitations: Iterable[Invitation]) -> int:
    """Mail each of these who was invited, with the time of their own items; returns to how many it went.

    Mail that cannot be sent is left out and written in the program's own log: the invitation itself stands.
    """
    items = list(meeting.items.all())
    seats = seats_at([item.case_id for item in items], at=reading.at)
    return sum(_send(reading, meeting, row, window_for(meeting, items, seats, row)) for row in invitations)


def _send(reading: Reading, meeting: Meeting, invitation: Invitation, window: Window) -> bool:
    person = invitation.professional
    to = person.email if person else invitation.agency.contact_email
    if not to:
        return False
    with translation.override(person.language if person else settings.LANGUAGE_CODE):
        context = {
            "cancelled": meeting.state == MeetingState.CANCELLED, "place": meeting.place, "url": page_url(meeting),
            "starts": window.starts.astimezone(clock.AMSTERDAM), "ends": window.ends.astimezone(clock.AMSTERDAM),
            "installation": settings.VERBOND_NAME,
        }  # fmt: skip
        said = _("casusoverleg afgezegd") if context["cancelled"] else _("uitnodiging voor een casusoverleg")
        body = render_to_string("cases/meetings/invitation.txt", context)
    mail = EmailMessage(subject=f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{said}", body=body, to=[to])
    mail.attach("casusoverleg.ics", calendar_file(event_of(reading, meeting, window)).decode(), "text/calendar")
    try:
        mail.send()
    except (OSError, SMTPException):
        log.exception("an invitation could not be mailed", extra={"event": "meeting_mail"})
        return False
    return True
