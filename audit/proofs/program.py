"""How the signer and the witness are started from a command line: what keeps them from starting is said, with 2."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from audit.proofs.heads import StateBroken

NOT_STARTED = (ValueError, StateBroken, OSError)
"""What `run` of either raises with a sentence for the operator; nothing was started then."""


def main(
    parser: argparse.ArgumentParser,
    add_arguments: Callable[[argparse.ArgumentParser], None],
    run: Callable[[argparse.Namespace], str],
    arguments: Sequence[str] | None,
) -> int:
    """Prints the sentence of `run`. The exit code: 0 done, 2 not started."""
    add_arguments(parser)
    try:
        print(run(parser.parse_args(arguments)))  # noqa: T201
    except NOT_STARTED as wrong:
        print(f"Niet gestart: {wrong}", file=sys.stderr)  # noqa: T201
        return 2
    return 0
