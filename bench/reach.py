"""Row B2: how soon a change of rights is known in every process. Two servers on one PostgreSQL; this process changes.

What is measured runs from the commit to the first answer by the new rules, over the wire, in the slower of the
two. Both are asked without pause over one kept connection each, as impatient readers would.
"""

import json
import math
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path

from agreements.covenants.commands import resume_covenant, suspend_covenant
from agreements.covenants.rules import operator
from agreements.parties.tokens import issue_token, membership_for
from bench import stores
from bench.caseload import FORTY, PURPOSE, READERS
from bench.report import Row
from bench.stores import Store, ready, switch
from tests.door import open_door

ROOT = Path(__file__).resolve().parent.parent
CHANGES, SERVERS, BAR = 100, 2, 1.0
OWN, PERSONA = READERS["10 %"]
COVENANT, CASE = "PGA-MD", f"/api/v1/cases/{FORTY}"
PATIENCE = 20.0
"""Seconds after which a change is taken never to come."""


def rows() -> Iterator[Row]:
    """B2, where PostgreSQL answers."""
    if not stores.postgres_answers():
        return
    with ExitStack() as stack:
        store = stack.enter_context(_store())
        token = issue_token(membership_for(persona=PERSONA), purpose=PURPOSE, minutes=60).token
        servers = [stack.enter_context(_serving(store, token)) for _ in range(SERVERS)]
        taken = [_change(servers, granted=number % 2 == 1) for number in range(CHANGES)]
        asked = sum(server.asked for server in servers)
    ordered = sorted(taken)
    p50, p99 = (ordered[math.ceil(len(ordered) * share) - 1] for share in (0.5, 0.99))
    yield Row(
        row="B2",
        figure=f"{p99:.2f} s",
        bar=f"≤ {BAR:g} s",
        holds=round(p99, 2) <= BAR,
        detail=f"p99 from commit until {SERVERS} processes answer by the new rules; half of them within {p50:.2f} s, "
        f"the slowest {ordered[-1]:.2f} s; {CHANGES} times suspended or resumed by another process, PostgreSQL, "
        f"{asked:,} cases read meanwhile",
    )


class _Server:
    """One process, and one kept connection to it."""

    def __init__(self, port: int, token: str) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self._headers = {"Authorization": f"Bearer {token}"}
        self.asked = 0

    def grants(self) -> bool:
        """Whether the reader sees facts of others in the case: what an agency gave itself, no rule takes away."""
        self._connection.request("GET", CASE, headers=self._headers)
        answer = self._connection.getresponse()
        body = answer.read()
        self.asked += 1
        assert answer.status in (200, 403, 404), (answer.status, body[:500])
        return answer.status == 200 and bool(_sources(json.loads(body)) - {OWN})

    def knows(self, *, granted: bool, known: list[float]) -> None:
        """Read without pause until the first answer by the new rules, and add its moment."""
        patience = time.perf_counter() + PATIENCE
        while self.grants() is not granted:
            assert time.perf_counter() < patience, "the change never came"
        known.append(time.perf_counter())


def _sources(answer: object) -> set[str]:
    """Codes of the agencies whose facts stand in an answer."""
    found: set[str] = set()
    inside = answer.values() if isinstance(answer, dict) else answer if isinstance(answer, list) else ()
    for item in inside:
        found |= _sources(item)
    if isinstance(answer, dict) and "field" in answer and isinstance(answer.get("source"), dict):
        found.add(answer["source"]["code"])
    return found


_dice = random.Random(2)


def _change(servers: list[_Server], *, granted: bool) -> float:
    """Change rights, and the seconds from its commit until the last server answers by it."""
    known: list[float] = []
    readers = [threading.Thread(target=server.knows, kwargs={"granted": granted, "known": known}) for server in servers]
    for reader in readers:
        reader.start()
    # Some way into the reading: at any moment between two looks of a process at the rules.
    time.sleep(_dice.uniform(0.2, 0.6))
    assert not known, "an answer changed before its rules did"
    by = operator("bench")
    resume_covenant(COVENANT, by=by) if granted else suspend_covenant(COVENANT, reason="meting", by=by)
    began = time.perf_counter()
    for reader in readers:
        reader.join()
    assert len(known) == len(servers), "a server did not answer"
    return max(known) - began


# --- the store and the servers --------------------------------------------------------------------------------


class _Reached(Store):
    """A copy of the store of ten cases, for this row changes it; taken away at its end."""

    @property
    def name(self) -> str:
        return f"bench_reach_{stores.fingerprint()}"


@contextmanager
def _store() -> Iterator[Store]:
    small, mine = ready(Store(vendor="postgresql", size=10)), _Reached(vendor="postgresql", size=10)
    stores._drop(mine)
    stores._create(mine, template=small)
    switch(mine)
    try:
        yield mine
    finally:
        switch(small)
        stores._drop(mine)


@contextmanager
def _serving(store: Store, token: str) -> Iterator[_Server]:
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "bench.serving", "BENCH_DATABASE": store.name}
    with open_door() as door:
        command = [sys.executable, "-W", "ignore", "-m", "uvicorn", "deploy.asgi:application", "--log-level", "error"]
        process = subprocess.Popen([*command, "--fd", str(door.fileno())], cwd=ROOT, env=env, pass_fds=[door.fileno()])
        try:
            server = _Server(door.getsockname()[1], token)
            assert server.grants(), "the reader sees nothing to begin with"
            yield server
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=20)
