"""Inviting, answering, sending a colleague, and accepting secrecy: by command, page and API."""

from uuid import uuid4

import pytest

from cases.meetings.commands import invitations, planning, secrecy
from cases.meetings.commands.invitations import Invitee
from cases.meetings.models import Invitation, SecrecyAcceptance
from cases.meetings.pending import pending_for
from cases.meetings.queries_agenda import proposals
from cases.meetings.rights import NotYourMeeting
from cases.meetings.statement import CURRENT, statement
from cases.models import ParticipationMember
from foundation.errors import Invalid, NotFound, Refused
from tests.cases.desk import Api, changing, make_case, page, reading
from tests.cases.meetings.sitting import LANDLORD, let_in, planned
from tests.invariants.world import World

pytestmark = pytest.mark.django_db


def proposed(world: World, meeting: object) -> dict[str, tuple[str, ...]]:
    return {found.agency.code: found.cases for found in proposals(reading(world, "nadia"), meeting.uid)}


def test_the_agenda_suggests_who_takes_part_and_third_parties_only_by_decision(world: World) -> None:
    one = make_case("T-1", live=("ZVH-MD", "POL-MD", "GEM-MD"), extract=(LANDLORD,))
    make_case("T-2", live=("ZVH-MD", "POL-MD"), extract=(LANDLORD,))
    meeting = planned(world, "T-1", "T-2")

    assert proposed(world, meeting) == {"POL-MD": ("T-1", "T-2"), "GEM-MD": ("T-1",)}
    let_in(one, LANDLORD)
    assert proposed(world, meeting)[LANDLORD] == ("T-1",)
    invitations.invite(reading(world, "nadia"), meeting.uid, [Invitee(agency="POL-MD")])
    assert "POL-MD" not in proposed(world, meeting)


def test_who_takes_part_by_name_is_suggested_by_name(world: World) -> None:
    case = make_case("T-1", live=("ZVH-MD", "POL-MD"))
    with changing():
        taking = case.participations.get(agency__code="POL-MD")
        taking.everyone = False
        taking.save(update_fields=["everyone"])
        ParticipationMember.objects.create(participation=taking, professional=world.people["ruben"])
    make_case("T-2", live=("ZVH-MD", "POL-MD"))
    meeting = planned(world, "T-1", "T-2")

    (found,) = proposals(reading(world, "nadia"), meeting.uid)

    assert (found.person, found.cases) == (world.people["ruben"].name, ("T-1", "T-2"))


def test_the_same_invitation_twice_is_one(world: World) -> None:
    meeting = planned(world)
    nadia = reading(world, "nadia")

    first = invitations.invite(nadia, meeting.uid, [Invitee(agency="POL-MD"), Invitee(agency="POL-MD")])
    second = invitations.invite(nadia, meeting.uid, [Invitee(agency="POL-MD")])

    assert (len(first), len(second), meeting.invitations.count()) == (1, 0, 1)


@pytest.mark.parametrize(
    "asked",
    [
        [],
        [Invitee(agency="BESTAAT-NIET")],
        [Invitee(agency="nul\0")],
        [Invitee(agency="POL-MD", professional=uuid4())],
    ],
)
def test_who_is_not_there_cannot_be_invited(world: World, asked: list[Invitee]) -> None:
    meeting = planned(world)

    with pytest.raises(Invalid):
        invitations.invite(reading(world, "nadia"), meeting.uid, asked)


def test_somebody_of_another_agency_or_without_casework_is_not_invited_for_it(world: World) -> None:
    meeting = planned(world)
    for persona in ("sanne", "bas", "dirk"):
        who = Invitee(agency="POL-MD", professional=world.people[persona].uuid)
        with pytest.raises(Invalid):
            invitations.invite(reading(world, "nadia"), meeting.uid, [who])


def test_an_agency_that_may_sit_nowhere_is_not_invited(world: World) -> None:
    make_case("T-1", live=("ZVH-MD", "POL-MD"))
    meeting = planned(world, "T-1")

    answer = page(world, "nadia").post(f"/overleg/{meeting.uid}/uitnodigingen/", {"invitees": ["GGZ-MD"]})

    assert answer.status_code == 422
    assert "mag bij geen casus op deze agenda aanzitten" in answer.content.decode()


