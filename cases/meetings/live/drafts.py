"""Drafts that nobody finished: the typist's connection or process was lost. They are saved in the typist's name."""

from datetime import datetime, timedelta

from agreements.parties.reader import visit_of
from cases.disclosure.reading import Reading
from cases.meetings.commands.joint_view import settle_drafts
from cases.meetings.models import TypedDraft

LEFT = timedelta(seconds=6)
"""A draft that did not change for so long has no typist any more: a page that is open saves after three seconds."""


def settle_left(meeting_id: int, *, at: datetime) -> int:
    """Save the drafts of this meeting that were left; returns how many."""
    drafts = TypedDraft.objects.filter(item__meeting_id=meeting_id, written_at__lt=at - LEFT)
    found = list(drafts.select_related("item__meeting", "item__case", "typist__professional", "typist__agency"))
    for draft in found:
        visit = visit_of(draft.typist, strength="password", trace_id="0" * 32)
        reading = Reading.begin(visit, route="meeting_room", event="meeting.watched")
        settle_drafts(reading, draft.item, domain=draft.domain)
    return len(found)
