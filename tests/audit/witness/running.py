"""Real witnesses for the tests: in a thread of this process, or as the process that a partner runs."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from audit.proofs.note_keys import COSIGNATURE, VerifierKey, read_key_file
from audit.proofs.policy import PolicyWitness
from audit.witness.core import Witness
from audit.witness.protocol import format_submission
from audit.witness.server import WitnessServer
from tests.audit.witness.growing import GrowingLog

ROOT = Path(__file__).resolve().parents[3]
WITHOUT_DJANGO = (
    "import sys\n"
    "for name in ('django', 'foundation', 'jose', 'httpx'): sys.modules[name] = None\n"
    "from audit.witness.__main__ import main\n"
    "sys.exit(main())"
)


def make_witness(
    directory: Path,
    log: GrowingLog,
    *,
    name: str = "gemeente.example/getuige",
    clock: Callable[[], float] = time.time,
    said: list[str] | None = None,
) -> Witness:
    """A witness over `directory`, made if it is not there yet; what it reports goes into `said`."""
    if not (directory / "key").exists():
        Witness.create(directory / "state", directory / "key", name=name)
    key = read_key_file(directory / "key", COSIGNATURE)
    report = said.append if said is not None else lambda line: None
    return Witness(key, [log.key.verifier], directory / "state", clock=clock, report=report)


@contextmanager
def serve(witness: Any, **more: Any) -> Iterator[str]:
    """The witness's address while it is served."""
    with WitnessServer(("127.0.0.1", 0), witness, **more) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def listed(url: str, key: VerifierKey, name: str = "W") -> PolicyWitness:
    return PolicyWitness(name, key, url)


def talk(url: str, body: bytes | None = None, path: str = "/add-checkpoint") -> tuple[int, str, str]:
    """(status, content type, body) of one request, as any HTTP client would make it."""
    connection = http.client.HTTPConnection(str(urlsplit(url).hostname), urlsplit(url).port, timeout=10)
    try:
        connection.request("GET" if body is None else "POST", path, body=body)
        answer = connection.getresponse()
        return answer.status, answer.headers["Content-Type"], answer.read().decode()
    finally:
        connection.close()


def submission(log: GrowingLog, old: int, new: int) -> bytes:
    return format_submission(old, log.proof(old, new), log.note(new))


class WitnessProcess:
    """`python -m audit.witness` on a free port, in which Django cannot be imported."""

    def __init__(self, directory: Path, log: GrowingLog) -> None:
        (directory / "logs").write_text(f"# het logboek\n{log.key.verifier}\n")
        arguments = ["--state", directory / "state", "--key", directory / "key", "--logs", directory / "logs"]
        self.process = subprocess.Popen(
            [sys.executable, "-c", WITHOUT_DJANGO, *map(str, arguments), "--port", "0"],
            cwd=ROOT,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self.process.stdout
        self.first_line = self.process.stdout.readline()
        self.url = self.first_line.rpartition(" op ")[2].strip().rstrip("/")

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        assert self.process.stdout
        self.process.stdout.close()
