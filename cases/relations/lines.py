"""The lines between people in the picture, as points. Plain Python: no rights, no words, no colours."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cases.relations.kinds import Line, Place
from cases.relations.layout import GAP, HEIGHT, RISE, WIDTH, Spot

Point = tuple[float, float]
BRACKET = 16
"""How far above two cards the line between siblings runs."""
BOW = 26
"""How deep a line that passes under other cards hangs."""


@dataclass(frozen=True, slots=True)
class Bond:
    """A line to draw: `about` is so related to `other`."""

    about: str
    other: str
    place: Place
    line: Line


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line as it is drawn, from `about` to `other`; middle: where a mark upon it goes."""

    bond: Bond
    points: tuple[Point, ...]
    middle: Point


def draw(spots: Mapping[str, Spot], bonds: Sequence[Bond]) -> tuple[Stroke, ...]:
    """A stroke for each bond, those that other strokes say already left out (siblings of one drawn parent)."""
    return _Drawing(spots, bonds).strokes()


def zigzag(points: Sequence[Point], *, wave: float = 9, height: float = 5) -> tuple[Point, ...]:
    """The same line as a zigzag, as a genogram draws a conflict."""
    found: list[Point] = [points[0]]
    side = 1
    for (x1, y1), (x2, y2) in pairwise(points):
        length = math.hypot(x2 - x1, y2 - y1)
        n = max(int(length // wave), 1)
        for step in range(1, n):
            share = step / n
            nx, ny = -(y2 - y1) / length, (x2 - x1) / length
            side = -side
            found.append(
                (x1 + (x2 - x1) * share + nx * height * side, y1 + (y2 - y1) * share + ny * height * side)
            )  # fmt: skip
        found.append((x2, y2))
    return tuple(found)


class _Drawing:
    def __init__(self, spots: Mapping[str, Spot], bonds: Sequence[Bond]) -> None:
        self.spots = spots
        self.bonds = [b for b in dict.fromkeys(bonds) if b.about in spots and b.other in spots and b.about != b.other]
        self.parents: dict[str, set[str]] = defaultdict(set)
        for bond in self.bonds:
            pair = self._descent(bond)
            if pair and spots[pair[0]].layer == spots[pair[1]].layer - 1:
                self.parents[pair[1]].add(pair[0])
        self.couples = {frozenset((b.about, b.other)) for b in self.bonds if b.place is Place.COUPLE}
        self.origins: dict[int, list[float]] = defaultdict(list)
        self.used: dict[frozenset[str], int] = defaultdict(int)

    def strokes(self) -> tuple[Stroke, ...]:
        drawn: dict[tuple[Point, ...], Stroke] = {}
        for bond in self.bonds:
            points = self._points(bond)
            if points:
                drawn.setdefault(points, Stroke(bond, points, _middle(points)))
        return tuple(drawn.values())

    def _descent(self, bond: Bond) -> tuple[str, str] | None:
        """(upper, lower) when the picture really has them so."""
        if bond.place in (Place.ABOVE, Place.FAR_ABOVE):
            pair = bond.about, bond.other
        elif bond.place is Place.BELOW:
            pair = bond.other, bond.about
        else:
            return None
        return pair if self.spots[pair[0]].layer < self.spots[pair[1]].layer else None

    def _points(self, bond: Bond) -> tuple[Point, ...]:
        if pair := self._descent(bond):
            return self._from_parent(*pair, far=bond.place is Place.FAR_ABOVE)
        same = self.spots[bond.about].layer == self.spots[bond.other].layer
        if bond.place is Place.COUPLE and same:
            return self._couple(bond)
        if bond.place is Place.SIBLINGS and same:
            return self._siblings(bond)
        return self._loose(bond)

    def _from_parent(self, upper: str, lower: str, *, far: bool) -> tuple[Point, ...]:
        a, b = self.spots[upper], self.spots[lower]
        if far and any(upper in self.parents[middle] for middle in self.parents[lower]):
            return ()
        top, bottom = b.y - HEIGHT / 2, a.y + HEIGHT / 2
        if b.layer - a.layer > 1:
            lane = self._lane(a.layer + 1, b.layer - 1, b.x)
            return (a.x, bottom), (a.x, bottom + 20), (lane, bottom + 20), (lane, top - 20), (b.x, top - 20), (b.x, top)
        start = (a.x, bottom)
        for other in sorted(self.parents[lower] - {upper}):
            if frozenset((upper, other)) in self.couples and self._adjacent(a, self.spots[other]):
                start = ((a.x + self.spots[other].x) / 2, a.y)
        known = self.origins[a.layer]
        if start[0] not in known:
            known.append(start[0])
        bend = top - RISE / 2 + (0, 9, -9)[known.index(start[0]) % 3]
        return start, (start[0], bend), (b.x, bend), (b.x, top)

    def _couple(self, bond: Bond) -> tuple[Point, ...]:
        a, b = self.spots[bond.about], self.spots[bond.other]
        if self._adjacent(a, b):
            return self._between(a, b, 0)
        return self._under(a, b, 22)

    def _siblings(self, bond: Bond) -> tuple[Point, ...]:
        if self.parents[bond.about] & self.parents[bond.other]:
            return ()
        a, b = self.spots[bond.about], self.spots[bond.other]
        top = a.y - HEIGHT / 2
        return (a.x, top), (a.x, top - BRACKET), (b.x, top - BRACKET), (b.x, top)

    def _loose(self, bond: Bond) -> tuple[Point, ...]:
        a, b = self.spots[bond.about], self.spots[bond.other]
        pair = frozenset((bond.about, bond.other))
        n = self.used[pair]
        self.used[pair] += 1
        shift = (20, -20, 28, -28, 12, -12)[n % 6]
        if a.layer == b.layer:
            return self._between(a, b, shift) if self._adjacent(a, b) else self._under(a, b, shift + 8)
        points = self._down(a, b, shift) if a.layer < b.layer else tuple(reversed(self._down(b, a, shift)))
        return points

    def _down(self, upper: Spot, lower: Spot, shift: float) -> tuple[Point, ...]:
        start, end = (upper.x + shift, upper.y + HEIGHT / 2), (lower.x + shift, lower.y - HEIGHT / 2)
        if lower.layer - upper.layer > 1:
            lane = self._lane(upper.layer + 1, lower.layer - 1, (start[0] + end[0]) / 2)
            return start, (lane, start[1] + 26), (lane, end[1] - 26), end
        return start, end

    def _between(self, a: Spot, b: Spot, shift: float) -> tuple[Point, ...]:
        way = 1 if a.x < b.x else -1
        return (a.x + way * WIDTH / 2, a.y + shift), (b.x - way * WIDTH / 2, b.y + shift)

    def _under(self, a: Spot, b: Spot, shift: float) -> tuple[Point, ...]:
        way = 1 if a.x < b.x else -1
        low = a.y + HEIGHT / 2
        return (a.x + way * shift, low), (a.x + way * shift, low + BOW), (b.x - way * shift, low + BOW), (
            b.x - way * shift, low,
        )  # fmt: skip

    def _adjacent(self, a: Spot, b: Spot) -> bool:
        low, high = sorted((a.x, b.x))
        return a.layer == b.layer and not any(s.layer == a.layer and low < s.x < high for s in self.spots.values())

    def _lane(self, first: int, last: int, wish: float) -> float:
        """The x nearest to `wish` where a line passes these generations without crossing a card."""
        margin = WIDTH / 2 + GAP / 2
        cards = [spot.x for spot in self.spots.values() if first <= spot.layer <= last]
        # Between two partners runs their own line, and what comes down from it.
        closed = [
            tuple(sorted((self.spots[a].x, self.spots[b].x)))
            for a, b in map(sorted, self.couples)
            if first <= self.spots[a].layer <= last and self._adjacent(self.spots[a], self.spots[b])
        ]
        free = [
            x
            for x in (wish, *(c + m for c in cards for m in (-margin, margin)))
            if _clear(x, cards) and not any(low < x < high for low, high in closed)
        ]
        return min(free, key=lambda x: (abs(x - wish), x))


def _clear(x: float, cards: Sequence[float]) -> bool:
    return all(abs(x - card) >= WIDTH / 2 + 6 for card in cards)


def _middle(points: Sequence[Point]) -> Point:
    n = len(points) // 2
    (x1, y1), (x2, y2) = points[n - 1], points[n]
    return (x1 + x2) / 2, (y1 + y2) / 2
