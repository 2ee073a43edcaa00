"""`python -m tests.soak [--minutes N] [--seed N] [--sockets N] [name …]`: every slow campaign, one after the other.

Prints a line per campaign; ends with status 1 when one of them found a fault. The seed makes a run repeatable as far
as the machine's own timing allows.
"""

import argparse
import sys
import time
from collections.abc import Callable

from tests.soak import crawl, meeting_typing, policy, sealing, street

CAMPAIGNS: dict[str, Callable[..., tuple[str, bool]]] = {
    "policy": policy.run,
    "crawl": crawl.run,
    "meeting": meeting_typing.run,
    "sealing": sealing.run,
    "street": street.run,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.soak")
    parser.add_argument("--minutes", type=float, default=5.0, help="per campaign")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--sockets", type=int, default=500, help="of the campaign `street`")
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(CAMPAIGNS))
    given = parser.parse_args()
    unknown = sorted(set(given.names) - set(CAMPAIGNS))
    if unknown:
        parser.error(f"no campaign of that name: {', '.join(unknown)}")
    print(f"seed {given.seed}, {given.minutes:g} minutes each", flush=True)
    failed = False
    for name in given.names or CAMPAIGNS:
        began = time.monotonic()
        more = (given.sockets,) if name == "street" else ()
        said, holds = CAMPAIGNS[name](given.minutes, given.seed, *more)
        failed = failed or not holds
        print(f"{name}: {'holds' if holds else 'FAULT'} in {time.monotonic() - began:.0f} s. {said}", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
