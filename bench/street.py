"""Rows E1 to E5: channels of street teams on one PostgreSQL and Redis of their own, over real sockets.

E1 and E2: so many events at once to 500 sockets of 3 views, from the commit (for the peers: from the trigger) until the
last socket has the last; the peers send the very frames that the product sent, from the same server process.
E3: `say` until `accepted` against a bare insert with its commit. E4: a member is put out until each socket is cut.
E5: the campaign tests/soak/street.py, shortened.
"""

import asyncio
import json
import math
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import websockets

from bench.report import Row
from tests.realtime.street_servers import Street, can_run, running
from tests.realtime.wire import Wire, live, wires
from tests.soak.street import URL, VIEWS, campaign

SOCKETS, EVENTS, ROUNDS, SAID = 500, 60, 5, 120
CUT = int(os.environ.get("BENCH_SOCKETS", "1000"))
"""Sockets of E4; the row says how many."""
E5_MINUTES, E5_SOCKETS, SEED = 1.0, 150, 20
WITHIN = 240.0
"""Seconds after which a peer is taken to have lost what it did not send."""


def rows_e1() -> Iterator[Row]:
    """E1 and E2; nothing on a machine without PostgreSQL and redis-server, as for the others."""
    yield from _on_a_street(_fan_out)


def rows_e3() -> Iterator[Row]:
    """E3."""
    yield from _on_a_street(_said)


def rows_e4() -> Iterator[Row]:
    """E4."""
    yield from _on_a_street(_cut)


def rows_e5() -> Iterator[Row]:
    """E5, on servers of its own."""
    if not can_run(URL):
        return
    tally = campaign(E5_MINUTES, SEED, E5_SOCKETS)
    yield Row(
        row="E5", figure=f"{tally.lost}, {tally.doubled}, {tally.wrong}", bar="0, 0, 0", holds=tally.holds,
        detail=f"lost, doubled, shown to the wrong view; {tally}",
    )  # fmt: skip


def _on_a_street(measure: Callable[[Street], Coroutine[Any, Any, list[Row]]]) -> list[Row]:
    if not can_run(URL):
        return []
    with tempfile.TemporaryDirectory() as folder, running(
        Path(folder), URL, processes=1, application="bench.street_server:application",
        CHANNEL_MAX_SOCKETS=str(2 * CUT),
    ) as street:  # fmt: skip
        return asyncio.run(measure(street))


def _note() -> str:
    busy, cores = os.getloadavg()[0], os.cpu_count() or 1
    return f"; the machine was busy (load {busy:.1f} on {cores} processors)" if busy > cores else ""


def _phones(street: Street, keys: list[str]) -> list[Wire]:
    hosts = [street.servers[0].host]
    return wires(street.stage, [(key, hosts) for key in keys], patience=WITHIN)


