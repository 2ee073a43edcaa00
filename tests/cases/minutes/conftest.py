"""One meeting that most tests of minutes read: two cases, three agencies at each, one apart from the others."""

from dataclasses import dataclass

import pytest

from cases.meetings.models import AgendaItem, Meeting
from cases.minutes.models import Minutes
from cases.models import Case
from tests.cases.desk import changing, make_case
from tests.cases.minutes.sitting import Sitting, act, decide, park, stand, view
from tests.invariants.world import World


@dataclass
class Sat:
    meeting: Meeting
    minutes: Minutes
    first: AgendaItem
    second: AgendaItem
    case: Case
    other: Case

    @property
    def url(self) -> str:
        return f"/overleg/{self.meeting.uid}/verslag/"

    @property
    def api(self) -> str:
        return f"/meetings/{self.meeting.uid}/minutes"


@pytest.fixture
def sat(world: World, db: None) -> Sat:
    """ZVH, GEM and POL at the first item; ZVH, GEM and RCL at the second."""
    case = make_case("V-1", live=("ZVH-MD", "GEM-MD", "POL-MD", "GGZ-MD"))
    other = make_case("V-2", live=("ZVH-MD", "GEM-MD", "RCL-MD"), extract=("WON-WATERWEG",))
    with changing():
        sitting = Sitting(world)
        first = sitting.item(case, "nadia", "sanne", "ruben")
        second = sitting.item(other, "nadia", "sanne", "wouter")
        sitting.guest(second, "WON-WATERWEG", "Gast Terlouw")
        heard = ("ZVH-MD", "GEM-MD", "POL-MD")
        decision = decide(first, "Eerste besluit van allen", heard=heard)
        stand(decision, "POL-MD", "agrees", heard=heard)
        stand(decision, "GEM-MD", "dissents", "Te vroeg volgens de gemeente", heard=heard)
        decide(first, "Besluit zonder politie", heard=("ZVH-MD", "GEM-MD"))
        decide(first, "Laatste besluit van allen", heard=heard)
        view(first, "housing", "Wonen samen bezien", score=2, heard=heard)
        act(first, "Bel de verhuurder", "GEM-MD", person=world.people["sanne"], heard=heard)
        park(first, "Later over vervoer", heard=heard)
        decide(second, "Besluit over de ander", heard=("ZVH-MD", "GEM-MD", "RCL-MD"))
        minutes = sitting.end()
    return Sat(meeting=sitting.meeting, minutes=minutes, first=first, second=second, case=case, other=other)
