"""A process of its own in which somebody changes covenants, for tests that measure when others notice."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]

_PROGRAM = """
import sys, time, django
django.setup()
from datetime import timedelta
from agreements.covenants.commands import resume_covenant, suspend_covenant, withdraw_party
from agreements.covenants.rules import operator
from foundation import clock
by = operator("tests")
for line in sys.stdin:
    what, code, *more = line.split()
    starts = clock.now() + timedelta(seconds=float(more[0])) if what == "suspend" and more else None
    if what == "suspend":
        suspend_covenant(code, reason="proef", by=by, starts=starts)
    elif what == "resume":
        resume_covenant(code, by=by)
    else:
        withdraw_party(code, agency=more[0], by=by)
    print(starts.timestamp() if starts else time.time(), flush=True)
"""


class Changer:
    """`suspend CODE [in seconds]`, `resume CODE`, `withdraw CODE AGENCY`."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._in, self._out = process.stdin, process.stdout

    def __call__(self, line: str) -> float:
        """Do it; when it was committed, or begins if that is later, in seconds since 1970."""
        assert self._in is not None
        assert self._out is not None
        self._in.write(line + "\n")
        self._in.flush()
        return float(self._out.readline())


@contextmanager
def changing(env: Mapping[str, str]) -> Iterator[Changer]:
    """The process, with the environment that names its settings and its store."""
    command: list[Any] = [sys.executable, "-c", _PROGRAM]
    process = subprocess.Popen(
        command, cwd=ROOT, env=dict(env), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    yield Changer(process)
    process.communicate(timeout=30)
