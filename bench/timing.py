"""The clock of the bench: contenders take turns, so that a busy machine slows all of them alike."""

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

ROUNDS = 9
"""Rounds per figure; targets ask for at least five."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Seconds per call of each contender, one figure a round."""

    seconds: Mapping[str, tuple[float, ...]]

    def median(self, name: str) -> float:
        """The median over the rounds, in seconds."""
        return statistics.median(self.seconds[name])

    def ratio(self, name: str, against: str) -> float:
        """How many times as long `name` takes: the median of the ratios within each round."""
        pairs = zip(self.seconds[name], self.seconds[against], strict=True)
        return statistics.median(mine / theirs for mine, theirs in pairs)


def take_turns(
    contenders: Mapping[str, Callable[[], object]], *, calls: int | Mapping[str, int] = 1, rounds: int = ROUNDS
) -> Taken:
    """Run every contender `calls` times a round, one call each in turn, and say what a call took.

    calls: one number for all, which takes them in turn call by call; or a number each, in blocks.
    The order turns round with every round, so that nobody always follows the same one.
    """
    names = list(contenders)
    found: dict[str, list[float]] = {name: [] for name in names}
    for number in range(rounds):
        order = names[number % len(names) :] + names[: number % len(names)]
        gc.collect()
        spent = _in_turn(contenders, order, calls) if isinstance(calls, int) else _in_blocks(contenders, order, calls)
        for name, seconds in spent.items():
            found[name].append(seconds)
    return Taken(seconds={name: tuple(seconds) for name, seconds in found.items()})


def _in_turn(contenders: Mapping[str, Callable[[], object]], order: list[str], calls: int) -> dict[str, float]:
    clock = time.perf_counter
    spent = dict.fromkeys(order, 0.0)
    for _ in range(calls):
        for name in order:
            call = contenders[name]
            began = clock()
            call()
            spent[name] += clock() - began
    return {name: seconds / calls for name, seconds in spent.items()}


def _in_blocks(
    contenders: Mapping[str, Callable[[], object]], order: list[str], calls: Mapping[str, int]
) -> dict[str, float]:
    clock = time.perf_counter
    spent = {}
    for name in order:
        call, times = contenders[name], range(calls[name])
        began = clock()
        for _ in times:
            call()
        spent[name] = (clock() - began) / calls[name]
    return spent
