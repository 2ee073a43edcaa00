"""Attendance is access: who comes in narrows the wall at once, who leaves widens it only at the chair's word."""

import pytest
from django.db import IntegrityError

from agreements.models import Agency
from audit.journal.models import Entry
from cases.meetings.commands import attendance, running
from cases.meetings.commands.attendance import Arriving
from cases.meetings.models import Attendance, Meeting, SecrecyAcceptance
from cases.meetings.presence import counting
from cases.meetings.rights import NotYourMeeting, SecrecyNeeded
from cases.meetings.room_queries import shared_facts, wall_for_chair
from cases.meetings.room_seats import sitting_at
from foundation import clock
from foundation.errors import Invalid, NotFound, Refused
from tests.cases.desk import changing, last_entry
from tests.cases.meetings.room.stage import NO_ITEM, Sitting, codes, invite_third, sitting
from tests.invariants.world import World

pytestmark = pytest.mark.django_db
POLICE, NAME = ("POL-MD", "police_incident"), ("GEM-MD", "full_name")


@pytest.fixture
def stage(world: World) -> Sitting:
    return sitting(world)


def wall(stage: Sitting) -> set[tuple[str, str]]:
    return codes(shared_facts(stage.by("nadia"), stage.item))


def test_who_comes_in_narrows_the_wall_at_once(stage: Sitting) -> None:
    stage.comes("ruben", "POL-MD")
    before = wall(stage)

    stage.comes("peter", "OND-BAKEN")

    assert POLICE in before
    assert POLICE not in wall(stage)
    assert NAME in wall(stage)


def test_who_leaves_keeps_the_wall_narrow_until_the_chair_confirms(stage: Sitting) -> None:
    stage.comes("ruben", "POL-MD")
    stage.comes("peter", "OND-BAKEN")

    stage.leaves("peter")
    still = wall(stage)
    attendance.release(stage.by("nadia"), stage.item.uid, "OND-BAKEN")

    assert POLICE not in still
    assert POLICE in wall(stage)


def test_coming_back_before_the_confirmation_is_simply_being_there(stage: Sitting) -> None:
    stage.comes("peter", "OND-BAKEN")
    stage.leaves("peter")

    stage.comes("peter", "OND-BAKEN")

    present = {of.code: of for of in counting(stage.item)}
    assert not present["OND-BAKEN"].waits_for_release
    with pytest.raises(Invalid):
        attendance.release(stage.by("nadia"), stage.item.uid, "OND-BAKEN")


def test_stepping_out_at_the_chairs_word_widens_in_one(stage: Sitting) -> None:
    stage.comes("peter", "OND-BAKEN")

    attendance.step_out(stage.by("nadia"), stage.item.uid, "OND-BAKEN")

    assert POLICE in wall(stage)
    assert Entry.objects.filter(event_type="attendance.stepped_out").count() == 1


def test_everything_shown_is_in_the_journal_for_each_agency_present(stage: Sitting) -> None:
    stage.comes("ruben", "POL-MD")
    stage.comes("sanne", "GEM-MD")
    since = last_entry().id

    wall(stage)

    shown = Entry.objects.filter(id__gt=since, event_type="case.shown")
    oins = set(Agency.objects.filter(code__in=["POL-MD", "GEM-MD"]).values_list("oin", flat=True))
    assert set(shown.values_list("agency_ref", flat=True)) == oins
    assert Entry.objects.filter(id__gt=since, event_type="meeting.screen").exists()


def test_the_chair_learns_by_whose_presence_how_many_facts_stay_off_and_nobody_else_is_told_them(
    stage: Sitting,
) -> None:
    stage.comes("ruben", "POL-MD")
    stage.comes("peter", "OND-BAKEN")
    since = last_entry().id

    answer = wall_for_chair(stage.by("nadia"), stage.item)
    asked = last_entry().id

    assert answer is not None
    assert {one.agency: one.facts for one in answer.withheld}["OND-BAKEN"] >= 1
    assert codes(answer) == wall(stage)
    assert not Entry.objects.filter(id__gt=since, id__lte=asked, event_type="case.shown").exists()


def test_checking_in_twice_is_being_there_once(stage: Sitting) -> None:
    stage.comes("ruben", "POL-MD")
    revision = Meeting.objects.get(pk=stage.meeting.pk).revision

    stage.comes("ruben", "POL-MD")

    assert Attendance.objects.filter(item=stage.item, agency__code="POL-MD").count() == 1
    assert Meeting.objects.get(pk=stage.meeting.pk).revision == revision


def test_the_table_itself_takes_nobody_twice(stage: Sitting) -> None:
    stage.comes("ruben", "POL-MD")
    with pytest.raises(IntegrityError), changing():
        Attendance.objects.create(
            item=stage.item, agency=Agency.objects.get(code="POL-MD"), professional=stage.world.people["ruben"],
            arrived_at=clock.now(),
        )  # fmt: skip


