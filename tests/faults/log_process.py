"""A log in an SQLite file, as a program: `flips DIR` turns bits of the file, `prune DIR` prunes it. Prints JSON.

In a process of its own, since the suite's own store is in memory.
"""

import json
import os
import random
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django
from django.conf import settings

ENTRIES, FLIPS = 300, 24
MARK = b"zqxwhyitwasreadqzx"


def main(task: str, directory: Path) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "deploy.settings.test"
    settings.DATABASES["default"]["NAME"] = str(directory / "log.sqlite3")
    settings.DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA secure_delete=ON;"
    settings.LOG_SIGNER_DIRECTORY = directory / "signer"
    settings.LOG_POLICY_FILE = ""
    django.setup()
    from django.core.management import call_command

    from audit import ports

    # The upper floors' tables are not here, so they are not asked why a read was somebody's work, nor what is held.
    for floor in ("cases", "cases.retention", "cases.subject_requests"):
        ports.withdraw(floor)
    call_command("migrate", "audit", verbosity=0, skip_checks=True)
    sys.stdout.write(json.dumps({"flips": flips, "prune": prune}[task](directory)))


def _fill(moment: datetime | None, n: int) -> None:
    from audit.sealing import sealer, signing
    from foundation import clock
    from tests.audit.sealing.steps import write

    real = clock.now
    if moment:
        clock.now = lambda: moment
    write(n, subject_ref="subject:1", reason=MARK.decode())
    clock.now = real
    sealer.seal_all()
    signer = signing.configured()
    assert signer
    signing.sign(signer)


def flips(directory: Path) -> dict[str, int]:
    """How the verifier judged bundles of files with one bit turned: by exit code, `refused`, and `unchanged`.

    unchanged: the bit was in nothing that a bundle holds, so it is byte for byte the honest one.
    """
    from django.db import connection

    _fill(None, ENTRIES)
    connection.close()
    whole = (directory / "log.sqlite3").read_bytes()
    # The signer forgot nothing, and the policy is that of before: who checks holds on to both.
    policy = directory / "policy.txt"
    honest = _bundle(directory / "honest")
    policy.write_bytes((honest / "policy.txt").read_bytes())
    chance = random.Random(8)
    bodies = [at for at in range(len(whole)) if whole.startswith(b'{"act":', at)]
    told: dict[str, int] = {"bodies": len(bodies)}
    for number in range(FLIPS):
        # Half of them in bodies, the others anywhere behind the file's header.
        at = chance.choice(bodies) + chance.randrange(60) if number % 2 else chance.randrange(4_096, len(whole))
        verdict = _judge(directory, whole, at, chance.randrange(8), policy, honest)
        told[verdict] = told.get(verdict, 0) + 1
    return told


def _judge(directory: Path, whole: bytes, at: int, bit: int, policy: Path, honest: Path) -> str:
    from django.db import DatabaseError, connection

    from audit.proofs.verifier import ProofError

    connection.close()
    changed = bytearray(whole)
    changed[at] ^= 1 << bit
    for file in directory.glob("log.sqlite3*"):
        file.unlink()
    (directory / "log.sqlite3").write_bytes(changed)
    try:
        made = _bundle(directory / "changed")
    except (DatabaseError, ProofError, LookupError, ValueError, TypeError, OSError):
        return "refused"
    try:
        if _files(made) == _files(honest):
            return "unchanged"
        command = [sys.executable, "-I", "audit/proofs/verifier.py", "bundle", str(made), "--policy", str(policy)]
        return str(subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode)
    finally:
        shutil.rmtree(made)


def _bundle(place: Path) -> Path:
    from audit.integrity.bundles import policy_bytes
    from audit.integrity.export import write_bundle

    write_bundle(place, policy=policy_bytes())
    return place


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def prune(directory: Path) -> dict[str, Any]:
    """How often a body, a locked part and a uid stood in the files before and after pruning."""
    from audit.journal.models import Part
    from audit.models import Entry, PruneRun
    from audit.pruning import commands
    from audit.pruning.compacting import compact
    from audit.pruning.terms import as_text, terms_at
    from foundation import clock
    from tests.audit.sealing.steps import tamper
    from tests.faults.erasing_process import bytes_in_files

    _fill(datetime(2019, 5, 1, tzinfo=UTC), 40)
    row, part = Entry.objects.order_by("id")[7], Part.objects.order_by("entry_uid")[3]
    sought = [bytes(row.body)[-60:], bytes(part.ciphertext)]
    before = [bytes_in_files(directory, one) for one in sought]
    now = clock.now()
    tamper(
        "INSERT INTO audit_prunerun (uid, proposed_by, agency_ref, proposed_at, terms, entries, parts, approved_by,"
        " approver_agency_ref, approved_at) VALUES (%s, 'a', 'x', %s, %s, 40, 40, 'b', 'y', %s)",
        ["0" * 32, now, as_text(terms_at(now)), now],
    )
    done = commands.carry_out(PruneRun.objects.get())
    compact()
    return {"before": before, "entries": done.entries, "after": [bytes_in_files(directory, one) for one in sought]}


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
