"""Witnesses of the policy cosign what was signed, and what they know of other histories is told."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from audit.models import Cosignature, Flaw
from audit.proofs import notes
from audit.proofs.note_keys import COSIGNATURE, read_key_file
from audit.proofs.policy import Policy, PolicyLog, PolicyWitness
from audit.sealing import signing, witnessing
from audit.sealing.sealer import seal_all
from audit.sealing.state import state
from audit.signer.core import LocalSigner
from audit.witness.core import Witness
from audit.witness.server import WitnessServer
from tests.audit.sealing.steps import tamper, write

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def signer(tmp_path: Path, settings: Any) -> LocalSigner:
    settings.LOG_SIGNER_DIRECTORY = tmp_path / "signer"
    settings.LOG_POLICY_FILE = tmp_path / "policy.txt"
    made = signing.configured()
    assert isinstance(made, LocalSigner)
    return made


def witness(place: Path, signer: LocalSigner) -> Witness:
    Witness.create(place / "state", place / "key", name="gemeente.example/getuige")
    key = read_key_file(place / "key", COSIGNATURE)
    return Witness(key, [signer.verifier()], place / "state", clock=time.time, report=lambda line: None)


@contextmanager
def serve(made: Witness) -> Iterator[str]:
    """The witness's address while it is served, also when what is done meanwhile fails."""
    with WitnessServer(("127.0.0.1", 0), made) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def seal_and_sign(signer: LocalSigner) -> None:
    seal_all()
    signing.sign(signer)


def test_witnesses_cosign_once_and_the_state_tells_how_long_ago(
    signer: LocalSigner, tmp_path: Path, settings: Any
) -> None:
    here = witness(tmp_path, signer)
    key = read_key_file(tmp_path / "key", COSIGNATURE).verifier
    write(3)
    seal_and_sign(signer)
    with serve(here) as url:
        trusted = Policy((PolicyLog(signer.verifier()),), (PolicyWitness("gemeente", key, url),), (), "gemeente")
        settings.LOG_POLICY_FILE.write_text(trusted.text())
        assert state().witnesses[0].size is None

        assert len(witnessing.ask()) == 1
        assert witnessing.ask() == ()
        write(2)
        seal_and_sign(signer)
        assert state().witnesses[0].behind == 2
        witnessing.ask()

    (told,) = state().witnesses
    assert (told.name, told.size, told.behind) == ("gemeente", 5, 0)
    assert told.age is not None
    assert told.age < 60
    newest = state().checkpoint
    assert newest
    note = notes.parse(signing.note_with_cosignatures(newest))
    assert len(notes.verify(note, [signer.verifier(), key])) == 2
    assert Cosignature.objects.count() == 2


def test_an_insider_who_makes_a_new_signer_and_signs_a_shorter_log_is_told_on_by_the_witness(
    signer: LocalSigner, tmp_path: Path, settings: Any
) -> None:
    here = witness(tmp_path, signer)
    key = read_key_file(tmp_path / "key", COSIGNATURE).verifier
    write(3)
    seal_and_sign(signer)
    with serve(here) as url:
        trusted = Policy((PolicyLog(signer.verifier()),), (PolicyWitness("gemeente", key, url),), (), "gemeente")
        settings.LOG_POLICY_FILE.write_text(trusted.text())
        witnessing.ask()
        for table in ("entry", "leaf", "lane", "checkpoint", "cosignature"):
            tamper(f"DELETE FROM audit_{table}")
        for file in (tmp_path / "signer" / "state").iterdir():
            file.unlink()
        (tmp_path / "signer" / "log.key").rename(tmp_path / "stolen.key")
        (tmp_path / "signer" / "state").rmdir()
        LocalSigner.create(tmp_path / "signer", origin=signer.origin)
        (tmp_path / "stolen.key").replace(tmp_path / "signer" / "log.key")
        write(2)
        seal_and_sign(LocalSigner(tmp_path / "signer"))

        witnessing.ask()

    assert Flaw.objects.filter(kind="witness").count() == 1
    assert Cosignature.objects.count() == 0
