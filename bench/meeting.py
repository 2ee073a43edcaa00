"""Row C3: a meeting with twelve screens; from a key press until the last of them has it. A real server, embedded.

One socket types the joint view; the other screens are the wall, the chair's own device and those of ten participants.
Measured at the sockets: the frame goes out on one connection and comes in on all others, through the server process,
its rights, its layer and its keeping of the draft. What a browser then paints is not in it.
"""

import asyncio
import json
import math
import os
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import websockets

from bench.report import Row
from tests.door import open_door

ROOT = Path(__file__).resolve().parent.parent
SCREENS, KEYS, PACE, BAR = 12, 200, 0.06, 200.0
"""Screens that are reached; key presses; seconds between two of them (a fast typist); milliseconds."""
WARM = 5
PEOPLE = ("ruben", "margot", "sanne", "marloes", "tessa", "peter", "farid", "ilse")
COME = {
    "POL-MD": "ruben", "OM-MD": "margot", "GEM-MD": "sanne", "JB-MD": "marloes", "SOC-WATERKANT": "tessa",
    "OND-BAKEN": "peter", "JW-HAVEN": "farid", "GGZ-MD": "ilse",
}  # fmt: skip
NUMBER = "MD-2026-0418"

_STAGE = """
import json, sys, django
django.setup()
from agreements.models import Professional
from agreements.parties.reader import visit_of
from agreements.parties.tokens import membership_for
from cases.disclosure.reading import Reading
from cases.meetings.commands import attendance, running
from cases.meetings.commands.attendance import Arriving
from cases.meetings.models import AgendaItem, Meeting
from deploy.demo_meetings import TODAY
def reading():
    visit = visit_of(membership_for(persona="nadia"), strength="demo", trace_id="0" * 32)
    return Reading.begin(visit, route="bench", event="meeting.chaired")
come = json.loads(sys.argv[1])
running.start_meeting(reading(), TODAY)
item = AgendaItem.objects.get(meeting__uid=TODAY, case__number=sys.argv[2])
running.start_item(reading(), TODAY, item.uid)
for agency, key in come.items():
    person = Professional.objects.get(demo_key=key)
    attendance.arrive(reading(), item.uid, Arriving(agency=agency, professional=person.uuid))
print(json.dumps({"meeting": str(TODAY), "item": str(item.uid)}))
"""


def rows() -> Iterator[Row]:
    """C3, on the embedded installation: SQLite, one process."""
    began = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder, _serving(Path(folder)) as (base, stage):
        taken, entries = asyncio.run(_typed(base, stage))
    ordered = sorted(taken)
    p50, p95 = (ordered[math.ceil(len(ordered) * share) - 1] for share in (0.5, 0.95))
    busy = max(began, os.getloadavg()[0])
    cores = os.cpu_count() or 1
    note = f"; the machine was busy (load {busy:.1f} on {cores} processors)" if busy > cores else ""
    yield Row(
        row="C3",
        figure=f"{p95:.0f} ms",
        bar=f"≤ {BAR:.0f} ms",
        holds=round(p95) <= BAR,
        detail=f"p95 from a key press to the last of {SCREENS} screens, half within {p50:.0f} ms, the slowest "
        f"{ordered[-1]:.0f} ms; {len(taken)} key presses {PACE * 1000:.0f} ms apart after {WARM} to warm up, "
        f"{len(COME) + 1} agencies present, SQLite; every press came to all; "
        f"{entries} times it was said to be kept{note}",
    )


