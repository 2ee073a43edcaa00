"""Hands a strange file to the workbench, a process of its own with bounds on memory and time, and takes its answer."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from django.utils.translation import gettext as _

from foundation.errors import Unavailable

_PROGRAM = Path(__file__).with_name("workbench.py")
_SECONDS = 30
_AT_ONCE = BoundedSemaphore(3)
"""A page of pictures asks for many at a time; more than this at once would only wait for each other."""


class Refusal(Exception):
    """The workbench does not take this file; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What came out: numbers about the file, and bytes (empty when the file stays as it is)."""

    said: dict[str, Any]
    data: bytes


def work(do: str, data: bytes, **order: Any) -> Made:
    """Do one order of `workbench.WORK` on `data`.

    Raises Refusal ("broken" also when the file broke the workbench), Unavailable when it took too long.
    """
    told = json.dumps({"do": do, **order}).encode() + b"\n" + data
    # -I: neither the environment nor the folder of the server reaches it; -B: it leaves no compiled files behind.
    program = [sys.executable, "-I", "-B", str(_PROGRAM)]
    with _AT_ONCE:
        try:
            done = subprocess.run(program, input=told, capture_output=True, timeout=_SECONDS, env={})  # noqa: S603
        except subprocess.TimeoutExpired:
            raise Unavailable(
                _("Dit bestand kon nu niet worden gelezen: het duurde te lang."),
                remedy=_("Probeer het over een minuut nog eens, of bewaar het bestand kleiner."),
            ) from None
    if done.returncode:
        raise Refusal("broken")
    line, _newline, made = done.stdout.partition(b"\n")
    said = json.loads(line)
    if code := said.get("refused"):
        raise Refusal(code)
    return Made(said=said, data=made)
