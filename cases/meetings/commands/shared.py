"""What the steps in a meeting have in common: who may, the meeting locked as it stands, the entry and the bell."""

from typing import Any
from unicodedata import category
from uuid import UUID

from django.utils.translation import gettext as _

from audit.journal.appender import append
from audit.journal.entry import Action
from cases.disclosure.reading import Reading
from cases.meetings import bell
from cases.meetings.models import Meeting, MeetingState
from cases.meetings.rights import check_chair, meeting_for
from foundation.errors import Invalid, Refused

OPEN = (MeetingState.PLANNED, MeetingState.RUNNING)


def led(reading: Reading, uid: UUID) -> Meeting:
    """The meeting for who leads it. Raises NotYourMeeting, Refused (both journalled); call outside atomic()."""
    meeting = meeting_for(reading, uid)
    check_chair(reading, meeting)
    return meeting


def locked(meeting: Meeting, *states: MeetingState) -> Meeting:
    """The meeting as it stands now, while nobody else changes it. Raises Refused when it is in another state."""
    found = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if found.state not in states:
        raise Refused(
            _("Dit overleg is %(state)s; dit kan nu niet meer.") % {"state": _label(found)},
            remedy=_("Plan een nieuw overleg, of kijk in het verslag."),
        )
    return found


def _label(meeting: Meeting) -> str:
    return str(MeetingState(meeting.state).label).lower()


def record(
    reading: Reading, meeting: Meeting, event: str, action: Action, *, case_refs: tuple[str, ...] = ("",), **detail: Any
) -> None:
    """Journal a step in the caller's scope, once for each case that it concerns, and ring the meeting's bell."""
    what = {"meeting": str(meeting.uid), **detail}
    append([reading.entry(event=event, action=action, case_ref=ref, detail=what) for ref in case_refs])
    bell.changed(meeting)


def one_line(text: str, *, field: str, most: int, empty: str = "") -> str:
    """Typed text as one line. Raises Invalid: too long, unreadable, or nothing while `empty` says that may not be."""
    words = " ".join(text.split())
    if not words and empty:
        raise Invalid(empty, field=field, remedy=_("Vul dit veld in."))
    if any(category(sign).startswith("C") for sign in words):
        raise Invalid(
            _("Hier staan tekens die niet te lezen zijn."), field=field, remedy=_("Haal de onleesbare tekens weg.")
        )
    if len(words) > most:
        raise Invalid(
            _("Dit is te lang: hoogstens %(n)d tekens.") % {"n": most}, field=field, remedy=_("Maak de tekst korter.")
        )
    return words


def whole_minutes(minutes: int, *, field: str, most: int) -> int:
    """Minutes from one up to `most`. Raises Invalid."""
    if not 1 <= minutes <= most:
        raise Invalid(
            _("Kies een tijd van 1 tot en met %(n)d minuten.") % {"n": most},
            field=field,
            remedy=_("Vul een heel aantal minuten in."),
        )
    return minutes
