"""Who was called for an alarm without being a member: that one alarm, by the same disclosure, as long as it counts."""

import json
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from asgiref.sync import sync_to_async
from django.test import Client

from audit.journal.entry import mask_of_columns
from audit.journal.models import Entry
from cases.models import Participation
from foundation import clock
from realtime.alarms import commands
from realtime.alarms.escalation import escalate_due
from realtime.alarms.models import Alarm, AlarmAnswer, AlarmCall
from realtime.channels.commands import members, opening
from realtime.channels.models import Event
from realtime.place import commands as place
from tests.cases.desk import changing, hat_of, page
from tests.invariants.world import World
from tests.realtime.stage import Phone, Street, street, with_phones
from tests.realtime.test_alarms import here, raised, with_prosecutor

__all__ = ["with_prosecutor"]
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def stage(world: World, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Street:
    monkeypatch.setattr("channels.db.close_old_connections", lambda: None)
    monkeypatch.setattr("realtime.live.hub.BEAT", 0.05)
    settings.ALARM_CONTROL_ROOM = "POL-MD"
    return street(world)


def escalated(stage: Street, *, by: str = "farid", text: str = "Kom bij de brug") -> Alarm:
    """An alarm that nobody answered, with both steps taken. Ruben of the police is called, and is no member."""
    alarm = raised(stage, by, text=text)
    for seconds in (31, 61):
        with time_machine.travel(clock.now() + timedelta(seconds=seconds)):
            escalate_due()
    assert AlarmCall.objects.filter(alarm=alarm, membership=hat_of(stage.world, "ruben")).exists()
    return alarm


def url(alarm: Alarm, more: str = "") -> str:
    return f"/straat/{alarm.channel.uid}/alarm/{alarm.event.uid}/{more}"


def entries(*types: str) -> list[Entry]:
    return list(Entry.objects.filter(event_type__in=types).order_by("id"))


def test_only_who_is_no_member_is_given_a_call_and_each_once(stage: Street) -> None:
    alarm = escalated(stage)
    called = {one.membership.professional.demo_key for one in alarm.calls.all()}
    assert {"ruben"} <= called
    assert not called & {"esra", "maarten", "anouk", "farid", "joost"}
    assert len(alarm.calls.all()) == len({one.membership_id for one in alarm.calls.all()})


def test_who_was_called_reads_the_alarm_by_its_article_and_nothing_else_of_the_channel(stage: Street) -> None:
    stage.says("esra", ("street_message", "Twee man bij de fietsenstalling"))
    alarm = escalated(stage)
    stage.says("esra", ("street_message", "Ik zie ze weglopen"))
    ruben = page(stage.world, "ruben")

    shown = ruben.get(url(alarm))

    text = shown.content.decode()
    assert shown.status_code == 200
    for part in (stage.world.people["farid"].name, "Kom bij de brug", "HAV-GEBIED art. 14.1", "Nog geen antwoord"):
        assert part in text
    for part in ("fietsenstalling", "weglopen", "Interventie Kade 9", stage.world.people["esra"].name):
        assert part not in text
    for path in ("", "logboek/", "alarmen/", f"alarmen/{alarm.event.uid}/", "bord/"):
        assert ruben.get(f"/straat/{stage.channel.uid}/{path}").status_code == 404, path
    assert ruben.post(f"/straat/{stage.channel.uid}/kaartje/").status_code == 404
    assert not stage.channel.members.filter(membership=hat_of(stage.world, "ruben")).exists()


def test_each_read_of_it_is_in_the_journal_with_the_call_as_its_reason(stage: Street) -> None:
    alarm = escalated(stage)
    call = alarm.calls.get(membership=hat_of(stage.world, "ruben"))
    page(stage.world, "ruben").get(url(alarm))
    (read,) = entries("alarm.read")
    assert (read.reason_code, read.reason_ref) == ("R2", f"call:{call.uid.hex}")
    assert mask_of_columns((read.fields_0, read.fields_1, read.fields_2))
    assert "HAV-GEBIED v1 art. 14.1" in bytes(read.body).decode()


def test_who_was_not_called_gets_the_same_answer_as_for_what_is_not_there(with_prosecutor: Street) -> None:
    stage = with_prosecutor
    alarm = escalated(stage)
    # A member has the channel for it; the prosecution, even when called by mistake, has nothing.
    with changing():
        AlarmCall.objects.create(alarm=alarm, membership=hat_of(stage.world, "margot"), step=2, at=clock.now())
    since = len(entries("alarm.refused"))
    for key in ("esra", "margot", "nadia", "hanneke"):
        browser = page(stage.world, key)
        real, invented = browser.get(url(alarm)), browser.get(f"/straat/{stage.channel.uid}/alarm/{uuid4()}/")
        assert (real.status_code, _plain(real)) == (404, _plain(invented)), key
        assert "Geroepen" not in browser.get("/straat/").content.decode()
    assert len(entries("alarm.refused")) == since + 8


def _plain(answer: Any) -> str:
    """The page without the marks of this one request: its number, its form tokens, its own address."""
    return re.sub(r'(Kenmerk |value="|data-pulse=")[\w./:-]+', r"\1", answer.content.decode())


def test_an_answer_by_who_was_called_is_known_to_the_team_and_stops_the_clock(stage: Street) -> None:
    alarm = raised(stage, text="Kom bij de brug")
    with time_machine.travel(clock.now() + timedelta(seconds=31)), changing():
        AlarmCall.objects.create(alarm=alarm, membership=hat_of(stage.world, "ruben"), step=1, at=clock.now())
    ruben, answering = page(stage.world, "ruben"), url(alarm, "antwoord/")
    name = stage.world.people["ruben"].name

    @with_phones(stage, "farid")
    async def story(farid: Phone) -> None:
        answer = await sync_to_async(ruben.post)(answering, {"minutes": "5"})
        assert (answer.status_code, answer.headers["Location"]) == (302, url(alarm))
        state: dict[str, Any] = {"answers": []}
        while not state["answers"]:
            state = (await farid.frame("alarms"))["alarms"][0]
        assert [(one["name"], one["minutes"]) for one in state["answers"]] == [(name, 5)]

    ruben.post(url(alarm, "antwoord/"), {"minutes": "5"})
    ruben.post(url(alarm, "antwoord/"), {"minutes": "10"})
    alarm.refresh_from_db()
    assert (alarm.state, alarm.next_at) == ("acknowledged", None)
    (answer,) = AlarmAnswer.objects.filter(alarm=alarm)
    assert (answer.member, answer.name, answer.agency, answer.minutes) == (None, name, "POL-MD", 10)
    assert Event.objects.filter(notice="alarm_ack", notice_by=f"{name} (5 min)").count() == 1
    assert f"{name} is er rond" in page(stage.world, "anouk").get(f"/straat/{stage.channel.uid}/bord/").content.decode()
    assert answer.call is not None
    written = [json.loads(bytes(one.body))["matter"]["detail"]["call"] for one in entries("alarm.acknowledged")]
    assert written == [str(answer.call.uid)] * 3
    shown = ruben.get(url(alarm)).content.decode()
    assert "Hulp komt" in shown
    assert "over 10 min" in shown


@pytest.mark.parametrize("minutes", ["", "-1", "121", "vijf", "5.5", "9999999"])
def test_an_answer_that_cannot_be_read_names_its_field_and_changes_nothing(stage: Street, minutes: str) -> None:
    alarm = escalated(stage)
    answer = page(stage.world, "ruben").post(url(alarm, "antwoord/"), {"minutes": minutes})
    assert answer.status_code == 422
    assert not AlarmAnswer.objects.exists()


def test_only_who_also_leads_the_channel_ends_it_and_the_refusal_names_the_article(stage: Street) -> None:
    alarm = escalated(stage)
    ruben = page(stage.world, "ruben")
    assert "einde/" not in ruben.get(url(alarm)).content.decode()
    refused = ruben.post(url(alarm, "einde/"), {"how": "stood_down"})
    assert refused.status_code == 403
    assert "HAV-GEBIED art. 14.1" in refused.content.decode()
    assert len(entries("alarm.refused")) == 1

    # The leader left the channel, was called, and still leads it.
    with changing():
        stage.channel.members.filter(membership=hat_of(stage.world, "anouk")).update(left_at=clock.now())
        AlarmCall.objects.create(alarm=alarm, membership=hat_of(stage.world, "anouk"), step=1, at=clock.now())
    anouk = page(stage.world, "anouk")
    assert "einde/" in anouk.get(url(alarm)).content.decode()
    assert anouk.post(url(alarm, "einde/"), {"how": "zomaar"}).status_code == 422
    assert anouk.post(url(alarm, "einde/"), {"how": "stood_down"}).status_code == 302
    alarm.refresh_from_db()
    assert (alarm.state, alarm.ended_by, alarm.ender) == ("stood_down", None, stage.world.people["anouk"].name)
    assert "Beëindigd door" in ruben.get(url(alarm)).content.decode()


def test_the_call_ends_an_hour_after_the_alarm_and_says_why(stage: Street) -> None:
    alarm = escalated(stage)
    commands.end(here(stage, "farid"), alarm=alarm.event.uid, how="stood_down")
    ended = clock.now()
    ruben = page(stage.world, "ruben")
    with time_machine.travel(ended + timedelta(minutes=59)):
        assert "Het alarm is voorbij" in ruben.get(url(alarm)).content.decode()
        assert "Een alarm dat voorbij is" in ruben.get("/straat/").content.decode()
        assert ruben.get("/straat/oproep/").json() == {"to": "/straat/"}
    with time_machine.travel(ended + timedelta(minutes=61)):
        refused = ruben.get(url(alarm))
        again = ruben.post(url(alarm, "antwoord/"), {"minutes": "5"})
        listed = ruben.get("/straat/").content.decode()
    assert (refused.status_code, again.status_code) == (403, 403)
    text = refused.content.decode()
    for part in ("voorbij. Wie geroepen werd", "HAV-GEBIED art. 14.1", stage.world.people["anouk"].name):
        assert part in text
    assert "Kom bij de brug" not in text
    assert "geroepen" not in listed
    assert len(entries("alarm.refused")) == 2


def test_who_was_called_cannot_answer_what_is_over(stage: Street) -> None:
    alarm = escalated(stage)
    commands.end(here(stage, "farid"), alarm=alarm.event.uid, how="false_alarm")
    answer = page(stage.world, "ruben").post(url(alarm, "antwoord/"), {"minutes": "5"})
    assert answer.status_code == 403
    assert "U hoeft niet meer te komen" in answer.content.decode()


def test_a_channel_that_closed_ends_the_call_with_the_reason(stage: Street) -> None:
    alarm = escalated(stage)
    opening.close(stage.by("anouk", "channel.closed"), stage.channel.uid)
    answer = page(stage.world, "ruben").get(url(alarm))
    assert answer.status_code == 403
    assert "kanaal van dit alarm is gesloten" in answer.content.decode()


def test_when_the_agency_leaves_the_case_the_call_is_no_more(stage: Street) -> None:
    alarm = escalated(stage)
    ruben = page(stage.world, "ruben")
    assert ruben.get(url(alarm)).status_code == 200
    with changing():
        Participation.objects.filter(case=stage.case, agency__code="POL-MD").update(ends=clock.now(), is_open=False)
    assert ruben.get(url(alarm)).status_code == 404
    assert ruben.get("/straat/oproep/").json() == {"to": "/straat/"}


def test_the_place_is_shown_while_it_is_shared_and_journalled(stage: Street) -> None:
    alarm = escalated(stage)
    ruben = page(stage.world, "ruben")
    assert "51.9" not in ruben.get(url(alarm)).content.decode()
    by = stage.by("farid", "place.shared")
    place.start(by, stage.fresh(), stage.member("farid"), minutes=30)
    place.move(stage.fresh(), stage.member("farid"), lat=51.91234, lon=4.26543, accuracy=8)
    # Where another member is says nothing of the alarm.
    place.start(stage.by("esra", "place.shared"), stage.fresh(), stage.member("esra"), minutes=30)
    place.move(stage.fresh(), stage.member("esra"), lat=51.87654, lon=4.26543, accuracy=8)
    text = ruben.get(url(alarm)).content.decode()
    assert "51.91234, 4.26543" in text
    assert "51.87654" not in text
    assert [one.reason_ref[:5] for one in entries("place.told")] == ["call:"]

    commands.end(here(stage, "farid"), alarm=alarm.event.uid, how="stood_down")
    assert "51.91234" not in ruben.get(url(alarm)).content.decode()


def test_the_page_keeps_itself_up_to_date_without_reading_anew_what_still_stands(stage: Street) -> None:
    alarm = escalated(stage)
    ruben = page(stage.world, "ruben")
    stand = _stand(ruben.get(url(alarm)))
    reads = len(entries("alarm.read"))
    # What else goes on in the channel moves nothing here.
    stage.says("esra", ("street_message", "Wij gaan weer."))
    assert ruben.get(url(alarm, f"nu/?stand={stand}")).status_code == 204
    assert len(entries("alarm.read")) == reads

    commands.acknowledge(here(stage, "esra"), alarm=alarm.event.uid, minutes=2)
    fresh = ruben.get(url(alarm, f"nu/?stand={stand}"), headers={"HX-Request": "true"})
    assert fresh.status_code == 200
    assert stage.world.people["esra"].name in fresh.content.decode()
    assert "<html" not in fresh.content.decode()
    assert _stand(fresh) != stand
    assert len(entries("alarm.read")) == reads + 1


def _stand(answer: Any) -> str:
    return str(answer.content.decode().split("?stand=")[1].split('"')[0])


def test_a_phone_that_was_woken_is_led_to_the_newest_call(stage: Street) -> None:
    ruben = page(stage.world, "ruben")
    assert ruben.get("/straat/oproep/").json() == {"to": "/straat/"}
    alarm = escalated(stage)
    assert ruben.get("/straat/oproep/").json() == {"to": url(alarm)}
    listed = ruben.get("/straat/").content.decode()
    assert url(alarm) in listed
    assert "brug" not in listed
    assert {one.event_type for one in entries("alarm.calls")} == {"alarm.calls"}
    assert Client(HTTP_HOST="localhost").get("/straat/oproep/").status_code == 302


def test_who_is_put_out_of_the_channel_was_not_called_by_that(stage: Street) -> None:
    alarm = escalated(stage)
    members.put_out(stage.by("anouk"), stage.channel.uid, member=stage.member("joost").uid)
    assert page(stage.world, "joost").get(url(alarm)).status_code == 404
