"""Alarms: stored, told to who may know, answered by name, escalated once by the clock, ended; silent is silent."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core import mail

from agreements.models import Agency
from audit.journal.models import Entry
from cases.models import Participation
from foundation import clock
from foundation.errors import Invalid, NotFound, Refused
from realtime.alarms import commands, queries
from realtime.alarms.commands import Here
from realtime.alarms.escalation import escalate_due
from realtime.alarms.models import Alarm, AlarmStep
from realtime.alarms.states import ENDED, NEXT, RUNNING, State, may_become
from realtime.channels.commands import members
from realtime.channels.models import Event
from realtime.channels.queries import log_page, opened
from tests.cases.desk import changing, hat_of, page
from tests.invariants.world import World
from tests.realtime.stage import Phone, Street, street, with_phones

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def stage(world: World, monkeypatch: pytest.MonkeyPatch) -> Street:
    monkeypatch.setattr("channels.db.close_old_connections", lambda: None)
    monkeypatch.setattr("realtime.live.hub.BEAT", 0.05)
    return street(world)


@pytest.fixture
def with_prosecutor(stage: Street) -> Street:
    """The prosecution takes part and is in the channel, but article 14 gives it nothing of the street."""
    with changing():
        Participation.objects.create(
            case=stage.case, agency=Agency.objects.get(code=hat_of(stage.world, "margot").agency.code), mode="live",
            starts=clock.now() - timedelta(days=1), reason="proef", urgency_rank=2,
        )  # fmt: skip
    members.invite(stage.by("anouk"), stage.channel.uid, membership=hat_of(stage.world, "margot").pk)
    return stage


def here(stage: Street, key: str) -> Here:
    found = opened(stage.by(key), stage.channel.uid, session=None)
    return Here(reading=stage.by(key), channel=found.channel, member=found.member, hearer=found.hearer)


def raised(stage: Street, key: str = "farid", text: str = "") -> Alarm:
    event = commands.raise_alarm(here(stage, key), client=uuid4(), text=text)
    return Alarm.objects.get(event=event)


def notices(stage: Street) -> list[tuple[str, str]]:
    found = Event.objects.filter(channel=stage.channel, notice__startswith="alarm").order_by("seq")
    return list(found.values_list("notice", "notice_by"))


def test_every_state_has_its_place_and_what_is_over_stays_over() -> None:
    assert set(NEXT) == set(State) == RUNNING | ENDED
    assert not RUNNING & ENDED
    for state in State:
        assert all(may_become(state, wanted) == (wanted in NEXT[state]) for wanted in State)
    assert not any(may_become(state, wanted) for state in ENDED for wanted in State)
    assert not any(may_become(state, State.RAISED) for state in State)


def test_an_alarm_without_words_goes_from_raised_to_answered_to_over(stage: Street) -> None:
    alarm = raised(stage)
    assert (alarm.state, alarm.step) == ("raised", 0)

    commands.acknowledge(here(stage, "esra"), alarm=alarm.event.uid, minutes=5)
    commands.acknowledge(here(stage, "esra"), alarm=alarm.event.uid, minutes=5)
    commands.acknowledge(here(stage, "joost"), alarm=alarm.event.uid, minutes=10)
    alarm.refresh_from_db()
    assert (alarm.state, alarm.next_at) == ("acknowledged", None)
    assert [(one.member_id, one.minutes) for one in alarm.answers.all()] == [
        (stage.member("esra").pk, 5), (stage.member("joost").pk, 10),
    ]  # fmt: skip

    commands.end(here(stage, "farid"), alarm=alarm.event.uid, how="stood_down", text="Ik ben veilig.")
    commands.end(here(stage, "farid"), alarm=alarm.event.uid, how="stood_down", text="Ik ben veilig.")
    commands.end(here(stage, "anouk"), alarm=alarm.event.uid, how="false_alarm")
    alarm.refresh_from_db()
    assert alarm.state == "stood_down"
    esra, joost, farid = (stage.world.people[key].name for key in ("esra", "joost", "farid"))
    assert notices(stage) == [
        ("alarm_ack", f"{esra} (5 min)"), ("alarm_ack", f"{joost} (10 min)"), ("alarm_stood_down", farid),
    ]  # fmt: skip
    assert Event.objects.filter(channel=stage.channel, target=alarm.event, kind="message").count() == 1
    with pytest.raises(Refused):
        commands.acknowledge(here(stage, "anouk"), alarm=alarm.event.uid, minutes=2)


def test_each_step_is_in_the_journal(stage: Street) -> None:
    since = Entry.objects.order_by("-id").first().id
    alarm = raised(stage)
    commands.acknowledge(here(stage, "esra"), alarm=alarm.event.uid, minutes=5)
    commands.end(here(stage, "anouk"), alarm=alarm.event.uid, how="false_alarm")
    found = Entry.objects.filter(id__gt=since).order_by("id").values_list("event_type", flat=True)
    steps = [one for one in found if one.startswith("alarm.") or one == "channel.said"]
    assert steps == ["channel.said", "alarm.acknowledged", "alarm.ended"]


def test_the_same_press_and_a_second_press_are_one_alarm_until_somebody_answers(stage: Street) -> None:
    client = uuid4()
    first = commands.raise_alarm(here(stage, "farid"), client=client)
    assert commands.raise_alarm(here(stage, "farid"), client=client).pk == first.pk
    assert commands.raise_alarm(here(stage, "farid"), client=uuid4()).pk == first.pk
    assert Alarm.objects.filter(channel=stage.channel).count() == 1

    commands.acknowledge(here(stage, "esra"), alarm=first.uid, minutes=5)
    assert commands.raise_alarm(here(stage, "farid"), client=uuid4()).pk != first.pk


def test_only_the_sender_and_who_leads_end_it_and_nobody_answers_themselves(stage: Street) -> None:
    alarm = raised(stage)
    with pytest.raises(Refused):
        commands.end(here(stage, "joost"), alarm=alarm.event.uid, how="false_alarm")
    with pytest.raises(Invalid, match="eigen alarm"):
        commands.acknowledge(here(stage, "farid"), alarm=alarm.event.uid, minutes=5)
    for minutes in (-1, 121):
        with pytest.raises(Invalid):
            commands.acknowledge(here(stage, "esra"), alarm=alarm.event.uid, minutes=minutes)
    commands.end(here(stage, "anouk"), alarm=alarm.event.uid, how="false_alarm")


def test_without_an_answer_the_leader_and_then_the_control_room_are_called_each_once(
    stage: Street, settings: Any
) -> None:
    settings.ALARM_CONTROL_ROOM = "POL-MD"
    begin = clock.now()
    alarm = raised(stage, text="Kom bij de brug")
    called = []
    with time_machine.travel(begin, tick=False) as travel:
        for seconds in (29, 31, 32, 59, 61, 62, 500):
            travel.move_to(begin + timedelta(seconds=seconds + 1))
            called.append(escalate_due())
    assert called == [0, 1, 0, 0, 1, 0, 0] or called == [1, 0, 0, 1, 0, 0, 0]
    steps = {one.step: [who["name"] for who in one.called] for one in AlarmStep.objects.filter(alarm=alarm)}
    assert steps[1] == [stage.world.people["anouk"].name]
    assert stage.world.people["esra"].name in steps[2]
    assert [what for what, _by in notices(stage)] == ["alarm_step1", "alarm_step2"]
    assert Entry.objects.filter(event_type="alarm.escalated").count() == 2


def test_mail_of_a_step_says_nothing_of_the_alarm(stage: Street, django_capture_on_commit_callbacks: Any) -> None:
    raised(stage, text="Kom bij de brug")
    with (
        time_machine.travel(clock.now() + timedelta(seconds=31)),
        django_capture_on_commit_callbacks(execute=True),
    ):
        assert escalate_due(stage.channel) == 1
    assert [one.to for one in mail.outbox] == [[stage.world.people["anouk"].email]]
    text = (mail.outbox[0].subject + mail.outbox[0].body).lower()
    for word in ("brug", "alarm", "farid", "kade", "st-1", stage.world.people["farid"].name.lower()):
        assert word not in text


def test_an_answer_or_an_end_stops_the_clock(stage: Street) -> None:
    answered, over = raised(stage, "farid"), raised(stage, "joost")
    commands.acknowledge(here(stage, "esra"), alarm=answered.event.uid, minutes=5)
    commands.end(here(stage, "joost"), alarm=over.event.uid, how="stood_down")
    with time_machine.travel(clock.now() + timedelta(minutes=5)):
        assert escalate_due() == 0


def test_the_silent_agency_gets_no_sign_of_any_step(with_prosecutor: Street, settings: Any) -> None:
    stage = with_prosecutor
    settings.ALARM_CONTROL_ROOM = hat_of(stage.world, "margot").agency.code
    alarm = raised(stage)
    with time_machine.travel(clock.now() + timedelta(seconds=31)):
        escalate_due()
    with time_machine.travel(clock.now() + timedelta(seconds=61)):
        escalate_due()
    assert AlarmStep.objects.get(alarm=alarm, step=2).called == []
    assert AlarmStep.objects.get(alarm=alarm, step=2).desk == ""
    commands.acknowledge(here(stage, "esra"), alarm=alarm.event.uid, minutes=5)

    by = stage.by("margot")
    told = log_page(by, opened(by, stage.channel.uid, session=None)).told
    assert told
    assert not [one for one in told if one.event.kind == "alarm" or one.event.notice.startswith("alarm")]
    with pytest.raises(NotFound) as silent:
        commands.acknowledge(here(stage, "margot"), alarm=alarm.event.uid, minutes=5)
    with pytest.raises(NotFound) as missing:
        commands.acknowledge(here(stage, "margot"), alarm=uuid4(), minutes=5)
    assert str(silent.value) == str(missing.value)


def test_the_silent_agency_has_no_frame_on_its_socket(with_prosecutor: Street) -> None:
    @with_phones(with_prosecutor, "farid", "esra", "margot")
    async def story(farid: Phone, esra: Phone, margot: Phone) -> None:
        before = len(margot.frames)
        client = uuid4()
        await farid.send({"type": "alarm", "client": str(client), "text": ""})
        accepted = await farid.frame("accepted")
        assert accepted["client"] == str(client)
        state = (await esra.frame("alarms"))["alarms"][0]
        assert (state["alarm"], state["state"]) == (accepted["event"], "raised")

        await esra.send({"type": "alarm_ack", "alarm": accepted["event"], "minutes": 2})
        while state["state"] != "acknowledged":
            state = (await farid.frame("alarms"))["alarms"][0]
        assert [(one["name"], one["minutes"]) for one in state["answers"]] == [
            (with_prosecutor.world.people["esra"].name, 2)
        ]
        await farid.send({"type": "alarm_end", "alarm": accepted["event"], "how": "false_alarm"})
        while state["state"] != "false_alarm":
            state = (await esra.frame("alarms"))["alarms"][0]

        await esra.say("Wij gaan weer.")
        while "Wij gaan weer." not in margot.texts and len(margot.frames) - before < 40:
            if await margot.quiet(0.4):
                break
            await margot.frame("event", "head", "presence", "alarms")
        kinds = {one["type"] for one in margot.frames}
        assert "alarms" not in kinds
        assert "alarm" not in str([one for one in margot.frames[before:] if one["type"] not in ("receipts", "kinds")])


def test_the_look_of_a_hub_escalates_too(stage: Street) -> None:
    alarm = raised(stage)
    with time_machine.travel(clock.now() + timedelta(seconds=31)):

        @with_phones(stage, "anouk")
        async def story(anouk: Phone) -> None:
            state: dict[str, Any] = {"steps": []}
            while not state["steps"]:
                state = (await anouk.frame("alarms"))["alarms"][0]
            assert state["steps"][0]["called"] == [stage.world.people["anouk"].name]

    assert AlarmStep.objects.filter(alarm=alarm).count() == 1


def test_an_alarm_goes_before_the_limit_of_messages(stage: Street, settings: Any) -> None:
    settings.CHANNEL_RATE, settings.CHANNEL_BURST = 0.001, 3

    @with_phones(stage, "farid")
    async def story(farid: Phone) -> None:
        for number in range(5):
            await farid.say(f"bericht {number}")
        await farid.send({"type": "alarm", "client": str(uuid4()), "text": ""})
        assert (await farid.frame("alarms", "close"))["type"] == "alarms"


def test_an_alarm_by_a_plain_request_is_the_same_alarm(stage: Street) -> None:
    browser, client = page(stage.world, "farid"), str(uuid4())
    body = {"client": client}
    url = f"/straat/{stage.channel.uid}/alarm/"
    first, again = (browser.post(url, body, content_type="application/json") for _ in range(2))
    assert (first.status_code, first.json()) == (201, again.json())
    assert browser.post(url, {"client": "x"}, content_type="application/json").status_code == 422


def test_the_report_says_who_came_when_and_how_long_it_took(stage: Street) -> None:
    begin = clock.now()
    with time_machine.travel(begin, tick=False) as travel:
        alarm = raised(stage, text="Kom bij de brug")
        travel.move_to(begin + timedelta(seconds=20))
        commands.acknowledge(here(stage, "esra"), alarm=alarm.event.uid, minutes=2)
        travel.move_to(begin + timedelta(seconds=110))
        stage.says("esra", ("street_status", "there"), kind="status")
        travel.move_to(begin + timedelta(seconds=300))
        commands.end(here(stage, "farid"), alarm=alarm.event.uid, how="stood_down")
        by = stage.by("anouk", "alarm.report")
        found = queries.report(by, opened(by, stage.channel.uid, session=None), alarm.event.uid)
        shown = page(stage.world, "anouk").get(f"/straat/{stage.channel.uid}/alarmen/{alarm.event.uid}/")
        listed = page(stage.world, "anouk").get(f"/straat/{stage.channel.uid}/alarmen/")
    assert (found.until_answer, found.until_there, found.until_end) == (20, 110, 300)
    assert found.words == "Kom bij de brug"
    assert [(one.name, one.minutes) for one in found.came] == [(stage.world.people["esra"].name, 2)]
    assert len(found.moments) == 3
    assert shown.status_code == listed.status_code == 200
    assert b"Kom bij de brug" in shown.content
    assert str(alarm.event.uid).encode() in listed.content


def test_the_report_is_for_who_leads_and_the_control_room_of_who_takes_part(stage: Street) -> None:
    alarm = raised(stage)
    by = stage.by("joost", "alarm.report")
    with pytest.raises(Refused):
        queries.report(by, opened(by, stage.channel.uid, session=None), alarm.event.uid)
    with pytest.raises(Refused):
        commands.choose_control_room(stage.by("joost"), stage.fresh(), agency="POL-MD")
    with pytest.raises(Invalid):
        commands.choose_control_room(stage.by("anouk"), stage.fresh(), agency="OND-HAVEN")
    browser = page(stage.world, "anouk")
    browser.post(f"/straat/{stage.channel.uid}/meldkamer/", {"agency": "POL-MD"})
    assert commands.control_room_of(stage.fresh()).code == "POL-MD"  # type: ignore[union-attr]


def test_the_alarm_reaches_who_comes_later(stage: Street) -> None:
    uid = str(raised(stage).event.uid)

    @with_phones(stage, "esra")
    async def story(esra: Phone) -> None:
        found = [one for one in esra.frames if one["type"] == "alarms"] or [await esra.frame("alarms")]
        assert found[0]["alarms"][0]["alarm"] == uid
