"""A campaign against the sealer: writers and sealers that are killed at random, and what is left checked each round.

    python -m tests.soak --minutes 30 sealing

It takes a file in a directory of its own, or with DATABASE_URL a database of its own on that server.
"""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LEAST = 50
"""Entries that are written before the first process of a round is killed."""


@dataclass(slots=True, kw_only=True)
class Told:
    """What a round left: uids that were acknowledged, and what the log says of itself."""

    acknowledged: list[str]
    log: dict[str, Any]
    killed: int

    def wrong(self) -> list[str]:
        """Sentences about what does not hold; empty when all is well."""
        sealed, entries = self.log["sealed"], self.log["entries"]
        checks = {
            "an acknowledged entry is gone": set(self.acknowledged) <= set(entries),
            "an entry was passed by or sealed twice": sorted(sealed) == entries,
            "the numbers have gaps": self.log["numbered"],
            "the order is not that of commits": self.log["in_order"],
            "tiles and entries come to other roots": self.log["whole"],
            "the newest tree is not signed": self.log["signed"],
            f"flaws were seen where nobody tampered: {self.log['flaws']}": not self.log["flaws"],
        }
        return [sentence for sentence, holds in checks.items() if not holds]


@dataclass(slots=True, kw_only=True)
class Campaign:
    """Workers on one database; `directory` holds what they heard, and the signer."""

    database: str
    directory: Path
    killed: int = 0
    workers: dict[str, list[subprocess.Popen[bytes]]] = field(default_factory=dict)

    def start(self, task: str) -> None:
        worker = subprocess.Popen(self._command(task), cwd=ROOT)
        self.workers.setdefault(task, []).append(worker)

    def run(self, task: str) -> str:
        done = subprocess.run(self._command(task), cwd=ROOT, check=True, stdout=subprocess.PIPE)
        return done.stdout.decode()

    def kill(self, worker: subprocess.Popen[bytes]) -> None:
        """kill -9, in the middle of whatever it does."""
        assert worker.poll() is None, "a worker ended by itself"
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        self.killed += 1

    def kill_one(self, task: str, chance: random.Random) -> None:
        """One worker of this sort dies and another takes its place."""
        worker = self.workers[task].pop(chance.randrange(len(self.workers[task])))
        self.kill(worker)
        self.start(task)

    def end(self) -> None:
        for worker in [worker for workers in self.workers.values() for worker in workers]:
            self.kill(worker)
        self.workers.clear()

    def tell(self) -> Told:
        """Ends all workers and asks what is left."""
        self.end()
        return Told(acknowledged=self.heard(), log=json.loads(self.run("tell")), killed=self.killed)

    def heard(self) -> list[str]:
        """Uids that writers heard to be committed; the last line of one that was killed may be torn."""
        texts = [path.read_text() for path in self.directory.glob("acknowledged-*")]
        return [line for text in texts for line in text.split("\n") if len(line) == 32]

    def checkpoints(self) -> int:
        """How many trees were signed by now."""
        return int(self.run("signed"))

    def wait_for(self, entries: int, *, checkpoints: int = 0, patience: float = 90.0) -> None:
        """Until so many were acknowledged, and so many trees signed; raises TimeoutError.

        On a busy machine a process may need longer to begin than it would live: then nothing is tried.
        """
        until = time.monotonic() + patience
        while len(self.heard()) < entries or (checkpoints and self.checkpoints() < checkpoints):
            if time.monotonic() > until:
                raise TimeoutError(
                    f"{len(self.heard())} of {entries} entries, {self.checkpoints()} of {checkpoints} trees"
                )
            time.sleep(0.1)

    def _command(self, task: str) -> list[str]:
        return [sys.executable, "-m", "tests.soak.workers", self.database, task, str(self.directory)]


@contextmanager
def campaign(directory: Path) -> Iterator[Campaign]:
    """A campaign on an empty store of its own, which is taken away at the end."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings.test")
    url = os.environ.get("DATABASE_URL", "")
    name = f"sealing_{os.getpid()}" if url else str(directory / "journal.sqlite3")
    if url:
        _server(url, f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name}")
    made = Campaign(database=name, directory=directory)
    try:
        made.run("migrate")
        yield made
    finally:
        for worker in [worker for workers in made.workers.values() for worker in workers]:
            worker.kill()
            worker.wait()
        if url:
            _server(url, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _server(url: str, *statements: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as server:
        for statement in statements:
            server.execute(statement)


def _said(told: Told) -> str:
    verdict = "; ".join(told.wrong()) or "all holds"
    return (
        f"{len(told.acknowledged)} acknowledged, {told.killed} killed, {told.log['checkpoints']} checkpoints: {verdict}"
    )


def run(minutes: float, seed: int) -> tuple[str, bool]:
    """Rounds until the time is over, or the first that did not hold; (what the last one left, whether all held)."""
    chance, until, rounds, said = random.Random(seed), time.monotonic() + minutes * 60, 0, ""
    with tempfile.TemporaryDirectory() as place, campaign(Path(place)) as made:
        while time.monotonic() < until:
            for task in ("write",) * 4 + ("seal",) * 2:
                made.start(task)
            made.wait_for(len(made.heard()) + LEAST, checkpoints=made.checkpoints() + 1)
            for _ in range(8):
                time.sleep(chance.uniform(0.5, 5.0))
                made.kill_one(chance.choice(["write", "seal"]), chance)
            told = made.tell()
            rounds, said = rounds + 1, _said(told)
            if told.wrong():
                return f"round {rounds}: {said}", False
    return f"{rounds} rounds; the last: {said}", True
