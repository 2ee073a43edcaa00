"""Chaos at the meeting: who types is cut off by killing the server, over and over. Nothing that was typed is lost.

Two kinds of round. In one the typist's page stays: it connects again and sends what was not said to be kept. In the
other the page is gone with the server: then at least the last text that was said to be kept must stand, by itself.
Judged by what the page of the chair and the wall show afterwards, over HTTP, as a person would see it.
"""

import asyncio
import json
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import websockets

from tests.browser.installation import ROOT, environment, prepare
from tests.browser.running_meeting import meeting
from tests.door import open_door

DOMAINS = ("finance", "work", "time", "housing", "mental", "physical", "network")
LONGEST_SETTLE = 45.0
"""Seconds within which what a lost page left is saved in its typist's name, with a start of the server in between."""
RETRY = 60.0


@dataclass(slots=True)
class Tally:
    """What the campaign counted."""

    rounds: int = 0
    kills: int = 0
    keys: int = 0
    gone: int = 0
    lost: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.lost and self.kills > 0

    def __str__(self) -> str:
        return (
            f"{self.rounds} texts, {self.keys} key presses, {self.kills} times the server was killed, "
            f"{self.gone} pages gone with it; lost: {len(self.lost)}"
        )


class Server:
    """A server on one door, that is killed and started again behind it."""

    def __init__(self, folder: Path, door: socket.socket) -> None:
        self.env = environment(folder)
        self.door, self.log = door, folder / "server.log"
        prepare(folder)
        self.room = meeting(self.env, POL_MD="ruben", GEM_MD="sanne")
        self.base = f"http://127.0.0.1:{door.getsockname()[1]}"
        self.start()
        self.cookie = self._sign_in()

    def start(self) -> None:
        command = [sys.executable, "-m", "uvicorn", "deploy.asgi:application", "--log-level", "error"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "--fd", str(self.door.fileno())], cwd=ROOT, env=self.env, pass_fds=[self.door.fileno()],
                stdout=log, stderr=log,
            )  # fmt: skip

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(timeout=30)

    def _sign_in(self) -> str:
        with httpx.Client(base_url=self.base, timeout=60) as client:
            client.get("/inloggen/")
            token = client.cookies["verbond_csrf"]
            answer = client.post(
                "/inloggen/demo/", data={"persona": "nadia", "csrfmiddlewaretoken": token},
                headers={"Referer": f"{self.base}/inloggen/"},
            )  # fmt: skip
            assert answer.status_code == 302, answer.status_code
            return f"verbond_session={client.cookies['verbond_session']}"

    def page(self, name: str) -> str:
        """What a page shows; waits for a server that is starting."""
        until = time.monotonic() + RETRY
        while True:
            try:
                answer = httpx.get(f"{self.base}{self.room}{name}/", headers={"Cookie": self.cookie}, timeout=30)
                answer.raise_for_status()
                return answer.text
            except httpx.TransportError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)

    async def line(self) -> Any:
        """A socket of the chair; tries again until the server answers."""
        url = f"{self.base.replace('http', 'ws', 1)}/ws{self.room}voorzitter/"
        until = time.monotonic() + RETRY
        while True:
            try:
                headers = {"Cookie": self.cookie, "Origin": self.base}
                line = await websockets.connect(url, additional_headers=headers, open_timeout=RETRY)
                while json.loads(await line.recv())["type"] != "hello":
                    pass
                return line
            except (OSError, websockets.WebSocketException):
                if time.monotonic() > until:
                    raise
                await asyncio.sleep(0.2)


@dataclass(slots=True)
class Page:
    """A page that types one text: it keeps what was not said to be kept, as the script of the page does."""

    server: Server
    item: str
    domain: str
    words: str
    client: str = field(default_factory=lambda: str(uuid.uuid4()))
    seq: int = 0
    base: int = 0
    stored: int = 0
    saved: bool = False
    typed: list[str] = field(default_factory=list)

    async def send(self, line: Any, *, done: bool = False) -> None:
        frame = {
            "type": "typing", "item": self.item, "domain": self.domain, "text": self.typed[-1], "seq": self.seq,
            "base": self.base, "client": self.client, "done": done,
        }  # fmt: skip
        await line.send(json.dumps(frame))

    async def press(self, line: Any, letters: str) -> None:
        self.typed.append((self.typed[-1] if self.typed else "") + letters)
        self.seq += 1
        await self.send(line)

    async def hear(self, line: Any) -> None:
        async for text in line:
            frame = json.loads(text)
            if frame["type"] == "stored" and frame["domain"] == self.domain:
                self.stored = max(self.stored, frame["seq"])
                self.base = frame["base"]
                self.saved = self.saved or bool(frame["saved"])
            elif frame["type"] == "refused":
                raise AssertionError(frame)

    @property
    def kept(self) -> str:
        """The last text that was said to be kept."""
        return self.typed[self.stored - 1] if self.stored else ""


