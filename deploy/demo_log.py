"""Keys, ports and trust policy of the demo's log: `python -m deploy.demo_log VAR`, before `make run` starts it.

Without Django, so that it is done while the store is prepared. A real installation has its witnesses at its partners,
and writes the policy from the public keys that they hand over: `manage.py log_policy`.
"""

import os
import socket
import sys
from pathlib import Path

from audit.proofs.note_keys import COSIGNATURE, VerifierKey, read_key_file
from audit.proofs.policy import Group, Policy, PolicyInvalid, PolicyLog, PolicyWitness, parse_policy
from audit.signer.core import LocalSigner
from audit.witness.core import Witness

ORIGIN = "maasdelta.invalid/logboek"
WITNESSES = ("politie", "gemeente")
FIRST_PORT = 8391
QUORUM = "partners"


def prepare(var: Path) -> Policy:
    """Make what is not there yet under `var`, and the policy that names it; returns that policy.

    Witnesses keep their ports while nobody else has taken them. Raises OSError, ValueError, StateBroken.
    """
    var.mkdir(parents=True, exist_ok=True)
    signer = var / "signer"
    log = LocalSigner.opened(signer, origin=ORIGIN)
    before = {one.name: one.url for one in _policy(var).witnesses}
    trusted = tuple(
        PolicyWitness(name, _witness(var / "witnesses" / name, name), f"http://127.0.0.1:{port}")
        for name, port in _ports(before).items()
    )
    policy = Policy((PolicyLog(log.verifier()),), trusted, (Group(QUORUM, len(WITNESSES), WITNESSES),), QUORUM)
    _write(var / "log-policy.txt", policy.text())
    for one in trusted:
        _write(var / "witnesses" / one.name / "port", one.url.rpartition(":")[2] + "\n")
    return policy


def _policy(var: Path) -> Policy:
    try:
        return parse_policy((var / "log-policy.txt").read_bytes())
    except (FileNotFoundError, PolicyInvalid):
        return Policy()


def _witness(home: Path, name: str) -> VerifierKey:
    if (home / "key").exists():
        return read_key_file(home / "key", COSIGNATURE).verifier
    home.mkdir(parents=True, exist_ok=True)
    return Witness.create(home / "state", home / "key", name=f"{name}.maasdelta.invalid/getuige")


def _ports(before: dict[str, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, name in enumerate(WITNESSES):
        known = before.get(name, "").rpartition(":")[2]
        wanted = int(known) if known.isdigit() else FIRST_PORT + number
        found[name] = _free(wanted, taken=set(found.values()))
    return found


def _free(port: int, *, taken: set[int]) -> int:
    """This port when nobody listens there, else one that the system gives."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            if port in taken:
                raise OSError
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _write(path: Path, text: str) -> None:
    beside = path.with_name(path.name + ".new")
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, path)


if __name__ == "__main__":
    prepare(Path(sys.argv[1]))
