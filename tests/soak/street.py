"""Chaos in a channel: hundreds of sockets on two processes, senders, kill -9 of a process or of Redis, over and over.

Senders say with ids of their own through an outbox that resends. At the end every phone must hold exactly what its
view may know, once and in the order of the log; no frame may have carried a word that is another view's secret.
"""

import asyncio
import os
import random
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.realtime.street_servers import Street, can_run, running
from tests.realtime.wire import Wire, live, wires

URL = os.environ.get("DATABASE_URL", "") or "postgres://postgres@127.0.0.1:5432/postgres"
VIEWS = ("esra", "farid", "joost")
AGENCY = {"esra": "POL-MD", "farid": "JW-HAVEN", "joost": "WON-WATERWEG"}
"""Police, youth work, housing: three agencies, so three views."""
PACE = 0.35
"""Seconds between two messages, of all senders together."""
KILL = (6.0, 12.0)
"""Seconds between two kills."""
SETTLE = 120.0


@dataclass(slots=True)
class Tally:
    """What the campaign counted."""

    sockets: int
    said: int = 0
    stored: int = 0
    frames: int = 0
    connections: int = 0
    anew: int = 0
    kills: dict[str, int] = field(default_factory=lambda: {"process": 0, "Redis": 0})
    lost: int = 0
    doubled: int = 0
    wrong: int = 0
    disorder: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not (self.lost or self.doubled or self.wrong or self.disorder) and min(self.kills.values()) > 0

    def __str__(self) -> str:
        kills = ", ".join(f"{number}x {what}" for what, number in self.kills.items())
        return (
            f"{self.sockets} sockets of {len(VIEWS)} views on two processes, {self.said} said, {self.frames} events "
            f"told, {self.connections} connections ({self.anew} of them anew), killed {kills}; lost {self.lost}, "
            f"doubled {self.doubled}, out of order {self.disorder}, shown to the wrong view {self.wrong}"
            + "".join(f"; {note}" for note in self.notes[:5])
        )


@dataclass(slots=True)
class Ledger:
    """What was said, by whom it may be known, and the words that are secret for the others."""

    for_: dict[str, frozenset[str]] = field(default_factory=dict)
    told: int = 0
    wrong: list[str] = field(default_factory=list)

    def ear(self, key: str) -> Callable[[str], None]:
        """Looks at every frame of a phone: a secret names who may know it."""

        def heard(text: str) -> None:
            self.told += 1
            if "zqx-" in text and f"-{key}-" not in text:
                self.wrong.append(f"{key}: {text}")

        return heard


async def _speak(phones: dict[str, Wire], ledger: Ledger, dice: random.Random, until: float) -> None:
    count = 0
    while time.monotonic() < until:
        key = dice.choice(VIEWS)
        count += 1
        chance = dice.random()
        if chance < 0.4:
            known = frozenset(VIEWS)
            client = await phones[key].say(("street_message", f"bericht {count}"))
        elif chance < 0.6 and key != "joost":
            # Words about the area that housing may not read, or to which it is not a party.
            known = frozenset({"esra", "farid"})
            client = await phones[key].say(("hotspot_note", f"zqx-esra-farid-{count}"))
        else:
            other = dice.choice([one for one in VIEWS if one != key])
            known = frozenset({key, other})
            words = f"zqx-{key}-{other}-{count}"
            client = await phones[key].say(("street_question", words), kind="question", to=AGENCY[other])
        ledger.for_[client] = known
        await asyncio.sleep(dice.uniform(0.5, 1.5) * PACE)


async def _kill(street: Street, tally: Tally, dice: random.Random, until: float) -> None:
    victims: list[Any] = [street.servers[0], street.redis, street.servers[1]]
    number = 0
    while (pause := dice.uniform(*KILL)) and time.monotonic() + pause < until:
        await asyncio.sleep(pause)
        victim = victims[number % 3]
        number += 1
        tally.kills["Redis" if victim is street.redis else "process"] += 1
        await asyncio.to_thread(victim.kill)
        await asyncio.sleep(dice.uniform(0.0, 1.0))
        await asyncio.to_thread(victim.start)


