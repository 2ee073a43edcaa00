"""Exports from the wish to the file: whole and once whoever dies, for who asked for it, recorded, gone in time."""

import csv
import hashlib
import json
from datetime import timedelta
from io import StringIO
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction

from audit.exports import commands, kinds, queries, rows, running
from audit.exports.commands import NotYourAgency
from audit.exports.models import Export, ExportPiece, ExportState
from audit.journal import models
from audit.journal.appender import append
from audit.journal.entry import Action
from audit.journal.erasure import erase_parts
from audit.journal.urgency import needs_sealing_at_once
from foundation import clock
from foundation.errors import Invalid, NotFound
from tests.audit.exports.desk import made, officer, uids_of, wish
from tests.audit.stand_ins import BUREAU, POLICE, SCHOOL, ZORRO, entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("upper_floor", "queued")]
OTHER = "professional:3f0e7c52-0010-4000-8000-000000000010"


def test_an_export_holds_every_entry_of_the_officers_readers_once_and_in_order(log: list[str]) -> None:
    text = made(officer(), wish())

    assert uids_of(text) == log[:40]
    assert json.loads(text)[0]["UserName"] == "D. Kuipers"
    assert json.loads(text)[0]["ParticipantObjectID"] == ZORRO


def test_every_format_is_made_and_its_hash_is_in_the_journal(log: list[str]) -> None:
    for kind in kinds.kinds().values():
        if kind.covenants is None:
            text = made(officer(BUREAU), wish(kind.code, agency=POLICE))
            told = models.Entry.objects.filter(event_type="export.made").latest("uid")
            assert hashlib.sha256(text).hexdigest() in bytes(told.body).decode()
            assert needs_sealing_at_once(told.event_type, False)
    sheet = made(officer(BUREAU), wish("nen7513_csv"))
    assert [line["EventID"] for line in csv.DictReader(StringIO(sheet.decode()))] == log
    assert len(made(officer(BUREAU), wish("syslog")).splitlines()) == len(log)
    lines = made(officer(BUREAU), wish("ldv_otlp", agency=SCHOOL)).splitlines()
    assert all(json.loads(line)["resourceSpans"] for line in lines)


class Killed(BaseException):
    """The process is gone: nothing that would come after runs."""


@pytest.mark.parametrize("name", ["box", "_store", "append"], ids=["between", "in the transaction", "at the end"])
def test_who_dies_half_way_leaves_what_the_next_one_goes_on_from(log: list[str], monkeypatch: Any, name: str) -> None:
    export = commands.order(officer(), wish())
    for death in (2, 1, 3):
        with monkeypatch.context() as fault:
            fault.setattr(running, name, _dying(getattr(running, name), after=1 if name == "append" else death))
            with pytest.raises(Killed):
                running.make(export.uid)
        assert not running.make(export.uid), "its worker may still live"
        Export.objects.update(beat_at=clock.now() - running.STALE_AFTER)

    assert running.make(export.uid)
    assert uids_of(b"".join(commands.fetch(officer(), export.uid)[1])) == log[:40]
    assert list(ExportPiece.objects.order_by("number").values_list("number", flat=True)) == list(range(6))
    assert models.Entry.objects.filter(event_type="export.made").count() == 1


def _dying(real: Any, *, after: int) -> Any:
    """What it stands in for, but at the call numbered `after` the process dies."""
    calls = count(1)

    def call(*given: Any, **named: Any) -> Any:
        if next(calls) >= after:
            raise Killed
        return real(*given, **named)

    return call


def test_a_worker_that_was_thought_dead_stores_nothing_more(log: list[str], monkeypatch: Any) -> None:
    export = commands.order(officer(), wish())
    real, asked = rows.entries, []

    def late(given: Any) -> Any:
        asked.append(given)
        if len(asked) == 4:  # the total, two pieces, and at the third it is overtaken
            Export.objects.update(beat_at=clock.now() - running.STALE_AFTER)
            assert running.make(export.uid)
        return real(given)

    monkeypatch.setattr(rows, "entries", late)

    assert running.make(export.uid) is False
    assert uids_of(b"".join(commands.fetch(officer(), export.uid)[1])) == log[:40]


