"""python -m audit.witness: the command line of the witness, without Django."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from audit.proofs import program
from audit.proofs.note_keys import COSIGNATURE, LOG, KeyInvalid, VerifierKey, parse_vkey, read_key_file
from audit.proofs.policy import parse_policy
from audit.witness.core import Witness
from audit.witness.server import WitnessServer


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments, also for manage.py witness."""
    parser.add_argument("--state", type=Path, required=True, help="directory with what this witness has seen")
    parser.add_argument("--key", type=Path, required=True, help="file with the key of this witness")
    parser.add_argument("--init", action="store_true", help="make key and empty state, print the public key")
    parser.add_argument("--name", help="with --init: the name of this witness, such as gemeente.example/getuige")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--policy", type=Path, help="policy file (C2SP tlog-policy); its logs are followed")
    which.add_argument("--logs", type=Path, help="file with the public key of one log per line")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8390, help="port to listen on (8390); 0 takes a free one")
    parser.add_argument("--accept-clock", action="store_true", help="after a clock that ran ahead was put right")


def run(options: argparse.Namespace) -> str:
    """Serves until SIGTERM or SIGINT, or with --init makes key and state; gives the sentence to end with.

    Raises:
        ValueError (KeyInvalid, PolicyInvalid), StateBroken, OSError: with a sentence; nothing was started.
    """
    if options.init:
        if not options.name:
            raise ValueError("--init vraagt ook --name, de naam van deze getuige.")
        return str(Witness.create(options.state, options.key, name=options.name))
    logs = read_logs(options.policy, options.logs)
    witness = Witness(read_key_file(options.key, COSIGNATURE), logs, options.state, clock=time.time, report=_report)
    if options.accept_clock:
        witness.accept_clock()
    with WitnessServer((options.host, options.port), witness) as server:
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: threading.Thread(target=server.shutdown).start())
        host, port = server.server_address[:2]
        print(f"Getuige {witness.verifier} op http://{host!s}:{port}/", flush=True)  # noqa: T201
        server.serve_forever()
    return "Gestopt."


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 done, 2 not started."""
    parser = argparse.ArgumentParser(prog="python -m audit.witness", description="Getuige van een logboek")
    return program.main(parser, add_arguments, run, arguments)


def read_logs(policy: Path | None, plain: Path | None) -> list[VerifierKey]:
    """The keys of the logs in a policy file or in a file of keys. Raises ValueError, OSError."""
    if policy:
        logs = [log.key for log in parse_policy(policy.read_bytes()).logs]
    elif plain:
        lines = (line.strip() for line in plain.read_text(encoding="utf-8").splitlines())
        logs = [parse_vkey(line) for line in lines if line and not line.startswith("#")]
    else:
        raise ValueError("Geef met --policy of --logs aan welke logboeken deze getuige volgt.")
    if not logs:
        raise ValueError("Er staat geen logboek in het opgegeven bestand.")
    if any(log.kind != LOG for log in logs):
        raise KeyInvalid("Een van de sleutels is niet de sleutel van een logboek.")
    return logs


def _report(line: str) -> None:
    moment = datetime.fromtimestamp(time.time(), UTC).isoformat(timespec="seconds")
    print(f"{moment} {line}", file=sys.stderr, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
