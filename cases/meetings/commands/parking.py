"""Something that comes up and has to wait: the parking lot of an item."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from audit.journal.entry import Action
from audit.journal.scope import write_scope
from cases.casework.commands.wording import checked_words, new_words, save_words
from cases.disclosure.reading import Reading
from cases.meetings import bell
from cases.meetings.commands.at_item import case_at, hearers, worked_item
from cases.meetings.commands.pictures import WORK
from cases.meetings.models import ParkedPoint
from cases.meetings.rights import check_chair, item_for
from foundation.errors import NotFound


def park(reading: Reading, item_uid: UUID, *, text: str, submission: UUID | None = None) -> ParkedPoint:
    """Who sits at the item that is on keeps something for later. The same `submission` again returns what it made.

    Raises NotYourMeeting, NotYourCase, Refused, Invalid.
    """
    item, case = worked_item(reading, item_uid)
    checked_words(reading, {"parked_point": text.strip()}, names={"parked_point": "text"})
    with transaction.atomic(), write_scope():
        if submission is not None:
            before = ParkedPoint.objects.filter(item=item, source_id=reading.visit.agency.id, submission=submission)
            if found := before.first():
                return found
        made = new_words(
            ParkedPoint, reading, case, {"parked_point": text.strip()}, heard=hearers(reading, item),
            submission=submission, item=item,
        )  # fmt: skip
        save_words(reading, made, event="point.parked", action=Action.CREATE, item=str(item.uid))
        bell.changed(item.meeting, what=WORK)
        return made


def resolve(reading: Reading, item_uid: UUID, uid: UUID) -> None:
    """Who leads takes a point from the parking lot: it was dealt with. Raises as park, NotFound."""
    item = item_for(reading, item_uid)
    check_chair(reading, item.meeting)
    case_at(reading, item)
    with transaction.atomic(), write_scope():
        made = ParkedPoint.objects.select_for_update().filter(item=item, uid=uid, withdrawn_at=None).first()
        if made is None:
            raise NotFound(_("Dit punt staat niet in de parkeerplaats."), remedy=_("Ververs het scherm."))
        if made.resolved_at is None:
            made.resolved_at = reading.at
            save_words(reading, made, event="point.resolved", action=Action.UPDATE, item=str(item.uid))
            bell.changed(item.meeting, what=WORK)