async def _typed(base: str, stage: dict[str, str]) -> tuple[list[float], int]:
    """Milliseconds per key press until the last screen had it."""
    kinds = [("nadia", "scherm"), ("nadia", "voorzitter"), *((key, "mee") for key in PEOPLE)]
    kinds += [("nadia", "mee"), ("sanne", "mee")]
    assert len(kinds) == SCREENS
    cookies = {key: await asyncio.to_thread(_sign_in, base, key) for key in {key for key, _kind in kinds}}
    arrived: dict[int, list[float]] = {}
    sent: dict[int, float] = {}
    kept = 0

    async def watch(line: Any) -> None:
        async for text in line:
            frame = json.loads(text)
            if frame["type"] == "typed":
                arrived.setdefault(frame["seq"], []).append(time.perf_counter())

    async def hear(line: Any) -> None:
        nonlocal kept
        async for text in line:
            kept += json.loads(text)["type"] == "stored"

    lines = [await _connect(base, stage, cookies[key], kind) for key, kind in kinds]
    typist = await _connect(base, stage, cookies["nadia"], "voorzitter")
    watching = [asyncio.create_task(watch(line)) for line in lines] + [asyncio.create_task(hear(typist))]
    client, words = str(uuid.uuid4()), ""
    for seq in range(1, KEYS + WARM + 1):
        words += "abcdefghij "[seq % 11]
        frame = {"type": "typing", "item": stage["item"], "domain": "work", "text": words, "seq": seq, "base": 0,
                 "client": client}  # fmt: skip
        sent[seq] = time.perf_counter()
        await typist.send(json.dumps(frame))
        # The first key press asks for every screen's right; people look before they go on as well.
        await asyncio.sleep(PACE if seq > WARM else 1.0)
    await asyncio.sleep(2)
    for task in watching:
        task.cancel()
    for line in (*lines, typist):
        await line.close()
    measured = [seq for seq in sent if seq > WARM]
    for seq in measured:
        assert len(arrived.get(seq, ())) == SCREENS, f"key press {seq} reached {len(arrived.get(seq, ()))} screens"
    return [(max(arrived[seq]) - sent[seq]) * 1000 for seq in measured], kept


async def _connect(base: str, stage: dict[str, str], cookie: str, kind: str) -> Any:
    url = f"{base.replace('http', 'ws', 1)}/ws/overleg/{stage['meeting']}/{kind}/"
    line = await websockets.connect(url, additional_headers={"Cookie": cookie, "Origin": base}, max_queue=None)
    while json.loads(await line.recv())["type"] != "hello":
        pass
    return line


def _sign_in(base: str, key: str) -> str:
    """The cookie of a session of this persona, through the front door."""
    with httpx.Client(base_url=base, follow_redirects=False, timeout=60) as client:
        client.get("/inloggen/")
        token = client.cookies["verbond_csrf"]
        form = {"persona": key, "csrfmiddlewaretoken": token}
        answer = client.post(_FORM, data=form, headers={"Referer": f"{base}/inloggen/"})
        assert answer.status_code == 302, answer.status_code
        return f"verbond_session={client.cookies['verbond_session']}"


_FORM = "/inloggen/demo/"


@contextmanager
def _serving(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """The embedded installation with the demo, its meeting of today at the case of Jayden, eight partners present."""
    out = ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE")
    env = {name: value for name, value in os.environ.items() if name not in out} | {
        "DJANGO_SETTINGS_MODULE": "deploy.settings.embedded", "VERBOND_DEMO": "1", "VERBOND_VAR": str(folder),
    }  # fmt: skip
    for command in (("migrate", "-v", "0"), ("collectstatic", "--no-input", "-v", "0"), ("load_demo", "-v", "0")):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=env, check=True, capture_output=True)
    made = subprocess.run(
        [sys.executable, "-c", _STAGE, json.dumps(COME), NUMBER], cwd=ROOT, env=env, check=True, capture_output=True
    )
    with open_door() as door:
        command = [sys.executable, "-W", "ignore", "-m", "uvicorn", "deploy.asgi:application", "--log-level", "error"]
        with (folder / "server.log").open("wb") as log:
            process = subprocess.Popen(
                [*command, "--fd", str(door.fileno())], cwd=ROOT, env=env, pass_fds=[door.fileno()], stdout=log,
                stderr=log,
            )  # fmt: skip
        try:
            yield f"http://127.0.0.1:{door.getsockname()[1]}", json.loads(made.stdout)
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=20)