async def _campaign(street: Street, tally: Tally, seconds: float, dice: random.Random) -> None:
    hosts, ledger = [server.host for server in street.servers], Ledger()
    keys = [VIEWS[number % len(VIEWS)] for number in range(tally.sockets)]
    phones = wires(street.stage, [(key, hosts) for key in keys], patience=SETTLE)
    for key, phone in zip(keys, phones, strict=True):
        phone.seen = ledger.ear(key)
    speakers = {key: phones[place] for place, key in enumerate(VIEWS)}
    async with live(phones):
        until = time.monotonic() + seconds
        killing = asyncio.create_task(_kill(street, tally, dice, until))
        await _speak(speakers, ledger, dice, until)
        await killing
        await _settle(street, phones, speakers, ledger)
    _judge(await asyncio.to_thread(street.stage.ask, "log"), phones, speakers, ledger, tally)


async def _settle(street: Street, phones: list[Wire], speakers: dict[str, Wire], ledger: Ledger) -> None:
    """Until everybody has everything, or the patience is over."""
    with suppress(TimeoutError):
        for phone in speakers.values():
            await phone.until(lambda phone=phone: not phone.outbox, within=SETTLE)
        log = await asyncio.to_thread(street.stage.ask, "log")
        last = {key: _expected(log, ledger, key)[-1:] for key in VIEWS}
        for number, phone in enumerate(phones):
            key = VIEWS[number % len(VIEWS)]
            await phone.until(lambda phone=phone, key=key: set(last[key]) <= phone.known, within=SETTLE)


def _expected(log: list[list[str]], ledger: Ledger, key: str) -> list[str]:
    """The events that this view may know, of what was said here, in order."""
    return [uid for _seq, uid, client in log if key in ledger.for_.get(client, ())]


def _judge(log: list[list[str]], phones: list[Wire], speakers: dict[str, Wire], ledger: Ledger, tally: Tally) -> None:
    clients = [client for _seq, _uid, client in log]
    tally.said, tally.stored, tally.frames = len(ledger.for_), len(log), ledger.told
    tally.doubled += sum(clients.count(client) - 1 for client in ledger.for_ if client in clients)
    # Said means accepted in the end: an outbox does not give up.
    tally.lost += sum(client not in clients for client in ledger.for_)
    tally.wrong = len(ledger.wrong)
    tally.notes += ledger.wrong[:2]
    if [int(row[0]) for row in log] != list(range(1, len(log) + 1)):
        tally.disorder += 1
        tally.notes.append("the log has a gap")
    mine = set().union(*(_expected(log, ledger, key) for key in VIEWS))
    for number, phone in enumerate(phones):
        tally.connections += phone.connections
        tally.anew += phone.anew
        wanted = _expected(log, ledger, VIEWS[number % len(VIEWS)])
        held = [uid for uid in phone.held if uid in mine]
        if phone.anew > 1:
            # It was told to begin anew: from then on it must be whole.
            wanted = wanted[len(wanted) - len(held) :]
        tally.lost += len(set(wanted) - set(held))
        tally.doubled += len(held) - len(set(held)) + sum(fault.startswith("doubled") for fault in phone.faults)
        tally.wrong += len(set(held) - set(wanted))
        tally.disorder += held != wanted and set(held) == set(wanted)
        tally.notes += phone.faults[:1]
    for phone in speakers.values():
        tally.notes += [f"refused {frame['code']}" for frame in phone.refused if not frame.get("again")][:2]


def campaign(minutes: float, seed: int, sockets: int) -> Tally:
    """The chaos for so long, on a store and a Redis of its own."""
    tally = Tally(sockets=sockets)
    with tempfile.TemporaryDirectory() as folder, running(Path(folder), URL) as street:
        asyncio.run(_campaign(street, tally, minutes * 60, random.Random(seed)))
    return tally


def run(minutes: float, seed: int, sockets: int = 500) -> tuple[str, bool]:
    """The campaign for so long; (what was counted, whether all held)."""
    if not can_run(URL):
        return "not run: it needs redis-server and a PostgreSQL (DATABASE_URL)", False
    tally = campaign(minutes, seed, sockets)
    return str(tally), tally.holds
