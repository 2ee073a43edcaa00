"""Messages go at the end of their term, or with their case; what they said is really gone."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection

from agreements.covenants.rules import operator
from audit.journal.models import Entry
from audit.journal.scope import write_scope
from cases.retention.rows import erase_case
from foundation import clock
from realtime.channels.commands.erasing import erase_due
from realtime.channels.models import Channel, ChannelMember, Event, Receipt
from tests.cases.desk import changing
from tests.invariants.world import World
from tests.realtime.stage import Street, street

pytestmark = pytest.mark.django_db
BY = operator("tests")


@pytest.fixture
def stage(world: World) -> Street:
    return street(world)


def _words() -> str:
    with connection.cursor() as cursor:
        cursor.execute('SELECT "values" FROM realtime_event')
        return " ".join(text for (text,) in cursor.fetchall())


def _older(event: Event, days: int) -> None:
    with changing():
        Event.objects.filter(pk=event.pk).update(given_at=clock.now() - timedelta(days=days))


def test_a_message_past_its_term_goes_and_the_journal_says_so(stage: Street) -> None:
    _older(stage.says("esra", ("street_message", "koperwiek")), 31)
    kept = stage.says("esra", ("street_message", "blijft nog staan"))

    found = erase_due(by=BY)

    assert found[stage.channel.ref] == 1
    assert "koperwiek" not in _words()
    assert Event.objects.filter(pk=kept.pk).exists()
    entry = Entry.objects.order_by("-id").first()
    assert entry is not None
    assert entry.event_type == "channel.erased"


def test_the_shorter_term_wins(stage: Street, settings: object) -> None:
    settings.CHANNEL_KEEP_DAYS = 7  # type: ignore[attr-defined]
    _older(stage.says("esra", ("street_message", "koperwiek")), 8)

    assert erase_due(by=BY)[stage.channel.ref] == 1


def test_the_covenant_wins_from_a_longer_setting(stage: Street, settings: object) -> None:
    settings.CHANNEL_KEEP_DAYS = 365  # type: ignore[attr-defined]
    _older(stage.says("esra", ("street_message", "koperwiek")), 31)

    assert erase_due(by=BY)[stage.channel.ref] == 1


def test_an_answer_goes_with_what_it_answers(stage: Street) -> None:
    first = stage.says("esra", ("hotspot_note", "twee man op de kade"))
    answer = stage.says("farid", ("street_message", "ik ga kijken"), target=first.uid)
    _older(first, 31)

    erase_due(by=BY)

    assert not Event.objects.filter(pk__in=(first.pk, answer.pk)).exists()


def test_an_ended_channel_goes_when_nothing_is_left_in_it(stage: Street) -> None:
    with time_machine.travel(clock.now() + timedelta(days=40), tick=False):
        erase_due(by=BY)

    assert not Channel.objects.filter(pk=stage.channel.pk).exists()
    assert not Receipt.objects.filter(member__channel_id=stage.channel.pk).exists()


def test_a_channel_goes_with_its_case(stage: Street) -> None:
    first = stage.says("esra", ("street_message", "koperwiek"))
    stage.says("farid", ("street_message", "gezien"), target=first.uid)
    stage.says("farid", ("street_alarm", "hulp"), kind="alarm")

    with changing(), write_scope(reason="test"):
        counts = erase_case(stage.case)

    assert counts["realtime_event"] >= 2
    assert "koperwiek" not in _words()
    assert not ChannelMember.objects.filter(channel_id=stage.channel.pk).exists()
