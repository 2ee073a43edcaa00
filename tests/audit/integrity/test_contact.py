"""Witnesses of a log that does not grow: one that stops is missed, and one that comes back is seen."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from audit.models import Cosignature
from audit.proofs.note_keys import COSIGNATURE, read_key_file
from audit.proofs.policy import Policy, PolicyLog, PolicyWitness
from audit.sealing import witnessing
from audit.sealing.state import state
from audit.signer.core import LocalSigner
from foundation import clock
from tests.audit.integrity.steps import seal_and_sign
from tests.audit.sealing.steps import write
from tests.audit.sealing.test_witnessing import serve, witness

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_witness_that_stops_is_missed_although_nothing_is_added(
    signer: LocalSigner, tmp_path: Path, settings: Any, monkeypatch: Any
) -> None:
    settings.LOG_POLICY_FILE = tmp_path / "policy.txt"
    here = witness(tmp_path, signer)
    key = read_key_file(tmp_path / "key", COSIGNATURE).verifier
    write(2)
    seal_and_sign(signer)
    with serve(here) as url:
        trusted = Policy((PolicyLog(signer.verifier()),), (PolicyWitness("gemeente", key, url),), (), "gemeente")
        settings.LOG_POLICY_FILE.write_text(trusted.text())
        witnessing.ask()
        assert (state().witnesses[0].present, state().quorum) == (True, True)
        settings.LOG_WITNESS_AGAIN_SECONDS = 0.0
        assert [one.outcome.value for one in witnessing.ask()] == ["cosigned"]
    assert Cosignature.objects.count() == 1, "a size is kept once, however often it was cosigned"

    witnessing.ask(budget=2.0)
    (gone,) = state().witnesses
    assert (gone.present, gone.behind, state().quorum) == (False, 0, False)
    assert gone.reason

    with serve(here) as url:
        settings.LOG_POLICY_FILE.write_text(trusted.text().replace(trusted.witnesses[0].url, url))
        witnessing.ask()
        assert state().witnesses[0].present
    # Nobody asks any more: the sealer stands still.
    later = clock.now() + timedelta(minutes=5)
    monkeypatch.setattr(clock, "now", lambda: later)
    (unknown,) = state().witnesses
    assert not unknown.present
    assert unknown.age is not None
    assert unknown.age > 250


def test_a_policy_that_cannot_be_read_is_said(signer: LocalSigner, tmp_path: Path, settings: Any) -> None:
    settings.LOG_POLICY_FILE = tmp_path / "policy.txt"
    settings.LOG_POLICY_FILE.write_text("quorum nobody\n")

    found = state()

    assert "nobody" in found.policy_problem
    assert found.quorum is None
