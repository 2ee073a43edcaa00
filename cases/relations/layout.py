"""Where people stand in the picture: parents above children, couples and siblings side by side. Plain Python.

In: who there is and how they are related; out: a place for each. It knows nothing of who is left out, so a person
whom a reader may not see can leave no gap. The same people and ties always give the same picture.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from cases.relations.kinds import Place

WIDTH, HEIGHT = 152, 72
"""A person's card."""
GAP, RISE = 36, 68
"""Room between two cards, and between two generations."""
STEP = WIDTH + GAP
HALF = STEP / 2
"""Cards stand on a grid of half steps, so that a child stands straight under one parent or under the middle of two."""
SWEEPS = 6


@dataclass(frozen=True, slots=True)
class Link:
    """`about` stands so towards `other`."""

    about: str
    other: str
    place: Place


@dataclass(frozen=True, slots=True)
class Spot:
    """The middle of a card, and its generation (0 at the top)."""

    x: float
    y: float
    layer: int


@dataclass(slots=True)
class _Family:
    """What the links say, as the layout uses it. up: child → parents with how many generations between."""

    people: Sequence[str]
    beside: list[tuple[str, str]] = field(default_factory=list)
    couples: list[tuple[str, str]] = field(default_factory=list)
    loose: list[tuple[str, str]] = field(default_factory=list)
    descent: list[tuple[str, str, int]] = field(default_factory=list)


def lay_out(people: Sequence[str], links: Iterable[Link]) -> dict[str, Spot]:
    """A place for each of `people` (unique, in a fixed order); links with anybody else are left out.

    No two cards overlap. A parent stands above a child, unless the links contradict each other: then the first counts.
    """
    family = _family(people, links)
    layers = _layers(family)
    rows: dict[int, list[str]] = defaultdict(list)
    for person in people:
        rows[layers[person]].append(person)
    xs = _across(family, rows)
    return {p: Spot(xs[p], HEIGHT / 2 + layers[p] * (HEIGHT + RISE), layers[p]) for p in people}


def _family(people: Sequence[str], links: Iterable[Link]) -> _Family:
    family, known = _Family(people), set(people)
    for link in links:
        a, b = link.about, link.other
        if a == b or not {a, b} <= known:
            continue
        match link.place:
            case Place.ABOVE:
                family.descent.append((a, b, 1))
            case Place.FAR_ABOVE:
                family.descent.append((a, b, 2))
            case Place.BELOW:
                family.descent.append((b, a, 1))
            case Place.COUPLE:
                family.couples.append((a, b))
                family.beside.append((a, b))
            case Place.SIBLINGS:
                family.beside.append((a, b))
            case Place.LOOSE:
                family.loose.append((a, b))
    return family


def _layers(family: _Family) -> dict[str, int]:
    """A generation for each person: as high as their ancestors need, as low as their children allow."""
    group = _groups(family.people, family.beside)
    below: dict[str, dict[str, int]] = defaultdict(dict)
    for upper, lower, steps in family.descent:
        a, b = group[upper], group[lower]
        # A tie that would make somebody their own ancestor is a mistake in the facts; the first one stands.
        if a != b and not _reaches(below, b, a):
            below[a][b] = max(steps, below[a].get(b, 0))
    roots = list(dict.fromkeys(group.values()))
    order = _sorted_down(roots, below)
    level = dict.fromkeys(roots, 0)
    for upper in order:
        for lower, steps in below[upper].items():
            level[lower] = max(level[lower], level[upper] + steps)
    for upper in reversed(order):
        if below[upper]:
            level[upper] = min(level[lower] - steps for lower, steps in below[upper].items())
    _align(family, group, below, level)
    top = min(level.values(), default=0)
    return {person: level[group[person]] - top for person in family.people}


def _align(family: _Family, group: dict[str, str], below: dict[str, dict[str, int]], level: dict[str, int]) -> None:
    """Families and people who are tied by no descent: beside whom they know, else at the bottom of the first family."""
    tied = [(a, b) for a, lowers in below.items() for b in lowers]
    part = _groups(list(dict.fromkeys(group.values())), tied)
    done = {part[group[family.people[0]]]} if family.people else set()
    left = {part[root] for root in group.values()} - done
    while left:
        pair = next(
            (
                (a, b)
                for one, two in family.loose
                for a, b in ((one, two), (two, one))
                if part[group[a]] in done and part[group[b]] in left
            ),
            None,
        )
        if pair is None:
            free = next(part[group[person]] for person in family.people if part[group[person]] in left)
            bottom = max(level[root] for root in part if part[root] in done)
            shift = bottom - max(level[root] for root in part if part[root] == free)
        else:
            free = part[group[pair[1]]]
            shift = level[group[pair[0]]] - level[group[pair[1]]]
        for root in part:
            if part[root] == free:
                level[root] += shift
        done.add(free)
        left.remove(free)