def test_only_the_chair_checks_in(stage: Sitting) -> None:
    for wrong in ("ruben", "sanne", "peter"):
        with pytest.raises(Refused):
            stage.comes("ruben", "POL-MD", by=wrong)
    for stranger in ("hanneke", "ineke", "bas"):
        with pytest.raises(NotYourMeeting):
            stage.comes("ruben", "POL-MD", by=stranger)


def test_a_participant_says_of_itself_that_it_leaves_and_of_nobody_else(stage: Sitting) -> None:
    stage.comes("ruben", "POL-MD")
    stage.comes("sanne", "GEM-MD")

    stage.leaves("ruben", by="ruben")
    with pytest.raises(Refused):
        stage.leaves("sanne", by="ruben")

    assert Attendance.objects.get(item=stage.item, agency__code="POL-MD").left_at is not None


def test_a_colleague_whom_the_agency_did_not_name_does_not_sit_in(stage: Sitting) -> None:
    taking = stage.case.participations.get(agency__code="GEM-MD")
    with changing():
        taking.everyone = False
        taking.save()
        taking.members.create(professional=stage.world.people["sanne"])

    stage.comes("sanne", "GEM-MD")
    with pytest.raises(Invalid) as refused:
        stage.comes("maarten", "GEM-MD")

    assert refused.value.field == "professional"


def test_a_third_party_sits_in_only_when_invited_and_after_the_secrecy(world: World) -> None:
    stage = sitting(world, "MO-3", extract=("WON-WATERWEG",))
    guest = Arriving(agency="WON-WATERWEG", guest="Joke van Dam")

    with pytest.raises(Refused) as not_invited:
        attendance.arrive(stage.by("nadia"), stage.item.uid, guest)
    invite_third(stage.case, "WON-WATERWEG")
    with pytest.raises(SecrecyNeeded):
        attendance.arrive(stage.by("nadia"), stage.item.uid, guest)
    with changing():
        SecrecyAcceptance.objects.create(
            meeting=stage.meeting, agency=Agency.objects.get(code="WON-WATERWEG"), guest="Joke van Dam",
            text_version="1", accepted_at=clock.now(),
        )  # fmt: skip
    attendance.arrive(stage.by("nadia"), stage.item.uid, guest)

    assert "2.31" in not_invited.value.article
    assert wall(stage) == set()
    assert "WON-WATERWEG" in {of.code for of in counting(stage.item)}


def test_a_landlord_without_any_part_in_the_case_is_not_let_in(stage: Sitting) -> None:
    with pytest.raises(Refused):
        stage.comes("joost", "WON-WATERWEG")


def test_at_the_next_item_who_was_there_comes_along_and_who_takes_no_part_is_pointed_out(stage: Sitting) -> None:
    stage.comes("ruben", "POL-MD")
    stage.comes("peter", "OND-BAKEN")

    running.start_item(stage.by("nadia"), stage.meeting.uid, stage.items[2].uid)

    seats = {seat.agency.code: seat for seat in sitting_at(stage.by("nadia"), stage.item)}
    assert set(seats) == {"ZVH-MD", "POL-MD", "OND-BAKEN"}
    assert (seats["POL-MD"].takes_part, seats["OND-BAKEN"].takes_part) == (True, False)
    # With somebody in the room who takes no part, the wall shows nothing of the case.
    assert wall(stage) == set()
    attendance.step_out(stage.by("nadia"), stage.item.uid, "OND-BAKEN")
    assert {of.code for of in counting(stage.item)} == {"ZVH-MD", "POL-MD"}


def test_who_left_without_a_word_of_the_chair_still_narrows_the_next_item(stage: Sitting) -> None:
    stage.comes("ruben", "POL-MD")
    stage.comes("peter", "OND-BAKEN")
    stage.leaves("peter")

    running.start_item(stage.by("nadia"), stage.meeting.uid, stage.items[2].uid)

    present = {of.code: of.waits_for_release for of in counting(stage.item)}
    assert present == {"ZVH-MD": False, "POL-MD": False, "OND-BAKEN": True}


@pytest.mark.parametrize(
    ("who", "field"),
    [
        (Arriving(agency="ABC"), "agency"),
        (Arriving(agency="POL-MD"), "professional"),
        (Arriving(agency="POL-MD", guest="x" * 121), "guest"),
        (Arriving(agency="POL-MD", guest="a\x07b"), "guest"),
        (Arriving(agency="POL-MD", guest="Jan", place="dak"), "place"),
    ],
)
def test_a_fault_in_who_comes_names_its_field(stage: Sitting, who: Arriving, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        attendance.arrive(stage.by("nadia"), stage.item.uid, who)

    assert refused.value.field == field
    assert refused.value.remedy


def test_somebody_of_another_agency_is_not_taken_for_this_one(stage: Sitting) -> None:
    with pytest.raises(Invalid):
        stage.comes("sanne", "POL-MD")


def test_an_item_that_is_no_item_is_not_there(stage: Sitting) -> None:
    with pytest.raises(NotYourMeeting):
        attendance.release(stage.by("nadia"), NO_ITEM, "POL-MD")
    with pytest.raises(NotFound):
        attendance.leave(stage.by("nadia"), stage.item.uid, 0)
