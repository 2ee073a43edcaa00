"""Pruning end to end: two officers, batches, and a bundle that still verifies and says what is gone."""

import hashlib
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from audit import ports
from audit.journal.appender import append
from audit.journal.entry import Because
from audit.journal.models import Part
from audit.journal.scope import erase_scope, write_scope
from audit.models import Entry, Finding, FindingRead, Leaf, PruneBatch, PruneRun
from audit.pruning import commands, queries
from audit.pruning.commands import NotForYou
from audit.pruning.compacting import compact
from audit.pruning.terms import months_before, terms_at
from audit.sealing.state import state
from audit.signer.core import LocalSigner
from foundation import clock
from foundation.errors import Invalid
from tests.audit.conftest import run
from tests.audit.integrity.steps import SECOND, bundled, officer, seal_and_sign, verify, write_at
from tests.audit.sealing.steps import write
from tests.audit.stand_ins import CASE, NADIA, POLICE, SCHOOL, TEACHER, WIJKAGENT, ZORRO, entry
from tests.faults.test_erasure_bytes import in_relations

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("upper_floor")]
OLD = datetime(2019, 5, 1, 9, tzinfo=UTC)
SECRET = "zqxwhyitwasreadqzx"


@pytest.fixture
def old_log(signer: LocalSigner, monkeypatch: Any) -> LocalSigner:
    """Five entries past their term and two of today, under one checkpoint."""
    write_at(OLD, monkeypatch, 5, subject_ref=ZORRO, reason=SECRET)
    write(2, subject_ref=ZORRO)
    seal_and_sign(signer)
    return signer


def approved() -> PruneRun:
    uid = commands.propose(officer())
    commands.approve(officer(POLICE, actor_ref=SECOND), uid)
    return PruneRun.objects.get(uid=uid)


def test_what_is_past_its_term_goes_and_every_proof_goes_on_to_hold(old_log: LocalSigner, tmp_path: Path) -> None:
    before = state().root
    shown = bundled(tmp_path / "before")
    assert verify("bundle", shown).returncode == 0

    done = commands.carry_out(approved(), batch=2)

    assert (done.entries, done.parts) == (5, 10)
    assert (state().root, Leaf.objects.count()) == (before, 7)
    assert not Entry.objects.filter(uid__in=Leaf.objects.filter(seq__lt=5).values("entry_uid")).exists()
    assert [batch.ranges for batch in PruneBatch.objects.order_by("number")] == ["0-1", "2-3", "4"]
    seal_and_sign(old_log)
    told = verify("bundle", bundled(tmp_path / "after"), "--bodies")
    assert told.returncode == 2, told.stdout
    assert len(re.findall(r"entries were pruned at \S+, as entry \d+ says", told.stdout)) == 3
    assert "not in the bundle" not in told.stdout
    assert "TAMPERED" not in told.stdout
    grown = verify("consistency", shown / "checkpoint", str(tmp_path / "after" / "checkpoint"), "--bundle",
                   str(tmp_path / "after"), policy=shown / "policy.txt")  # fmt: skip
    assert "had the checkpoint's root at size 7" in grown.stdout


def test_a_list_of_pruned_entries_that_the_log_does_not_bind_is_tampering(old_log: LocalSigner, tmp_path: Path) -> None:
    commands.carry_out(approved())
    seal_and_sign(old_log)
    folder = bundled(tmp_path / "bundle")
    absent = folder / "absent.ndjson"
    sums = folder / "SHA256SUMS"

    was = absent.read_text()
    absent.write_text(was.replace('"0-4"', '"0-5"'))
    digest = hashlib.sha256(absent.read_bytes()).hexdigest()
    sums.write_text(re.sub(r"[0-9a-f]{64}(?=  absent)", digest, sums.read_text()))
    told = verify("bundle", folder)

    assert told.returncode == 1
    assert "does not say that entries 0-5 were pruned" in told.stdout


def test_pruning_takes_two_officers_and_one_of_them_for_all_agencies(old_log: LocalSigner) -> None:
    with pytest.raises(NotForYou):
        commands.propose(officer(POLICE))
    uid = commands.propose(officer())
    with pytest.raises(NotForYou):
        commands.approve(officer(), uid)
    with pytest.raises(Invalid):
        commands.carry_out(PruneRun.objects.get(uid=uid))
    with pytest.raises(Invalid):
        commands.propose(officer())
    call_command("prune_journal", "--run", verbosity=0)
    assert Entry.objects.filter(uid__in=Leaf.objects.values("entry_uid")).count() == 7
    assert Entry.objects.filter(outcome="refused", event_type__startswith="prune.").count() == 2

    commands.approve(officer(POLICE, actor_ref=SECOND), uid)
    with pytest.raises(Invalid):
        commands.approve(officer(POLICE, actor_ref=SECOND), uid)


def test_a_run_that_was_interrupted_goes_on_and_the_command_tells_without_changing(
    old_log: LocalSigner, monkeypatch: Any, capsys: Any
) -> None:
    call_command("prune_journal")
    assert "5 regels, 5 met persoonlijke delen" in capsys.readouterr().out
    run_ = approved()
    whole, calls = commands._prune, []

    def dying(*given: Any) -> Any:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return whole(*given)

    with monkeypatch.context() as patched:
        patched.setattr(commands, "_prune", dying)
        with pytest.raises(KeyboardInterrupt):
            commands.carry_out(run_, batch=2)
    assert queries.due(terms_at(clock.now())).entries == 3

    call_command("prune_journal", "--run", "--batch", "2", "--no-compact")

    assert queries.due(terms_at(clock.now())).entries == 0
    run_.refresh_from_db()
    assert run_.done_at
    assert Entry.objects.filter(event_type="journal.pruned").count() == 3


