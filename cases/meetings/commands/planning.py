"""Plans a meeting, changes when and where it is, and calls it off. Not here: its agenda and who is invited."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from audit.journal.apart import append_apart
from audit.journal.entry import Action, Outcome
from audit.journal.scope import write_scope
from cases.disclosure.reading import Reading
from cases.meetings.commands.shared import led, locked, one_line, record, whole_minutes
from cases.meetings.models import Meeting, MeetingState
from cases.meetings.rights import may_plan, meeting_for
from foundation.errors import Invalid, Refused

LONGEST = 480
"""Minutes of a working day."""
AHEAD = timedelta(days=2 * 366)
LATE = timedelta(hours=12)
"""A meeting that has just begun may still be put down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """When and where a meeting is. `title` and `place` name no persons: everybody invited reads them, and the mail."""

    title: str
    starts_at: datetime
    minutes: int = 90
    place: str = ""
    link: str = ""


def plan(reading: Reading, sitting: Sitting, *, uid: UUID | None = None) -> Meeting:
    """A new meeting of the reader's agency, which they chair. The same `uid` sent twice plans one.

    Raises:
        Refused: not a case director or chair (journalled).
        Invalid: no title, a moment in the past or too far ahead, a length or link that does not fit.
    """
    check_may_plan(reading)
    columns = _checked(reading, sitting)
    visit, uid = reading.visit, uid or uuid4()
    try:
        with transaction.atomic(), write_scope(reason="meeting.planned"):
            meeting = Meeting.objects.create(
                uid=uid, lead_id=visit.agency.id, chair_id=visit.professional_id, **columns
            )
            record(reading, meeting, "meeting.planned", Action.CREATE)
    except IntegrityError:
        # Sent twice: the first one stands. Another's meeting with this uid does not exist for the reader.
        return meeting_for(reading, uid)
    return meeting


def check_may_plan(reading: Reading) -> None:
    """Raises Refused, after journalling, for who plans no meetings."""
    if may_plan(reading):
        return
    append_apart([reading.entry(event="meeting.refused", outcome=Outcome.REFUSED, detail={"asked": "plan"})])
    raise Refused(
        _("Uw rol plant geen overleg."),
        remedy=_("Vraag een procesregisseur of voorzitter om het overleg te plannen."),
    )


def change(reading: Reading, uid: UUID, sitting: Sitting) -> Meeting:
    """When, where or how long anew, while it has not begun. Raises as `plan`, and NotYourMeeting."""
    meeting = led(reading, uid)
    columns = _checked(reading, sitting)
    with transaction.atomic(), write_scope(reason="meeting.changed"):
        meeting = locked(meeting, MeetingState.PLANNED)
        for name, value in columns.items():
            setattr(meeting, name, value)
        meeting.save(update_fields=list(columns))
        record(reading, meeting, "meeting.changed", Action.UPDATE)
    return meeting


def cancel(reading: Reading, uid: UUID) -> Meeting:
    """The meeting does not take place. Raises NotYourMeeting, Refused when it has begun."""
    meeting = led(reading, uid)
    with transaction.atomic(), write_scope(reason="meeting.cancelled"):
        meeting = locked(meeting, MeetingState.PLANNED)
        meeting.state = MeetingState.CANCELLED
        meeting.save(update_fields=["state"])
        record(reading, meeting, "meeting.cancelled", Action.UPDATE)
    return meeting


def _checked(reading: Reading, sitting: Sitting) -> dict[str, object]:
    return {
        "title": one_line(sitting.title, field="title", most=120, empty=_("Een overleg heeft een titel.")),
        "starts_at": _moment(reading, sitting.starts_at),
        "minutes": whole_minutes(sitting.minutes, field="minutes", most=LONGEST),
        "place": one_line(sitting.place, field="place", most=160),
        "link": _link(sitting.link),
    }


def _moment(reading: Reading, starts_at: datetime) -> datetime:
    if starts_at < reading.at - LATE:
        raise Invalid(_("Dat moment is geweest."), field="starts_at", remedy=_("Kies een moment vandaag of later."))
    if starts_at > reading.at + AHEAD:
        raise Invalid(_("Dat is te ver vooruit."), field="starts_at", remedy=_("Kies een moment binnen twee jaar."))
    return starts_at


def _link(link: str) -> str:
    text = one_line(link, field="link", most=300)
    parts = urlsplit(text)
    if text and not (parts.scheme == "https" and parts.hostname):
        raise Invalid(
            _("De verbinding is geen veilig webadres."), field="link", remedy=_("Begin met https://, of laat het leeg.")
        )
    return text
