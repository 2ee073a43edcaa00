"""Checkpoints and proofs: what is signed binds, what was changed after sealing is found by somebody with a bundle."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from audit.models import Checkpoint, Entry, Flaw, Lane, Leaf
from audit.proofs import verifier
from audit.proofs.bundle import read_tlog_proof
from audit.proofs.checkpoint_jws import open_checkpoint_jws
from audit.proofs.heads import Head
from audit.proofs.note_keys import VerifierKey
from audit.sealing import signing
from audit.sealing.loop import Loop
from audit.sealing.proofs import NotSealed, inclusion_of
from audit.sealing.sealer import seal_all
from audit.sealing.state import state
from audit.signer.core import LocalSigner, SignRefused
from foundation.jose import new_key, public_half, thumbprint
from tests.audit.sealing.steps import flaws, tamper, write
from tests.audit.stand_ins import ZORRO

pytestmark = pytest.mark.django_db(transaction=True)

VERIFIER = Path(verifier.__file__)


@pytest.fixture
def signer(tmp_path: Path, settings: Any) -> LocalSigner:
    """A signer in this process, with a key and a state of its own."""
    settings.LOG_SIGNER_DIRECTORY = tmp_path / "signer"
    settings.LOG_ORIGIN = "house.example/log"
    made = signing.configured()
    assert isinstance(made, LocalSigner)
    return made


def seal_and_sign(signer: LocalSigner) -> Checkpoint:
    seal_all()
    made = signing.sign(signer)
    assert made
    return made


def verify(directory: Path) -> subprocess.CompletedProcess[str]:
    """The verifier as somebody with nothing but Python runs it."""
    command = [sys.executable, "-I", str(VERIFIER), "bundle", str(directory), "--policy", str(directory / "policy.txt")]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def bundled(place: Path) -> Path:
    call_command("journal_bundle", str(place), verbosity=0)
    return place


def test_what_is_sealed_is_signed_once_and_the_note_is_genuine(signer: LocalSigner) -> None:
    write(3)
    made = seal_and_sign(signer)

    assert (made.size, bytes(made.root)) == (3, state().root)
    policy = verifier.parse_policy(f"log {signer.verifier()}\nquorum none\n".encode())
    assert verifier.open_checkpoint(made.note.encode(), policy).size == 3
    assert signing.sign(signer) is None
    write()
    assert seal_and_sign(signer).size == 4
    assert list(Checkpoint.objects.values_list("size", flat=True).order_by("size")) == [3, 4]


def test_without_a_signer_there_is_no_checkpoint_and_no_bundle(tmp_path: Path, settings: Any) -> None:
    settings.LOG_SIGNER_DIRECTORY = settings.LOG_SIGNER_SOCKET = ""
    (uid,) = write()
    assert signing.configured() is None
    Loop(None).round()

    now = state()
    assert (now.size, now.checkpoint, now.unsigned) == (1, None, 1)
    with pytest.raises(NotSealed):
        inclusion_of(uid)
    with pytest.raises(CommandError):
        call_command("journal_bundle", str(tmp_path / "bundle"))


def test_the_copy_for_readers_of_jose_says_the_same(signer: LocalSigner, settings: Any) -> None:
    key = settings.LOG_JWS_KEY = new_key()
    write(2)

    made = seal_and_sign(signer)

    copy = open_checkpoint_jws(made.jws, {thumbprint(key): public_half(key)}, origin="house.example/log")
    assert (copy.checkpoint.size, copy.checkpoint.root) == (2, bytes(made.root))


class Overtaken:
    """A signer that another sealer reaches first, once: just before it is asked this."""

    def __init__(self, signer: LocalSigner, moment: str) -> None:
        self.signer, self.moment = signer, moment

    def _overtake(self, moment: str) -> None:
        if moment == self.moment:
            self.moment = ""
            write()
            seal_all()
            assert signing.sign(self.signer)

    def verifier(self) -> VerifierKey:
        return self.signer.verifier()

    def head(self) -> Head:
        self._overtake("head")
        return self.signer.head()

    def sign(self, size: int, root: bytes, proof: list[bytes]) -> str:
        self._overtake("sign")
        return self.signer.sign(size, root, proof)


@pytest.mark.parametrize("moment", ["head", "sign"])
def test_two_sealers_that_have_it_signed_at_once_see_no_tampering(signer: LocalSigner, moment: str) -> None:
    write(2)
    seal_and_sign(signer)
    write()
    seal_all()

    signing.sign(Overtaken(signer, moment))

    assert flaws() == []
    assert signer.head().size == Checkpoint.objects.latest("size").size == 4


def test_a_crash_between_sealing_and_signing_is_made_good(signer: LocalSigner, monkeypatch: Any) -> None:
    write(2)
    seal_all()
    with monkeypatch.context() as patched:
        patched.setattr(signing, "_keep", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            signing.sign(signer)
    assert (Checkpoint.objects.count(), signer.head().size) == (0, 2)

    made = signing.sign(signer)

    assert made
    assert made.note == signer.head().note


def test_every_entry_has_a_proof_under_the_newest_checkpoint(signer: LocalSigner) -> None:
    uids = write(5)
    seal_and_sign(signer)
    late = write()

    for index, uid in enumerate(uids):
        found = inclusion_of(uid)
        leaf = verifier.leaf_hash(bytes(Entry.objects.get(uid=uid).body))
        verifier.verify_inclusion(found.index, found.size, leaf, found.proof, found.root)
        assert (found.index, found.size) == (index, 5)
        assert read_tlog_proof(found.file()).leaf_index == index
    with pytest.raises(NotSealed):
        inclusion_of(late[0])


@pytest.mark.slow
def test_a_bundle_of_an_honest_log_is_verified_and_a_changed_one_is_not(signer: LocalSigner, tmp_path: Path) -> None:
    uids = write(300, subject_ref=ZORRO)
    seal_and_sign(signer)
    honest = verify(bundled(tmp_path / "honest"))
    assert honest.returncode == 0, honest.stdout

    body = bytes(Entry.objects.get(uid=uids[270]).body)
    tamper("UPDATE audit_entry SET body = %s WHERE uid = %s", [body.replace(b"case.read", b"case.reae"), uids[270]])
    told = verify(bundled(tmp_path / "changed"))
    assert told.returncode == 1
    assert "270" in told.stdout

    tamper("DELETE FROM audit_entry WHERE uid = %s", [uids[270]])
    assert verify(bundled(tmp_path / "removed")).returncode == 1


@pytest.mark.slow
def test_rows_that_changed_places_after_sealing_are_found(signer: LocalSigner, tmp_path: Path) -> None:
    write(3)
    seal_and_sign(signer)
    first, second = Leaf.objects.get(seq=0), Leaf.objects.get(seq=1)
    for seq, leaf in ((-1, first), (0, second), (1, first)):
        tamper("UPDATE audit_leaf SET seq = %s WHERE entry_uid = %s", [seq, leaf.entry_uid.hex])

    assert verify(bundled(tmp_path / "bundle")).returncode == 1
    with pytest.raises(SignRefused):
        write_seal_sign(signer)
    assert flaws() == ["signer"]


def write_seal_sign(signer: LocalSigner) -> None:
    write()
    seal_all()
    signing.sign(signer)


def test_an_insider_who_seals_a_changed_log_again_is_refused_by_the_signer(signer: LocalSigner) -> None:
    uids = write(3)
    seal_and_sign(signer)
    body = bytes(Entry.objects.get(uid=uids[1]).body).replace(b"case.read", b"case.list")
    tamper("UPDATE audit_entry SET body = %s, leaf_hash = %s WHERE uid = %s", [body, verifier.leaf_hash(body), uids[1]])
    for table in ("leaf", "tile", "lane", "checkpoint"):
        tamper(f"DELETE FROM audit_{table}")
    seal_all()

    with pytest.raises(SignRefused) as refused:
        signing.sign(signer)

    assert refused.value.code == "other_root"
    assert Flaw.objects.filter(kind="signer", detail="other_root", size=3).count() == 1


def test_an_old_copy_of_the_store_that_is_put_back_is_found(signer: LocalSigner) -> None:
    """While the process that wrote the lost entries goes on."""
    write(3)
    seal_and_sign(signer)
    highest, lane = Entry.objects.order_by("-id")[0].id, Lane.objects.get()
    write(2)
    seal_and_sign(signer)
    tamper("DELETE FROM audit_entry WHERE id > %s", [highest])
    tamper("DELETE FROM audit_leaf WHERE seq >= 3")
    tamper("DELETE FROM audit_checkpoint WHERE size > 3")
    lane.save()

    with pytest.raises(SignRefused) as refused:
        signing.sign(signer)
    assert refused.value.code == "smaller"

    write(4)
    seal_all()
    with pytest.raises(SignRefused) as refused:
        signing.sign(signer)
    assert refused.value.code == "unproven"
    assert "missing" in flaws(), "the process that wrote the entries knows that two are gone"


@pytest.mark.slow
def test_the_file_of_an_old_backup_copied_back_is_found(tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("a file")
    from tests.soak.sealing import campaign

    with campaign(tmp_path) as made:
        for keep in (True, False):
            made.start("write")
            made.wait_for(len(made.heard()) + 20)
            made.end()
            made.run("tell")
            if keep:
                for file in tmp_path.glob("journal.sqlite3*"):
                    shutil.copy(file, tmp_path / f"old-{file.name}")
        for file in tmp_path.glob("journal.sqlite3*"):
            file.unlink()
        for file in tmp_path.glob("old-*"):
            file.rename(tmp_path / file.name.removeprefix("old-"))

        assert made.run("sign").strip() == "smaller"


def test_the_state_tells_size_root_lag_checkpoint_and_flaws(signer: LocalSigner) -> None:
    write(2)
    made = seal_and_sign(signer)
    write(3)

    now = state()

    assert (now.size, now.root, now.lag.rows, now.late) == (2, bytes(made.root), 3, False)
    assert now.checkpoint == made
    assert (now.unsigned, now.flaws, now.witnesses) == (0, 0, ())
    seal_all()
    assert state().unsigned == 3
