"""Planning a meeting and making its agenda: commands, pages, repeated and bad input."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from audit.journal.models import Entry
from cases.disclosure.refusals import NotYourCase
from cases.meetings.commands import agenda, planning
from cases.meetings.commands.planning import Sitting
from cases.meetings.models import AgendaItem, ItemState, Meeting, MeetingState
from cases.meetings.rights import NotYourMeeting
from foundation import clock
from foundation.errors import Invalid, NotFound, Refused
from tests.cases.desk import changing, give, make_case, page, reading
from tests.cases.meetings.sitting import item_of, numbers_of, planned, tomorrow
from tests.invariants.world import World

pytestmark = pytest.mark.django_db


def test_a_director_plans_a_meeting_and_chairs_it(world: World) -> None:
    meeting = planned(world)

    assert (meeting.lead.code, meeting.chair, meeting.state) == ("ZVH-MD", world.people["nadia"], "planned")
    assert Entry.objects.filter(event_type="meeting.planned").exists()


def test_the_same_form_sent_twice_plans_one_meeting(world: World) -> None:
    uid, sitting = uuid4(), Sitting(title="Overleg", starts_at=tomorrow())

    first, second = (planning.plan(reading(world, "nadia"), sitting, uid=uid) for _ in range(2))

    assert first.pk == second.pk


def test_a_professional_plans_none_and_that_is_on_record(world: World) -> None:
    before = Entry.objects.filter(event_type="meeting.refused").count()

    with pytest.raises(Refused):
        planning.plan(reading(world, "ruben"), Sitting(title="x", starts_at=tomorrow()))

    assert Entry.objects.filter(event_type="meeting.refused").count() == before + 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": "   "}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"title": "over\u202eleg"}, "title"),
        ({"title": "nul\0"}, "title"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 481}, "minutes"),
        ({"minutes": -5}, "minutes"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"link": "http://bellen.example"}, "link"),
        ({"link": "https://"}, "link"),
        ({"place": "y" * 161}, "place"),
        ({"starts_at": clock.now() - timedelta(days=1)}, "starts_at"),
        ({"starts_at": clock.now() + timedelta(days=900)}, "starts_at"),
    ],
)
def test_what_does_not_fit_names_its_field(world: World, changed: dict[str, object], field: str) -> None:
    whole = {"title": "Overleg", "starts_at": tomorrow(), **changed}

    with pytest.raises(Invalid) as fault:
        planning.plan(reading(world, "nadia"), Sitting(**whole))

    assert (fault.value.field, bool(fault.value.remedy)) == (field, True)


def test_the_form_keeps_what_was_typed(world: World) -> None:
    answer = page(world, "nadia").post(
        "/overleggen/nieuw/", {"title": "Mijn overleg", "starts_at": "2020-01-01T10:00", "minutes": "90"}
    )

    assert answer.status_code == 422
    assert "Mijn overleg" in answer.content.decode()
    assert "Dat moment is geweest" in answer.content.decode()


def test_a_page_plans_and_goes_on_to_the_agenda(world: World) -> None:
    client = page(world, "nadia")
    starts = f"{tomorrow():%Y-%m-%dT%H:%M}"

    answer = client.post("/overleggen/nieuw/", {"title": "Overleg", "starts_at": starts, "minutes": "60"})

    meeting = Meeting.objects.get(title="Overleg", minutes=60)
    assert answer.headers["Location"] == f"/overleg/{meeting.uid}/agenda/"
    assert meeting.starts_at == tomorrow()


def test_several_cases_go_on_the_agenda_at_once_and_each_once(world: World) -> None:
    for number in ("T-1", "T-2"):
        make_case(number, live=("ZVH-MD", "POL-MD"))
    meeting = planned(world, "T-1")

    new = agenda.add_cases(reading(world, "nadia"), meeting.uid, ["T-2", "T-1", "T-2"])

    assert [item.case.number for item in new if item.case] == ["T-2"]
    assert numbers_of(meeting) == ["T-1", "T-2"]


def test_a_case_without_the_lead_is_no_case_for_the_agenda(world: World) -> None:
    make_case("T-1", live=("GEM-MD", "POL-MD"))
    meeting = planned(world)

    with pytest.raises(NotYourCase):
        agenda.add_cases(reading(world, "nadia"), meeting.uid, ["T-1"])


def test_a_case_in_aftercare_is_not_discussed(world: World) -> None:
    make_case("T-1", live=("ZVH-MD", "POL-MD"), phase="aftercare")
    meeting = planned(world)

    with pytest.raises(Invalid):
        agenda.add_cases(reading(world, "nadia"), meeting.uid, ["T-1"])
    assert "T-1" not in page(world, "nadia").get(f"/overleg/{meeting.uid}/agenda/").content.decode()


def test_items_are_moved_by_buttons_by_dragging_and_removed(world: World) -> None:
    for number in ("T-1", "T-2", "T-3"):
        make_case(number, live=("ZVH-MD", "POL-MD"))
    meeting = planned(world, "T-1", "T-2", "T-3")
    client, url = page(world, "nadia"), f"/overleg/{meeting.uid}/agenda/"
    one, three = item_of(meeting, "T-1").uid, item_of(meeting, "T-3").uid

    client.post(url, {"down": str(one)})
    assert numbers_of(meeting) == ["T-2", "T-1", "T-3"]
    client.post(url, {"up": str(one)})
    client.post(url, {"up": str(one)})
    assert numbers_of(meeting) == ["T-1", "T-2", "T-3"]
    client.post(url, {"drag": str(three), "to": "1"})
    assert numbers_of(meeting) == ["T-3", "T-1", "T-2"]
    client.post(url, {"drag": str(three), "to": "99999"})
    assert numbers_of(meeting) == ["T-1", "T-2", "T-3"]
    client.post(url, {"remove": str(three)})
    assert numbers_of(meeting) == ["T-1", "T-2"]


def test_minutes_are_kept_and_summed_against_the_planned_time(world: World) -> None:
    make_case("T-1", live=("ZVH-MD", "POL-MD"))
    meeting = planned(world, "T-1", minutes=30)
    item = item_of(meeting, "T-1")
    client = page(world, "nadia")

    answer = client.post(
        f"/overleg/{meeting.uid}/agenda/", {f"minutes-{item.uid}": "45"}, headers={"HX-Request": "true"}
    )

    text = answer.content.decode()
    assert "45 van 30 minuten" in text
    assert "15 minuten te veel" in text
    assert "<html" not in text


@pytest.mark.parametrize(
    "sent",
    [
        {"minutes-x": "5"},
        {"up": "geen-uuid"},
        {"drag": "00000000-0000-4000-8000-000000000000", "to": "een"},
        {"down": "00000000-0000-4000-8000-000000000000"},
        {"minutes-00000000-0000-4000-8000-000000000000": "٣"},
    ],
)
def test_nonsense_on_the_agenda_is_answered_and_changes_nothing(world: World, sent: dict[str, str]) -> None:
    meeting = planned(world)

    answer = page(world, "nadia").post(f"/overleg/{meeting.uid}/agenda/", sent)

    assert answer.status_code in (404, 422)
    assert Meeting.objects.get(pk=meeting.pk).revision == meeting.revision


@pytest.mark.parametrize("minutes", ["0", "-3", "241", "1e3", "", "999999999"])
def test_minutes_that_do_not_fit_are_refused(world: World, minutes: str) -> None:
    make_case("T-1", live=("ZVH-MD", "POL-MD"))
    meeting = planned(world, "T-1")
    item = item_of(meeting, "T-1")

    answer = page(world, "nadia").post(f"/overleg/{meeting.uid}/agenda/", {f"minutes-{item.uid}": minutes})

    assert answer.status_code == 422
    assert item_of(meeting, "T-1").minutes == 15


def test_what_is_dealt_with_keeps_its_place(world: World) -> None:
    for number in ("T-1", "T-2"):
        make_case(number, live=("ZVH-MD", "POL-MD"))
    meeting = planned(world, "T-1", "T-2")
    with changing():
        AgendaItem.objects.filter(pk=item_of(meeting, "T-1").pk).update(state=ItemState.DONE)
        Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.RUNNING)
    nadia = reading(world, "nadia")

    agenda.move(nadia, meeting.uid, item_of(meeting, "T-2").uid, to=1)
    assert numbers_of(meeting) == ["T-1", "T-2"]
    for act in (agenda.remove, lambda r, m, i: agenda.move(r, m, i, to=2)):
        with pytest.raises(Refused):
            act(nadia, meeting.uid, item_of(meeting, "T-1").uid)


def test_nothing_changes_in_a_meeting_that_is_over(world: World) -> None:
    make_case("T-1", live=("ZVH-MD", "POL-MD"))
    meeting = planned(world, "T-1")
    nadia = reading(world, "nadia")
    planning.cancel(nadia, meeting.uid)

    with pytest.raises(Refused):
        agenda.add_point(nadia, meeting.uid, title="Nog iets")
    with pytest.raises(Refused):
        planning.change(nadia, meeting.uid, Sitting(title="x", starts_at=tomorrow()))
    with pytest.raises(Refused):
        planning.cancel(nadia, meeting.uid)


def test_an_item_of_another_meeting_is_not_there(world: World) -> None:
    make_case("T-1", live=("ZVH-MD", "POL-MD"))
    one, other = planned(world, "T-1"), planned(world)

    with pytest.raises(NotFound):
        agenda.remove(reading(world, "nadia"), other.uid, item_of(one, "T-1").uid)


def test_preparation_is_asked_until_before_the_meeting(world: World) -> None:
    make_case("T-1", live=("ZVH-MD", "POL-MD"))
    meeting = planned(world, "T-1")
    nadia = reading(world, "nadia")

    for until in (clock.now() - timedelta(minutes=1), meeting.starts_at + timedelta(minutes=1)):
        with pytest.raises(Invalid):
            agenda.ask(nadia, meeting.uid, until=until)
    assert agenda.ask(nadia, meeting.uid, until=tomorrow(8)) == 1
    assert agenda.ask(nadia, meeting.uid, until=None) == 1
    assert item_of(meeting, "T-1").asked_by is None


def test_what_was_asked_waits_until_its_moment(world: World) -> None:
    from cases.meetings.pending import pending_for

    make_case("T-1", live=("ZVH-MD", "POL-MD"))
    meeting = planned(world, "T-1", guests=("POL-MD",))
    agenda.ask(reading(world, "nadia"), meeting.uid, until=tomorrow(8))

    def waits() -> list[str]:
        return [line.place for line in pending_for(reading(world, "ruben")) if line.kind == "view"]

    assert "T-1" in waits()
    with time_machine.travel(tomorrow(9), tick=True):
        assert "T-1" not in waits()


def test_a_name_of_somebody_concerned_in_the_title_is_pointed_out(world: World) -> None:
    case = make_case("T-1", live=("ZVH-MD", "GEM-MD"))
    give(world, case, "GEM-MD", full_name="Wilhelmina Duinzicht")
    meeting = planned(world, "T-1")
    planning.change(reading(world, "nadia"), meeting.uid, Sitting(title="Overleg over duinzicht", starts_at=tomorrow()))

    text = page(world, "nadia").get(f"/overleg/{meeting.uid}/agenda/").content.decode()

    assert "Wilhelmina Duinzicht" in text
    assert "Staat hier een naam van een persoon? duinzicht" in text


def test_cases_are_found_by_number_and_chosen_together(world: World) -> None:
    for number in ("T-11", "T-12", "T-22"):
        make_case(number, live=("ZVH-MD", "POL-MD"))
    meeting = planned(world)
    client, url = page(world, "nadia"), f"/overleg/{meeting.uid}/agenda/"

    text = client.get(f"{url}?nummer=t-1").content.decode()
    assert all(number in text for number in ("T-11", "T-12"))
    assert "T-22" not in text
    client.post(f"{url}casussen/", {"cases": ["T-11", "T-22"]})
    assert numbers_of(meeting) == ["T-11", "T-22"]


def test_choosing_nothing_says_so(world: World) -> None:
    meeting = planned(world)

    answer = page(world, "nadia").post(f"/overleg/{meeting.uid}/agenda/casussen/", {})

    assert answer.status_code == 422
    assert "U koos geen casus" in answer.content.decode()


def test_a_guest_does_not_make_the_agenda(world: World) -> None:
    make_case("T-1", live=("ZVH-MD", "POL-MD"))
    meeting = planned(world, "T-1", guests=("POL-MD",))
    ruben = reading(world, "ruben")

    for act in (
        lambda: agenda.add_point(ruben, meeting.uid, title="x"),
        lambda: agenda.remove(ruben, meeting.uid, item_of(meeting, "T-1").uid),
        lambda: agenda.ask(ruben, meeting.uid, until=None),
        lambda: planning.cancel(ruben, meeting.uid),
    ):
        with pytest.raises(Refused):
            act()
    with pytest.raises(NotYourMeeting):
        agenda.add_point(reading(world, "sanne"), meeting.uid, title="x")