def test_what_is_still_judged_is_kept_and_what_is_not_sealed_too(signer: LocalSigner, monkeypatch: Any) -> None:
    uid, _other = write_at(OLD, monkeypatch, 2)
    write_at(OLD + timedelta(days=1), monkeypatch)
    seal_and_sign(signer)
    with transaction.atomic(), write_scope(reason="test"):
        finding = Finding.objects.create(agency_ref=POLICE, actor_ref=WIJKAGENT, opened_at=clock.now())
        FindingRead.objects.create(entry_uid=uid, finding=finding)
        append([entry()])
    write_at(OLD + timedelta(days=2), monkeypatch)

    # The second is of the act that is judged, so it stays too: they share personal parts.
    assert commands.carry_out(approved()).entries == 1


def test_what_is_held_stays_until_the_hold_ends_also_when_it_came_during_the_run(
    signer: LocalSigner, monkeypatch: Any, settings: Any
) -> None:
    settings.JOURNAL_PARTS_MONTHS = {"": 12}
    day = timedelta(days=1)
    (other,) = write_at(OLD, monkeypatch, subject_ref=NADIA, case_ref="case:other")
    # Two entries of one act: the second names somebody else and stays with the first, whose parts it shares.
    (about,) = write_at(OLD + day, monkeypatch, subject_ref=ZORRO, case_ref="case:other", agency_ref=SCHOOL)
    (beside,) = write_at(OLD + day, monkeypatch, subject_ref=NADIA, case_ref="case:other")
    (of_case,) = write_at(OLD + 2 * day, monkeypatch)
    (late,) = write_at(OLD + 3 * day, monkeypatch, subject_ref=NADIA, case_ref="case:late")
    seal_and_sign(signer)
    holds: list[set[str]] = []

    def held() -> set[str]:
        holds.append({ZORRO, CASE, *(["case:late"] if holds else [])})
        return holds[-1]

    ports.supply("holds", ports.Supply(held=held))

    done = commands.carry_out(approved(), batch=2)

    left = set(Entry.objects.filter(recorded_at__lt=clock.now() - 365 * day).values_list("uid", flat=True))
    assert {uid.hex for uid in left} == {about, beside, of_case, late}
    assert done.entries == 1
    assert not Entry.objects.filter(uid=other).exists()
    assert Part.objects.filter(entry_uid__in=[about, beside, late], kind="subject").count() == 3

    ports.withdraw("holds")

    assert commands.carry_out(approved(), batch=2).entries == 4


def test_personal_parts_may_go_before_their_entries(signer: LocalSigner, monkeypatch: Any, settings: Any) -> None:
    settings.JOURNAL_MONTHS, settings.JOURNAL_PARTS_MONTHS = {"": 240, "pga_youth": 300}, {"": 24, "pga_youth": 300}
    write_at(OLD, monkeypatch, 2, subject_ref=ZORRO)
    write_at(OLD, monkeypatch, subject_ref=ZORRO, purpose="pga_youth")
    seal_and_sign(signer)

    done = commands.carry_out(approved(), batch=1)

    assert (done.entries, done.parts) == (0, 2)
    assert Part.objects.filter(kind="subject").count() == 1


@pytest.mark.parametrize("table", ["audit_entry", "audit_prunebatch"])
def test_outside_a_prune_scope_nothing_of_an_entry_can_be_deleted(old_log: LocalSigner, table: str) -> None:
    commands.carry_out(approved(), batch=2)
    write(1, fields=1, because=Because(code="U"))

    with pytest.raises(DatabaseError, match="audit"), transaction.atomic(), erase_scope(reason="test"):
        run(f"DELETE FROM {table}")


def test_on_request_two_officers_make_the_log_forget_whom_it_is_about(
    old_log: LocalSigner, tmp_path: Path, capsys: Any
) -> None:
    given = ["--agency", POLICE, "--reason", "Verzoek van betrokkene", "--no-compact"]
    call_command("erase_from_journal", ZORRO)
    assert "7 regels" in capsys.readouterr().out
    for officers in ([WIJKAGENT], [WIJKAGENT, WIJKAGENT], [WIJKAGENT, "professional:zqx"]):
        with pytest.raises(CommandError):
            call_command("erase_from_journal", ZORRO, *[f"--officer={one}" for one in officers], *given)

    call_command("erase_from_journal", ZORRO, f"--officer={WIJKAGENT}", f"--officer={TEACHER}", *given)

    assert not Part.objects.filter(kind="subject").exists()
    assert Part.objects.filter(kind="reason").count() == 6, "reasons of others are theirs, and one for this act"
    told = verify("bundle", bundled(tmp_path / "bundle"), "--bodies")
    assert told.returncode == 0, told.stdout


def test_months_before_ends_on_a_day_that_the_month_has() -> None:
    assert months_before(datetime(2026, 3, 31, tzinfo=UTC), 1) == datetime(2026, 2, 28, tzinfo=UTC)
    assert months_before(datetime(2026, 1, 15, tzinfo=UTC), 60) == datetime(2021, 1, 15, tzinfo=UTC)


@pytest.mark.slow
def test_the_bytes_are_gone_from_the_relations_of_postgresql(old_log: LocalSigner) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("of SQLite, tests/faults/test_pruned_bytes.py looks at the files")
    body = bytes(Entry.objects.order_by("uid").first().body)
    part = bytes(Part.objects.order_by("entry_uid").first().ciphertext)
    assert in_relations(body) >= 1
    assert in_relations(part) >= 1

    commands.carry_out(approved())
    compact()

    assert in_relations(body) == in_relations(part) == 0
