"""A channel that ended: who led it reads, reports and takes over for three days more; nobody else, and nothing else."""

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client, override_settings
from pypdf import PdfReader

from agreements.models import Membership
from audit.journal.models import Entry
from cases.models import Participation
from foundation import clock
from realtime.channels.commands import opening
from realtime.channels.models import Event
from realtime.report.models import ChannelPaper
from tests.cases.desk import Api, changing, hat_of, page
from tests.invariants.world import World
from tests.realtime.stage import TEAM, Street, street
from tests.realtime.test_place import send_photo
from tests.realtime.test_street_api import api

pytestmark = pytest.mark.django_db
WORDS = "Koperwiek bij de trap"
AFTER = timedelta(hours=72)


@pytest.fixture
def stage(world: World) -> Street:
    return street(world, team=(*TEAM, "nadia"))


@pytest.fixture
def ended(stage: Street) -> Street:
    """A channel in which something was said, closed by hand."""
    stage.says("anouk", ("street_message", WORDS))
    stage.says("anouk", ("hotspot_note", "Groep van zes bij de trap"))
    opening.close(stage.by("anouk", "channel.closed"), stage.channel.uid)
    return stage


def of(stage: Street, rest: str = "") -> str:
    return f"/straat/{stage.channel.uid}/{rest}"


def by_api(stage: Street, rest: str = "") -> str:
    return f"/channels/{stage.channel.uid}{rest}"


def read(client: Client | Api, url: str) -> tuple[int, str]:
    answer = client.get(url)
    return answer.status_code, answer.content.decode(errors="replace")


def at(moment: datetime) -> Any:
    return time_machine.travel(moment, tick=False)


READS: tuple[Callable[[Street], str], ...] = (
    lambda stage: of(stage, "logboek/"),
    lambda stage: of(stage, "verslag/"),
    lambda stage: of(stage, "alarmen/"),
    lambda stage: by_api(stage, "/events"),
    lambda stage: by_api(stage, "/report"),
    lambda stage: by_api(stage, "/report/paper"),
)


def client_for(stage: Street, key: str, url: str) -> Client | Api:
    return api(stage, key) if url.startswith("/channels/") else page(stage.world, key)


def statuses(stage: Street, key: str) -> list[int]:
    return [client_for(stage, key, url).get(url).status_code for url in (one(stage) for one in READS)]


def test_who_led_it_finds_it_in_the_list_and_reads_the_log(ended: Street) -> None:
    anouk = page(ended.world, "anouk")
    status, text = read(anouk, "/straat/")
    assert status == 200
    assert of(ended, "logboek/") in text
    assert f'href="{of(ended)}"' not in text
    assert WORDS not in text

    status, text = read(anouk, of(ended, "logboek/"))
    assert (status, WORDS in text) == (200, True)
    assert f'href="{of(ended)}"' not in text, "a link to what does not open"
    (line,) = api(ended, "anouk").get("/channels?ended=true").json()
    assert line["uid"] == str(ended.channel.uid)
    assert datetime.fromisoformat(line["log_until"]) - datetime.fromisoformat(line["ends_at"]) == AFTER
    told = Entry.objects.filter(event_type="channel.read", route="channel_log").last()
    assert told is not None
    assert told.case_ref == ended.case.ref


def test_every_way_of_reading_opens_for_who_led_and_for_nobody_else(ended: Street) -> None:
    assert statuses(ended, "anouk") == [200] * len(READS)
    read(page(ended.world, "anouk"), "/straat/")
    since = Entry.objects.filter(case_ref=ended.case.ref, recorded_at__gte=ended.fresh().closed_at, action="R")
    assert {"channel.read", "channel.list"} <= set(since.values_list("event_type", flat=True))
    reasons = set(since.values_list("event_type", "reason_code"))
    assert not [one for one in reasons if one[1] == "U"], "unexplained"
    assert {("channel.read", "R2"), ("channel.list", "R2")} <= reasons
    for key in (*TEAM, "nadia", "peter", "ineke"):
        for url in (one(ended) for one in READS):
            status, text = read(client_for(ended, key, url), url)
            assert status in {403, 404}, (key, url)
            assert WORDS not in text
            assert "trap" not in text
        _status, text = read(page(ended.world, key), "/straat/")
        assert str(ended.channel.uid) not in text
        listed = api(ended, key).get("/channels?ended=true")
        assert listed.status_code == 403 or listed.json() == []


