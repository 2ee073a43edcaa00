"""python -m audit.witness.compare: what an administrator runs at an alarm, to see whether two witnesses saw one log."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from audit.proofs import notes
from audit.proofs.notes import Checkpoint, NoteInvalid
from audit.witness.__main__ import read_logs
from audit.witness.exchange import Verdict, compare
from audit.witness.wire import Call

TIMEOUT_S = 10.0
SENTENCES = {
    Verdict.CONSISTENT: "✓ Eén geschiedenis: de grootste zet de kleinste voort.",
    Verdict.SPLIT: "✗ Gespleten: het logboek ondertekende bij deze grootte twee verschillende inhouden.",
    Verdict.INCONSISTENT: "✗ Het bewijs verbindt deze twee momentopnamen niet. Vraag het opnieuw op voor u oordeelt.",
    Verdict.UNPROVEN: "· De grootten verschillen. Zonder bewijs (--proof) is nog niets te zeggen.",
}
EXIT_CODES = {Verdict.CONSISTENT: 0, Verdict.SPLIT: 1, Verdict.INCONSISTENT: 1, Verdict.UNPROVEN: 2}


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 consistent, 1 not, 2 not to be said without a proof, 3 not usable."""
    parser = argparse.ArgumentParser(prog="python -m audit.witness.compare", description="Vergelijkt momentopnamen")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--policy", type=Path, help="policy file with the log's public key")
    which.add_argument("--logs", type=Path, help="file with the log's public key")
    parser.add_argument("--proof", type=Path, help="file with the consistency proof, one base64 hash per line")
    parser.add_argument("first", help="a file, or the http(s) address of a witness's checkpoint")
    parser.add_argument("second", help="the other one")
    options = parser.parse_args(arguments)
    try:
        lines = options.proof.read_text(encoding="utf-8").split() if options.proof else None
        nodes = None if lines is None else [notes.parse_hash(line) for line in lines]
        pair = (_note(options.first), _note(options.second))
        found = compare(*pair, log=read_logs(options.policy, options.logs), proof=lambda old, new: nodes)
    except (ValueError, OSError) as wrong:
        print(f"Niet te vergelijken: {wrong}", file=sys.stderr)  # noqa: T201
        return 3
    for name, held in (("kleinste", found.older), ("grootste", found.newer)):
        print(f"{name}: {_told(held)}")  # noqa: T201
    print(SENTENCES[found.verdict])  # noqa: T201
    return EXIT_CODES[found.verdict]


def _note(source: str) -> str:
    parts = urlsplit(source)
    if parts.scheme not in ("http", "https"):
        return Path(source).read_text(encoding="utf-8")
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    call = Call(f"{parts.scheme}://{parts.netloc}", path, body=None, timeout=TIMEOUT_S, context=None)
    call.start()
    reply = call.reply(time.monotonic() + TIMEOUT_S)
    if reply.status != 200:
        raise NoteInvalid(f"{source}: {reply.status or ''} {reply.body.strip()[:200]}")
    return reply.body


def _told(checkpoint: Checkpoint) -> str:
    return f"{checkpoint.origin}, {checkpoint.size} regels, wortel {checkpoint.root.hex()}"


if __name__ == "__main__":
    sys.exit(main())
