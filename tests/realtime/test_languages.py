"""What leaves for somebody's phone or mailbox is in their language, whoever's worker sends it, and without content."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import translation

from agreements.models import Professional
from foundation import clock
from realtime.alarms.escalation import escalate_due
from realtime.alarms.models import AlarmStep
from realtime.alarms.tasks import call_step
from tests.cases.desk import changing, hat_of, page
from tests.invariants.world import World
from tests.realtime.stage import Street, street
from tests.realtime.test_alarms import raised

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def stage(world: World, settings: Any) -> Street:
    settings.ALARM_CONTROL_ROOM = "POL-MD"
    found = street(world)
    with changing():
        Professional.objects.filter(pk=world.people["ruben"].pk).update(language="en")
        Professional.objects.filter(pk=world.people["esra"].pk).update(language="nl")
    return found


@pytest.mark.parametrize("of_the_worker", ["nl", "en"])
def test_a_call_by_mail_is_in_the_language_of_who_gets_it(stage: Street, of_the_worker: str) -> None:
    alarm = raised(stage, text="Kom bij de brug")
    for seconds in (31, 61):
        with time_machine.travel(clock.now() + timedelta(seconds=seconds)):
            escalate_due(stage.channel)

    with translation.override(of_the_worker):
        call_step.func(AlarmStep.objects.get(alarm=alarm, step=2).pk)

    said = {one.to[0]: one.subject + one.body for one in mail.outbox}
    ruben, esra = (said[stage.world.people[key].email] for key in ("ruben", "esra"))
    assert "you are needed now" in ruben
    assert "u bent nu nodig" not in ruben
    assert "u bent nu nodig" in esra
    assert "you are needed" not in esra
    desk = said[hat_of(stage.world, "ruben").agency.contact_email]
    assert "u bent nu nodig" in desk
    for text in said.values():
        for word in ("brug", "alarm", "kade", "st-1", stage.world.people["farid"].name.lower()):
            assert word not in text.lower()


def test_the_worker_of_a_phone_speaks_the_language_of_who_is_signed_in(stage: Street) -> None:
    dutch, english = (page(stage.world, key).get("/sw.js").content.decode() for key in ("esra", "ruben"))
    assert 'self.verbondNews = "Er is iets nieuws"' in dutch
    assert 'self.verbondNews = "There is something new"' in english
    assert _version(dutch) != _version(english), "a browser would keep the worker that speaks the other language"
    nobody = Client(HTTP_HOST="localhost").get("/sw.js").content.decode()
    assert nobody == dutch


def _version(worker: str) -> str:
    return worker.split('CACHE = "')[1].split('"')[0]
