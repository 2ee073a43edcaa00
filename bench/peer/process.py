"""The product's side of the line to the peer's process."""

import base64
import json
import subprocess
import sys
from pathlib import Path
from typing import Any


class Peer:
    """A running peer that holds the case of `answer`. Use as a context manager."""

    SHAPES = ("has_perm", "prefetch")
    """user.has_perm for each field; or an ObjectPermissionChecker that fetched all permissions beforehand."""

    def __init__(self, answer: dict[str, Any]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "bench.peer.serve"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).resolve().parents[2],
        )
        self._ask(f"fill {json.dumps(answer)}")

    def __enter__(self) -> "Peer":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.stdin.close()  # type: ignore[union-attr]
        self._process.wait(timeout=10)

    def body(self, shape: str) -> bytes:
        """The peer's answer."""
        return base64.b64decode(self._ask(f"body {shape}"))

    def seconds(self, shape: str, *, calls: int) -> float:
        """Seconds per call by the peer's own clock."""
        return float(self._ask(f"run {shape} {calls}"))

    def _ask(self, order: str) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(order + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the peer's process ended"
        return json.loads(line)
