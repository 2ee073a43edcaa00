"""Meetings for the tests of this room: planned by nadia, with cases and guests."""

from datetime import datetime, timedelta
from typing import Any

from agreements.models import Agency
from cases.meetings.commands import agenda, invitations, planning
from cases.meetings.commands.invitations import Invitee
from cases.meetings.commands.planning import Sitting
from cases.meetings.models import AgendaItem, Meeting
from cases.models import Case, Circumstance
from foundation import clock
from tests.cases.desk import changing, reading
from tests.invariants.world import World

SCHOOL, LANDLORD = "OND-BAKEN", "WON-WATERWEG"


def tomorrow(hour: int = 10) -> datetime:
    """A moment tomorrow in the Netherlands."""
    return clock.start_of(clock.today() + timedelta(days=1)) + timedelta(hours=hour)


def planned(
    world: World, *numbers: str, guests: tuple[str, ...] = (), starts: datetime | None = None, minutes: int = 90
) -> Meeting:
    """A meeting of tomorrow at ten with these cases, a quarter of an hour each."""
    nadia = reading(world, "nadia")
    sitting = Sitting(title="Overleg Zuid", starts_at=starts or tomorrow(), minutes=minutes, place="zaal 2")
    meeting = planning.plan(nadia, sitting)
    if numbers:
        agenda.add_cases(nadia, meeting.uid, numbers)
    if guests:
        invitations.invite(nadia, meeting.uid, [Invitee(agency=code) for code in guests])
    return Meeting.objects.get(pk=meeting.pk)


def numbers_of(meeting: Meeting) -> list[str]:
    """The case numbers of an agenda in its order; the title of a point without a case."""
    items = AgendaItem.objects.filter(meeting=meeting).select_related("case")
    return [item.case.number if item.case else item.title for item in items]


def item_of(meeting: Meeting, number: str) -> AgendaItem:
    """The item of this case."""
    return AgendaItem.objects.get(meeting=meeting, case__number=number)


def let_in(case: Case, agency: str) -> None:
    """The controllers decide to invite a third party for this case."""
    with changing():
        Circumstance.objects.create(
            case=case, nature="condition", code="invited", recipient=Agency.objects.get(code=agency),
            starts=clock.now() - timedelta(days=1), recorded_by="proef",
        )  # fmt: skip


def without_own_marks(text: str, *marks: Any) -> str:
    """A page without what differs by itself between two meetings or visits: addresses, tokens, moments of making."""
    import re

    for mark in marks:
        text = text.replace(str(mark), "·")
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)
    text = re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "·", text)
    return re.sub(r"data-pulse=\"[^\"]*\"|nonce=\"[^\"]*\"", "", text)
