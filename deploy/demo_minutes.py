"""The minutes of the demo's meeting of two weeks ago: one agency agreed, another asked for a correction."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from agreements.parties.reader import visit_of
from agreements.parties.tokens import membership_for
from audit.journal.entry import Action as Act
from audit.journal.scope import write_scope
from cases.casework.commands.wording import new_words, save_words
from cases.disclosure.reading import Reading
from cases.meetings.models import AgendaItem, Decision, Meeting, ParkedPoint, Picture, Position, Stance
from cases.minutes.commands import add_addendum, approve, make_minutes
from cases.minutes.models import Minutes
from cases.plans.commands.actions import add_action
from cases.records.models import SealedWords
from deploy.demo_meetings import BEFORE

YOUNG, LATER = "MD-2026-0418", "MD-2026-0377"
HEARD = ("ZVH-MD", "POL-MD", "GEM-MD")
VIEW = "Jayden haakt ’s ochtends af omdat de avond thuis leeg is. School en stage binden hem wel."
DISSENT = "De gemeente wil eerst vrijwillige hulp afmaken; daarover is over drie weken meer bekend."
PARKED = "Vervoer naar de stage: in het volgende overleg met school bespreken."
ADDENDUM = "De termijn voor vrijwillige hulp is vier weken, niet drie."
TASKS = (
    (YOUNG, "Spreekt met moeder en Jayden af wie er ’s avonds thuis is; bericht aan allen.", "GEM-MD", "sanne", 6),
    (LATER, "Vraagt de woningzoekende urgentie aan en meldt de uitslag aan reclassering.", "GEM-MD", "sanne", 9),
)


@transaction.atomic
def load_demo_minutes() -> None:
    """Minutes for the meeting of two weeks ago; nothing when they stand or the meeting does not."""
    meeting = Meeting.objects.filter(uid=BEFORE).first()
    if meeting is None or meeting.ended_at is None or Minutes.objects.filter(meeting=meeting).exists():
        return
    items = {item.case.number: item for item in meeting.items.select_related("case") if item.case}
    if not {YOUNG, LATER} <= items.keys():
        return
    ended = meeting.ended_at
    _said(items[YOUNG], at=ended - timedelta(minutes=35))
    for number, text, agency, persona, days in TASKS:
        _task(items[number], text, agency=agency, persona=persona, days=days)
    with write_scope(reason="demo"):
        make_minutes(_reading("nadia", at=ended, event="minutes.made"), meeting)
    approve(_reading("ruben", at=ended + timedelta(days=1), event="minutes.approved"), BEFORE)
    corrected = _reading("sanne", at=ended + timedelta(days=1, hours=2), event="minutes.addendum_added")
    add_addendum(corrected, BEFORE, items[YOUNG].uid, text=ADDENDUM)


def _said(item: AgendaItem, *, at: datetime) -> None:
    """What was said beside the decision that demo_meetings made: a joint view, positions, a point for later."""
    decision = Decision.objects.filter(item=item).first()
    with write_scope(reason="demo"):
        view = _words(Picture, item, "nadia", at, {"joint_view": VIEW}, item=item, domain="work", joint=True)
        _words(Position, item, "ruben", at, {}, picture=view, stance=Stance.AGREES)
        _words(Position, item, "sanne", at, {}, picture=view, stance=Stance.AGREES)
        if decision is not None:
            _words(Position, item, "ruben", at, {}, decision=decision, stance=Stance.AGREES)
            reason = {"dissent_reason": DISSENT}
            _words(Position, item, "sanne", at, reason, decision=decision, stance=Stance.DISSENTS)
        _words(ParkedPoint, item, "nadia", at, {"parked_point": PARKED}, item=item)


def _words(
    model: type[SealedWords], at_item: AgendaItem, persona: str, at: datetime, values: dict[str, str], /, **columns: Any
) -> SealedWords:
    reading = _reading(persona, at=at, event="meeting.said")
    assert at_item.case is not None  # noqa: S101
    made = new_words(model, reading, at_item.case, values, heard=HEARD, **columns)
    save_words(reading, made, event=_EVENTS[model], action=Act.CREATE, item=str(at_item.uid))
    return made


_EVENTS: dict[type[SealedWords], str] = {
    Picture: "picture.joint_saved", Position: "position.taken", ParkedPoint: "point.parked",
}  # fmt: skip


def _task(item: AgendaItem, text: str, *, agency: str, persona: str, days: int) -> None:
    """An action as it was typed in the meeting, for this week: so that its term lies ahead on the day of the demo."""
    reading = _reading("nadia", event="action.added")
    due = reading.at.date() + timedelta(days=days)
    person = membership_for(persona=persona).professional.uuid
    assert item.case is not None  # noqa: S101
    add_action(
        reading, item.case.number, text=text, owner_agency=agency, owner=person, due_on=due, item=item.uid, heard=HEARD
    )


def _reading(persona: str, *, event: str, at: datetime | None = None) -> Reading:
    visit = visit_of(membership_for(persona=persona), strength="demo", trace_id="0" * 32)
    reading = Reading.begin(visit, route="load_demo", event=event)
    return replace(reading, at=at) if at else reading