def _groups(items: Sequence[str], pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """For each item the name of the group it is joined with, over any number of pairs."""
    parent = {item: item for item in items}

    def top(item: str) -> str:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for a, b in pairs:
        parent[top(b)] = top(a)
    return {item: top(item) for item in items}


def _reaches(below: dict[str, dict[str, int]], start: str, goal: str) -> bool:
    queue, seen = [start], {start}
    while queue:
        here = queue.pop()
        if here == goal:
            return True
        fresh = [lower for lower in below.get(here, {}) if lower not in seen]
        seen.update(fresh)
        queue += fresh
    return False


def _sorted_down(roots: Sequence[str], below: dict[str, dict[str, int]]) -> list[str]:
    """Everybody before those below them."""
    waiting = dict.fromkeys(roots, 0)
    for upper in roots:
        for lower in below[upper]:
            waiting[lower] += 1
    free = [root for root in roots if not waiting[root]]
    order = []
    while free:
        here = free.pop(0)
        order.append(here)
        for lower in below[here]:
            waiting[lower] -= 1
            if not waiting[lower]:
                free.append(lower)
    return order


def _across(family: _Family, rows: dict[int, list[str]]) -> dict[str, float]:
    """Places in each row: who belongs together near each other, nobody on top of anybody."""
    near = _near(family)
    rank = {person: n for n, person in enumerate(family.people)}
    xs: dict[str, float] = {person: n * STEP for row in rows.values() for n, person in enumerate(row)}
    blocks = {layer: _blocks(row, family.couples) for layer, row in rows.items()}
    for _sweep in range(SWEEPS):
        for layer in sorted(blocks):
            _settle(blocks[layer], near, xs, rank)
        for layer in sorted(blocks, reverse=True):
            _settle(blocks[layer], near, xs, rank)
    left = min(xs.values(), default=0)
    return {person: x - left + WIDTH / 2 for person, x in xs.items()}


def _near(family: _Family) -> dict[str, list[str]]:
    """Whom somebody is drawn to: parents and children; without these siblings and partners, and else whom they know."""
    near: dict[str, list[str]] = defaultdict(list)
    for pairs in ([(a, b) for a, b, _steps in family.descent], family.beside, family.loose):
        held = set(near)
        for a, b in pairs:
            for one, two in ((a, b), (b, a)):
                if one not in held:
                    near[one].append(two)
    return near


def _grid(x: float) -> float:
    return math.floor(x / HALF + 0.5) * HALF


def _blocks(row: Sequence[str], couples: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The people of a row, couples together; who had two partners stands between them."""
    here = set(row)
    pairs = [(a, b) for a, b in couples if a in here and b in here]
    group = _groups(row, pairs)
    found: dict[str, list[str]] = defaultdict(list)
    for person in row:
        found[group[person]].append(person)
    return [_chain(members, pairs) for members in found.values()]


def _chain(members: list[str], pairs: Sequence[tuple[str, str]]) -> list[str]:
    partners = {m: [b if a == m else a for a, b in pairs if m in (a, b)] for m in members}
    start = min(members, key=lambda m: (len(set(partners[m])), members.index(m)))
    chain, waiting = [], [start]
    while waiting:
        here = waiting.pop()
        if here not in chain:
            chain.append(here)
            waiting += [p for p in partners[here] if p not in chain]
    return chain


def _settle(blocks: list[list[str]], near: dict[str, list[str]], xs: dict[str, float], rank: dict[str, int]) -> None:
    """Move each block of a row towards whom its people know, then apart until nobody overlaps."""

    def wish(block: list[str]) -> float:
        pulls = [xs[other] - n * STEP for n, person in enumerate(block) for other in near[person] if other not in block]
        return _grid(sum(pulls) / len(pulls) if pulls else xs[block[0]])

    wishes = {id(block): wish(block) for block in blocks}
    blocks.sort(key=lambda block: (wishes[id(block)], min(rank[person] for person in block)))
    placed: list[float] = []
    edge = float("-inf")
    for block in blocks:
        x = max(wishes[id(block)], edge)
        placed.append(x)
        edge = x + len(block) * STEP
    # Pushing goes to the right only: give half of it back, so that a row stays in the middle of its family.
    drift = _grid(sum(x - wishes[id(block)] for x, block in zip(placed, blocks, strict=True)) / max(len(blocks), 1))
    for x, block in zip(placed, blocks, strict=True):
        for n, person in enumerate(block):
            xs[person] = x - drift + n * STEP
