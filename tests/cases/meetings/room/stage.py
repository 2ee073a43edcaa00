"""A meeting that runs, for the tests of the room: two cases and a point, six agencies, the school under JS-MD."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from agreements.models import Agency
from cases.disclosure.answer import Answer
from cases.disclosure.reading import Reading
from cases.meetings.commands import attendance, running
from cases.meetings.commands.attendance import Arriving
from cases.meetings.models import AgendaItem, Attendance, Invitation, Meeting
from cases.models import Case, Circumstance
from foundation import clock
from tests.cases.desk import changing, give, make_case, reading
from tests.invariants.world import World

LIVE = ("ZVH-MD", "POL-MD", "GEM-MD", "OM-MD", "JB-MD", "OND-BAKEN")


@dataclass
class Sitting:
    """A meeting with its items, and who does what there."""

    world: World
    meeting: Meeting
    items: list[AgendaItem]
    case: Case

    @property
    def item(self) -> AgendaItem:
        """The item that is on, as it stands."""
        current = Meeting.objects.get(pk=self.meeting.pk).current_id
        return AgendaItem.objects.select_related("meeting", "case").get(pk=current)

    def by(self, key: str, event: str = "meeting.screen", **pinned: Any) -> Reading:
        return reading(self.world, key, event=event, **pinned)

    def comes(self, key: str, agency: str, *, by: str = "nadia", place: str = "room") -> None:
        who = Arriving(agency=agency, professional=self.world.people[key].uuid, place=place)
        attendance.arrive(self.by(by), self.item.uid, who)

    def leaves(self, key: str, *, by: str = "nadia") -> None:
        attendance.leave(self.by(by), self.item.uid, self.row(key))

    def row(self, key: str) -> int:
        here = Attendance.objects.filter(item=self.item, professional=self.world.people[key], left_at=None)
        return here.get().pk


def sitting(world: World, number: str = "MO-1", *, started: bool = True, extract: tuple[str, ...] = ()) -> Sitting:
    """A meeting led by the bureau; the case is read by LIVE, and every one of them gave something."""
    case = make_case(
        number, live=LIVE, extract=extract, kind="person", covenants=("JS-MD", "PGA-MD"), purpose="pga_youth", born=15
    )
    other = make_case(f"{number}-B", live=("ZVH-MD", "POL-MD", "GEM-MD"), covenants=("PGA-MD",), purpose="pga_adult")
    give(world, case, "GEM-MD", full_name="Kind van de proef", date_of_birth="2010-01-01")
    give(world, case, "POL-MD", police_incident="Incident bij het station")
    give(world, case, "OND-BAKEN", school_observation="Komt vaak te laat")
    with changing():
        meeting = Meeting.objects.create(
            title="Casusoverleg proef", lead=Agency.objects.get(code="ZVH-MD"), chair=world.people["nadia"],
            starts_at=clock.now(),
        )  # fmt: skip
        items = [
            AgendaItem.objects.create(meeting=meeting, position=place, case=of, title=title)
            for place, (of, title) in enumerate([(None, "Opening"), (case, ""), (other, "")], 1)
        ]
        for code in (*LIVE, *extract):
            Invitation.objects.create(meeting=meeting, agency=Agency.objects.get(code=code))
    found = Sitting(world=world, meeting=meeting, items=items, case=case)
    if started:
        running.start_meeting(found.by("nadia"), meeting.uid)
        running.start_item(found.by("nadia"), meeting.uid, items[1].uid)
    return found


def invite_third(case: Case, agency: str) -> None:
    """The controllers let a third party sit at this case."""
    with changing():
        Circumstance.objects.create(
            case=case, nature="condition", code="invited", recipient=Agency.objects.get(code=agency),
            starts=clock.now(), recorded_by="proef",
        )  # fmt: skip


def codes(answer: Answer | None) -> set[tuple[str, str]]:
    """(source, field) of every visible fact."""
    assert answer is not None
    return {(fact.source.code, fact.code) for person in answer.disclosures for fact in person.facts}


NO_ITEM = UUID(int=1)