def test_nothing_but_reading_opens(ended: Street) -> None:
    anouk, mine, before = page(ended.world, "anouk"), api(ended, "anouk"), Event.objects.count()
    body = {
        "client": "5f0c1f3e-6d0a-4d53-9d63-2f6f1a4b3c11",
        "pieces": [{"field": "street_message", "text": "nog iets"}],
    }
    assert [anouk.get(of(ended, rest)).status_code for rest in ("", "leden/", "bord/", "kaart/")] == [404] * 4
    assert anouk.post(of(ended, "kaartje/")).status_code == 404
    assert anouk.post(of(ended, "verleng/"), {"ends_at": "2030-01-01T00:00"}).status_code == 404
    assert anouk.post(of(ended, "leden/erbij/"), {"membership": hat_of(ended.world, "esra").pk}).status_code == 404
    assert anouk.post(of(ended, "meldkamer/"), {"agency": ""}).status_code == 404
    assert send_photo(ended, "anouk").status_code == 404
    assert mine.post(by_api(ended, "/events"), body).status_code == 404
    assert mine.post(by_api(ended, "/ticket"), {}).status_code == 404
    assert mine.get(by_api(ended)).status_code == 404
    assert mine.post(by_api(ended, "/alarms"), {"client": body["client"]}).status_code == 404
    assert Event.objects.count() == before


def test_the_report_is_made_and_fetched_afterwards(ended: Street) -> None:
    last = ended.fresh().looked_back_until
    with at(last - timedelta(hours=1)):
        leader = api(ended, "anouk")
        made = leader.post(by_api(ended, "/report/paper"), {})
        told = leader.get(by_api(ended, "/report/paper")).json()["paper"]
        assert (made.status_code, told["state"]) == (202, "done")
        pdf = leader.get(by_api(ended, f"/report/paper/{told['uid']}"))
        text = " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf.content)).pages)
        assert WORDS in text

    with at(last):
        assert api(ended, "anouk").get(by_api(ended, f"/report/paper/{told['uid']}")).status_code == 404


def test_a_paper_that_waits_past_the_last_hour_is_not_made(ended: Street) -> None:
    from realtime.report.tasks import make_report

    with override_settings(TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}):
        api(ended, "anouk").post(by_api(ended, "/report/paper"), {})
    paper = ChannelPaper.objects.get()
    with at(clock.now() + AFTER):
        make_report.func(str(paper.uid))
    paper.refresh_from_db()
    assert (paper.state, paper.content) == ("failed", None)


def test_entries_are_taken_over_afterwards(ended: Street) -> None:
    note = Event.objects.filter(channel=ended.channel, layout="hotspot_note").get()
    more = {"kind": "crime", "place": "Kade 9"}
    body = {"events": [str(note.uid)], "signal": more}
    assert api(ended, "farid").post(by_api(ended, "/taken"), body).status_code == 404
    made = api(ended, "anouk").post(by_api(ended, "/taken"), body)
    assert made.status_code == 201, made.content


def test_three_days_after_its_end_it_is_over_for_all(ended: Street) -> None:
    closed = ended.fresh().closed_at
    assert closed is not None
    with at(closed + AFTER - timedelta(seconds=1)):
        assert statuses(ended, "anouk") == [200] * len(READS)
    with at(closed + AFTER):
        assert statuses(ended, "anouk") == [404] * len(READS)
        assert str(ended.channel.uid) not in read(page(ended.world, "anouk"), "/straat/")[1]


def test_at_its_term_the_same_from_that_moment(stage: Street) -> None:
    stage.says("anouk", ("street_message", WORDS))
    ends = stage.fresh().ends_at
    for moment, status in ((ends, 200), (ends + AFTER - timedelta(seconds=1), 200), (ends + AFTER, 404)):
        with at(moment):
            assert statuses(stage, "anouk") == [status] * len(READS)
            assert statuses(stage, "esra") == [404] * len(READS)


def test_who_left_the_case_or_the_agency_reads_nothing_more(ended: Street) -> None:
    with changing():
        Participation.objects.filter(case=ended.case, agency__code="GEM-MD").update(is_open=False)
    assert statuses(ended, "anouk") == [404] * len(READS)
    with changing():
        Participation.objects.filter(case=ended.case, agency__code="GEM-MD").update(is_open=True)
    assert statuses(ended, "anouk") == [200] * len(READS)
    with changing():
        Membership.objects.filter(pk=hat_of(ended.world, "anouk").pk).update(ends=clock.now())
    assert 200 not in statuses(ended, "anouk")


def test_who_was_put_out_before_the_end_does_not_look_back(stage: Street) -> None:
    stage.says("anouk", ("street_message", WORDS))
    with changing():
        stage.channel.members.filter(membership=hat_of(stage.world, "anouk")).update(left_at=clock.now())
    with at(stage.fresh().ends_at):
        assert statuses(stage, "anouk") == [404] * len(READS)
