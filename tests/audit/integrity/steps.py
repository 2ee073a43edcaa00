"""What tests of bundles, pruning and insiders share: a signed log, a bundle of it, and the verifier as a program."""

import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management import call_command

from audit.journal.reading import Officer, admit
from audit.models import Checkpoint
from audit.proofs import verifier
from audit.sealing import signing
from audit.sealing.sealer import seal_all
from audit.signer.core import LocalSigner
from foundation import clock
from tests.audit.sealing.steps import write
from tests.audit.stand_ins import BUREAU
from tests.audit.stand_ins import Officer as Visitor

VERIFIER = Path(verifier.__file__)
SECOND = "professional:3f0e7c52-0008-4000-8000-000000000008"


def officer(agency: str = BUREAU, **who: Any) -> Officer:
    return admit(Visitor(agency_ref=agency, **who), route="test")


def seal_and_sign(signer: LocalSigner) -> Checkpoint:
    seal_all()
    made = signing.sign(signer)
    assert made
    return made


def write_at(moment: datetime, monkeypatch: Any, n: int = 1, **what: Any) -> list[str]:
    """Entries that were recorded at `moment`."""
    with monkeypatch.context() as patched:
        patched.setattr(clock, "now", lambda: moment)
        return write(n, **what)


def verify(command: str, directory: Path, *more: str, policy: Path | None = None) -> subprocess.CompletedProcess[str]:
    """The verifier as somebody with nothing but Python runs it."""
    given = [command, str(directory), *more, "--policy", str(policy or directory / "policy.txt")]
    return subprocess.run([sys.executable, "-I", str(VERIFIER), *given], capture_output=True, text=True, check=False)


def bundled(place: Path, *more: str) -> Path:
    call_command("journal_bundle", str(place), *more, verbosity=0)
    return place
