"""Rows A5 and A6: the page of a case of forty facts, against bare serialisation and against a team's own build."""

import json
from collections.abc import Iterator
from functools import partial
from typing import Any

from bench import plain
from bench.caseload import FORTY, READERS
from bench.client import Client
from bench.peer.process import Peer
from bench.report import Row, at_least, at_most
from bench.stores import Store, ready, switch, vendors
from bench.timing import Taken, take_turns

PRODUCT, PLAIN = f"/api/v1/cases/{FORTY}", f"/api/plain/cases/{FORTY}"
CASES = 10_000
CALLS = 25


def rows_a5() -> Iterator[Row]:
    """A5, per database."""
    for vendor in vendors():
        client = _client(vendor)
        answer = json.loads(client.get(PRODUCT))
        plain.SAID.learn(answer)
        assert _settled(answer) == _settled(json.loads(client.get(PLAIN))), "the plain case differs"
        taken = take_turns({"product": partial(client.get, PRODUCT), "plain": partial(client.get, PLAIN)}, calls=CALLS)
        told = f"{_ms(taken, 'product')} against {_ms(taken, 'plain')}; {_size(answer)}"
        yield at_most(f"A5 {vendor}", taken.ratio("product", "plain"), 1.6, told)


def rows_a6() -> Iterator[Row]:
    """A6, on SQLite. Judged is the peer as the handbooks write it; how a tuned one does is told beside it."""
    client = _client("sqlite")
    answer = json.loads(client.get(PRODUCT))
    with Peer(answer) as peer:
        for shape in Peer.SHAPES:
            assert _settled(answer) == _settled(json.loads(peer.body(shape))), f"the peer's case differs ({shape})"
        found = _in_turn(client, peer)
    plainly, tuned = found.ratio("has_perm", "product"), found.ratio("prefetch", "product")
    told = (
        f"{_ms(found, 'product')} against {_ms(found, 'has_perm')} with user.has_perm for each field; a peer tuned to "
        f"fetch all permissions beforehand: {tuned:.1f}× ({_ms(found, 'prefetch')}); {_size(answer)}"
    )
    yield at_least("A6", plainly, 4, told)


def _in_turn(client: Client, peer: Peer) -> Taken:
    """The peer keeps its own clock in its own process; the product waits meanwhile, and the other way round."""
    found: dict[str, list[float]] = {name: [] for name in ("product", *Peer.SHAPES)}
    for number in range(9):
        names = list(found) if number % 2 else list(reversed(found))
        for name in names:
            if name == "product":
                taken = take_turns({name: partial(client.get, PRODUCT)}, calls=CALLS, rounds=1)
                found[name].append(taken.median(name))
            else:
                found[name].append(peer.seconds(name, calls=CALLS))
    return Taken(seconds={name: tuple(seconds) for name, seconds in found.items()})


def _client(vendor: str) -> Client:
    switch(ready(Store(vendor=vendor, size=CASES)))
    return Client(READERS["10 %"][1])


def _settled(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer without the moment it was given, and with the facts of a person in a fixed order."""
    persons = [
        person | {"facts": sorted(person["facts"], key=lambda fact: (fact["contribution"], fact["field"]))}
        for person in answer["persons"]
    ]
    return answer | {"at": None, "persons": persons}


def _size(answer: dict[str, Any]) -> str:
    facts = [fact for person in answer["persons"] for fact in person["facts"]]
    assert len(facts) == 40, f"{len(facts)} facts"
    return f"{len({fact['contribution'] for fact in facts})} contributions, {len(facts)} facts"


def _ms(taken: Taken, name: str) -> str:
    return f"{taken.median(name) * 1e3:.1f} ms"