def test_one_tap_answers_and_names_who_comes(world: World) -> None:
    meeting = planned(world, guests=("POL-MD",))

    answer = page(world, "ruben").post(f"/overleg/{meeting.uid}/antwoord/", {"coming": "link"})

    row = Invitation.objects.get(meeting=meeting)
    assert answer.status_code == 302
    assert (row.answer, row.professional) == ("link", world.people["ruben"])
    assert row.answered_at is not None
    with pytest.raises(NotYourMeeting):
        invitations.answer(reading(world, "esra"), meeting.uid, coming="room")


def test_not_coming_leaves_the_invitation_with_the_agency(world: World) -> None:
    meeting = planned(world, guests=("POL-MD",))

    invitations.answer(reading(world, "ruben"), meeting.uid, coming="no")
    invitations.answer(reading(world, "esra"), meeting.uid, coming="room")

    assert Invitation.objects.get(meeting=meeting).professional == world.people["esra"]


@pytest.mark.parametrize("said", ["", "misschien", "ROOM", "x" * 5000])
def test_another_answer_is_refused(world: World, said: str) -> None:
    meeting = planned(world, guests=("POL-MD",))

    answer = page(world, "ruben").post(f"/overleg/{meeting.uid}/antwoord/", {"coming": said})

    assert answer.status_code == 422
    assert Invitation.objects.get(meeting=meeting).answer == ""


def test_nobody_answers_a_meeting_that_was_called_off(world: World) -> None:
    meeting = planned(world, guests=("POL-MD",))
    planning.cancel(reading(world, "nadia"), meeting.uid)

    with pytest.raises(Refused):
        invitations.answer(reading(world, "ruben"), meeting.uid, coming="room")
    assert not [line for line in pending_for(reading(world, "ruben")) if line.place == "Overleg Zuid"]


def test_a_colleague_goes_instead_and_answers_anew(world: World) -> None:
    meeting = planned(world, guests=("POL-MD",))
    invitations.answer(reading(world, "ruben"), meeting.uid, coming="room")

    page(world, "ruben").post(f"/overleg/{meeting.uid}/vervanger/", {"professional": str(world.people["esra"].uuid)})

    row = Invitation.objects.get(meeting=meeting)
    assert (row.professional, row.answer) == (world.people["esra"], "")
    assert [line.place for line in pending_for(reading(world, "esra")) if line.place == "Overleg Zuid"]
    with pytest.raises(NotYourMeeting):
        invitations.answer(reading(world, "ruben"), meeting.uid, coming="room")


@pytest.mark.parametrize("persona", ["sanne", "bas"])
def test_only_a_colleague_in_casework_goes_instead(world: World, persona: str) -> None:
    meeting = planned(world, guests=("POL-MD",))

    with pytest.raises(Invalid):
        invitations.hand_over(reading(world, "ruben"), meeting.uid, professional=world.people[persona].uuid)


def test_an_invitation_is_taken_back_and_then_there_is_no_meeting(world: World) -> None:
    meeting = planned(world, guests=("POL-MD",))
    row = Invitation.objects.get(meeting=meeting)

    page(world, "nadia").post(f"/overleg/{meeting.uid}/uitnodigingen/", {"remove": str(row.pk)})

    assert page(world, "ruben").get(f"/overleg/{meeting.uid}/").status_code == 404
    with pytest.raises(NotFound):
        invitations.uninvite(reading(world, "nadia"), meeting.uid, row.pk)


def test_secrecy_is_accepted_once_with_its_version(world: World) -> None:
    meeting = planned(world, guests=("POL-MD",))
    client, url = page(world, "ruben"), f"/overleg/{meeting.uid}/geheimhouding/"

    assert statement("nl").sentences[0] in client.get(url).content.decode()
    for _ in range(2):
        assert client.post(url, {"version": CURRENT}).status_code == 302

    row = SecrecyAcceptance.objects.get(meeting=meeting)
    assert (row.professional, row.text_version) == (world.people["ruben"], CURRENT)
    assert "U hebt de geheimhouding aanvaard" in client.get(url).content.decode()


