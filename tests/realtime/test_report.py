"""The report of a channel: the reader's own log less what may not be copied, on the screen and as a PDF."""

import io
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client, override_settings
from pypdf import PdfReader

from agreements.covenants.rules import operator
from agreements.models import Covenant, Party
from agreements.policy.catalogue import load_catalogue
from audit.journal.entry import mask_of_columns
from audit.journal.models import Entry
from audit.journal.scope import write_scope
from audit.journal.urgency import needs_sealing_at_once
from cases.papers.keeping import erase_of, erase_old
from cases.papers.lines import line_of
from cases.papers.models import PaperState
from cases.retention.rows import erase_case
from foundation import clock
from realtime.alarms import commands as alarms
from realtime.alarms.commands import Here
from realtime.channels.commands import members, opening
from realtime.channels.commands.erasing import erase_due
from realtime.channels.models import Event
from realtime.channels.queries import opened
from realtime.report import content
from realtime.report.models import ChannelPaper
from realtime.report.papers import order
from realtime.report.tasks import make_report
from tests.cases.desk import changing, changing_rules, hat_of, page
from tests.invariants.world import World
from tests.realtime.stage import TEAM, Street, street
from tests.realtime.test_place import send_photo

pytestmark = pytest.mark.django_db
QUEUE = override_settings(TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}})
"""Work waits for a worker, as in an installation."""


@pytest.fixture
def stage(world: World) -> Street:
    return street(world, team=(*TEAM, "nadia"))