def test_a_fault_stops_an_export_which_goes_on_when_asked(log: list[str], monkeypatch: Any) -> None:
    export = commands.order(officer(), wish())
    with monkeypatch.context() as fault:
        fault.setattr(running, "_store", _broken(running._store))
        with pytest.raises(OSError, match="disk"):
            running.make(export.uid)
    (line,) = queries.lines(officer())
    assert (line.state, line.has_stopped, line.is_busy) == (ExportState.FAILED, True, False)
    assert 0 < line.percent < 100

    commands.go_on(officer(), export.uid)

    assert running.make(export.uid)
    assert uids_of(b"".join(commands.fetch(officer(), export.uid)[1])) == log[:40]


def _broken(real: Any) -> Any:
    calls = count(1)

    def call(*given: Any) -> None:
        if next(calls) > 2:
            raise OSError("disk is full")
        real(*given)

    return call


def test_only_who_asked_fetches_it_under_the_oversight_of_then_and_each_fetch_is_an_entry(log: list[str]) -> None:
    export = commands.order(officer(), wish())
    with pytest.raises(NotFound):
        commands.fetch(officer(), export.uid)
    running.make(export.uid)

    for stranger in (officer(actor_ref=OTHER), officer(SCHOOL), officer(BUREAU)):
        with pytest.raises(NotFound):
            commands.fetch(stranger, export.uid)
    with pytest.raises(NotFound):
        commands.fetch(officer(), uuid4())
    commands.fetch(officer(), export.uid)

    counts = [models.Entry.objects.filter(event_type=f"export.{act}").count() for act in ("refused", "downloaded")]
    assert counts == [4, 1]


def test_it_is_kept_sealed_and_erased_in_time(log: list[str], settings: Any) -> None:
    export = commands.order(officer(), wish())
    running.make(export.uid)
    assert not any(b"Kuipers" in bytes(piece.content) for piece in ExportPiece.objects.all())

    with time_machine.travel(clock.now() + timedelta(hours=settings.EXPORT_HOURS, seconds=1)):
        with pytest.raises(NotFound):
            commands.fetch(officer(), export.uid)
        assert queries.lines(officer()) == ()
        call_command("exports")

    assert not Export.objects.exists()
    assert not ExportPiece.objects.exists()


def test_the_command_goes_on_with_what_lost_its_worker(log: list[str], settings: Any) -> None:
    export = commands.order(officer(), wish())
    Export.objects.update(state="running", worker=uuid4(), beat_at=clock.now(), asked_at=clock.now())
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    call_command("exports")
    assert Export.objects.get().state == ExportState.RUNNING

    with time_machine.travel(clock.now() + timedelta(minutes=5)):
        call_command("exports")
        assert Export.objects.get().state == ExportState.DONE
        assert uids_of(b"".join(commands.fetch(officer(), export.uid)[1])) == log[:40]


def test_what_is_younger_than_a_minute_stays_out_and_an_empty_period_is_refused(log: list[str]) -> None:
    with transaction.atomic():
        append([entry()])

    assert uids_of(made(officer(), wish())) == log[:40]
    with pytest.raises(Invalid) as problem:
        commands.order(officer(), wish(since=clock.now() - timedelta(seconds=10)))
    assert problem.value.field == "since"


@pytest.mark.parametrize(
    ("given", "field"),
    [({"kind": "zqx"}, "kind"), ({"kind": "ldv_json"}, "agency"), ({"kind": "covenant_report"}, "covenant")],
)
def test_a_wish_that_does_not_fit_names_what_is_missing(given: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as problem:
        commands.order(officer(BUREAU), wish(**given))

    assert (problem.value.field, bool(problem.value.remedy)) == (field, True)
    assert not Export.objects.exists()


def test_an_officer_cannot_export_another_agency_and_that_is_recorded() -> None:
    with pytest.raises(NotYourAgency) as problem:
        commands.order(officer(), wish(agency=SCHOOL))

    assert problem.value.article
    assert models.Entry.objects.get(event_type="export.refused").outcome == "refused"


def test_what_was_erased_is_in_no_export(log: list[str]) -> None:
    parts = models.Part.objects.values_list("commitment", flat=True)
    erase_parts([bytes(one) for one in parts], entry=entry(event_type="parts.erased", action=Action.DELETE))

    text = made(officer(), wish())

    assert uids_of(text) == log[:40]
    assert b"Kuipers" not in text
    assert ZORRO.encode() not in text
