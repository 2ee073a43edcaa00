"""What every act in the running meeting asks first: which item, who acts, and whether they sit at it now."""

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from audit.journal.appender import append
from audit.journal.entry import Action
from cases.disclosure.reading import Reading
from cases.disclosure.refusals import case_for
from cases.meetings.models import AgendaItem, ItemState, Meeting, MeetingState
from cases.meetings.presence import heard_by, is_present
from cases.meetings.rights import check_chair, is_chair, item_for, meeting_for
from cases.records.models import Case
from foundation.errors import Invalid, Refused

WHAT = "attendance"
"""What rang: who is there, or who heard what, so that every right is worked out anew."""


def led_meeting(reading: Reading, uid: UUID) -> Meeting:
    """A meeting that this reader leads. Raises NotYourMeeting, Refused."""
    meeting = meeting_for(reading, uid)
    check_chair(reading, meeting)
    return meeting


def led_item(reading: Reading, uid: UUID) -> AgendaItem:
    """An item of a meeting that this reader leads, while it is not behind us.

    Raises NotYourMeeting, Refused, Invalid for an item that was closed.
    """
    item = item_for(reading, uid)
    check_chair(reading, item.meeting)
    if item.state in (ItemState.DONE, ItemState.MOVED) or item.meeting.state != MeetingState.RUNNING:
        raise Invalid(
            _("Dit agendapunt is niet meer aan de orde."), field="item",
            remedy=_("Ververs het scherm: het overleg is verder gegaan."),
        )  # fmt: skip
    return item


def case_at(reading: Reading, item: AgendaItem) -> Case:
    """The case of an item, for a live participant of it. Raises NotYourCase (journalled), Invalid without a case."""
    if item.case is None:
        raise Invalid(
            _("Bij dit agendapunt hoort geen casus."), field="item", remedy=_("Kies een agendapunt met een casus.")
        )
    return case_for(reading, item.case.number).case


def worked_item(reading: Reading, uid: UUID) -> tuple[AgendaItem, Case]:
    """The running item of a case, for who sits at it now: its chair, or an agency that is present.

    Raises NotYourMeeting, NotYourCase, Invalid for an item that is not on, and Refused with whom to ask for who is
    not marked present: attendance is access (prototype, rule 7).
    """
    item = item_for(reading, uid)
    case = case_at(reading, item)
    if item.state != ItemState.RUNNING or item.meeting.current_id != item.pk:
        raise Invalid(
            _("Dit agendapunt is niet aan de orde."), field="item",
            remedy=_("Wacht tot de voorzitter het opent. Wat u typte, staat er nog."),
        )  # fmt: skip
    if not sits(reading, item):
        raise Refused(
            _("U staat bij dit agendapunt niet als aanwezig."),
            remedy=_("Vraag %(chair)s om u aan te melden. Wat u typte, staat er nog.")
            % {"chair": item.meeting.chair.name},
        )
    return item, case


def sits(reading: Reading, item: AgendaItem) -> bool:
    """Whether the reader takes part in the talk about this item now."""
    return is_chair(reading, item.meeting) or is_present(item, agency_id=reading.visit.agency.id, at=reading.at)


def hearers(reading: Reading, item: AgendaItem) -> tuple[str, ...]:
    """Codes for the column `heard` of words that the reader writes at this item now.

    The writer's own agency is always among them: an empty column would be no limit at all.
    """
    return tuple(sorted({reading.visit.agency.code, *heard_by(item)}))


def locked(meeting: Meeting) -> Meeting:
    """The meeting as it stands, while nobody else runs it: inside the caller's transaction."""
    return Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)


def note(
    reading: Reading, meeting: Meeting, event: str, *, item: AgendaItem | None = None, action: Action = Action.UPDATE,
    detail: Mapping[str, str | int] | None = None,
) -> None:  # fmt: skip
    """The journal entry of an act in a meeting, inside the caller's write scope."""
    about = {"meeting": str(meeting.uid)} | ({"item": str(item.uid)} if item else {})
    case_ref = item.case.ref if item is not None and item.case is not None else ""
    append([reading.entry(event=event, action=action, case_ref=case_ref, detail=about | dict(detail or {}))])
