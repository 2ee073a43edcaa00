"""The peer's process: takes orders on standard input, one a line, and answers with one line of JSON each.

`fill {answer}` makes the store, `body SHAPE` gives an answer, `run SHAPE CALLS` gives seconds per call.
"""

import json
import os
import sys

import django


def main() -> None:
    """Until the other side closes the line."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.peer.settings"
    django.setup()

    from bench.peer.server import Server

    server = Server()
    for line in sys.stdin:
        order, _, rest = line.rstrip("\n").partition(" ")
        print(json.dumps(getattr(server, order)(rest)), flush=True)


if __name__ == "__main__":
    main()
