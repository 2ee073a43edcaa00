"""Making minutes when a meeting ends, approving them, and adding corrections. The minutes are never rewritten."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from agreements.covenants.rules import Author
from audit.journal.appender import append
from audit.journal.entry import Action, Entry, Outcome
from audit.journal.scope import write_scope
from cases.casework.commands.wording import checked_words, new_words, save_words
from cases.disclosure.reading import Reading
from cases.meetings.models import AgendaItem, Meeting
from cases.minutes.events import ADDED, APPROVED, MADE, OBJECTED, SETTLED
from cases.minutes.models import Addendum, Approval, Minutes, MinutesState
from cases.minutes.rights import asked_agencies, check_may_speak, minutes_for, refuse, refuse_act, sat_at
from foundation import clock
from foundation.errors import Invalid
from foundation.workdays import add_working_days

NOTE = "case_note"


def make_minutes(reading: Reading, meeting: Meeting) -> None:
    """Minutes for a meeting that ends now, inside the write scope of who ends it; once only. Source: domain 5.7."""
    minutes, is_new = Minutes.objects.get_or_create(
        meeting=meeting, defaults={"made_at": reading.at, "approve_before": term_from(reading.at)}
    )
    if is_new:
        told = {"minutes": str(minutes.uid), "meeting": str(meeting.uid)}
        append([reading.entry(event=MADE, action=Action.CREATE, detail=told)])


def term_from(at: datetime) -> datetime:
    """The end of the last working day on which the minutes can be corrected before they stand by themselves."""
    day = at.astimezone(clock.AMSTERDAM).date()
    return clock.end_of(add_working_days(day, settings.MINUTES_WORKING_DAYS))


def approve(reading: Reading, uid: UUID) -> None:
    """The reader's agency approves the minutes as it received them, addenda included. Twice is once.

    The last approval that was waited for settles them.
    Raises NotYourMinutes, MinutesRefused.
    """
    minutes = minutes_for(reading, uid).minutes
    check_may_speak(reading, minutes)
    with transaction.atomic(), write_scope(reason="minutes approved"):
        minutes = Minutes.objects.select_for_update().get(pk=minutes.pk)
        said = Approval.objects.filter(minutes=minutes, agency_id=reading.visit.agency.id).first()
        if said is not None and said.agrees:
            return
        _say(reading, minutes, agrees=True)
        append([reading.entry(event=APPROVED, action=Action.EXECUTE, detail=_told(minutes))])
        if minutes.state == MinutesState.FOR_APPROVAL and _all_agree(minutes, at=reading.at):
            _settle(minutes, at=reading.at)
            append([reading.entry(event=SETTLED, action=Action.UPDATE, detail=_told(minutes) | {"by": "all"})])


def add_addendum(reading: Reading, uid: UUID, item_uid: UUID, *, text: str, submission: UUID | None = None) -> Addendum:
    """The reader's agency corrects the minutes of an item at which it sat. The same submission twice adds once.

    Heard by who was at the item. As long as the minutes are not approved, it counts as an objection: they wait until
    this agency approves them.
    Raises NotYourMinutes, MinutesRefused, Invalid (field `text`), Refused (no covenant to write under).
    """
    taken = minutes_for(reading, uid)
    item = next((found for found in taken.items if found.uid == item_uid), None)
    if item is None:
        refuse(reading, known=AgendaItem.objects.filter(uid=item_uid).exists())
    check_may_speak(reading, taken.minutes)
    heard = sat_at(item)
    if item.case is None or reading.visit.agency.code not in heard:
        refuse_act(
            reading, taken.minutes, _("Uw organisatie was niet bij dit punt."),
            remedy=_("Vraag een organisatie die erbij was om het verslag te corrigeren."),
        )  # fmt: skip
    words = text.strip()
    if not words:
        raise Invalid(
            _("Schrijf wat er anders moet staan."), field="text", remedy=_("Zonder tekst is er geen correctie.")
        )
    checked_words(reading, {NOTE: words}, names={NOTE: "text"})
    with transaction.atomic(), write_scope(reason="minutes addendum"):
        minutes = Minutes.objects.select_for_update().get(pk=taken.minutes.pk)
        before = _submitted(reading, submission)
        if before is not None:
            return before
        addendum = new_words(
            Addendum, reading, item.case, {NOTE: words}, heard=heard, submission=submission, item=item
        )  # fmt: skip
        save_words(reading, addendum, event=ADDED, action=Action.CREATE, minutes=str(minutes.uid), item=str(item.uid))
        if minutes.state == MinutesState.FOR_APPROVAL:
            _say(reading, minutes, agrees=False)
            append([reading.entry(event=OBJECTED, action=Action.EXECUTE, detail=_told(minutes))])
    return addendum


def _submitted(reading: Reading, submission: UUID | None) -> Addendum | None:
    if submission is None:
        return None
    return Addendum.objects.filter(source_id=reading.visit.agency.id, submission=submission).first()


def close_due(*, by: Author) -> int:
    """Settle the minutes whose term passed without an objection that stands; how many.

    Source: domain 5.7: approved in five working days (a setting).
    """
    now, closed = clock.now(), 0
    due = Minutes.objects.filter(state=MinutesState.FOR_APPROVAL, approve_before__lte=now)
    for pk in list(due.values_list("pk", flat=True)):
        with transaction.atomic(), write_scope(reason="minutes term"):
            minutes = Minutes.objects.select_for_update().get(pk=pk)
            if minutes.state != MinutesState.FOR_APPROVAL or _objected(minutes, at=now):
                continue
            _settle(minutes, at=now)
            append([_entry(by, _told(minutes) | {"by": "term"})])
            closed += 1
    return closed


def _say(reading: Reading, minutes: Minutes, *, agrees: bool) -> None:
    said = {"professional_id": reading.visit.professional_id, "agrees": agrees, "at": reading.at}
    Approval.objects.update_or_create(minutes=minutes, agency_id=reading.visit.agency.id, defaults=said)


def _all_agree(minutes: Minutes, *, at: datetime) -> bool:
    agreed = set(Approval.objects.filter(minutes=minutes, agrees=True).values_list("agency_id", flat=True))
    return asked_agencies(minutes, at=at) <= agreed


def _objected(minutes: Minutes, *, at: datetime) -> bool:
    """An agency that no longer reads any of these cases holds nobody up."""
    objecting = Approval.objects.filter(minutes=minutes, agrees=False).values_list("agency_id", flat=True)
    return bool(asked_agencies(minutes, at=at) & set(objecting))


def _settle(minutes: Minutes, *, at: datetime) -> None:
    minutes.state, minutes.approved_at = MinutesState.APPROVED, at
    minutes.save(update_fields=["state", "approved_at"])


def _told(minutes: Minutes) -> dict[str, str]:
    return {"minutes": str(minutes.uid)}


def _entry(by: Author, detail: dict[str, str]) -> Entry:
    return Entry(
        event_type=SETTLED, action=Action.UPDATE, outcome=Outcome.OK, actor_ref=by.actor_ref, actor_name=by.name,
        agency_ref=by.agency_ref, trace_id=by.trace_id, detail=detail,
    )  # fmt: skip
