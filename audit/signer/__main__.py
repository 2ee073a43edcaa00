"""python -m audit.signer: the command line of the signer, without Django."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from audit.proofs import program
from audit.signer.core import LocalSigner
from audit.signer.service import SignerService


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments, also for manage.py signer."""
    parser.add_argument("--directory", type=Path, required=True, help="where the key and the last checkpoint are kept")
    parser.add_argument("--socket", type=Path, help="the Unix socket to serve on")
    parser.add_argument("--init", action="store_true", help="make the key and an empty state, print the public key")
    parser.add_argument("--origin", help="with --init: the name of the log, such as verbond.example/logboek")


def run(options: argparse.Namespace) -> str:
    """Serves until SIGTERM or SIGINT, or with --init makes the key; gives the sentence to end with.

    Raises:
        ValueError, StateBroken, KeyInvalid, OSError: with a sentence for the operator; nothing was started.
    """
    if options.init:
        if not options.origin:
            raise ValueError("--init vraagt ook --origin, de naam van het logboek.")
        return str(LocalSigner.create(options.directory, origin=options.origin).verifier())
    if not options.socket:
        raise ValueError("Geef met --socket aan waar de ondertekenaar luistert.")
    signer = LocalSigner(options.directory)
    with SignerService(options.socket, signer) as service:
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: threading.Thread(target=service.shutdown).start())
        print(f"Ondertekenaar van {signer.origin} op {options.socket}, bij {signer.head().size} regels.", flush=True)  # noqa: T201
        service.serve_forever()
    options.socket.unlink(missing_ok=True)
    return "Gestopt."


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 done, 2 not started."""
    parser = argparse.ArgumentParser(prog="python -m audit.signer", description="Ondertekenaar van een logboek")
    return program.main(parser, add_arguments, run, arguments)


if __name__ == "__main__":
    sys.exit(main())
