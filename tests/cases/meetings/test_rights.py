"""For whom a meeting and its items exist, and who leads it."""

import uuid

import pytest

from audit.journal.models import Entry
from cases.meetings.commands import invitations, secrecy
from cases.meetings.commands.invitations import Invitee
from cases.meetings.models import AgendaItem
from cases.meetings.rights import (
    NotYourMeeting,
    SecrecyNeeded,
    check_chair,
    is_chair,
    item_for,
    items_for,
    may_attend,
    meeting_for,
)
from cases.meetings.statement import CURRENT
from foundation.errors import Invalid, Refused
from tests.cases.desk import last_entry, make_case, reading
from tests.cases.meetings.sitting import LANDLORD, item_of, let_in, numbers_of, planned
from tests.invariants.world import World

pytestmark = pytest.mark.django_db


def refusals() -> int:
    return Entry.objects.filter(event_type="meeting.refused").count()


def test_a_meeting_exists_for_its_chair_and_for_who_is_invited(world: World) -> None:
    meeting = planned(world, guests=("POL-MD",))

    assert meeting_for(reading(world, "nadia"), meeting.uid) == meeting
    assert meeting_for(reading(world, "ruben"), meeting.uid) == meeting


@pytest.mark.parametrize("stranger", ["sanne", "hanneke", "ineke", "carla", "bas"])
def test_for_everybody_else_it_does_not_exist_and_that_is_on_record(world: World, stranger: str) -> None:
    meeting = planned(world, guests=("POL-MD",))
    before = refusals()

    with pytest.raises(NotYourMeeting):
        meeting_for(reading(world, stranger), meeting.uid)

    assert refusals() == before + 1
    assert last_entry().case_ref == ""


def test_a_meeting_that_is_not_there_answers_as_one_that_is_not_yours(world: World) -> None:
    meeting = planned(world, guests=("POL-MD",))
    said = []
    for uid in (meeting.uid, uuid.uuid4()):
        with pytest.raises(NotYourMeeting) as refused:
            meeting_for(reading(world, "sanne"), uid)
        said.append((refused.value.sentence, refused.value.remedy))

    assert said[0] == said[1]


def test_an_administrator_of_an_invited_agency_is_not_invited(world: World) -> None:
    meeting = planned(world, guests=("POL-MD", "GEM-MD"))

    for persona in ("bas", "dirk", "carla"):
        with pytest.raises(NotYourMeeting):
            meeting_for(reading(world, persona), meeting.uid)


def test_an_invitation_by_name_is_for_that_person(world: World) -> None:
    meeting = planned(world)
    ruben = world.people["ruben"].uuid
    invitations.invite(reading(world, "nadia"), meeting.uid, [Invitee(agency="POL-MD", professional=ruben)])

    assert meeting_for(reading(world, "ruben"), meeting.uid) == meeting
    with pytest.raises(NotYourMeeting):
        meeting_for(reading(world, "esra"), meeting.uid)


def test_only_the_lead_agency_leads(world: World) -> None:
    meeting = planned(world, guests=("POL-MD",))

    assert is_chair(reading(world, "nadia"), meeting)
    assert not is_chair(reading(world, "ruben"), meeting)
    before = refusals()
    with pytest.raises(Refused):
        check_chair(reading(world, "ruben"), meeting)
    assert refusals() == before + 1


def test_a_party_has_only_the_items_of_its_own_cases_and_points_without_a_case(world: World) -> None:
    make_case("T-1", live=("ZVH-MD", "POL-MD"))
    make_case("T-2", live=("ZVH-MD", "GEM-MD"))
    meeting = planned(world, "T-1", "T-2", guests=("POL-MD", "GEM-MD"))
    nadia, ruben = reading(world, "nadia"), reading(world, "ruben")

    assert [item.case.number for item in items_for(nadia, meeting)] == ["T-1", "T-2"]
    assert [item.case.number for item in items_for(ruben, meeting)] == ["T-1"]
    assert item_for(ruben, item_of(meeting, "T-1").uid).case.number == "T-1"
    with pytest.raises(NotYourMeeting):
        item_for(ruben, item_of(meeting, "T-2").uid)
    assert not may_attend(ruben, item_of(meeting, "T-2"))


def test_being_in_the_case_is_not_being_invited(world: World) -> None:
    make_case("T-1", live=("ZVH-MD", "POL-MD", "GEM-MD"))
    meeting = planned(world, "T-1", guests=("POL-MD",))

    with pytest.raises(NotYourMeeting):
        item_for(reading(world, "sanne"), item_of(meeting, "T-1").uid)


def test_a_third_party_sits_where_the_controllers_invited_it_and_after_secrecy(world: World) -> None:
    one = make_case("T-1", live=("ZVH-MD", "GEM-MD"), extract=(LANDLORD,))
    make_case("T-2", live=("ZVH-MD", "GEM-MD"), extract=(LANDLORD,))
    let_in(one, LANDLORD)
    meeting = planned(world, "T-1", "T-2", guests=(LANDLORD,))
    joost, item = reading(world, "joost"), item_of(meeting, "T-1")

    assert [found.case.number for found in items_for(joost, meeting)] == ["T-1"]
    with pytest.raises(SecrecyNeeded):
        item_for(joost, item.uid)
    secrecy.accept(joost, meeting.uid, version=CURRENT)
    assert item_for(joost, item.uid) == item
    with pytest.raises(NotYourMeeting):
        item_for(joost, item_of(meeting, "T-2").uid)


def test_a_third_party_without_a_decision_is_not_invited_at_all(world: World) -> None:
    make_case("T-1", live=("ZVH-MD", "GEM-MD"), extract=(LANDLORD,))
    meeting = planned(world, "T-1")

    with pytest.raises(Invalid) as refused:
        invitations.invite(reading(world, "nadia"), meeting.uid, [Invitee(agency=LANDLORD)])
    assert "mag bij geen casus" in str(refused.value)


def test_a_token_for_one_case_has_only_that_item(world: World) -> None:
    make_case("T-1", live=("ZVH-MD", "POL-MD"))
    make_case("T-2", live=("ZVH-MD", "POL-MD"))
    meeting = planned(world, "T-1", "T-2", guests=("POL-MD",))

    for persona in ("nadia", "ruben"):
        found = items_for(reading(world, persona, purpose="pga_adult", case="T-2"), meeting)
        assert [item.case.number for item in found] == ["T-2"]


def test_an_item_whose_case_somebody_left_is_gone_for_them(world: World) -> None:
    from foundation import clock
    from tests.cases.desk import changing

    case = make_case("T-1", live=("ZVH-MD", "POL-MD"))
    meeting = planned(world, "T-1", guests=("POL-MD",))
    with changing():
        case.participations.filter(agency__code="POL-MD").update(is_open=False, ends=clock.now())

    assert items_for(reading(world, "ruben"), meeting) == ()
    assert numbers_of(meeting) == ["T-1"]
    assert AgendaItem.objects.filter(meeting=meeting).exists()
