"""The calendar file and the mail: correct, and without anything about persons or cases."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core import mail

from cases.meetings import mails
from cases.meetings.calendar_file import Event, calendar_file
from cases.meetings.commands import invitations, planning
from cases.meetings.commands.invitations import Invitee
from cases.meetings.commands.planning import Sitting
from foundation import clock
from tests.cases.desk import page, reading
from tests.cases.meetings.sitting import planned, tomorrow
from tests.invariants.crawl import found_in
from tests.invariants.plants.meetings_agenda import MEETING
from tests.invariants.world import World

pytestmark = pytest.mark.django_db


def event(**changed: object) -> Event:
    whole = {
        "uid": uuid4(), "starts": datetime(2026, 3, 29, 1, 30, tzinfo=UTC),
        "ends": datetime(2026, 3, 29, 3, tzinfo=UTC), "place": "zaal 2",
        "url": "https://verbond.example/overleg/", "cancelled": False,
        "at": datetime(2026, 3, 1, tzinfo=UTC),
    }  # fmt: skip
    return Event(**{**whole, **changed})


def unfolded(text: bytes) -> list[str]:
    return text.replace(b"\r\n ", b"").decode().split("\r\n")


def test_a_calendar_file_has_what_the_standard_asks() -> None:
    lines = unfolded(calendar_file(event()))

    for asked in ("VERSION:2.0", "METHOD:PUBLISH", "SUMMARY:Casusoverleg", "STATUS:CONFIRMED", "LOCATION:zaal 2"):
        assert asked in lines
    assert "DTSTART:20260329T013000Z" in lines
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]


def test_text_is_escaped_and_long_lines_fold_between_signs() -> None:
    place = "Zaal; \\ A, " + "é" * 80 + "\nRegel twee"
    text = calendar_file(event(place=place))

    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    assert b"\n" not in text.replace(b"\r\n", b"")
    (found,) = [line for line in unfolded(text) if line.startswith("LOCATION:")]
    assert found == "LOCATION:Zaal\\; \\\\ A\\, " + "é" * 80 + "\\nRegel twee"


def test_a_place_cannot_add_a_line_of_its_own() -> None:
    text = calendar_file(event(place="zaal\r\nATTENDEE:mailto:x@example.org"))

    assert not [line for line in unfolded(text) if line.startswith("ATTENDEE")]


def test_a_later_file_has_a_higher_sequence_and_a_cancelled_meeting_says_so() -> None:
    def sequence(made: Event) -> int:
        return int(re.search(rb"SEQUENCE:(\d+)", calendar_file(made))[1])

    first, second = event(), event(at=datetime(2026, 3, 1, 0, 0, 5, tzinfo=UTC), cancelled=True)

    assert sequence(first) < sequence(second) < 2**31
    assert b"STATUS:CANCELLED" in calendar_file(second)


@pytest.mark.parametrize("persona", ["nadia", "ruben", "peter", "joost"])
def test_nobody_s_calendar_file_holds_a_name_a_case_or_the_title(world: World, persona: str) -> None:
    answer = page(world, persona).get(f"/overleg/{MEETING}/agenda.ics")
    text = b"\r\n".join(answer.content.split(b"\r\n")).replace(b"\r\n ", b"").decode()

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert found_in(world, text) == ()
    assert not re.search(r"MW-\d|Overleg van de proef|ORGANIZER|ATTENDEE", text)
    assert not [person.name for person in world.people.values() if person.name in text]


def test_an_invitation_is_mailed_with_the_file_and_holds_no_personal_data(world: World) -> None:
    from cases.meetings.models import Meeting

    meeting = Meeting.objects.get(uid=MEETING)
    sent = mails.tell_everybody(reading(world, "nadia"), meeting)

    assert sent == len(mail.outbox) > 5
    for message in mail.outbox:
        ((name, file, kind),) = message.attachments
        whole = f"{message.subject}\n{message.body}\n{file}"
        assert (name, kind) == ("casusoverleg.ics", "text/calendar")
        assert f"/overleg/{MEETING}/" in message.body
        assert found_in(world, whole) == ()
        assert not re.search(r"MW-\d|Overleg van de proef", whole)
        assert not [person.name for person in world.people.values() if person.name in whole]


def test_the_mail_speaks_of_one_s_own_items(world: World) -> None:
    from tests.cases.desk import make_case

    make_case("T-1", live=("ZVH-MD", "POL-MD"))
    make_case("T-2", live=("ZVH-MD", "GEM-MD"))
    meeting = planned(world, "T-1", "T-2", guests=("POL-MD", "GEM-MD"))
    mails.tell_everybody(reading(world, "nadia"), meeting)

    told = {message.to[0]: message.body for message in mail.outbox}
    assert "van 10:00 tot 10:15" in told["convenant@politie.maasdelta.example"]
    assert "van 10:15 tot 10:30" in told["contactpunt@maasdelta.example"]


def test_inviting_by_page_mails_and_moving_it_mails_again(world: World) -> None:
    meeting = planned(world)
    client = page(world, "nadia")
    ruben = world.people["ruben"]

    client.post(f"/overleg/{meeting.uid}/uitnodigingen/", {"invitees": [f"POL-MD {ruben.uuid}"]})
    assert [message.to for message in mail.outbox] == [[ruben.email]]
    form = {"title": "Overleg", "starts_at": "2030-01-01T10:00", "minutes": "60"}
    with time_machine.travel(datetime(2029, 12, 1, tzinfo=UTC), tick=True):
        page(world, "nadia").post(f"/overleg/{meeting.uid}/wijzigen/", form)
    assert len(mail.outbox) == 2
    assert "10:00" in mail.outbox[1].body


def test_mail_that_cannot_leave_does_not_undo_the_invitation(world: World, settings: object) -> None:
    settings.EMAIL_BACKEND = "tests.cases.meetings.broken_mail.Backend"
    meeting = planned(world)

    answer = page(world, "nadia").post(f"/overleg/{meeting.uid}/uitnodigingen/", {"invitees": ["POL-MD"]})

    assert answer.status_code == 302
    assert meeting.invitations.count() == 1


def test_nobody_who_declined_hears_of_a_change(world: World) -> None:
    meeting = planned(world)
    nadia = reading(world, "nadia")
    people = [Invitee(agency="POL-MD", professional=world.people[name].uuid) for name in ("ruben", "esra")]
    invitations.invite(nadia, meeting.uid, people)
    invitations.answer(reading(world, "esra"), meeting.uid, coming="no")
    moved = planning.change(nadia, meeting.uid, Sitting(title="x", starts_at=tomorrow() + timedelta(hours=1)))

    assert mails.tell_everybody(nadia, moved) == 1
    assert mail.outbox[0].to == [world.people["ruben"].email]
    assert moved.starts_at > clock.now()
