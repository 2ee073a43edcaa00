"""Who takes part: named people only when people are named, from the start until the end, in roles whose work it is."""

from datetime import timedelta

import pytest
import time_machine

from agreements.models import Membership, Professional
from cases.casework import queries
from cases.disclosure.visibility import live_participations
from cases.models import Case, Participation, ParticipationMember
from cases.records.phases import READABLE, State
from foundation import clock
from tests.cases.desk import Api, changing, give, make_case, page, reading, visit
from tests.invariants.world import World

pytestmark = pytest.mark.django_db

PARTS = ("", "tijdlijn/", "deelnemers/", "doel/")
REST = ("regels/", "bijdrage/", "waarom/?veld=full_name&bron=GEM-MD")


@pytest.fixture
def case(world: World, db: None) -> Case:
    made = make_case("T-1", live=("POL-MD", "GEM-MD", "ZVH-MD"))
    give(world, made, "GEM-MD", full_name="zqx-bo")
    return made


def finds(world: World, key: str, *, number: str = "T-1", parts: tuple[str, ...] = PARTS) -> bool:
    """Does this persona find the case: in the list, on every page of it, and by the API; all or none."""
    client, api = page(world, key), Api(world, key, "pga_adult")
    answers = [client.get(f"/casus/{number}/{part}").status_code for part in parts]
    answers.append(api.get(f"/cases/{number}").status_code)
    # Who keeps its term still finds its number, which leads to the calendar of terms and not into the case.
    listed = f'"/casus/{number}/' in client.get("/").content.decode()
    listed_by_api = number in [item["number"] for item in api.get("/cases").json()["items"]]
    found = {status != 404 for status in answers} | {listed, listed_by_api}
    assert len(found) == 1, (key, answers, listed, listed_by_api)
    return found.pop()


def taking(case: Case, agency: str, **change: object) -> Participation:
    with changing():
        Participation.objects.filter(case=case, agency__code=agency).update(**change)
    return Participation.objects.get(case=case, agency__code=agency)


def test_a_whole_team_takes_part(world: World, case: Case) -> None:
    assert finds(world, "sanne", parts=(*PARTS, *REST))
    assert finds(world, "ruben")
    assert not finds(world, "margot", parts=(*PARTS, *REST)), "her agency takes no part"


def test_where_people_are_named_only_they_take_part(world: World, case: Case) -> None:
    mine = taking(case, "GEM-MD", everyone=False)
    assert not finds(world, "sanne")

    with changing():
        ParticipationMember.objects.create(participation=mine, professional=world.people["sanne"])

    assert finds(world, "sanne")
    assert not finds(world, "maarten"), "a colleague who is not named"


def test_being_named_in_one_case_opens_no_other(world: World, case: Case) -> None:
    other = make_case("T-2", live=("GEM-MD",))
    taking(case, "GEM-MD", everyone=False)
    with changing():
        mine = Participation.objects.filter(case=other, agency__code="GEM-MD")
        mine.update(everyone=False)
        ParticipationMember.objects.create(participation=mine.get(), professional=world.people["sanne"])

    assert finds(world, "sanne", number="T-2")
    assert not finds(world, "sanne")


def test_a_participation_counts_from_its_first_until_its_last_moment(world: World, case: Case) -> None:
    now = clock.now()
    taking(case, "GEM-MD", starts=now + timedelta(hours=1), ends=now + timedelta(hours=3))
    mine = visit(world, "sanne")

    def open_at(hours: int) -> bool:
        return live_participations(mine, at=now + timedelta(hours=hours)).filter(case=case).exists()

    assert [open_at(hours) for hours in (0, 1, 2, 3, 4)] == [False, True, True, False, False]


def test_a_part_that_begins_later_does_not_exist_yet(world: World, case: Case) -> None:
    taking(case, "GEM-MD", starts=clock.now() + timedelta(hours=1))
    assert not finds(world, "sanne")

    with time_machine.travel(clock.now() + timedelta(hours=2), tick=False):
        assert finds(world, "sanne")


@pytest.mark.parametrize("change", [{"is_open": False}, {"ends": True}])
def test_a_part_that_ended_is_over(world: World, case: Case, change: dict[str, object]) -> None:
    taking(case, "GEM-MD", **({"ends": clock.now()} if "ends" in change else change))

    assert not finds(world, "sanne")
    assert finds(world, "ruben")


@pytest.mark.parametrize("state", sorted(State))
def test_only_an_open_or_paused_case_is_read_by_anybody(world: World, case: Case, state: State) -> None:
    with changing():
        Case.objects.filter(pk=case.pk).update(state=state)

    for key in ("sanne", "ruben", "nadia"):
        assert finds(world, key) is (state in READABLE), key


@pytest.mark.parametrize("key", ["carla", "bas", "ineke", "dirk"])
def test_a_role_without_case_work_finds_no_case(world: World, case: Case, key: str) -> None:
    assert not finds(world, key)
    assert queries.worklist(reading(world, key), None).answers == ()


@pytest.mark.parametrize("role", ["signatory", "privacy_officer", "contact_point", "rac", "agency_admin"])
def test_nobody_reads_by_such_a_role_alone(world: World, case: Case, role: str) -> None:
    with changing():
        Membership.objects.filter(professional=world.people["sanne"]).update(roles=[role])

    assert not finds(world, "sanne")


def test_a_membership_that_ended_closes_the_session_and_the_token(world: World, case: Case) -> None:
    client, api = page(world, "sanne"), Api(world, "sanne", "pga_adult")
    assert client.get("/casus/T-1/").status_code == 200

    with changing():
        Membership.objects.filter(professional=world.people["sanne"]).update(ends=clock.now())

    assert client.get("/casus/T-1/").status_code in (302, 401)
    assert api.get("/cases/T-1").status_code == 401


def test_somebody_who_left_service_reads_nothing(world: World, case: Case) -> None:
    client, api = page(world, "sanne"), Api(world, "sanne", "pga_adult")
    Professional.objects.filter(pk=world.people["sanne"].pk).update(is_active=False)

    assert client.get("/casus/T-1/").status_code in (302, 401)
    assert api.get("/cases/T-1").status_code == 401


def test_the_page_of_participants_tells_who_takes_part_how_and_since_when(world: World, case: Case) -> None:
    mine = taking(case, "GEM-MD", everyone=False)
    with changing():
        ParticipationMember.objects.create(participation=mine, professional=world.people["sanne"])

    text = page(world, "ruben").get("/casus/T-1/deelnemers/").content.decode()

    assert "Sanne de Wit" in text
    assert "het hele team" in text
    assert "Gemeente Maasdelta, sociaal team" in text
