"""A small log of ten minutes ago, and a queue in which what is put stays until a test does it."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction

from audit.exports import rows
from audit.journal.appender import append
from foundation import clock
from tests.audit.stand_ins import SCHOOL, TEACHER, ZORRO, entry


@pytest.fixture
def queued(settings: Any, monkeypatch: Any) -> None:
    """What is put in the queue stays there until a test does it; pieces are small."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    monkeypatch.setattr(rows, "CHUNK", 7)


@pytest.fixture
def log() -> list[str]:
    """Forty entries of the police and three of a school, of ten minutes ago."""
    with time_machine.travel(clock.now() - timedelta(minutes=10), tick=True), transaction.atomic():
        uids = append([entry(subject_ref=ZORRO, actor_name="D. Kuipers", fields=1 << n) for n in range(40)])
        uids += append([entry(agency_ref=SCHOOL, actor_ref=TEACHER) for _ in range(3)])
    return list(uids)
