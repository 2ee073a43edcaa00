"""Witness and signer as processes that can be killed hundreds of times: forked from one that has imported them.

Each is a process of its own that runs the real command line from its first line on. One can be told to kill itself
(SIGKILL) at the n-th time that it opens, renames or removes something of its state: exact places, where a random
kill seldom falls.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
MOTHER = """
import json, os, signal, sys
for name in ("django", "foundation", "jose", "httpx"):
    sys.modules[name] = None
import audit.signer.__main__, audit.witness.__main__

def die_at(place, directory):
    left = [place]
    def hook(event, args):
        if event in ("open", "os.rename", "os.remove") and str(args[0]).startswith(directory):
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(hook)

for line in sys.stdin:
    which, place, directory, arguments = json.loads(line)
    child = os.fork()
    if not child:
        print(os.getpid(), flush=True)
        if place:
            die_at(place, directory)
        os._exit(sys.modules[which].main(arguments))
    print("gone", os.waitpid(child, 0)[1], flush=True)
"""


class Nursery:
    """Starts one process at a time, and knows whether it lives."""

    def __init__(self, which: str) -> None:
        self._which = which
        self._mother = subprocess.Popen(
            [sys.executable, "-c", MOTHER],
            cwd=ROOT,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.pid = 0

    def start(self, arguments: list[str], *, directory: Path, die_at: int = 0) -> str:
        """The first line that it prints when it serves; "" when it died before."""
        assert self._mother.stdin
        self._mother.stdin.write(json.dumps([self._which, die_at, str(directory), arguments]) + "\n")
        self._mother.stdin.flush()
        self.pid = int(self._line())
        line = self._line()
        if line.startswith("gone"):
            self.pid = 0
            return ""
        return line

    def kill(self) -> None:
        """kill -9, and waits until it is gone."""
        os.kill(self.pid, signal.SIGKILL)
        self.wait()

    def wait(self) -> int:
        """The wait status of a process that ends or has ended."""
        line = self._line()
        while not line.startswith("gone"):
            line = self._line()
        self.pid = 0
        return int(line.split()[1])

    def fill_the_disk(self, after_bytes: int) -> None:
        """From now on no file of the process can grow past this size."""
        resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (after_bytes, resource.RLIM_INFINITY))

    def empty_the_disk(self) -> None:
        resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

    def close(self) -> None:
        if self.pid:
            self.kill()
        assert self._mother.stdin
        assert self._mother.stdout
        self._mother.stdin.close()
        self._mother.wait()
        self._mother.stdout.close()

    def _line(self) -> str:
        assert self._mother.stdout
        line = self._mother.stdout.readline()
        assert line, "the mother process is gone"
        return line.strip()