async def _round(server: Server, item: str, dice: random.Random, tally: Tally, domain: str, base: int) -> Page:
    words = f"{uuid.uuid4().hex[:10]} " + "en toen " * dice.randint(1, 12)
    page = Page(server=server, item=item, domain=domain, words=words, base=base)
    goes = dice.random() < 0.4
    falls_at = dice.sample(range(2, len(words) // 3), k=1 if goes else dice.randint(1, 2))
    line = await server.line()
    hearing = asyncio.create_task(page.hear(line))
    for place, start in enumerate(range(0, len(words), 3)):
        with suppress(websockets.ConnectionClosed, OSError):
            await page.press(line, words[start : start + 3])
        tally.keys += 1
        await asyncio.sleep(dice.uniform(0.0, 0.12))
        if place in falls_at:
            await asyncio.to_thread(server.kill)
            tally.kills += 1
            await asyncio.to_thread(server.start)
            with suppress(websockets.ConnectionClosed, OSError):
                await hearing
            if goes:
                tally.gone += 1
                return page
            line = await server.line()
            hearing = asyncio.create_task(page.hear(line))
            await page.send(line)
    await _finish(page, line, hearing)
    return page


async def _finish(page: Page, line: Any, hearing: "asyncio.Task[None]") -> None:
    await page.send(line, done=True)
    until = time.monotonic() + RETRY
    while not page.saved and not hearing.done() and time.monotonic() < until:
        await asyncio.sleep(0.05)
    if hearing.done():
        hearing.result()
    await line.close()
    with suppress(websockets.ConnectionClosed):
        await hearing


async def _stands(server: Server, wanted: str) -> bool:
    """Whether both pages come to show it, to somebody who opens them: an open page has its socket."""
    line = await server.line()
    # What it is sent is read and dropped, so that the line stays free.
    hearing = asyncio.create_task(_drop(line))
    until = time.monotonic() + LONGEST_SETTLE
    try:
        while time.monotonic() < until:
            shown = [await asyncio.to_thread(server.page, name) for name in ("voorzitter", "scherm")]
            if all(wanted.strip() in page for page in shown):
                return True
            await asyncio.sleep(0.5)
        return False
    finally:
        await line.close()
        await hearing


async def _drop(line: Any) -> None:
    with suppress(websockets.ConnectionClosed):
        async for _text in line:
            pass


_ITEM = "print(Meeting.objects.get(uid=sys.argv[1]).current.uid)"
_VERSION = """from cases.meetings.commands.joint_view import standing_view, version_of
print(version_of(standing_view(Meeting.objects.get(uid=sys.argv[1]).current, sys.argv[2])))"""


def _ask(server: Server, program: str, *words: str) -> str:
    """A line that a program prints beside the server, about its meeting."""
    program = f"import sys, django; django.setup()\nfrom cases.meetings.models import Meeting\n{program}"
    command = [sys.executable, "-c", program, server.room.split("/")[2], *words]
    made = subprocess.run(command, cwd=ROOT, env=server.env, check=True, capture_output=True, text=True)
    return made.stdout.strip().splitlines()[-1]


def run(minutes: float, seed: int) -> tuple[str, bool]:
    """The campaign for so long; (what was counted, whether nothing was lost)."""
    dice, tally = random.Random(seed), Tally()
    with tempfile.TemporaryDirectory() as folder, open_door() as door:
        server = Server(Path(folder), door)
        try:
            item, until = _ask(server, _ITEM), time.monotonic() + minutes * 60
            while time.monotonic() < until or not tally.kills:
                domain = DOMAINS[tally.rounds % len(DOMAINS)]
                # As a page has it that opens now: what somebody left behind may have been saved since the last round.
                base = int(_ask(server, _VERSION, domain))
                page = asyncio.run(_round(server, item, dice, tally, domain, base))
                tally.rounds += 1
                wanted = page.typed[-1] if page.saved else page.kept
                if wanted and not asyncio.run(_stands(server, wanted)):
                    tally.lost.append(f"{domain}: {wanted!r}")
        finally:
            server.kill()
    return "; ".join([str(tally), *tally.lost]), tally.holds
