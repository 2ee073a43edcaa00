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
from pathlib import Path
from typing import Any
from uuid import uuid4

from bench.ears import Ear, answered, hear_channel, heard, only_note, put_ear
from bench.report import Row
from tests.realtime.street_servers import Street, can_run, running
from tests.soak.street import URL, VIEWS, campaign

SOCKETS, EVENTS, ROUNDS, SAID = 500, 60, 5, 120
REST = 0.13
"""Seconds before each thing that E3 times: three of them are slower than the limit of what people send."""
CUT = int(os.environ.get("BENCH_SOCKETS", "1000"))
"""Sockets of E4; the row says how many."""
E5_MINUTES, E5_SOCKETS, SEED = 1.0, 150, 20


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


async def _fan_out(street: Street) -> list[Row]:
    keys = [VIEWS[number % len(VIEWS)] for number in range(SOCKETS)]
    # Housing is told every other event: the others are words that it may not know.
    wanted = {key: EVENTS // 2 if key == "joost" else EVENTS for key in VIEWS}
    host, channel = street.servers[0].host, street.stage.channel
    ears: dict[str, list[Ear]] = {"product": [], "raw": [], "plain": []}
    for key in keys:
        ticket = await asyncio.to_thread(street.stage.ask, "ticket", key)
        ears["product"].append(await hear_channel(f"ws://{host}/ws/kanaal/{channel}/", str(ticket)))
        for name in ("raw", "plain"):
            ears[name].append(await put_ear(f"ws://{host}/{name}/{key}/"))
    taken: dict[str, list[float]] = {name: [] for name in ears}
    lost = 0
    for _ in range(ROUNDS):
        only_note(ears["product"])
        began = await asyncio.to_thread(street.stage.ask, "load", str(EVENTS))
        last, missing, told = await heard(ears["product"], keys, wanted)
        assert not missing, f"the product lost {missing} frames"
        of_view = dict(zip(keys, told, strict=True))
        assert all(texts == of_view[key] for key, texts in zip(keys, told, strict=True)), "a view of its own"
        taken["product"].append(last - began)
        frames = json.dumps([[key, text] for key in VIEWS for text in of_view[key]])
        same = _ids(told)
        for name in ("raw", "plain"):
            only_note(ears[name])
            began = time.time()
            ears[name][0].send(frames)
            last, missing, texts = await heard(ears[name], keys, wanted)
            taken[name].append(last - began)
            # The tutorial's consumer writes the same JSON with spaces.
            assert missing or _ids(texts) == same
            assert name == "plain" or texts == told, "the raw peer sent other bytes"
            lost += missing if name == "plain" else 0
    raw = statistics.median(r / p for r, p in zip(taken["raw"], taken["product"], strict=True))
    plain = statistics.median(r / p for r, p in zip(taken["plain"], taken["product"], strict=True))
    detail = (
        f"{SOCKETS} sockets of {len(VIEWS)} views, {EVENTS} events at once ({sum(wanted[key] for key in keys):,} "
        f"frames) in {statistics.median(taken['product']):.2f} s; raw {statistics.median(taken['raw']):.2f} s, plain "
        f"Channels {statistics.median(taken['plain']):.2f} s; until the last byte came, read afterwards; the same "
        f"bytes, checked; {ROUNDS} rounds"
    )
    return [
        Row(row="E1", figure=f"{raw:.2f}×", bar="≥ 0.7×", holds=round(raw, 2) >= 0.7, detail=detail + _note()),
        Row(row="E2", figure=f"{plain:.2f}×", bar="≥ 1.8×", holds=round(plain, 2) >= 1.8,
            detail=f"{detail}; the product lost none, plain Channels {lost:,} frames{_note()}"),
    ]  # fmt: skip


def _ids(texts: list[list[str]]) -> list[list[str]]:
    return [[json.loads(text)["id"] for text in one] for one in texts]


async def _said(street: Street) -> list[Row]:
    """E3: one ear that waits for each answer; the bare insert is done by the stage, on the same database.

    A second row sets it against the same insert behind a socket of the same server, which is what a say is made of.
    """
    taken, bare, behind = [], [], []
    host, channel = street.servers[0].host, street.stage.channel
    ticket = await asyncio.to_thread(street.stage.ask, "ticket", "esra")
    phone = await hear_channel(f"ws://{host}/ws/kanaal/{channel}/", str(ticket))
    line = await put_ear(f"ws://{host}/bare/")
    await asyncio.to_thread(street.stage.ask, "bare", "1")
    for number in range(SAID):
        words = {"field": "street_message", "text": f"bericht {number}"}
        frame = json.dumps({"type": "say", "client": str(uuid4()), "pieces": [words]})
        # Each after the same rest: what comes right behind another finds the processor awake and its caches warm.
        await asyncio.sleep(REST)
        taken.append(await answered(phone, frame, b'"accepted"'))
        await asyncio.sleep(REST)
        bare += await asyncio.to_thread(street.stage.ask, "bare", "1")
        await asyncio.sleep(REST)
        behind.append(await answered(line, f"bericht {number} " * 8, b"{}"))
    return [_beside("E3", taken, bare, ""), _beside("E3 behind a socket", taken, behind, ", behind a socket too")]


def _beside(name: str, taken: list[float], bare: list[float], where: str) -> Row:
    mine, theirs = statistics.median(taken) * 1000, statistics.median(bare) * 1000
    return Row(
        row=name, figure=f"{mine / theirs:.2f}×", bar="≤ 2×", holds=round(mine / theirs, 2) <= 2,
        detail=f"say until accepted {mine:.1f} ms over its socket, a bare insert with commit{where} {theirs:.1f} ms; "
        f"medians of {SAID}, in turn, PostgreSQL{_note()}",
    )  # fmt: skip


async def _cut(street: Street) -> list[Row]:
    """E4: a thousand sockets, the half of them of the one who is put out.

    They are ears: a thousand phones in one process would take longer over what they read than the server to send it.
    """
    host, channel = street.servers[0].host, street.stage.channel
    ears = []
    for number in range(CUT):
        ticket = await asyncio.to_thread(street.stage.ask, "ticket", "farid" if number % 2 else "esra")
        ears.append(await hear_channel(f"ws://{host}/ws/kanaal/{channel}/", str(ticket)))
    mine, others = ears[1::2], ears[0::2]
    only_note(ears)
    moment = await asyncio.to_thread(street.stage.ask, "out", "farid")
    until = time.time() + 30
    while time.time() < until and not all(ear.has_come(b'"revoked"') for ear in mine):
        # Seldom: looking takes the processor from what is measured.
        await asyncio.sleep(0.5)
    await asyncio.sleep(1)
    for ear in ears:
        ear.read()
    # The stage's word came before the bell; the close is on the same clock, of this machine.
    waits = sorted((ear.closed_at or until) - moment for ear in mine)
    p99 = waits[math.ceil(len(waits) * 0.99) - 1]
    stay = sum(not ear.closed_at for ear in others)
    said = [json.loads(ear.texts[-1][1])["type"] for ear in mine]
    assert set(said) == {"revoked"}, "it is said why"
    await asyncio.to_thread(street.stage.ask, "back", "farid")
    row = Row(
        row="E4", figure=f"{p99:.2f} s", bar="≤ 1 s", holds=round(p99, 2) <= 1 and stay == CUT // 2,
        detail=f"p99 from the commit until the close is at the phone, {len(waits)} of {CUT} sockets; half within "
        f"{waits[len(waits) // 2]:.2f} s; the {stay} others stayed{_note()}",
    )  # fmt: skip
    return [row]
