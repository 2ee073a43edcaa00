"""Two changes of one text: their lines side by side, and both together where they do not touch. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

Change = tuple[str, str]
"""A sign (" ", "-", "+", or "…" between places) and a line."""

Lines = Sequence[str]
_AROUND = 2
_MOST_PAIRS = 2_000_000
"""Lines of one text times equal lines of the other; beyond it, comparing would take seconds."""


def line_changes(before: str, after: str) -> tuple[Change, ...]:
    """What changed from one text to another, by line, each with two lines around it; () when nothing did."""
    return tuple(_changes(before.splitlines(), after.splitlines()))


def merge(base: str, mine: str, theirs: str, *, prefer_mine: bool = False) -> str | None:
    """Both changes of `base` in one text; None where they touch the same lines or lines beside each other.

    Lines, not meanings: whoever shows the result lets somebody read it before it is saved.
    prefer_mine: take mine where they touch, so that there always is a result.
    """
    merged: list[str] = []
    for kept, ours, others in _regions(*(text.splitlines(keepends=True) for text in (base, mine, theirs))):
        if ours == kept:
            merged += others
        elif others in (kept, ours) or prefer_mine:
            merged += ours
        else:
            return None
    return "".join(merged)


def _changes(before: Lines, after: Lines) -> Iterator[Change]:
    at: int | None = None
    for start, end, other_start, other_end in _hunks(before, after):
        if at is None:
            yield from _kept(before, max(0, start - _AROUND), start)
        elif start - at > 2 * _AROUND:
            yield from _kept(before, at, at + _AROUND)
            yield "…", ""
            yield from _kept(before, start - _AROUND, start)
        else:
            yield from _kept(before, at, start)
        yield from (("-", line) for line in before[start:end])
        yield from (("+", line) for line in after[other_start:other_end])
        at = end
    if at is not None:
        yield from _kept(before, at, at + _AROUND)


def _kept(lines: Lines, start: int, end: int) -> Iterator[Change]:
    return ((" ", line) for line in lines[start:end])


def _hunks(before: Lines, after: Lines) -> Iterator[tuple[int, int, int, int]]:
    """The stretches that differ: [start, end) before, [start, end) after."""
    at = other = 0
    for start, other_start, size in (*_blocks(before, after), (len(before), len(after), 0)):
        if start > at or other_start > other:
            yield at, start, other, other_start
        at, other = start + size, other_start + size


def _regions(base: Lines, mine: Lines, theirs: Lines) -> Iterator[tuple[Lines, Lines, Lines]]:
    """Base, mine and theirs cut in the same places: lines that all three share, and what lies between."""
    at = (0, 0, 0)
    for start, length, mine_at, theirs_at in _shared(base, mine, theirs):
        here = (start, mine_at, theirs_at)
        yield base[at[0] : here[0]], mine[at[1] : here[1]], theirs[at[2] : here[2]]
        same = base[start : start + length]
        yield same, same, same
        at = (start + length, mine_at + length, theirs_at + length)
    yield base[at[0] :], mine[at[1] :], theirs[at[2] :]


def _shared(base: Lines, mine: Lines, theirs: Lines) -> Iterator[tuple[int, int, int, int]]:
    """Runs of lines that neither changed: start in base, length, start in mine, start in theirs."""
    ours, others = _blocks(base, mine), _blocks(base, theirs)
    first = second = 0
    while first < len(ours) and second < len(others):
        a_base, a_mine, a_size = ours[first]
        b_base, b_theirs, b_size = others[second]
        start, end = max(a_base, b_base), min(a_base + a_size, b_base + b_size)
        if start < end:
            yield start, end - start, a_mine + start - a_base, b_theirs + start - b_base
        if a_base + a_size < b_base + b_size:
            first += 1
        else:
            second += 1


def _blocks(base: Lines, other: Lines) -> list[tuple[int, int, int]]:
    """Runs of equal lines: start in base, start in other, length. What is equal at both ends is found first."""
    shortest = min(len(base), len(other))
    head = next((n for n in range(shortest) if base[n] != other[n]), shortest)
    tail = next((n for n in range(shortest - head) if base[-1 - n] != other[-1 - n]), shortest - head)
    first, second = base[head : len(base) - tail], other[head : len(other) - tail]
    found = [(0, 0, head), *((a + head, b + head, size) for a, b, size in _middle(first, second))]
    found.append((len(base) - tail, len(other) - tail, tail))
    return [block for block in found if block[2]]


def _middle(base: Lines, other: Lines) -> list[tuple[int, int, int]]:
    counts, others = Counter(base), Counter(other)
    if sum(number * others[line] for line, number in counts.items()) > _MOST_PAIRS:
        return []
    matcher = SequenceMatcher(None, base, other, autojunk=False)
    return [(block.a, block.b, block.size) for block in matcher.get_matching_blocks()]
