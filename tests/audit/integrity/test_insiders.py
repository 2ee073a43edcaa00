"""What an insider with the database and the key of the log can do, and how it is found: through a witness or a bundle.

Each against what the product exports, with the verifier as a program of its own. Source: audit design 5, 3 to 8 and 10.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from audit.models import Cosignature, Entry, Flaw
from audit.proofs import verifier
from audit.proofs.note_keys import COSIGNATURE, read_key_file
from audit.proofs.policy import Group, Policy, PolicyLog, PolicyWitness
from audit.sealing import witnessing
from audit.sealing.state import state
from audit.signer.core import LocalSigner
from audit.witness.core import Witness
from tests.audit.integrity.steps import bundled, seal_and_sign, verify, write_at
from tests.audit.sealing.steps import flaws, sealed, tamper, write
from tests.audit.sealing.test_witnessing import serve, witness

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = ("politie", "gemeente")


@contextmanager
def witnessed(signer: LocalSigner, place: Path, settings: Any) -> Iterator[dict[str, Witness]]:
    """Two witnesses that are asked; both are needed."""
    with ExitStack() as stack:
        made = {name: witness(place / name, signer) for name in NAMES}
        urls = {name: stack.enter_context(serve(one)) for name, one in made.items()}
        keys = {name: read_key_file(place / name / "key", COSIGNATURE).verifier for name in NAMES}
        trusted = tuple(PolicyWitness(name, keys[name], urls[name]) for name in NAMES)
        policy = Policy((PolicyLog(signer.verifier()),), trusted, (Group("both", 2, NAMES),), "both")
        settings.LOG_POLICY_FILE = place / "policy.txt"
        settings.LOG_POLICY_FILE.write_text(policy.text())
        yield made


def rewrite(signer: LocalSigner, place: Path) -> LocalSigner:
    """Change an entry, and seal and sign all again with the log's own key and a signer that forgot."""
    row = Entry.objects.order_by("id")[1]
    body = bytes(row.body).replace(b"case.read", b"case.list")
    tamper("UPDATE audit_entry SET body = %s, leaf_hash = %s WHERE id = %s", [body, verifier.leaf_hash(body), row.id])
    return start_again(signer, place)


def start_again(signer: LocalSigner, place: Path) -> LocalSigner:
    for table in ("leaf", "tile", "lane", "checkpoint", "cosignature"):
        tamper(f"DELETE FROM audit_{table}")
    other = place / "stolen"
    LocalSigner.create(other, origin=signer.origin)
    (place / "signer" / "log.key").replace(other / "log.key")
    return LocalSigner(other)


def test_a_log_that_is_rewritten_and_signed_again_is_found_by_both_witnesses_and_in_its_bundle(
    signer: LocalSigner, tmp_path: Path, settings: Any
) -> None:
    with witnessed(signer, tmp_path, settings):
        write(3)
        seal_and_sign(signer)
        witnessing.ask()
        honest = bundled(tmp_path / "honest")
        assert verify("bundle", honest, policy=settings.LOG_POLICY_FILE).returncode == 0

        seal_and_sign(rewrite(signer, tmp_path))
        witnessing.ask()

        assert list(Flaw.objects.filter(kind="witness").values_list("detail", flat=True).order_by("detail")) == [
            "split gemeente", "split politie",
        ]  # fmt: skip
        assert (Cosignature.objects.count(), state().quorum) == (0, False)
        false = bundled(tmp_path / "false")
        told = verify("bundle", false, policy=settings.LOG_POLICY_FILE)
        assert told.returncode == 2
        assert "are no quorum" in told.stdout
        both = verify("consistency", honest / "checkpoint", str(false / "checkpoint"), policy=settings.LOG_POLICY_FILE)
        assert both.returncode == 1
        assert "split view" in both.stdout


def test_an_old_copy_with_an_old_signer_that_goes_on_is_found_by_the_witnesses(
    signer: LocalSigner, tmp_path: Path, settings: Any
) -> None:
    with witnessed(signer, tmp_path, settings):
        write(2)
        seal_and_sign(signer)
        kept = Entry.objects.order_by("-id")[0].id
        write(2)
        seal_and_sign(signer)
        witnessing.ask()
        tamper("DELETE FROM audit_entry WHERE id > %s", [kept])
        old = start_again(signer, tmp_path)

        seal_and_sign(old)
        assert {one.outcome.value for one in witnessing.ask()} == {"ahead"}
        write(5)
        seal_and_sign(old)
        assert {one.outcome.value for one in witnessing.ask()} == {"split"}

        assert not any(one.present for one in state().witnesses)


def test_two_histories_for_two_witnesses_are_inconsistent_to_whoever_compares_them(
    signer: LocalSigner, tmp_path: Path, settings: Any
) -> None:
    logs = tmp_path / "logs"
    logs.write_text(f"{signer.verifier()}\n")
    with witnessed(signer, tmp_path, settings) as both:
        whole = settings.LOG_POLICY_FILE.read_text()
        write(3)
        for name, ask in zip(NAMES, (signer, None), strict=True):
            settings.LOG_POLICY_FILE.write_text(_only(whole, name))
            seal_and_sign(ask or rewrite(signer, tmp_path))
            assert [one.outcome.value for one in witnessing.ask()] == ["cosigned"]
        held = []
        for name in NAMES:
            held.append(tmp_path / f"{name}.note")
            held[-1].write_text(both[name].checkpoint("house.example/log").body)

    command = [sys.executable, "-m", "audit.witness.compare", "--logs", str(logs), *map(str, held)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)

    assert told.returncode == 1, told.stdout + told.stderr


def _only(policy: str, name: str) -> str:
    lines = [line for line in policy.splitlines() if line.startswith(("log", f"witness {name} "))]
    return "\n".join([*lines, f"quorum {name}", ""])


def test_a_clock_at_1970_is_told_and_the_log_still_verifies(
    signer: LocalSigner, tmp_path: Path, monkeypatch: Any
) -> None:
    before = write(2)
    wrong = write_at(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC), monkeypatch)
    after = write(2)
    seal_and_sign(signer)

    assert sealed() == [*before, *wrong, *after], "the order is that of commits, whatever the clock says"
    assert flaws() == ["clock"]
    told = verify("bundle", bundled(tmp_path / "bundle"), "--bodies")
    assert told.returncode == 0, told.stdout


def test_an_entry_that_was_deleted_is_not_passed_off_as_pruned(signer: LocalSigner, tmp_path: Path) -> None:
    uids = write(3)
    seal_and_sign(signer)
    tamper("DELETE FROM audit_entry WHERE uid = %s", [uids[1]])

    told = verify("bundle", bundled(tmp_path / "bundle"))

    assert told.returncode == 1
    assert "entry 1 and its hash in the tree differ" in told.stdout
