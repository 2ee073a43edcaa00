"""Three rules more: after the end of a participation, again after an unjustified read, and much taken along."""

from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import override_settings
from django_tasks_db.models import DBTaskResult

from audit import ports
from audit.journal.entry import Because, Outcome
from audit.models import Mark
from audit.oversight import looking
from audit.oversight.models import FindingState, Verdict
from audit.oversight.overseeing import oversee
from audit.oversight.tasks import oversee_journal
from foundation import clock
from tests.audit.oversight.test_findings import neighbour, officer, opened, step, wrote
from tests.audit.stand_ins import CASE, POLICE, entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("upper_floor")]
NOON = clock.start_of(clock.today()) - timedelta(days=3) + timedelta(hours=12)


@pytest.fixture
def ended() -> Any:
    """The police left CASE an hour before NOON; files are taken along by `file.taken`."""

    def asked(pairs: Any) -> dict[tuple[str, str], datetime]:
        return {pair: NOON - timedelta(hours=1) for pair in pairs if pair == (CASE, POLICE)}

    ports.supply("test.more_rules", ports.Supply(ended_before=asked, exports=frozenset({"file.taken"})))
    yield
    ports.withdraw("test.more_rules")


def at(patch: pytest.MonkeyPatch, moment: datetime, *entries: Any) -> tuple[str, ...]:
    with patch.context() as then:
        then.setattr(clock, "now", lambda: moment)
        return wrote(*entries)


def marked(rule: str) -> set[str]:
    return {uid.hex for uid in Mark.objects.filter(rule=rule).values_list("entry_uid", flat=True)}


def test_a_read_or_an_attempt_after_the_end_is_marked_and_one_before_is_not(
    ended: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = Because(code="U")
    at(monkeypatch, NOON - timedelta(hours=2), entry(because=gone, fields=1))
    (read,) = at(monkeypatch, NOON, entry(because=gone, fields=1))
    (tried,) = at(monkeypatch, NOON, entry(outcome=Outcome.REFUSED, event_type="case.refused"))
    at(monkeypatch, NOON, entry(outcome=Outcome.REFUSED, event_type="case.refused", case_ref=f"{CASE}x"))
    at(monkeypatch, NOON + timedelta(minutes=1), entry(because=Because(code="R3", fact_ref="action:1"), fields=1))

    oversee(batch=2)
    assert marked("after_end") == {read, tried}
    assert oversee() == 0


def test_who_was_found_wrong_before_is_marked_at_the_next_unexplained_read(monkeypatch: pytest.MonkeyPatch) -> None:
    finding = opened()
    step(finding, FindingState.CLOSED, Verdict.UNJUSTIFIED)
    later = clock.now() + timedelta(days=1)
    (again,) = at(monkeypatch, later, neighbour(case_ref=f"{CASE}2"))
    at(monkeypatch, later, entry(because=Because(code="R3", fact_ref="action:1"), fields=1))

    with monkeypatch.context() as then:
        then.setattr(clock, "now", lambda: later + timedelta(hours=1))
        oversee()
        assert marked("repeat") == {again}
        assert {hit.rule for group in looking.bench(officer()).groups for hit in group.hits} >= {"U", "repeat"}


def test_a_day_of_many_files_taken_along_is_marked_and_a_file_about_three_is_one(
    ended: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def files(times: int, who: str, *, persons: int = 1) -> list[Any]:
        what = {"event_type": "file.taken", "actor_ref": f"professional:{who}", "because": Because(code="R3")}
        return [entry(trace_id=f"{n:032x}", **what) for n in range(times) for _ in range(persons)]

    much = at(monkeypatch, NOON, *files(12, "much"))
    at(monkeypatch, NOON, *files(4, "three-a-file", persons=3))

    oversee()
    assert marked("exports") == set(much)


def test_the_worker_does_the_same_from_the_queue() -> None:
    with override_settings(TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}):
        call_command("oversee", "--queue", stdout=StringIO())
        waiting = DBTaskResult.objects.get()

    assert waiting.task_path == "audit.oversight.tasks.oversee_journal"
    assert oversee_journal.func() == 0