@pytest.fixture
def copies(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the articles of the street allowed a copy: those of the demo do not."""
    real = content.obligations_by_article
    monkeypatch.setattr(content, "obligations_by_article", _freed(real))


def _freed(real: Any) -> Any:
    return lambda policy: {ref: found - {"no_export"} for ref, found in real(policy).items()}


def strong(client: Client) -> Client:
    """The same browser, signed in as a persona of the demo: that counts as strong."""
    session = client.session
    session["demo"] = True
    session.save()
    return client


def url_of(stage: Street) -> str:
    return f"/straat/{stage.channel.uid}/verslag/"


def shown(stage: Street, key: str = "anouk") -> str:
    answer = page(stage.world, key).get(url_of(stage))
    assert answer.status_code == 200
    return str(answer.content.decode())


def ordered(stage: Street, key: str = "anouk") -> ChannelPaper:
    return order(stage.by(key, "street_report.ordered"), stage.channel.uid, None, language="nl")


def fetched(stage: Street, paper: ChannelPaper, key: str = "anouk") -> Any:
    return strong(page(stage.world, key)).get(f"{url_of(stage)}pdf/{paper.uid}/")


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages).split())


def printed(stage: Street, key: str = "anouk") -> str:
    answer = fetched(stage, ordered(stage, key), key)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return text_of(answer.content)


def here(stage: Street, key: str, event: str) -> Here:
    by = stage.by(key, event)
    found = opened(by, stage.channel.uid, session=None)
    return Here(reading=by, channel=found.channel, member=found.member, hearer=found.hearer)


def made(stage: Street, key: str = "anouk") -> content.Content:
    by = stage.by(key, "street_report.read")
    return content.content_of(by, opened(by, stage.channel.uid, session=None), language="nl")


def test_what_an_article_forbids_to_copy_is_not_in_it_and_the_article_is_named(stage: Street) -> None:
    stage.says("anouk", ("street_message", "Wij beginnen bij de brug"))
    stage.says("esra", ("street_message", "Koperwiek op de hoek"))

    for text in (shown(stage), printed(stage)):
        assert "Wij beginnen bij de brug" in text
        assert "Koperwiek" not in text
        assert "HAV-GEBIED v1 art. 14.1 staat geen kopie toe" in text
        assert stage.world.people["esra"].name in text
        assert "Interventie Kade 9" in text


def test_nothing_says_that_something_is_left_out_when_nothing_is(stage: Street) -> None:
    stage.says("anouk", ("street_message", "Wij beginnen bij de brug"))

    assert "staat geen kopie toe" not in shown(stage)
    assert "staat geen kopie toe" not in printed(stage)


def test_what_the_reader_may_not_know_leaves_no_trace(stage: Street, copies: None) -> None:
    first = stage.says("anouk", ("street_message", "Wij beginnen bij de brug"))
    before = content.content_of(
        stage.by("anouk"), opened(stage.by("anouk"), stage.channel.uid, session=None), language="nl"
    )
    asked = stage.says("farid", ("street_question", "Kun jij even bellen?"), kind="question", to="POL-MD")
    stage.says("esra", ("street_question", "Ja, zo"), kind="question", target=asked.uid)

    after = content.content_of(
        stage.by("anouk"), opened(stage.by("anouk"), stage.channel.uid, session=None), language="nl"
    )

    assert before.hash == after.hash
    assert first.uid in {one.event.uid for one in after.told}


def test_it_tells_of_tasks_handovers_alarms_and_who_came(stage: Street, copies: None) -> None:
    task = stage.says("anouk", ("street_task", "Kijk bij de trap"), kind="task")
    stage.says("maarten", ("street_status", "on_my_way"), kind="status", target=task.uid)
    stage.says("maarten", ("street_status", "done"), kind="status", target=task.uid)
    stage.says("farid", ("street_handover", "Morgen terug met de voetbal"), kind="handover")
    event = alarms.raise_alarm(here(stage, "esra", "channel.said"), client=uuid4(), text="Help bij de trap")
    alarms.acknowledge(here(stage, "maarten", "alarm.acknowledged"), alarm=event.uid, minutes=5)
    alarms.end(here(stage, "esra", "alarm.ended"), alarm=event.uid, how="stood_down", text="")
    maarten, esra = (stage.world.people[key].name for key in ("maarten", "esra"))

    text = printed(stage)

    assert f"klaar op {task.given_at.astimezone(clock.AMSTERDAM).day} " in text
    assert f"{maarten} zei om" in text
    assert "er over 5 minuten te zijn" in text
    assert f"door {esra}" in text
    for words in ("Kijk bij de trap", "Morgen terug met de voetbal", "Help bij de trap", "Overdrachten", "Afgemeld"):
        assert words in text


def test_what_became_of_an_alarm_that_is_left_out_is_left_out_too(stage: Street) -> None:
    event = alarms.raise_alarm(here(stage, "esra", "channel.said"), client=uuid4(), text="Help bij de trap")
    alarms.acknowledge(here(stage, "maarten", "alarm.acknowledged"), alarm=event.uid, minutes=5)

    text = shown(stage)

    assert "Help bij de trap" not in text
    assert "Komt eraan" not in text
    assert "vb-sverslag" in text


def test_a_photo_is_in_it_when_a_copy_is_allowed(stage: Street, copies: None) -> None:
    assert send_photo(stage, "esra").status_code == 201

    answer = fetched(stage, ordered(stage))

    assert sum(len(sheet.images) for sheet in PdfReader(io.BytesIO(answer.content)).pages) == 1
    assert f'src="/straat/{stage.channel.uid}/foto/' in shown(stage)


def test_a_photo_is_not_in_it_when_no_copy_is_allowed(stage: Street) -> None:
    assert send_photo(stage, "esra").status_code == 201

    answer = fetched(stage, ordered(stage))

    assert sum(len(sheet.images) for sheet in PdfReader(io.BytesIO(answer.content)).pages) == 0
    assert "/foto/" not in shown(stage)


def test_a_member_has_a_report_of_what_an_article_lets_them_copy(stage: Street) -> None:
    # Article 6.2 gives the bureau what youth work sees of place and time, and forbids no copy of it.
    stage.says("farid", ("hotspot_note", "Zeven jongeren bij de trap"))
    stage.says("esra", ("street_message", "Koperwiek op de hoek"))

    text = printed(stage, "nadia")

    assert "Zeven jongeren bij de trap" in text
    assert "HAV-GEBIED art. 6.2" in text
    assert "Koperwiek" not in text
    assert url_of(stage) in page(stage.world, "nadia").get(f"/straat/{stage.channel.uid}/logboek/").content.decode()


def test_an_entry_of_which_a_part_may_not_be_copied_gives_no_report_and_no_way_to_it(stage: Street) -> None:
    # Article 6.2 gives the second part without a word about copies; article 14.1 gives the first, and forbids one.
    stage.says("farid", ("street_message", "Wij staan bij de brug"), ("hotspot_note", "Zeven jongeren bij de trap"))
    client = page(stage.world, "nadia")

    log = client.get(f"/straat/{stage.channel.uid}/logboek/").content.decode()

    assert "HAV-GEBIED art. 6.2" in log
    assert url_of(stage) not in log
    assert client.get(url_of(stage)).status_code == 403


def test_a_member_whom_every_article_forbids_a_copy_is_refused_with_the_article(stage: Street) -> None:
    stage.says("anouk", ("street_message", "Wij beginnen bij de brug"))
    client = page(stage.world, "esra")

    answer = client.get(url_of(stage))
    assert answer.status_code == 403
    assert "HAV-GEBIED v1 art. 14.1" in answer.content.decode()
    assert url_of(stage) not in client.get(f"/straat/{stage.channel.uid}/logboek/").content.decode()

    paper = ordered(stage, "esra")
    assert (paper.state, paper.problem) == (PaperState.FAILED, "no_copy")
    assert "art. 14.1" in paper.articles
    assert Entry.objects.filter(event_type="street_report.refused").exists()


def test_the_export_is_journalled_with_exactly_what_left(stage: Street) -> None:
    stage.says("anouk", ("street_message", "Wij beginnen bij de brug"))
    stage.says("esra", ("street_task", "Koperwiek"), kind="task")
    paper = ordered(stage)
    last = Entry.objects.order_by("-id").first().id
    fetched(stage, paper)

    [row] = Entry.objects.filter(id__gt=last, event_type="street_report.exported")
    fields = load_catalogue().codes(mask_of_columns((row.fields_0, row.fields_1, row.fields_2)))
    assert set(fields) == {"street_message"}
    assert row.case_ref == stage.case.ref
    assert needs_sealing_at_once(row.event_type, row.break_glass)
    assert Entry.objects.filter(event_type="street_report.ordered").count() == 1


def test_it_is_kept_sealed_and_goes_after_a_day(stage: Street) -> None:
    stage.says("anouk", ("street_message", "Wij beginnen bij de brug"))
    paper = ordered(stage)
    kept = bytes(paper.content)

    assert kept
    assert b"%PDF" not in kept
    with time_machine.travel(paper.asked_at + timedelta(hours=24), tick=False):
        assert erase_old() == 1
    assert not ChannelPaper.objects.exists()


def test_it_goes_when_words_of_the_channel_are_erased(stage: Street) -> None:
    said = stage.says("anouk", ("street_message", "Wij beginnen bij de brug"))
    ordered(stage)
    with changing():
        Event.objects.filter(pk=said.pk).update(given_at=clock.now() - timedelta(days=31))

    erase_due(by=operator("tests"))

    assert not ChannelPaper.objects.exists()


def test_it_goes_with_its_case_and_with_what_is_erased_in_it(stage: Street) -> None:
    ordered(stage)
    assert erase_of(stage.case)["realtime_channelpaper"] == 1
    ordered(stage)
    with changing(), write_scope(reason="test"):
        assert erase_case(stage.case)["realtime_channelpaper"] == 1


def test_it_waits_for_a_worker_and_says_how_far_it_is(stage: Street) -> None:
    client = page(stage.world, "anouk")
    with QUEUE:
        assert client.post(f"{url_of(stage)}pdf/maak/").status_code == 302
        part = client.get(f"{url_of(stage)}pdf/", headers={"HX-Request": "true"}).content.decode()
        assert "Uw PDF wordt zo gemaakt" in part
        assert 'hx-trigger="every 1s"' in part
        assert ordered(stage) == ChannelPaper.objects.get()
        make_report.call(str(ChannelPaper.objects.get().uid))
    done = client.get(f"{url_of(stage)}pdf/", headers={"HX-Request": "true"}).content.decode()

    assert "hx-trigger" not in done
    assert "Haal de PDF op" in done
    assert client.get(f"{url_of(stage)}pdf/").status_code == 302


def test_it_is_its_recipients_alone_and_asks_for_a_strong_sign_in(stage: Street) -> None:
    paper = ordered(stage)

    assert fetched(stage, paper, "esra").status_code == 404
    assert fetched(stage, paper, "nadia").status_code == 404
    assert page(stage.world, "anouk").get(f"{url_of(stage)}pdf/{paper.uid}/").status_code == 401
    assert not Entry.objects.filter(event_type="street_report.exported").exists()


def test_what_was_said_since_is_in_it_when_it_is_fetched(stage: Street) -> None:
    paper = ordered(stage)
    stage.says("anouk", ("street_message", "Nog een rondje"))

    assert "Nog een rondje" in text_of(fetched(stage, paper).content)


def test_rights_that_changed_since_count_when_it_is_fetched(
    stage: Street, copies: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.says("esra", ("street_message", "Koperwiek op de hoek"))
    paper, theirs = ordered(stage), ordered(stage, "maarten")
    assert "Koperwiek" in text_of(fetched(stage, paper).content)
    monkeypatch.undo()

    assert "Koperwiek" not in text_of(fetched(stage, paper).content)
    assert fetched(stage, theirs, "maarten").status_code == 403


def test_who_is_put_out_gets_nothing_that_was_ready(stage: Street, copies: None) -> None:
    stage.says("esra", ("street_message", "Koperwiek op de hoek"))
    paper = ordered(stage, "maarten")
    assert paper.state == PaperState.DONE
    members.put_out(stage.by("anouk"), stage.channel.uid, member=stage.member("maarten").uid)

    assert fetched(stage, paper, "maarten").status_code == 404


def test_a_members_order_from_before_the_end_gives_nothing_after_it(stage: Street, copies: None) -> None:
    """Who leads has some days more: test_looking_back.py."""
    with QUEUE:
        paper = ordered(stage, "maarten")
        opening.close(stage.by("anouk"), stage.channel.uid)
        make_report.call(str(paper.uid))
    paper.refresh_from_db()

    assert (paper.state, paper.content) == (PaperState.FAILED, None)
    assert "mag lezen" in line_of(paper).problem


def test_what_is_ready_is_not_given_beyond_a_covenant_that_ends(stage: Street, copies: None) -> None:
    stage.says("esra", ("street_message", "Koperwiek op de hoek"))
    ends = clock.now() + timedelta(minutes=10)
    with changing_rules():
        Party.objects.filter(
            covenant=Covenant.objects.get(code="HAV-GEBIED"), agency=hat_of(stage.world, "anouk").agency
        ).update(ends=ends)
    paper = ordered(stage)

    with time_machine.travel(ends - timedelta(seconds=1), tick=False):
        assert "Koperwiek" in text_of(fetched(stage, paper).content)
    with time_machine.travel(ends, tick=False):
        answer = fetched(stage, paper)
        assert "Koperwiek" not in (text_of(answer.content) if answer.status_code == 200 else answer.content.decode())