@pytest.mark.parametrize("version", ["", "2019-1", "x" * 900])
def test_a_text_that_was_not_read_is_not_accepted(world: World, version: str) -> None:
    meeting = planned(world, guests=("POL-MD",))

    answer = page(world, "ruben").post(f"/overleg/{meeting.uid}/geheimhouding/", {"version": version})

    assert answer.status_code == 422
    assert not SecrecyAcceptance.objects.filter(meeting=meeting).exists()


def test_the_chair_records_a_guest_by_name_and_only_of_who_is_invited(world: World) -> None:
    meeting = planned(world, guests=("POL-MD",))
    nadia = reading(world, "nadia")

    for _ in range(2):
        secrecy.accept_for_guest(nadia, meeting.uid, agency="POL-MD", guest=" A.  Gast ", version=CURRENT)
    assert SecrecyAcceptance.objects.get(meeting=meeting).guest == "A. Gast"
    for agency, guest in (("GEM-MD", "B. Gast"), ("POL-MD", "  "), ("POL-MD", "x" * 121), ("nul\0", "C. Gast")):
        with pytest.raises(Invalid):
            secrecy.accept_for_guest(nadia, meeting.uid, agency=agency, guest=guest, version=CURRENT)
    with pytest.raises(Refused):
        secrecy.accept_for_guest(
            reading(world, "ruben"), meeting.uid, agency="POL-MD", guest="D. Gast", version=CURRENT
        )


def test_who_accepted_is_for_the_chair(world: World) -> None:
    meeting = planned(world, guests=("POL-MD", "GEM-MD"))
    secrecy.accept(reading(world, "ruben"), meeting.uid, version=CURRENT)
    url, name = f"/overleg/{meeting.uid}/geheimhouding/", world.people["ruben"].name

    assert name in page(world, "nadia").get(url).content.decode()
    assert name not in page(world, "sanne").get(url).content.decode()


def test_the_english_statement_says_the_same_in_as_many_sentences() -> None:
    dutch, english = statement("nl"), statement("en")

    assert len(dutch.sentences) == len(english.sentences)
    assert dutch.version == english.version == CURRENT
    assert statement("fr") == dutch


def test_the_whole_way_over_the_api(world: World) -> None:
    make_case("T-1", live=("ZVH-MD", "POL-MD"))
    nadia, ruben = Api(world, "nadia", "pga_adult"), Api(world, "ruben", "pga_adult")
    made = nadia.post("/meetings", {"title": "Overleg", "starts_at": "2027-06-01T10:00:00", "minutes": 60})
    assert (made.status_code, made.json()["starts"]) == (201, "2027-06-01T08:00:00Z")
    url = f"/meetings/{made.json()['uid']}"

    assert nadia.post(f"{url}/items", {"cases": ["T-1"], "minutes": 20}).status_code == 201
    assert nadia.post(f"{url}/items", {"title": "Rondvraag", "minutes": 5}).json()["agenda_minutes"] == 25
    assert nadia.post(f"{url}/invitations", {"invitees": [{"agency": "POL-MD"}]}).json() == {"invited": 1}
    assert nadia.put(f"{url}/preparation", {"until": "2027-05-31T15:00:00Z"}).status_code == 200
    assert ruben.put(f"{url}/answer", {"coming": "room"}).status_code == 204
    assert ruben.post(f"{url}/secrecy", {"version": ruben.get(f"{url}/secrecy").json()["version"]}).status_code == 204
    seen = ruben.get(url).json()
    assert [(item["case"], item["title"]) for item in seen["items"]] == [("T-1", "T-1"), ("", "Rondvraag")]
    assert (seen["my_answer"], seen["secrecy_accepted"]) == ("room", True)
    assert b"BEGIN:VCALENDAR" in ruben.get(f"{url}/calendar").content
    item = seen["items"][0]["uid"]
    assert nadia.put(f"{url}/items/{item}", {"place": 2}).json()["items"][1]["case"] == "T-1"
    assert nadia.send("DELETE", f"{url}/items/{item}", "").status_code == 204
    assert nadia.send("DELETE", url, "").status_code == 204
    assert ruben.get(url).json()["state"] == "cancelled"


def test_a_stranger_finds_nothing_over_the_api(world: World) -> None:
    meeting = planned(world, guests=("POL-MD",))
    api = Api(world, "sanne", "pga_adult")

    answers = [api.get(f"/meetings/{uid}") for uid in (meeting.uid, uuid4())]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].json() == answers[1].json()