async def _fan_out(street: Street) -> list[Row]:
    keys = [VIEWS[number % len(VIEWS)] for number in range(SOCKETS)]
    taken: dict[str, list[float]] = {"product": [], "raw": [], "plain": []}
    lost = 0
    heard: dict[str, list[str]] = {}
    phones = _phones(street, keys)
    async with live(phones):
        for phone, key in list(zip(phones, keys, strict=True))[: len(VIEWS)]:
            phone.seen = lambda text, key=key: heard.setdefault(key, []).append(text)
        peers = {name: await _peers(street, name, keys) for name in ("raw", "plain")}
        for _ in range(ROUNDS):
            heard.clear()
            before = len(await asyncio.to_thread(street.stage.ask, "log"))
            counts = [len(phone.held) for phone in phones]
            began = await asyncio.to_thread(street.stage.ask, "load", str(EVENTS))
            fresh = {uid for _seq, uid, _client in (await asyncio.to_thread(street.stage.ask, "log"))[before:]}
            assert len(fresh) == EVENTS
            last = {}
            for key in VIEWS:
                phone = phones[VIEWS.index(key)]
                # Housing is told every other event: the others are words that it may not know.
                wanted = EVENTS // 2 if key == "joost" else EVENTS
                await phone.until(lambda phone=phone, key=key, wanted=wanted: len(heard.get(key, ())) >= wanted, WITHIN)
                last[key] = wanted
            for number, phone in enumerate(phones):
                wanted = counts[number] + last[keys[number]]
                await phone.until(lambda phone=phone, wanted=wanted: len(phone.held) >= wanted, WITHIN)
            ended = max(phone.last_at for phone in phones)
            taken["product"].append(ended - began)
            frames = [[key, text] for key in VIEWS for text in heard[key]]
            for name in ("raw", "plain"):
                seconds, missing = await peers[name].take(frames)
                taken[name].append(seconds)
                lost += missing if name == "plain" else 0
        for one in peers.values():
            await one.close()
        assert not any(phone.faults for phone in phones)
    raw = statistics.median(r / p for r, p in zip(taken["raw"], taken["product"], strict=True))
    plain = statistics.median(r / p for r, p in zip(taken["plain"], taken["product"], strict=True))
    frames_each = sum(EVENTS // 2 if key == "joost" else EVENTS for key in keys)
    detail = (
        f"{SOCKETS} sockets of {len(VIEWS)} views, {EVENTS} events at once ({frames_each:,} frames) in "
        f"{statistics.median(taken['product']):.2f} s; raw {statistics.median(taken['raw']):.2f} s, plain Channels "
        f"{statistics.median(taken['plain']):.2f} s; the same bytes, checked; {ROUNDS} rounds"
    )
    return [
        Row(row="E1", figure=f"{raw:.2f}×", bar="≥ 0.7×", holds=round(raw, 2) >= 0.7, detail=detail + _note()),
        Row(row="E2", figure=f"{plain:.2f}×", bar="≥ 1.8×", holds=round(plain, 2) >= 1.8,
            detail=f"{detail}; the product lost none, plain Channels {lost:,} frames{_note()}"),
    ]  # fmt: skip


class _Peers:
    """The lines of a peer, and how many frames each got."""

    def __init__(self, lines: list[Any], keys: list[str], name: str) -> None:
        self.lines, self.keys, self.name = lines, keys, name
        self.got = [0] * len(lines)
        self.texts: list[list[str]] = [[] for _ in lines]
        self.last_at = 0.0
        self.tasks = [asyncio.create_task(self._hear(number, line)) for number, line in enumerate(lines)]

    async def _hear(self, number: int, line: Any) -> None:
        async for text in line:
            # As the phones do: read what came.
            self.texts[number].append(json.loads(text)["id"])
            self.got[number] += 1
            self.last_at = time.time()

    async def take(self, frames: list[list[str]]) -> tuple[float, int]:
        """Seconds until the last frame came, and how many never did."""
        ids = {key: [json.loads(text)["id"] for view, text in frames if view == key] for key in VIEWS}
        for texts in self.texts:
            texts.clear()
        began = time.time()
        await self.lines[0].send(json.dumps(frames))
        until = began + WITHIN
        while time.time() < until:
            await asyncio.sleep(0.05)
            missing = sum(
                len(ids[key]) - len(texts) for key, texts in zip(self.keys, self.texts, strict=True)
            )  # fmt: skip
            # Nothing came for five seconds: what is missing is lost.
            if not missing or time.time() - max(self.last_at, began) > 5:
                break
        if not missing:
            assert all(texts == ids[key] for key, texts in zip(self.keys, self.texts, strict=True))
        return self.last_at - began, missing

    async def close(self) -> None:
        for task in self.tasks:
            task.cancel()
        for line in self.lines:
            line.transport.abort()


async def _peers(street: Street, name: str, keys: list[str]) -> _Peers:
    host = street.servers[0].host
    lines = []
    for key in keys:
        url = f"ws://{host}/{name}/{key}/"
        lines.append(
            await websockets.connect(url, compression=None, max_queue=None, max_size=None, ping_interval=None,
                                     additional_headers={"Origin": f"http://{host}"}, open_timeout=WITHIN)
        )  # fmt: skip
    return _Peers(lines, keys, name)


async def _said(street: Street) -> list[Row]:
    """E3: one phone that waits for each answer; the bare insert is done by the stage, on the same database.

    A second row sets it against the same insert behind a socket of the same server, which is what a say is made of.
    """
    (phone,) = phones = _phones(street, ["esra"])
    taken, bare, behind = [], [], []
    await asyncio.to_thread(street.stage.ask, "bare", "1")
    host = street.servers[0].host
    async with live(phones), websockets.connect(f"ws://{host}/bare/", compression=None) as line:
        for number in range(SAID):
            began = time.perf_counter()
            await phone.say(("street_message", f"bericht {number}"))
            while phone.outbox:
                phone.news.clear()
                await phone.news.wait()
            taken.append(time.perf_counter() - began)
            bare += await asyncio.to_thread(street.stage.ask, "bare", "1")
            began = time.perf_counter()
            await line.send(f"bericht {number} " * 8)
            await line.recv()
            behind.append(time.perf_counter() - began)
            await asyncio.sleep(0.26)  # slower than the limit of what people send
        assert not phone.refused
    return [_beside("E3", taken, bare, ""), _beside("E3 behind a socket", taken, behind, ", behind a socket too")]


def _beside(name: str, taken: list[float], bare: list[float], where: str) -> Row:
    mine, theirs = statistics.median(taken) * 1000, statistics.median(bare) * 1000
    return Row(
        row=name, figure=f"{mine / theirs:.2f}×", bar="≤ 2×", holds=round(mine / theirs, 2) <= 2,
        detail=f"say until accepted {mine:.1f} ms over its socket, a bare insert with commit{where} {theirs:.1f} ms; "
        f"medians of {SAID}, in turn, PostgreSQL{_note()}",
    )  # fmt: skip


async def _cut(street: Street) -> list[Row]:
    """E4: a thousand sockets, the half of them of the one who is put out."""
    phones = _phones(street, ["farid" if number % 2 else "esra" for number in range(CUT)])
    async with live(phones):
        moment = await asyncio.to_thread(street.stage.ask, "out", "farid")
        mine = [phone.task for phone in phones[1::2] if phone.task]
        with suppress(TimeoutError):
            async with asyncio.timeout(30):
                await asyncio.gather(*mine)
        # The stage's word came before the bell; the close is on the same clock, of this machine.
        waits = sorted(phone.cut_at - moment if phone.cut_at else 30.0 for phone in phones[1::2])
        p99 = waits[math.ceil(len(waits) * 0.99) - 1]
        stay = sum(phone.code is None for phone in phones[0::2])
    await asyncio.to_thread(street.stage.ask, "back", "farid")
    row = Row(
        row="E4", figure=f"{p99:.2f} s", bar="≤ 1 s", holds=round(p99, 2) <= 1 and stay == CUT // 2,
        detail=f"p99 from the commit until the phone has the close, {len(waits)} of {CUT} sockets; half within "
        f"{waits[len(waits) // 2]:.2f} s; the {stay} others stayed{_note()}",
    )  # fmt: skip
    return [row]
