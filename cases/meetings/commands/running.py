"""Running a meeting: it starts, its items come up one by one with a clock, it ends. Only who leads does this."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from audit.journal.entry import Action
from audit.journal.scope import write_scope
from cases.disclosure.reading import Reading
from cases.meetings import bell, ends
from cases.meetings.commands.at_item import led_meeting, locked, note
from cases.meetings.commands.attendance import all_leave, carry_over
from cases.meetings.commands.joint_view import settle_drafts
from cases.meetings.models import AgendaItem, Attendance, ItemState, Meeting, MeetingState
from foundation.errors import Invalid

ITEM, CLOCK, STATE = "item", "clock", "meeting"


def start_meeting(reading: Reading, uid: UUID) -> None:
    """Open the meeting; the chair then calls the first item. A meeting that runs keeps running.

    Raises NotYourMeeting, Refused, Invalid for one that was cancelled or is over.
    """
    meeting = led_meeting(reading, uid)
    with transaction.atomic(), write_scope():
        standing = locked(meeting)
        if standing.state == MeetingState.RUNNING:
            return
        if standing.state != MeetingState.PLANNED:
            raise Invalid(
                _("Dit overleg is al voorbij of afgezegd."), field="meeting", remedy=_("Plan een nieuw overleg.")
            )
        Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.RUNNING, started_at=reading.at)
        note(reading, meeting, "meeting.started")
        bell.changed(meeting, what=STATE)


def start_item(reading: Reading, uid: UUID, item_uid: UUID) -> None:
    """Bring an item up: the one before is closed, who was there comes along. The item that is on stays on.

    Raises NotYourMeeting, Refused, Invalid (not running; not of this meeting).
    """
    meeting = led_meeting(reading, uid)
    with _turn(reading, meeting) as turn:
        item = AgendaItem.objects.filter(meeting=meeting, uid=item_uid).select_related("case").first()
        if item is None:
            raise Invalid(
                _("Dit agendapunt hoort niet bij dit overleg."), field="item", remedy=_("Kies uit de agenda.")
            )
        if turn.current is None or turn.current.pk != item.pk:
            turn.to(item)


def next_item(reading: Reading, uid: UUID, *, after: UUID | None = None) -> None:
    """The next item that waits, or none when the agenda is done. after: the item that was on for who pressed; when
    another one is on by now nothing happens, so that two presses at once go one step.

    Raises NotYourMeeting, Refused, Invalid when the meeting does not run.
    """
    meeting = led_meeting(reading, uid)
    with _turn(reading, meeting) as turn:
        if after is not None and (turn.current is None or turn.current.uid != after):
            return
        waiting = AgendaItem.objects.filter(meeting=meeting, state=ItemState.WAITING).select_related("case")
        later = waiting.filter(position__gt=turn.current.position) if turn.current else waiting
        turn.to(later.first() or waiting.first())


def pause(reading: Reading, uid: UUID) -> None:
    """Stop the clock of the item that is on. Raises as next_item."""
    meeting = led_meeting(reading, uid)
    with _turn(reading, meeting) as turn:
        item = turn.current
        if item is None or item.running_since is None:
            return
        AgendaItem.objects.filter(pk=item.pk).update(seconds_used=_used(item, reading), running_since=None)
        turn.done("item.paused", item, CLOCK)


def resume(reading: Reading, uid: UUID) -> None:
    """Let the clock of the item that is on go on. Raises as next_item."""
    meeting = led_meeting(reading, uid)
    with _turn(reading, meeting) as turn:
        item = turn.current
        if item is None or item.running_since is not None:
            return
        AgendaItem.objects.filter(pk=item.pk).update(running_since=reading.at)
        turn.done("item.resumed", item, CLOCK)


def move_on(reading: Reading, uid: UUID, item_uid: UUID) -> None:
    """Put an item off to another meeting. The one that is on is closed first. Raises as start_item."""
    meeting = led_meeting(reading, uid)
    with _turn(reading, meeting) as turn:
        item = AgendaItem.objects.filter(meeting=meeting, uid=item_uid).select_related("case").first()
        if item is None or item.state == ItemState.DONE:
            raise Invalid(_("Dit agendapunt kan niet worden doorgeschoven."), field="item", remedy=_("Kies een ander."))
        if item.state == ItemState.MOVED:
            return
        if turn.current is not None and turn.current.pk == item.pk:
            turn.to(None, state=ItemState.MOVED)
            return
        AgendaItem.objects.filter(pk=item.pk).update(state=ItemState.MOVED)
        turn.done("item.moved", item, ITEM)


def end_meeting(reading: Reading, uid: UUID) -> None:
    """Close the item that is on and the meeting; rooms that wait for it (minutes) are told in the same transaction.

    Raises NotYourMeeting, Refused, Invalid when it does not run.
    """
    meeting = led_meeting(reading, uid)
    if meeting.state == MeetingState.ENDED:
        return
    with _turn(reading, meeting) as turn:
        if turn.current is not None:
            turn.to(None)
        Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.ENDED, ended_at=reading.at)
        note(reading, meeting, "meeting.ended")
        bell.changed(meeting, what=STATE)
        meeting.refresh_from_db()
        ends.tell(reading, meeting)


@dataclass(slots=True, kw_only=True)
class _Turn:
    """One change of what is on, while nobody else changes it."""

    reading: Reading
    meeting: Meeting
    current: AgendaItem | None

    def to(self, item: AgendaItem | None, *, state: str = ItemState.DONE) -> None:
        """Close what is on, and bring `item` up."""
        seated: list[Attendance] = []
        if self.current is not None:
            seated = self._close(self.current, state)
        Meeting.objects.filter(pk=self.meeting.pk).update(current=item)
        if item is not None:
            AgendaItem.objects.filter(pk=item.pk).update(state=ItemState.RUNNING, running_since=self.reading.at)
            item.meeting = self.meeting
            carry_over(self.reading, item, seated=seated)
            note(self.reading, self.meeting, "item.started", item=item, action=Action.EXECUTE)
        bell.changed(self.meeting, what=ITEM)

    def _close(self, item: AgendaItem, state: str) -> list[Attendance]:
        item.meeting = self.meeting
        settle_drafts(self.reading, item)
        seated = all_leave(self.reading, item)
        AgendaItem.objects.filter(pk=item.pk).update(
            state=state, seconds_used=_used(item, self.reading), running_since=None
        )
        note(self.reading, self.meeting, "item.moved" if state == ItemState.MOVED else "item.closed", item=item)
        return seated

    def done(self, event: str, item: AgendaItem, what: str) -> None:
        """Journal a smaller change of an item, and ring."""
        note(self.reading, self.meeting, event, item=item)
        bell.changed(self.meeting, what=what)


@contextmanager
def _turn(reading: Reading, meeting: Meeting) -> Iterator[_Turn]:
    """A transaction with an open write scope, in which a running meeting changes. Raises Invalid for another one."""
    with transaction.atomic(), write_scope():
        standing = locked(meeting)
        if standing.state != MeetingState.RUNNING:
            raise Invalid(
                _("Dit overleg is niet bezig."), field="meeting", remedy=_("Start het overleg en probeer het weer.")
            )
        items = AgendaItem.objects.select_related("case")
        yield _Turn(
            reading=reading,
            meeting=meeting,
            current=items.filter(pk=standing.current_id).first() if standing.current_id else None,
        )


def unknown_act() -> Invalid:
    """For a face that was asked for something that is no step of a meeting."""
    return Invalid(_("Deze handeling bestaat niet."), field="act", remedy=_("Ververs het scherm."))


def _used(item: AgendaItem, reading: Reading) -> int:
    """The seconds on the clock of an item at this moment."""
    running = (reading.at - item.running_since).total_seconds() if item.running_since else 0
    return item.seconds_used + max(0, int(running))
